use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{Outcome, Pointer};
use crate::say;
use crate::text::tight;

declare_check! {
    /// The applicant is a society of its own, not a branch, a company, a school or their association.
    ///
    /// ## How it is decided
    /// By the name: it ends as societies do and holds no word of a branch: `pass`. It never fails, because a name is no
    /// register.
    ///
    /// ## Why
    /// A branch (分会, 专业委员会) is no separate legal person; the association of a university or a company is not a
    /// municipal society.
    ///
    /// ## A person looks when
    /// The name holds a word of a branch, ends as a company or a school does, or is the association of one.
    pub struct ApplicantKind("applicant-kind", Dossier, bind_dossier, Form, [Pass, Human],
        "按名称判断：以学会、协会、研究会等结尾且不含分会、专业委员会等字样为符合。不自动判不符合。含分会字样、以公司或高校等结尾、或为高校、企业科协时由人工核对。"
    ) {
        /// Words that show a branch, anywhere in the name.
        branches: Vec<String>,
        /// Endings of what is no society.
        others: Vec<String>,
        /// Endings of societies.
        societies: Vec<String>,
        /// Endings of associations that belong to a school, a company or a hospital named in front of them.
        associations: Vec<String>,
    }
}

impl Check for ApplicantKind {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let Some((name, at)) = case.applicant() else {
            return vec![
                Outcome::human(say!("申报书中未读到申报单位，请人工核对", "the applicant was not read in the form; please look")).searched(case.form()),
            ];
        };
        let place = at.iter().take(1).copied().map(Pointer::Span);
        let bare = tight(name).trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let bare = bare.split('(').next().filter(|head| head.chars().count() >= 4).unwrap_or(&bare).to_owned();
        let ends = |endings: &[String]| endings.iter().find(|ending| bare.ends_with(ending.as_str())).cloned();
        let branch = self.branches.iter().find(|word| tight(name).contains(word.as_str())).cloned();
        let belongs = ends(&self.associations).and_then(|ending| {
            let front = bare.strip_suffix(ending.as_str())?;
            self.others.iter().find(|word| front.ends_with(word.as_str())).cloned()
        });
        let outcome = if let Some(word) = branch.or(belongs).or_else(|| ends(&self.others)) {
            Outcome::human(say!(
                "申报单位“{name}”含“{word}”，可能不是具有法人资格的市级学会，请人工核对",
                "the applicant “{name}” holds “{word}” and may be no municipal society of its own; please look",
            ))
        } else if ends(&self.societies).is_some() {
            Outcome::pass(say!("申报单位“{name}”名称为学会（协会、研究会）", "the applicant “{name}” is named as a society"))
        } else {
            Outcome::human(say!("申报单位“{name}”的名称不是学会（协会、研究会），请人工核对", "the applicant “{name}” is not named as a society; please look"))
        };
        vec![outcome.see(place)]
    }
}
