//! What reports need of a rule.
use crate::model::{Lang, Scope};
use crate::programme::Programme;

/// One rule as the papers print it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleLine {
    pub id: String,
    pub title: String,
    pub clause: String,
    /// The clause in the notice's own words.
    pub requirement: String,
    /// Decided from the other findings: never a defect of its own.
    pub is_derived: bool,
    /// The other dossiers it speaks of are the same applicant's, so a letter to the applicant may name them.
    pub names_own_dossiers: bool,
    /// A fault that no correction mends, as a late receipt: a letter tells it and asks for nothing.
    pub is_past_mending: bool,
}

/// Checks over the batch that only ever compare the dossiers of one applicant.
const OF_ONE_APPLICANT: [&str; 5] = ["classes-exclusive", "classes-several", "classes-together", "count-limit", "service-point-once"];

impl RuleLine {
    /// Every rule of a programme, in its order.
    pub fn all(programme: &Programme, lang: Lang) -> Vec<Self> {
        let line = |rule: &crate::programme::Rule| Self {
            id: rule.id.clone(),
            title: rule.title.in_lang(lang).to_owned(),
            clause: rule.clause.clone(),
            requirement: programme.clause(&rule.clause).map(|clause| clause.text.clone()).unwrap_or_default(),
            is_derived: rule.scope() == Scope::Derived,
            names_own_dossiers: OF_ONE_APPLICANT.contains(&rule.check.id),
            is_past_mending: rule.check.id == "deadline",
        };
        programme.rules.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_the_programme_carry_the_words_of_the_notice() {
        let rules = RuleLine::all(crate::programme::builtin(), Lang::Zh);
        let of = |id: &str| rules.iter().find(|rule| rule.id == id).expect("the rule is in the programme");
        assert!(of("C102").requirement.contains("与服务对象之间签有合作协议"));
        assert!(of("E04").is_derived && !of("C102").is_derived);
        assert!(of("L04").names_own_dossiers && of("L05").names_own_dossiers && !of("L11").names_own_dossiers);
        assert!(of("M11").is_past_mending && of("M12").is_past_mending && !of("M05").is_past_mending);
        for check in OF_ONE_APPLICANT {
            assert!(crate::programme::builtin().rules.iter().any(|rule| rule.check.id == check), "{check} is no check of any rule");
        }
    }
}
