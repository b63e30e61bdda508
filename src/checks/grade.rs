use super::case::FEW;
use super::contract::declare_check;
use super::lists::LookUp;
use super::parties::{Match, matches};
use super::{Case, Check};
use crate::model::{Grade as Printed, Outcome, Pointer, Role, Severity};
use crate::say;
use crate::text::date::PartialDate;
use crate::text::tight;
use jiff::ToSpan;
use jiff::civil::Date;

declare_check! {
    /// The applicant's assessment grade is high enough and valid.
    ///
    /// ## How it is decided
    /// From certificates and official papers in the dossier and from the office's list (`grades.csv`). A grade of at
    /// least `min_stars`, valid on the day the dossier came: `pass`. A lower grade: `fail`. None found: `fail` as a
    /// warning; without a list: `not_checked`. Where no last day is printed, a certificate is valid for `valid_years` from
    /// its date of issue.
    ///
    /// ## Why
    /// “申报学会评估等级不低于4A级”. Grades of social organisations hold for five years (national rule).
    ///
    /// ## A person looks when
    /// The grade has run out or its last day was not read, the certificate names another holder, list and certificate
    /// contradict each other, or an unread file could be the certificate.
    pub struct Grade("grade", Dossier, bind_dossier, Form, [Pass, Fail, Human, NotChecked],
        "看材料中的评估等级证书、文件和评估等级名单（grades.csv）：达到规定等级且在提交之日有效为符合；低于规定等级为不符合；未见证书标待补正，又没有名单则不核对。未写有效期的自发证之日起五年有效。已过期、证书单位不一致、几处记载矛盾或有未读文件可能是证书时由人工核对。"
    ) {
        min_stars: u8,
        valid_years: i16,
    }
}

/// A grade from one source.
struct Found {
    stars: u8,
    until: Option<Date>,
    source: String,
    source_en: String,
    at: Vec<Pointer>,
    holder_differs: bool,
}

impl Check for Grade {
    fn settle(&self, _: &crate::model::Round) -> Result<(), String> {
        if (1..=5).contains(&self.min_stars) { Ok(()) } else { Err(format!("field `min_stars`: found {}, expected 1 to 5", self.min_stars)) }
    }

    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let look = LookUp::new(case, case.setting.lists.grades.as_ref(), say!("评估等级名单", "list of grades"));
        let mut found: Vec<Found> = case.facts().grades.iter().filter(|grade| grade.proved).map(|grade| self.printed(case, grade)).collect();
        if let Ok(look) = &look {
            for row in look.rows(|row| &row.name) {
                if let Some(stars) = stars(&row.value.grade) {
                    let source = format!("名单（{}）", look.list.name);
                    let source_en = format!("the list ({})", look.list.name);
                    found.push(Found { stars, until: row.value.valid_until, source, source_en, at: vec![look.point(row)], holder_differs: false });
                }
            }
        }
        if found.is_empty() {
            return vec![self.nothing(case, look.is_ok())];
        }
        vec![self.weigh(case, &found)]
    }
}

impl Grade {
    fn printed(&self, case: &Case<'_>, grade: &Printed) -> Found {
        let issued = || grade.issued.and_then(PartialDate::last_day)?.checked_add(self.valid_years.years()).ok();
        let holder_differs = grade.holder.as_ref().is_some_and(|holder| matches(holder, &case.applicant_keys()) != Match::Same);
        Found {
            stars: grade.stars,
            until: grade.valid_to.and_then(PartialDate::last_day).or_else(issued),
            source: "证书或文件".to_owned(),
            source_en: "a certificate or official paper".to_owned(),
            at: grade.at.iter().copied().take(2).map(Pointer::Span).collect(),
            holder_differs,
        }
    }

    fn weigh(&self, case: &Case<'_>, found: &[Found]) -> Outcome {
        let day = case.submitted_on();
        let all = || found.iter().flat_map(|f| f.at.iter().cloned()).take(FEW);
        let own: Vec<&Found> = found.iter().filter(|f| !f.holder_differs).collect();
        let Some(first) = own.first() else {
            return Outcome::human(say!(
                "评估等级证书上的单位与申报单位不一致，请人工核对",
                "the certificate names another holder than the applicant; please look"
            ))
            .see(all());
        };
        let high = |f: &Found| f.stars >= self.min_stars;
        let valid = |f: &Found| f.until.is_some_and(|until| until >= day);
        if let Some(f) = own.iter().find(|f| high(f) && valid(f)) {
            let newest_low = own.iter().any(|low| !high(low) && valid(low));
            let (stars, source, source_en) = (f.stars, &f.source, &f.source_en);
            let until = f.until.map_or_else(String::new, |until| until.to_string());
            if newest_low {
                return Outcome::human(say!(
                    "评估等级的几处记载不一致（其一为{source}：{stars}A，有效期至 {until}），请人工核对",
                    "sources of the grade contradict each other (one is {source_en}: {stars}A until {until}); please look"
                ))
                .see(all());
            }
            return Outcome::pass(say!("评估等级 {stars}A，有效期至 {until}，见{source}", "grade {stars}A until {until}, from {source_en}"))
                .see(f.at.iter().cloned());
        }
        if let Some(f) = own.iter().find(|f| high(f)) {
            let (stars, source, source_en) = (f.stars, &f.source, &f.source_en);
            let say = match f.until {
                Some(until) => say!(
                    "评估等级 {stars}A（见{source}），有效期至 {until}，在 {day} 已过期，请人工核对",
                    "grade {stars}A from {source_en} ran out on {until}, before {day}; please look"
                ),
                None => {
                    say!("评估等级 {stars}A（见{source}），未读到有效期，请人工核对", "grade {stars}A from {source_en}, its last day was not read; please look")
                }
            };
            return Outcome::human(say).see(all());
        }
        let (stars, min, source, source_en) = (first.stars, self.min_stars, &first.source, &first.source_en);
        Outcome::fail(say!("评估等级为 {stars}A（见{source}），低于 {min}A", "the grade is {stars}A from {source_en}, below {min}A")).see(all())
    }

    fn nothing(&self, case: &Case<'_>, has_list: bool) -> Outcome {
        let claim = case.facts().grades.iter().find(|grade| !grade.proved);
        let place = claim.into_iter().flat_map(|grade| grade.at.iter().copied().take(1));
        let min = self.min_stars;
        let say = if claim.is_some() {
            say!("评估等级只见于申报书自述，未见证书或文件", "the grade is only claimed in the form; no certificate was found")
        } else {
            say!("未见 {min}A 级及以上的评估等级证书或文件", "no certificate of grade {min}A or higher was found")
        };
        let outcome = if has_list {
            Outcome::fail(say).at_most(Severity::Warning)
        } else {
            let (zh, en) = (say.zh, say.en);
            Outcome::not_checked(say!("{zh}，也未提供评估等级名单，本项未核对", "{en}, and no list of grades was given; not checked"))
        };
        case.absent(&[Role::Certificate], outcome).see(place)
    }
}

/// `4A`, `AAAA`, `4A级`, `四A` to the number of A's.
fn stars(grade: &str) -> Option<u8> {
    let bare = tight(grade).to_ascii_uppercase();
    let letters = bare.chars().filter(|c| *c == 'A').count();
    let before = bare.split('A').next().unwrap_or("");
    let digit = before.chars().next_back().and_then(|c| "一二三四五".chars().position(|n| n == c).map(|n| n as u8 + 1).or(c.to_digit(10).map(|d| d as u8)));
    match (digit, letters) {
        (Some(digit), 1) if (1..=5).contains(&digit) => Some(digit),
        (None, letters @ 1..=5) => Some(letters as u8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::stars;

    #[test]
    fn grades_are_read_however_they_are_written() {
        let read: Vec<Option<u8>> = ["4A", "AAAA", "４Ａ级", "四A级", "5a", "AAAAA级", "不合格", ""].iter().map(|g| stars(g)).collect();
        assert_eq!(read, [Some(4), Some(4), Some(4), Some(4), Some(5), Some(5), None, None]);
    }
}
