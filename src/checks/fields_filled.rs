use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{Blank, FieldId, Outcome, Pointer, Say, Span};
use crate::say;
use crate::text::tight;

declare_check! {
    /// The form has no blank fields, no template text and no unticked choice.
    ///
    /// ## How it is decided
    /// A label without a value, unless its field or its words are optional here; template text left standing
    /// (XXXX年X月X日, （学会名称）); a group of boxes of which none is ticked: `fail`, each kind with its list. Nothing of the kind:
    /// `pass`. A signature, a seal and their date lines in an electronic version are no blanks; 无 and / are answers.
    ///
    /// ## Why
    /// “缺项或格式不符的申报书不予受理” is what such forms print; the applicant can mend it in minutes.
    ///
    /// ## A person looks when
    /// The form was read only in part, or no field of it was made out, and nothing was found to be blank; or a blank was found in a scan.
    pub struct FieldsFilled("fields-filled", Dossier, bind_dossier, Form, [Pass, Fail, Human],
        "申报书有空项、未改的模板文字、整组未勾选的选项，标待补正并逐项列出；没有为符合。可以不填的栏目以及签名、盖章、日期栏不算空项，填“无”“/”不算空项。申报书有未读的页或没有读出任何栏目时由人工查看。"
    ) {
        /// Fields that may stay blank.
        optional: Vec<FieldId>,
        /// Words of labels that may stay blank; of a phone or e-mail only beside another that is filled in.
        optional_labels: Vec<String>,
    }
}

/// Labels told in one sentence.
const TOLD: usize = 20;

impl Check for FieldsFilled {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        let form = &case.facts().form;
        let blanks: Vec<&Blank> = form.blanks.iter().filter(|blank| !self.is_optional(case, blank) && !is_heading(case, blank)).collect();
        let mut outcomes = Vec::new();
        if form.is_blank_template {
            let say = say!("申报书基本没有填写，像是空白模板", "the form is nearly blank, as the template is");
            outcomes.push(Outcome::fail(say).see(case.form().map(Pointer::File)));
        }
        let labels: Vec<(String, &[Span])> = blanks.iter().map(|blank| (blank.label.clone(), blank.at.as_slice())).collect();
        outcomes.extend(listed(&labels, |count, names| say!("{count} 处空项：{names}", "{count} blank(s): {names}")));
        let leftovers: Vec<(String, &[Span])> = form.leftovers.iter().map(|l| (l.value.clone(), l.at.as_slice())).collect();
        outcomes.extend(listed(&leftovers, |count, names| say!("{count} 处模板文字未改：{names}", "{count} piece(s) of template text: {names}")));
        let unticked: Vec<(String, &[Span])> = form.unticked.iter().map(|u| (u.value.clone(), u.at.as_slice())).collect();
        outcomes.extend(listed(&unticked, |count, names| say!("{count} 组选项未勾选：{names}", "{count} choice(s) unticked: {names}")));
        if !outcomes.is_empty() {
            return outcomes.into_iter().map(|outcome| case.blank(outcome)).collect();
        }
        if case.form_is_partial() {
            let say = say!("申报书有未读的页，有无空项请人工查看", "pages of the form were not read; please look for blanks");
            return vec![Outcome::human(say).see(case.form().map(Pointer::File))];
        }
        let mut places = FieldId::ALL.iter().filter_map(|field| case.facts().first(*field)?.at.first().copied()).peekable();
        if places.peek().is_none() {
            let say = say!("申报书没有读出任何栏目的填写内容，有无空项请人工查看", "no field of the form was made out; please look for blanks");
            return vec![Outcome::human(say).see(case.form().map(Pointer::File))];
        }
        vec![Outcome::pass(say!("没有空项、模板残留和未勾选的选项", "no blank, no template text, no unticked choice")).see(places.take(5))]
    }
}

impl FieldsFilled {
    fn is_optional(&self, case: &Case<'_>, blank: &Blank) -> bool {
        let label = tight(&blank.label);
        // 手机 may stay blank beside 联系电话, not where nothing else tells how to reach the applicant
        let alone = blank.field.is_some_and(|field| matches!(field, FieldId::Phone | FieldId::Email) && case.facts().first(field).is_none());
        // the day of filling in is no signature's: one place where it stands is enough
        if blank.field == Some(FieldId::DateFilled) {
            return self.optional.contains(&FieldId::DateFilled) || case.facts().first(FieldId::DateFilled).is_some();
        }
        blank.field.is_some_and(|field| self.optional.contains(&field))
            || !alone && self.optional_labels.iter().any(|word| label.contains(tight(word).as_str()))
    }
}

/// A section head (六、经费预算, 1. 项目负责人与联系方式) whose answer stands in the table below it.
fn is_heading(case: &Case<'_>, blank: &Blank) -> bool {
    let begins = |text: &str| text.starts_with(|c: char| "一二三四五六七八九十(0123456789".contains(c)) && text.contains(['、', '.', ')']);
    let number = blank.at.first().and_then(|span| {
        let block = case.dossier.documents.get(span.doc.0 as usize)?.blocks.get(span.block as usize)?;
        let printed = block.text.get(..span.start as usize)?.lines().last().unwrap_or("");
        Some(tight(&format!("{}{printed}", block.label.as_deref().unwrap_or(""))))
    });
    let is_numbered = begins(&tight(&blank.label)) || number.is_some_and(|number| begins(&number));
    is_numbered && blank.field.is_some_and(|field| case.facts().first(field).is_some())
}

fn listed(items: &[(String, &[Span])], say: impl FnOnce(usize, String) -> Say) -> Option<Outcome> {
    if items.is_empty() {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for (name, _) in items {
        // a label set one letter a line is told in one
        let name = format!("“{}”", name.trim().replace('\n', ""));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let count = names.len();
    let more = if count > TOLD { " 等" } else { "" };
    names.truncate(TOLD);
    let places = items.iter().filter_map(|(_, at)| at.first().copied()).take(TOLD);
    Some(Outcome::fail(say(count, format!("{}{more}", names.join("、")))).see(places))
}
