//! The words that every report shares: places, verdicts, severities, groups, in the language of the run.
use crate::model::{
    Difference, DifferenceKind, EventRole, EventStatus, Evidence, EvidenceKind, FieldId, Lang, Level, PaperState, Read, Record, Role, Severity, Signature,
    Verdict,
};
use std::fmt::Write;

/// A sentence for `zh` or `en`.
pub fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// `申报书.docx，第 2 页，表 1 第 3 行第 2 列`; empty where nothing is known.
pub fn place(at: &Evidence, lang: Lang) -> String {
    let (mut out, within) = (source(at, lang), within(at, lang));
    if !out.is_empty() && !within.is_empty() {
        out.push_str(pick(lang, "，", ", "));
    }
    out.push_str(&within);
    out
}

/// The first part of a place: the dossier, list and file.
pub fn source(at: &Evidence, lang: Lang) -> String {
    let dossier = at.dossier.as_deref().map(|id| (pick(lang, "材料 ", "dossier "), id));
    let mut out = String::new();
    for (before, name) in dossier.into_iter().chain(at.list.as_deref().map(|list| ("", list))).chain(at.file.as_deref().map(|file| ("", file))) {
        part(&mut out, lang);
        out.push_str(before);
        out.push_str(name);
    }
    out
}

/// The rest of a place: where it is in its file.
pub fn within(at: &Evidence, lang: Lang) -> String {
    let mut out = String::new();
    if let Some(sheet) = &at.sheet {
        let _ = write!(out, "{}“{sheet}”", pick(lang, "工作表", "sheet "));
    }
    if let Some(page) = at.page {
        part(&mut out, lang);
        number(&mut out, lang, "第", page, "页", "page");
    }
    let table = at.table.filter(|_| at.sheet.is_none());
    if table.is_some() || at.row.is_some() || at.column.is_some() {
        part(&mut out, lang);
    }
    if let Some(table) = table {
        let _ = write!(out, "{}{table}", pick(lang, "表 ", "table "));
        if at.row.is_some() || at.column.is_some() {
            out.push(' ');
        }
    }
    if let Some(row) = at.row {
        number(&mut out, lang, "第", row, "行", "row");
    }
    if let Some(column) = at.column {
        number(&mut out, lang, "第", column, "列", if table.is_some() || at.row.is_some() { " column" } else { "column" });
    }
    if let Some(paragraph) = at.paragraph {
        part(&mut out, lang);
        number(&mut out, lang, "第", paragraph, "段", "paragraph");
    }
    out
}

/// What stands between the parts of a place.
fn part(out: &mut String, lang: Lang) {
    if !out.is_empty() {
        out.push_str(pick(lang, "，", ", "));
    }
}

/// `第 2 页`, `page 2`: what stands before and behind the number, and the English word.
fn number(out: &mut String, lang: Lang, before: &str, n: u32, after: &str, en: &str) {
    let _ = match lang {
        Lang::Zh => write!(out, "{before} {n} {after}"),
        Lang::En => write!(out, "{en} {n}"),
    };
}

pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Pass => pick(lang, "符合", "pass"),
        Verdict::Fail => pick(lang, "不符合", "fail"),
        Verdict::Human => pick(lang, "待人工核对", "for a person"),
        Verdict::NotChecked => pick(lang, "未核查", "not checked"),
        Verdict::NotApplicable => pick(lang, "不适用", "not applicable"),
    }
}

/// The dossier's result.
pub fn result(result: Verdict, lang: Lang) -> &'static str {
    match result {
        Verdict::Pass => pick(lang, "初审通过", "passes"),
        Verdict::Fail => pick(lang, "初审不通过", "fails"),
        _ => pick(lang, "待核", "needs a person"),
    }
}

/// A sign beside the word, never alone.
pub fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "✓",
        Verdict::Fail => "✗",
        Verdict::Human => "?",
        Verdict::NotChecked => "○",
        Verdict::NotApplicable => "–",
    }
}

pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => pick(lang, "错误", "error"),
        Severity::Warning => pick(lang, "提醒", "warning"),
        Severity::Info => pick(lang, "参考", "info"),
    }
}

pub fn read(read: Read, lang: Lang) -> &'static str {
    match read {
        Read::Full => pick(lang, "已读", "read"),
        Read::Partial => pick(lang, "部分读出", "partly read"),
        Read::None => pick(lang, "未能读出", "not read"),
    }
}

pub fn role(role: Role, lang: Lang) -> &'static str {
    match role {
        Role::ApplicationForm => pick(lang, "申报书", "application form"),
        Role::Agreement => pick(lang, "合作协议", "agreement"),
        Role::EventNotice => pick(lang, "活动通知", "event notice"),
        Role::Agenda => pick(lang, "议程", "agenda"),
        Role::SignIn => pick(lang, "签到表", "sign-in sheet"),
        Role::Photo => pick(lang, "照片", "photo"),
        Role::News => pick(lang, "报道", "news"),
        Role::Certificate => pick(lang, "证书", "certificate"),
        Role::Report => pick(lang, "报告总结", "report"),
        Role::Plan => pick(lang, "规划计划", "plan"),
        Role::Budget => pick(lang, "预算", "budget"),
        Role::List => pick(lang, "名单", "list"),
        Role::Other => pick(lang, "其他", "other"),
        Role::Unknown => pick(lang, "未识别", "unknown"),
    }
}

pub fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::International => pick(lang, "国际", "international"),
        Level::Nation => pick(lang, "全国", "national"),
        Level::Province => pick(lang, "全省", "provincial"),
        Level::Region => pick(lang, "跨省区域", "regional"),
        Level::Subprovincial => pick(lang, "省内区域", "sub-provincial"),
        Level::City => pick(lang, "市级", "city"),
        Level::Unknown => pick(lang, "未明确", "unknown"),
    }
}

pub fn status(status: EventStatus, lang: Lang) -> &'static str {
    match status {
        EventStatus::Held => pick(lang, "已举办", "held"),
        EventStatus::Planned => pick(lang, "计划", "planned"),
        EventStatus::Unknown => pick(lang, "未能确认", "unknown"),
    }
}

/// The applicant's part in an event.
pub fn event_role(role: EventRole, lang: Lang) -> &'static str {
    match role {
        EventRole::主办 => pick(lang, "主办", "organiser"),
        EventRole::承办 => pick(lang, "承办", "host"),
        EventRole::联合主办 => pick(lang, "联合主办", "co-organiser"),
        EventRole::共同承办 => pick(lang, "共同承办", "co-host"),
        EventRole::协办 => pick(lang, "协办", "supporter"),
        EventRole::其他 => pick(lang, "其他", "other"),
    }
}

pub fn signature(signature: Signature, lang: Lang) -> &'static str {
    match signature {
        Signature::Filled => pick(lang, "签署栏已填写", "filled"),
        Signature::Partly => pick(lang, "签署栏部分填写", "partly filled"),
        Signature::Blank => pick(lang, "签署栏空白", "blank"),
        Signature::Unknown => pick(lang, "未见签署栏", "no block found"),
    }
}

/// A field's name as clerks know it.
pub fn field(id: FieldId, lang: Lang) -> &'static str {
    let (zh, en) = id.names();
    pick(lang, zh, en)
}

/// The word for a field named in the paper copy's manifest or form; a name that is no field stays as it is.
pub fn field_named(name: &str, lang: Lang) -> &str {
    crate::paper::manifest::words_of_field(name).map_or(name, |(zh, en)| pick(lang, zh, en))
}

pub fn paper(state: PaperState, lang: Lang) -> &'static str {
    match state {
        PaperState::Identical => pick(lang, "文件完全相同", "identical files"),
        PaperState::SameText => pick(lang, "文件不同、正文相同", "other files, same text"),
        PaperState::Different => pick(lang, "有差异", "different"),
        PaperState::NotChecked => pick(lang, "未比对", "not compared"),
    }
}

pub fn difference(kind: DifferenceKind, lang: Lang) -> &'static str {
    match kind {
        DifferenceKind::MissingFile => pick(lang, "纸质清单有、电子版没有的文件", "listed on paper, not among the files"),
        DifferenceKind::ExtraFile => pick(lang, "电子版有、纸质清单没有的文件", "among the files, not listed on paper"),
        DifferenceKind::Renamed => pick(lang, "文件改名", "renamed file"),
        DifferenceKind::Bytes => pick(lang, "文件内容不同（正文是否相同不能判断）", "other bytes (text not known)"),
        DifferenceKind::Text => pick(lang, "正文不同", "other text"),
        DifferenceKind::PageMissing => pick(lang, "电子版缺页", "page missing"),
        DifferenceKind::PageExtra => pick(lang, "电子版多页", "extra page"),
        DifferenceKind::PageOrder => pick(lang, "页序不同", "page order"),
        DifferenceKind::Field => pick(lang, "字段不同", "other value"),
    }
}

/// One difference as a sentence, both sides named.
pub fn difference_sentence(d: &Difference, lang: Lang) -> String {
    let mut out = difference(d.kind, lang).to_owned();
    if let Some(field) = &d.field {
        let _ = write!(out, "{}{}", pick(lang, "：", ": "), field_named(field, lang));
    }
    if let Some(page) = d.at.page.or(d.paper_at.page) {
        part(&mut out, lang);
        number(&mut out, lang, "第", page, "页", "page");
    }
    let none = pick(lang, "（无）", "(none)");
    let side = |value: &Option<String>| value.clone().unwrap_or_else(|| none.to_owned());
    let _ = match lang {
        Lang::Zh => write!(out, "；电子版“{}”，纸质“{}”", side(&d.electronic), side(&d.paper)),
        Lang::En => write!(out, "; electronic \"{}\", paper \"{}\"", side(&d.electronic), side(&d.paper)),
    };
    out
}

/// The columns of the event × evidence grid, in order.
pub const EVIDENCE_KINDS: [EvidenceKind; 10] = [
    EvidenceKind::Form,
    EvidenceKind::Notice,
    EvidenceKind::Agenda,
    EvidenceKind::SignIn,
    EvidenceKind::Photo,
    EvidenceKind::News,
    EvidenceKind::Certificate,
    EvidenceKind::Papers,
    EvidenceKind::Summary,
    EvidenceKind::Other,
];

pub fn evidence_kind(kind: EvidenceKind, lang: Lang) -> &'static str {
    match kind {
        EvidenceKind::Form => pick(lang, "申报书", "form"),
        EvidenceKind::Notice => pick(lang, "通知", "notice"),
        EvidenceKind::Agenda => pick(lang, "议程", "agenda"),
        EvidenceKind::SignIn => pick(lang, "签到", "sign-in"),
        EvidenceKind::Photo => pick(lang, "照片", "photo"),
        EvidenceKind::News => pick(lang, "报道", "news"),
        EvidenceKind::Certificate => pick(lang, "证明", "certificate"),
        EvidenceKind::Papers => pick(lang, "论文集", "papers"),
        EvidenceKind::Summary => pick(lang, "总结", "summary"),
        EvidenceKind::Other => pick(lang, "其他", "other"),
    }
}

/// `¥100,000.00`.
pub fn yuan(fen: i64) -> String {
    let (whole, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let digits = whole.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
    format!("{}¥{}.{rest:02}", if fen < 0 { "-" } else { "" }, groups.join(","))
}

/// The groups of the reviewers' checklist, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Eligibility,
    Limits,
    Materials,
    Category,
    Paper,
}

impl Group {
    pub const ALL: [Self; 5] = [Self::Eligibility, Self::Limits, Self::Materials, Self::Category, Self::Paper];

    /// A rule's group, from its id.
    pub fn of(rule: &str) -> Self {
        match rule {
            "M05" | "M06" | "M07" | "M08" | "M09" | "M10" => Self::Paper,
            _ if rule.starts_with('E') => Self::Eligibility,
            _ if rule.starts_with('L') => Self::Limits,
            _ if rule.starts_with('M') => Self::Materials,
            _ => Self::Category,
        }
    }

    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Eligibility => pick(lang, "申报资格", "Eligibility"),
            Self::Limits => pick(lang, "限项", "Limits"),
            Self::Materials => pick(lang, "材料与形式", "Materials and form"),
            Self::Category => pick(lang, "类别要求", "Requirements of the category"),
            Self::Paper => pick(lang, "纸电一致", "Paper and electronic copy"),
        }
    }
}

/// The first reading of a text field, for headings.
pub fn first_field(record: &Record, field: FieldId) -> &str {
    let readings = record.fields.get(&field).map_or(&[][..], Vec::as_slice);
    readings.iter().find_map(|r| r.value.as_ref()?.text()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_by_thousands() {
        assert_eq!(yuan(10_000_000), "¥100,000.00");
        assert_eq!([yuan(5), yuan(99_950), yuan(-123_456_789)], ["¥0.05", "¥999.50", "-¥1,234,567.89"]);
    }

    #[test]
    fn a_place_reads_like_a_sentence() {
        let at = Evidence { file: Some("申报书.docx".into()), page: Some(2), table: Some(1), row: Some(3), column: Some(2), ..Evidence::default() };
        assert_eq!(place(&at, Lang::Zh), "申报书.docx，第 2 页，表 1 第 3 行第 2 列");
        assert_eq!(place(&at, Lang::En), "申报书.docx, page 2, table 1 row 3 column 2");
        assert_eq!(place(&Evidence::default(), Lang::Zh), "");
    }
}
