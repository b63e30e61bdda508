//! Papers in which another body says that an event was held: a certificate, a letter to the applicant, a report over its own name.
use super::org::{self, Applicant};
use super::part::Part;
use super::when::When;
use super::{facts, when};
use crate::extract::lines::Line;
use crate::model::{EventRole, EvidenceKind};
use jiff::civil::Date;

/// Whether another body than the applicant certifies what the applicant held: 兹证明…特此证明。 over that body's name.
pub(super) fn certifies(all: &[Line<'_>], applicant: &Applicant) -> bool {
    let titled = || all.iter().take(3).any(|l| ["证明", "情况证明", "活动证明", "举办证明", "回执", "活动回执", "活动完成回执", "活动反馈"].contains(&l.text));
    let says = titled() || all.iter().any(|l| l.text.contains("证明") && (l.text.contains('兹') || l.text.contains("特此")));
    says && (is_signed_by_other(all, applicant) || speaks_of_guest(all, applicant))
}

/// …学会在我处主办…: who writes so of the applicant is another, whatever it is called, unless the applicant signs.
fn speaks_of_guest(all: &[Line<'_>], applicant: &Applicant) -> bool {
    let hosts = |l: &Line<'_>| applicant.find(l.text).is_some_and(|at| l.text[at.end..].starts_with("在我"));
    let signs = |l: &Line<'_>| l.chars() <= 40 && !l.text.contains('。') && applicant.find(l.text).is_some();
    all.iter().any(hosts) && !all.iter().rev().take(4).any(signs)
}

/// What stands behind a label of a letter's head, in its line or the next: 收件人：….
fn letter_head<'v>(all: &[Line<'v>], label: &str) -> Option<&'v str> {
    let n = all.iter().take(14).position(|l| l.text.starts_with(label))?;
    let rest = all[n].text[label.len()..].trim_start_matches(':').trim();
    if rest.is_empty() { all.get(n + 1).map(|next| next.text) } else { Some(rest) }
}

/// Whether another body writes to the applicant of what it held: 徐州市…学会：…贵会在我镇主办…. over that body's name.
pub(super) fn confirms(all: &[Line<'_>], applicant: &Applicant) -> bool {
    let received = letter_head(all, "收件人").is_some_and(|name| applicant.find(name).is_some());
    let addressed =
        received || all.iter().take(12).any(|l| l.text.strip_suffix(':').is_some_and(|name| applicant.find(name).is_some_and(|at| at.end == name.len())));
    let says = |l: &Line<'_>| {
        org::YOUR_WORDS.iter().any(|word| l.text.contains(word)) && ["主办", "承办", "举办", "组织", "开展"].iter().any(|verb| l.text.contains(verb))
    };
    let invites = |l: &Line<'_>| ["定于", "拟于", "将于", "邀请", "诚邀"].iter().any(|word| l.text.contains(word));
    let went = |l: &Line<'_>| ["已于", "圆满", "成功", "到场", "到会", "参加", "致谢", "感谢", "谢意"].iter().any(|word| l.text.contains(word));
    addressed && all.iter().any(says) && !all.iter().any(invites) && all.iter().any(went) && is_signed_by_other(all, applicant)
}

fn is_signed_by_other(all: &[Line<'_>], applicant: &Applicant) -> bool {
    let signed = all.iter().rev().take(4).find(|l| l.chars() <= 40 && org::ends_as_body(l.text)).map(|line| line.text);
    let sent = || letter_head(all, "发件人").map(|name| name.split('<').next().unwrap_or(name)).filter(|name| org::ends_as_body(name));
    signed.or_else(sent).is_some_and(|name| applicant.is_known() && applicant.find(name).is_none())
}

/// The day on which another body signs a paper: a circular, a statement, a digest of its own. The applicant's papers, which may be copied to
/// others (抄送：…), have none.
pub(super) fn signed_by_other(all: &[Line<'_>], applicant: &Applicant) -> Option<Date> {
    let tail = &all[all.len().saturating_sub(4)..];
    let signs = |line: &Line<'_>| line.row.is_none() && line.chars() <= 40 && !line.text.contains('。') && applicant.find(line.text).is_some();
    // 徐州市…学会活动总结: by its title its own
    let titled = |line: &Line<'_>| !line.text.ends_with(':') && !line.text.contains('。') && applicant.find(line.text).is_some();
    if !applicant.is_known() || tail.iter().any(signs) || all.iter().take(2).any(titled) {
        return None;
    }
    let day = |line: &Line<'_>| {
        let days = when::days(line.text, None);
        let only = days.first().filter(|day| line.chars() <= 20 && line.text[..day.range.start].trim_end_matches(':').chars().count() <= 2);
        only.and_then(|day| day.to.day.and(day.to.first_day()))
    };
    // 我会 is the applicant where no society signs
    let own = all.iter().any(|line| org::OWN_WORDS.iter().any(|word| line.text.contains(word)));
    let body = |line: &Line<'_>| {
        let name = line.text.split('(').next().unwrap_or_default();
        // 学会办公室 is no other body
        let inner = ["学会", "协会", "研究会", "秘书处", "本", "我"].iter().any(|word| name.starts_with(word));
        !inner && line.chars() <= 40 && !line.text.contains([':', '。']) && org::ends_as_body(line.text) && (!own || name.ends_with('会'))
    };
    // 云山小学 | 2022年9月18日: the last row of a list
    let outside = |two: &&[Line<'_>]| two.iter().all(|line| line.row.is_none());
    // 某某联合会 over its digest, the day alone below it
    let headed = || all.first().filter(|line| line.row.is_none() && body(line)).and(tail.last()).filter(|line| line.row.is_none()).and_then(day);
    let signed = tail.windows(2).filter(outside).find_map(|two| if body(&two[0]) { day(&two[1]) } else { day(&two[0]).filter(|_| body(&two[1])) });
    signed.or_else(headed)
}

/// Whether a part of the form's own file may be such a paper that is bound behind it: a short one, no place for opinions to sign.
pub(super) fn may_be_bound(part: &Part<'_>, applicant: &Applicant) -> bool {
    const MOST_LINES: usize = 16;
    let papers = matches!(part.kind, EvidenceKind::Summary | EvidenceKind::Certificate) && part.lines.len() <= MOST_LINES;
    papers && !part.lines.iter().any(|line| line.text.contains("意见")) && signed_by_other(&part.lines, applicant).is_some()
}

/// Whether a paper that was signed on a day looks back on an event, and gives the applicant a part in it that hosts have.
pub(super) fn looks_back(signed: Date, when: Option<&When>, role: Option<EventRole>) -> bool {
    let over = when.is_some_and(|when| when.has_day() && when.to.first_day().is_some_and(|last| last <= signed));
    over && matches!(role, Some(EventRole::主办 | EventRole::承办 | EventRole::联合主办 | EventRole::共同承办))
}

/// The part that a line of such a paper gives the applicant by name.
pub(super) fn role_in(line: &Line<'_>, applicant: &Applicant) -> Option<EventRole> {
    let told = !facts::is_planned(line.text) && applicant.find(line.text).is_some();
    let hosts = if told { org::in_sentences(line.text, 0, applicant, &[]) } else { Vec::new() };
    org::role(&hosts, applicant).map(|(role, _)| role)
}
