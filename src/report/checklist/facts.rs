//! What was found beside the rules: events against their evidence, agreements, differences of the paper copy.
use super::{CELL, HEAD, HEADING, REMARK, STRONG, WIDTH, rules};
use crate::model::{AgreementRecord, EventRecord, Lang, Record, Verdict};
use crate::report::docx::{Cell, Grid, Line, Page};
use crate::report::safe;
use crate::report::words::{self, pick};

/// Rows of a table; the rest is counted and stands in the page of the dossier.
const ROWS: usize = 200;

fn head(grid: &mut Grid, heads: &[&str]) {
    grid.head(heads.iter().map(|word| head_cell(word)).collect());
}

fn head_cell(word: &str) -> Cell {
    Cell::new(vec![Line::of(STRONG, word).centered()]).fill(HEAD).middle()
}

fn title(page: &mut Page<'_>, word: &str) {
    page.line(Line::of(HEADING, word).heading().spaced(240, 80));
}

fn rest(page: &mut Page<'_>, count: usize, lang: Lang) {
    if count > ROWS {
        let more = count - ROWS;
        page.line(Line::of(
            REMARK,
            &match lang {
                Lang::Zh => format!("另有 {more} 项，见 report.html"),
                Lang::En => format!("{more} more, see report.html"),
            },
        ));
    }
}

/// `2022-07-16 – 2022-07-17`; one day once, a dash where nothing is known.
fn days(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (None, None) => "—".to_owned(),
        (Some(from), Some(to)) if from != to => format!("{from} – {to}"),
        (Some(day), _) | (None, Some(day)) => day.to_owned(),
    }
}

pub fn events(page: &mut Page<'_>, record: &Record, lang: Lang) {
    const KIND: usize = 430;
    if record.events.is_empty() {
        return;
    }
    let t = |zh, en| pick(lang, zh, en);
    title(page, t("学术与科普活动及佐证", "Events and their evidence"));
    let kinds = words::EVIDENCE_KINDS;
    let mut widths = vec![2400, 1150, 1150];
    widths.extend(kinds.map(|_| KIND));
    widths.push(WIDTH - widths.iter().sum::<usize>());
    let columns = widths.len();
    let mut grid = Grid::new(&widths);
    let mut heads: Vec<Cell> = [t("活动、时间、地点", "Event, date, place"), t("级别", "Level"), t("角色、状态", "Role, status")].map(head_cell).into();
    heads.extend(kinds.map(|kind| match lang {
        Lang::Zh => head_cell(words::evidence_kind(kind, lang)),
        Lang::En => head_cell(words::evidence_kind(kind, lang)).upright(),
    }));
    heads.push(head_cell(t("是否计入", "Counts")));
    grid.head(heads);
    for event in record.events.iter().take(ROWS) {
        let mut when = days(event.from.as_deref(), event.to.as_deref());
        if !event.place.is_empty() {
            when.push('　');
            when.push_str(&safe::short(safe::line(&event.place), 60));
        }
        let centered = |text: &str| Cell::new(vec![Line::of(CELL, text).centered()]).middle();
        let mut row = vec![
            Cell::new(vec![Line::of(STRONG, &safe::short(safe::line(&event.name), 120)), Line::of(CELL, &safe::line(&when))]),
            centered(words::level(event.level, lang)),
            Cell::new(vec![Line::of(CELL, words::event_role(event.role, lang)).centered(), Line::of(CELL, words::status(event.status, lang)).centered()])
                .middle(),
        ];
        row.extend(kinds.map(|kind| match event.evidence.iter().filter(|e| e.kind == kind).count() {
            0 => Cell::default(),
            1 => centered("✓"),
            n => centered(&format!("✓{n}")),
        }));
        let (verdict, word) = if event.counts { (Verdict::Pass, t("计入", "counts")) } else { (Verdict::NotApplicable, t("不计", "no")) };
        row.push(centered(&format!("{} {word}", words::sign(verdict))).fill(rules::fill(verdict)));
        grid.row_with_next(row);
        grid.row(vec![Cell::new(proofs(event, lang)).over(columns)]);
    }
    page.grid(grid);
    rest(page, record.events.len(), lang);
}

fn proofs(event: &EventRecord, lang: Lang) -> Vec<Line> {
    const SHOWN: usize = 5;
    let mut lines = Vec::new();
    if !event.why.is_empty() {
        lines.push(Line::of(REMARK, &format!("{}{}", pick(lang, "理由：", "Why: "), safe::short(safe::line(&event.why), 200))));
    }
    for kind in words::EVIDENCE_KINDS {
        let mut places: Vec<String> = Vec::new();
        for place in event.evidence.iter().filter(|e| e.kind == kind).map(|e| rules::place_and_words(&e.at, lang)) {
            if !places.contains(&place) {
                places.push(place);
            }
            if places.len() > SHOWN {
                break;
            }
        }
        if places.is_empty() {
            continue;
        }
        let count = event.evidence.iter().filter(|e| e.kind == kind).count();
        let is_cut = places.len() > SHOWN;
        places.truncate(SHOWN);
        let mut text = format!("▸{}{}{}", words::evidence_kind(kind, lang), pick(lang, "：", ": "), places.join(pick(lang, "；", "; ")));
        if is_cut {
            text += &match lang {
                Lang::Zh => format!(" 等 {count} 处"),
                Lang::En => format!(" and others, {count} in all"),
            };
        }
        lines.push(Line::of(REMARK, &text));
    }
    lines
}

pub fn agreements(page: &mut Page<'_>, record: &Record, lang: Lang) {
    let t = |zh, en| pick(lang, zh, en);
    let all = || {
        let agreements = record.agreements.iter().map(|a| (t("合作协议", "agreement"), a));
        agreements.chain(record.look_alikes.iter().map(|a| (t("类似文件，不是协议", "look-alike, no agreement"), a)))
    };
    if all().next().is_none() {
        return;
    }
    title(page, t("合作协议要素", "Agreements"));
    let mut grid = Grid::new(&[2250, 2050, 1900, 1600, 838, 1000]);
    let heads = [
        t("标题、性质、位置", "Title, kind, place"),
        t("各方", "Parties"),
        t("签订日期、期限", "Signed, term"),
        t("金额", "Amounts"),
        t("责权利", "Duties"),
        t("签署栏", "Signatures"),
    ];
    head(&mut grid, &heads);
    for (kind, agreement) in all().take(ROWS) {
        grid.row(agreement_row(kind, agreement, lang));
    }
    page.grid(grid);
    rest(page, all().count(), lang);
}

fn agreement_row(kind: &str, a: &AgreementRecord, lang: Lang) -> Vec<Cell> {
    const LISTED: usize = 12;
    let t = |zh, en| pick(lang, zh, en);
    let place = if a.evidence.file.is_some() { words::place(&a.evidence, lang) } else { a.file.clone() };
    let name = if a.title.is_empty() { t("（无标题）", "(no title)").into() } else { safe::short(safe::line(&a.title), 100) };
    let parties = a.parties.iter().take(LISTED).map(|p| {
        let name = if p.name.is_empty() { t("（空白）", "(blank)") } else { p.name.as_str() };
        Line::of(CELL, &format!("{}{}{}", safe::short(safe::line(&p.role), 20), t("：", ": "), safe::short(safe::line(name), 80)))
    });
    let signed = a.signed_on.as_deref().unwrap_or("—");
    let amounts = a.amounts.iter().take(LISTED).map(|x| Line::of(CELL, &words::yuan(x.fen)));
    let duties = a.duties.iter().take(LISTED).map(|d| Line::of(CELL, &safe::short(safe::line(d), 40)));
    vec![
        Cell::new(vec![Line::of(STRONG, &name), Line::of(CELL, kind), Line::of(REMARK, &safe::short(safe::line(&place), 160))]),
        Cell::new(parties.collect()),
        Cell::new(vec![
            Line::of(CELL, &format!("{}{}", t("签订　", "Signed: "), safe::line(signed))),
            Line::of(CELL, &format!("{}{}", t("自　　", "From: "), safe::line(a.term.from.as_deref().unwrap_or("—")))),
            Line::of(CELL, &format!("{}{}", t("至　　", "To: "), safe::line(a.term.to.as_deref().unwrap_or("—")))),
        ]),
        Cell::new(amounts.collect()),
        Cell::new(duties.collect()),
        Cell::of(CELL, words::signature(a.signature, lang)),
    ]
}

pub fn paper(page: &mut Page<'_>, record: &Record, lang: Lang) {
    if record.paper.differences.is_empty() {
        return;
    }
    let t = |zh, en| pick(lang, zh, en);
    title(page, t("电子版与纸质版的差异", "Electronic against paper"));
    let mut grid = Grid::new(&[2000, 2400, 2400, 1419, 1419]);
    head(&mut grid, &[t("差异", "Difference"), t("电子版", "Electronic"), t("纸质版", "Paper"), t("电子版位置", "Place"), t("纸质版位置", "Place on paper")]);
    for d in record.paper.differences.iter().take(ROWS) {
        let side = |value: &Option<String>| Cell::of(CELL, &value.as_deref().map_or("—".into(), |v| safe::short(safe::line(v), 160)));
        let place = |at| Cell::of(REMARK, &safe::short(safe::line(&words::place(at, lang)), 160));
        let kind = match &d.field {
            Some(field) => format!("{}{}{}", words::difference(d.kind, lang), t("：", ": "), safe::line(words::field_named(field, lang))),
            None => words::difference(d.kind, lang).to_owned(),
        };
        grid.row(vec![Cell::of(CELL, &kind), side(&d.electronic), side(&d.paper), place(&d.at), place(&d.paper_at)]);
    }
    page.grid(grid);
    rest(page, record.paper.differences.len(), lang);
}
