//! What kind of paper each file is: by its content, then by its name.
use super::View;
use super::form::{ends_with_form_word, label_count};
use super::vocabulary::Vocabulary;
use crate::model::{BlockKind, Format, Read, Role};
use crate::text::tight;
use regex::Regex;
use std::sync::LazyLock;

/// Different fields that a paper asks for which is a form whatever its title.
const FORM_ASKS: usize = 6;

/// Lines at the head of a paper in which its title stands.
const HEAD_LINES: usize = 14;

/// Gives every file its role.
pub fn assign(views: &mut [View<'_>], vocabulary: &Vocabulary) {
    let lexicon = vocabulary.lexicon();
    for view in views.iter_mut() {
        view.role = role(view, lexicon);
    }
    stand_in(views, lexicon);
}

/// Where no paper is titled as a form, the only one that asks what a form asks is read as the form: a mid-term report, a list of one project.
fn stand_in(views: &mut [View<'_>], lexicon: &super::form::Lexicon) {
    if views.iter().any(|v| v.role == Role::ApplicationForm) {
        return;
    }
    let open = |role: Role| matches!(role, Role::Report | Role::Plan | Role::List | Role::Other | Role::Unknown);
    let mut asking = views.iter_mut().filter(|v| open(v.role)).filter(|v| {
        let labels = label_count(v, lexicon);
        labels.fields >= FORM_ASKS && labels.project
    });
    if let (Some(only), None) = (asking.next(), asking.next()) {
        only.role = Role::ApplicationForm;
    }
}

/// Words in the title of a paper that is handed in after a project was approved.
const LATER: [&str; 12] = ["中期", "结题", "结项", "验收", "总结", "进展", "年度报告", "考核", "绩效", "检查", "完成情况", "执行情况"];

/// Words in the title of a list of projects.
const LISTS: [&str; 3] = ["汇总", "一览", "名单"];

/// What such titles end in; a label of a form (考核指标) ends otherwise.
const PAPERS: [&str; 6] = ["表", "书", "报告", "总结", "材料", "名单"];

/// Words in the title of what asks for a project.
const APPLIES: [&str; 7] = ["申报", "申请", "立项", "任务书", "推荐", "报名", "登记"];

/// Whether a paper that is read as a form says at its head that it is another: a report, a list.
pub fn is_another(view: &View<'_>) -> bool {
    let head = head(view);
    let is_title = |line: &&String| {
        let bare = line.split('(').next().unwrap_or_default();
        line.chars().count() <= 40 && !line.contains(['。', ':']) && PAPERS.iter().any(|word| bare.ends_with(word))
    };
    let titles = || head.iter().take(6).filter(is_title);
    let says = |line: &String, words: &[&str]| words.iter().any(|word| line.contains(word));
    titles().any(|line| says(line, &LISTS)) || titles().any(|line| says(line, &LATER)) && !titles().any(|line| says(line, &APPLIES))
}

fn role(view: &View<'_>, lexicon: &super::form::Lexicon) -> Role {
    if view.document.format.is_picture() {
        return of_picture(view, lexicon);
    }
    let named = by_name(view.name());
    if view.document.read == Read::None || view.text.trim().is_empty() {
        return named.unwrap_or(Role::Unknown);
    }
    by_content(view, lexicon).or(named).unwrap_or(Role::Other)
}

/// A picture is what was recognised on it, what its name or its folder's says, or a photo where it shows the world. A sheet
/// that was photographed and not recognised could be anything: `IMG_2031.jpg` may be the agreement.
fn of_picture(view: &View<'_>, lexicon: &super::form::Lexicon) -> Role {
    if view.document.read != Read::None
        && let Some(role) = by_content(view, lexicon)
    {
        return role;
    }
    let mut names = view.file.path.rsplit(['/', '\\', '!']);
    let told = names.find_map(|name| by_name(name).filter(|role| matches!(role, Role::Photo) || is_paper(*role)));
    match told {
        Some(role) => role,
        None if view.document.is_scene || view.document.read != Read::None => Role::Photo,
        None => Role::Unknown,
    }
}

/// Papers that are photographed or scanned page by page.
fn is_paper(role: Role) -> bool {
    use Role::{Agenda, Agreement, ApplicationForm, Certificate, EventNotice, News, SignIn};
    matches!(role, Certificate | Agreement | SignIn | News | Agenda | EventNotice | ApplicationForm)
}

/// The printed lines at the head, tight, with the longest ones cut.
fn head(view: &View<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for block in view.document.blocks.iter().filter(|b| b.kind.is_body() && b.kind != BlockKind::Footnote).take(60) {
        for line in block.text.lines() {
            let line: String = tight(line).chars().take(120).collect();
            if !line.is_empty() {
                out.push(line);
            }
            if out.len() == HEAD_LINES {
                return out;
            }
        }
    }
    out
}

static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:关于)?.{0,60}(?:举办|召开|开展|组织|承办|参加|邀请).{0,60}(?:通知|邀请函|函|公告|预告|启事)(?:\(.{0,12}\))?$|^(?:会议|活动|讲座|培训|论坛|年会)?(?:通知|邀请函)(?:\(.{0,12}\))?$|.{2,40}(?:会议|活动|讲座|论坛|年会|研讨会|培训班|第[一二三四五]轮)(?:的)?(?:通知|邀请函|预通知)$").expect("the notice pattern is well formed")
});
static CALL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"申报|征集|评选|推荐|认定|立项|遴选|备案").expect("the call pattern is well formed"));
static AGREEMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:协议|协议书|合同|合同书|框架协议)(?:\(.{0,16}\))?$").expect("the agreement pattern is well formed"));
static LOOKS_LIKE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:意向书|意向协议|备忘录|合作方案|邀请函|承诺书|委托书|授权书)(?:\(.{0,16}\))?$").expect("the look-alike pattern is well formed")
});

fn by_content(view: &View<'_>, lexicon: &super::form::Lexicon) -> Option<Role> {
    let head = head(view);
    let sheet = matches!(view.document.format, Format::Xlsx | Format::Xls | Format::Csv | Format::Et | Format::Ods);
    let parties = has_party(&view.text, '甲') && has_party(&view.text, '乙');
    let title = |test: &dyn Fn(&str) -> bool, within: usize| head.iter().take(within).any(|line| line.chars().count() <= 60 && test(line));
    if let Some(role) = first_title(&head, view, lexicon, parties, sheet) {
        return Some(role);
    }
    if parties && title(&|l| l.starts_with("甲方") || l.starts_with("委托方"), 10) {
        return Some(Role::Agreement);
    }
    let labels = label_count(view, lexicon);
    if labels.fields >= FORM_ASKS && labels.project {
        return Some(Role::ApplicationForm);
    }
    if sheet {
        return by_name(view.name()).filter(|r| matches!(r, Role::Budget | Role::SignIn | Role::ApplicationForm)).or(Some(Role::List));
    }
    if is_news(&head, view) {
        return Some(Role::News);
    }
    None
}

/// The first line of the head that is some paper's title decides; a form's title outranks the plan it names.
fn first_title(head: &[String], view: &View<'_>, lexicon: &super::form::Lexicon, parties: bool, sheet: bool) -> Option<Role> {
    let form = form_title(head, view, lexicon);
    for (n, line) in head.iter().enumerate() {
        if form == Some(n) {
            return Some(Role::ApplicationForm);
        }
        // a form that asks for a plan or an agreement is none; a notice with a form behind it is one
        let role = titled(line, n, parties, sheet).filter(|role| form.is_none() || matches!(role, Role::EventNotice | Role::Other));
        if role.is_some() {
            return role;
        }
    }
    None
}

/// The kind of paper that a line titles, the `n`th from the head. `parties`: two sides are named below; `sheet`: in a workbook.
pub(super) fn titled(line: &str, n: usize, parties: bool, sheet: bool) -> Option<Role> {
    if line.chars().count() > 60 || line.contains('。') {
        return None;
    }
    let bare = strip_number(line);
    if NOTICE.is_match(line) {
        return Some(if CALL.is_match(line) && !line.contains("举办") && !line.contains("召开") { Role::Other } else { Role::EventNotice });
    }
    let agreed = AGREEMENT.is_match(line) && !LOOKS_LIKE.is_match(line) && !line.starts_with("附件") && !bare.contains(':');
    if agreed && (parties || n < 3) {
        return Some(Role::Agreement);
    }
    title_role(bare, n, sheet)
}

/// The line that titles a form, where enough labels follow it.
fn form_title(head: &[String], view: &View<'_>, lexicon: &super::form::Lexicon) -> Option<usize> {
    let at = head.iter().enumerate().position(|(n, line)| {
        let bare = strip_number(line);
        let parted =
            head.get(n + 1).is_some_and(|next| next.chars().count() <= 4 && bare.chars().count() <= 4 && ends_with_form_word(&format!("{bare}{next}")));
        bare.chars().count() <= 60 && (ends_with_form_word(bare) || parted)
    })?;
    let labels = label_count(view, lexicon);
    let firm = ["申报书", "申请书", "申报表", "申请表", "任务书"].iter().any(|w| head[at].contains(w)) || head[at].chars().count() <= 4;
    (labels.fields >= if firm { 3 } else { 4 } && (firm || labels.project || labels.fields >= 5)).then_some(at)
}

fn strip_number(line: &str) -> &str {
    let bare = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、'));
    bare.strip_prefix("附件").map_or(bare, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十:、.".contains(c)))
}

/// Papers whose title alone says what they are; only near the top.
fn title_role(line: &str, n: usize, sheet: bool) -> Option<Role> {
    if n > 4 || line.chars().count() > 45 || line.contains(':') {
        return None;
    }
    let bare = line.trim_end_matches(|c: char| c == ')' || c.is_ascii_digit()).split('(').next().unwrap_or(line);
    let ends = |words: &[&str]| words.iter().any(|w| bare.ends_with(w));
    let has = |words: &[&str]| words.iter().any(|w| line.contains(w));
    Some(if has(&["签到表", "签到簿", "签到册", "签到单"]) || bare.ends_with("签到") {
        Role::SignIn
    } else if ends(&["议程", "日程", "日程表", "议程表", "会议安排", "日程安排", "会议手册"]) {
        Role::Agenda
    } else if ends(&["汇总表", "名单", "名册", "一览表", "花名册", "专家库", "信息汇总", "登记册"]) {
        Role::List
    } else if ends(&["证书", "登记证", "登记证书", "证明", "荣誉证书", "聘书", "营业执照", "奖状", "批复", "证明书", "牌匾"])
        || has(&["评估等级证书", "年检结论", "法人登记证"])
        // 关于表彰…的决定
        || has(&["表彰", "表扬", "嘉奖", "授予"]) && ends(&["决定", "通报"])
    {
        Role::Certificate
    } else if ends(&["照片", "工作照", "图片", "图片资料", "影像", "影像资料", "掠影", "剪影", "图集", "相册", "影集", "留影"]) {
        Role::Photo
    } else if ends(&["预算表", "预算书", "预算", "经费概算", "预算明细", "预算明细表"]) {
        Role::Budget
    } else if ends(&["规划", "工作计划", "计划", "实施方案", "工作方案", "活动方案", "方案", "工作要点"]) {
        Role::Plan
    } else if ends(&[
        "总结",
        "报告",
        "工作总结",
        "调研报告",
        "小结",
        "研究报告",
        "情况汇报",
        "工作汇报",
        "专报",
        "建议",
        "情况报告",
        "情况",
        "工作情况",
        "典型案例",
        "案例",
        // what was done, told by those who did it or had it done
        "记录",
        "记录单",
        "记录表",
        "记录册",
        "记录本",
        "服务单",
        "工作单",
        "确认单",
        "确认书",
        "确认表",
        "验收单",
        "反馈表",
        "反馈单",
        "评价表",
        "台账",
        "日志",
        "简报",
        "纪要",
        "纪实",
        "大事记",
    ]) {
        Role::Report
    } else if sheet && has(&["名单", "汇总", "一览"]) {
        Role::List
    } else {
        return None;
    })
}

/// `甲方：`, `甲 方（盖章）`, `（以下简称甲方）`.
fn has_party(text: &str, party: char) -> bool {
    let marks = [
        format!("{party}方:"),
        format!("{party}方("),
        format!("{party}方\n"),
        format!("简称{party}方"),
        format!("简称\"{party}方"),
        format!("简称“{party}方"),
        format!("({party}方)"),
        format!("{party}方"),
    ];
    marks[..7].iter().any(|m| text.contains(m.as_str())) || text.matches(marks[7].as_str()).count() >= 2
}

fn is_news(head: &[String], view: &View<'_>) -> bool {
    let opening = head.iter().take(8).any(|line| opens_news(line));
    opening || view.document.format == Format::Html && view.text.chars().count() < 8000 && head.iter().any(|l| l.contains("日,"))
}

/// Whether a line says who wrote a piece of news, or where it came out.
pub(super) fn opens_news(line: &str) -> bool {
    line.contains("本报讯")
        || line.contains("记者") && line.chars().count() <= 60
        || line.starts_with("来源:")
        || line.contains("发布时间:")
        || line.contains("浏览次数")
        || line.contains("阅读量")
        || line.starts_with("http")
        || line.contains("mp.weixin.qq.com")
}

/// The role a file's name tells; `None` where it tells nothing.
pub fn by_name(name: &str) -> Option<Role> {
    let name = tight(name);
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let has = |words: &[&str]| words.iter().any(|w| stem.contains(w));
    if has(&["汇总表", "名单", "名册", "花名册", "专家库", "一览表"]) {
        return Some(Role::List);
    }
    if has(&["意向书", "备忘录"]) {
        return Some(Role::Other);
    }
    if has(&["协议", "合同"]) {
        return Some(Role::Agreement);
    }
    if has(&["签到"]) {
        return Some(Role::SignIn);
    }
    if has(&["议程", "日程", "会议手册"]) {
        return Some(Role::Agenda);
    }
    if has(&["证书", "证明", "登记证", "营业执照", "牌匾", "等级", "年检", "批复", "奖状", "聘书", "批示"]) {
        return Some(Role::Certificate);
    }
    if has(&["通知", "邀请函"]) && !has(&["申报通知"]) {
        return Some(Role::EventNotice);
    }
    // `微信图片_20220601` is what that program calls any picture.
    let by_chat = has(&["微信"]) && !has(&["微信图片", "微信截图"]);
    if by_chat || has(&["新闻", "报道", "推文", "推送", "公众号", "简讯", "链接", "快讯"]) {
        return Some(Role::News);
    }
    if has(&["申报书", "申请书", "申报表", "申请表", "推荐表", "推荐书"]) {
        return Some(Role::ApplicationForm);
    }
    if has(&["照片", "合影", "现场", "活动照", "活动图片", "工作图片", "图集", "相册", "剪影"]) {
        return Some(Role::Photo);
    }
    if has(&["预算"]) {
        return Some(Role::Budget);
    }
    if has(&["总结", "报告", "小结", "专报", "案例", "记录", "台账", "纪要", "简报", "汇报"]) {
        return Some(Role::Report);
    }
    if has(&["规划", "计划", "方案"]) {
        return Some(Role::Plan);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, DocId, Document, Location, SourceFile};

    fn role_of(name: &str, format: Format, lines: &[&str]) -> Role {
        let blocks = lines.iter().map(|t| Block::new(BlockKind::Paragraph, *t, Location::default())).collect();
        let document = Document::read_full(format, blocks);
        let file = SourceFile { path: name.into(), bytes: 0, sha256: None, sm3: None, problem: None };
        let mut views = [View::new(DocId(0), &file, &document)];
        assign(&mut views, &Vocabulary::default());
        views[0].role
    }

    #[test]
    fn content_outranks_the_name() {
        let form = [
            "2022年度徐州市科协提升计划",
            "项 目 申 报 书",
            "项目名称：智慧农业",
            "申报单位：徐州市工程学会",
            "项目负责人：张三",
            "联系电话：139",
            "填报日期：2022年5月",
        ];
        assert_eq!(role_of("材料1.docx", Format::Docx, &form), Role::ApplicationForm);
        assert_eq!(
            role_of("申报书.docx", Format::Docx, &["科技服务合作协议", "甲方：徐州市工程学会", "乙方：徐州云帆科技有限公司", "一、合作内容"]),
            Role::Agreement
        );
        assert_eq!(role_of("x.docx", Format::Docx, &["关于举办2022年学术年会的通知", "各有关单位：", "时间：2022年7月16日"]), Role::EventNotice);
        assert_eq!(role_of("x.docx", Format::Docx, &["关于组织申报2022年度提升计划项目的通知", "各学会："]), Role::Other);
        assert_eq!(role_of("x.xlsx", Format::Xlsx, &["专家名单", "姓名", "职称"]), Role::List);
        assert_eq!(role_of("x.docx", Format::Docx, &["项目申报汇总表", "项目名称", "负责人"]), Role::List);
        assert_eq!(role_of("x.docx", Format::Docx, &["2022年度科普工作总结", "一年来"]), Role::Report);
        assert_eq!(role_of("x.docx", Format::Docx, &["技术服务记录单", "服务日期：2022年4月2日", "服务对象确认：已完成"]), Role::Report);
        assert_eq!(role_of("x.docx", Format::Docx, &["智慧农业工作图片", "▲下乡指导"]), Role::Photo);
        assert_eq!(role_of("x.docx", Format::Docx, &["技术需求说明", "需方：某公司"]), Role::Other);
    }

    #[test]
    fn an_award_s_decision_is_a_certificate() {
        let decision = ["表彰决定（节选）", "……三、创新服务奖（五个）：徐州市工程学会；徐州市钟表学会……", "2021年11月"];
        assert_eq!(role_of("附件2.docx", Format::Docx, &decision), Role::Certificate);
        assert_ne!(role_of("附件2.docx", Format::Docx, &["科普工作考核与表彰办法", "导师授课计入年度考核。"]), Role::Certificate);
    }

    #[test]
    fn an_unread_picture_is_what_its_name_its_folder_or_its_look_says_and_else_unknown() {
        let look = |path: &str, is_scene: bool| {
            let unread = Document::unread(Format::Jpeg, crate::model::Problem::new(crate::model::ProblemKind::ImageOnly, crate::say!("图片", "a picture")));
            let document = Document { is_scene, ..unread };
            let file = SourceFile { path: path.into(), bytes: 0, sha256: None, sm3: None, problem: None };
            role(&View::new(DocId(0), &file, &document), Vocabulary::default().lexicon())
        };
        for name in ["IMG_2031.JPG", "微信图片_20220301101010.jpg", "扫描0001.jpg", "附件/1.png", "附件.zip!/mmexport1651.jpg"] {
            assert_eq!((look(name, true), look(name, false)), (Role::Photo, Role::Unknown), "{name}");
        }
        for (path, role) in [
            ("4A等级证书.jpg", Role::Certificate),
            ("合作协议第1页.png", Role::Agreement),
            ("附件1 合作协议/1.jpg", Role::Agreement),
            ("活动照片/1.jpg", Role::Photo),
            ("合作协议/签约现场.jpg", Role::Photo),
            ("微信公众号.jpg", Role::News),
        ] {
            assert_eq!((look(path, true), look(path, false)), (role, role), "{path}");
        }
    }

    #[test]
    fn a_recognised_picture_is_what_stands_on_it() {
        let agreement = ["科技服务合作协议", "甲方：徐州市工程学会", "乙方：徐州云帆科技有限公司", "一、合作内容"];
        assert_eq!(role_of("现场照片.jpg", Format::Jpeg, &agreement), Role::Agreement);
        assert_eq!(role_of("IMG_2031.jpg", Format::Jpeg, &["欢迎各位来宾"]), Role::Photo);
    }
}
