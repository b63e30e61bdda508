use super::case::FEW;
use super::contract::declare_check;
use super::{Case, Check};
use crate::model::{Outcome, Pointer};
use crate::say;

declare_check! {
    /// The form is this year's, and of one category of the programme.
    ///
    /// ## How it is decided
    /// The title or the cover names the programme's year and no other, or names none and was printed in that year, and one category:
    /// `pass`. Another year only, or two
    /// categories that exclude each other: `fail`.
    ///
    /// ## Why
    /// Last year's form is a frequent slip. The official template was not at hand, so the boxes are not compared one by
    /// one.
    ///
    /// ## A person looks when
    /// No year or no category was read, two years stand on the cover, or the form was printed in another year.
    pub struct FormEdition("form-edition", Dossier, bind_dossier, Form, [Pass, Fail, Human],
        "标题或封面的年度为本年度（没有写明年度的看印制年份）且类别明确为符合；年度为其他年份或各处类别互相矛盾标待补正。未读到年度或类别时由人工确定。"
    ) {
    }
}

impl Check for FormEdition {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        vec![year(case), category(case)]
    }
}

fn year(case: &Case<'_>) -> Outcome {
    let years = &case.facts().form.years;
    let wanted = i32::from(case.round().year);
    let places = years.iter().filter_map(|year| year.at.first().copied()).take(FEW);
    let mut printed: Vec<i32> = years.iter().map(|year| year.value).collect();
    printed.sort_unstable();
    printed.dedup();
    let shown = printed.iter().map(i32::to_string).collect::<Vec<_>>().join("、");
    let made = case.facts().form.printed_in.as_ref();
    let outcome = match printed.as_slice() {
        [] if made.is_some_and(|made| made.value == wanted) => Outcome::pass(say!("申报书为 {wanted} 年印制的版本", "the form was printed in {wanted}")),
        [] if let Some(made) = made => {
            let year = made.value;
            Outcome::human(say!(
                "申报书为 {year} 年印制的版本，未写明年度，请人工核对是否可用于 {wanted} 年度",
                "the form was printed in {year} and names no year; please look whether it will do for {wanted}"
            ))
        }
        [] => Outcome::human(say!("申报书上未读到年度，请人工核对是否为 {wanted} 年度", "no year was read on the form; please look whether it is of {wanted}"))
            .searched(case.form()),
        [only] if *only == wanted => Outcome::pass(say!("申报书为 {wanted} 年度", "the form is of {wanted}")),
        years if years.contains(&wanted) => {
            Outcome::human(say!("申报书上有几个年度：{shown}，请人工核对", "the form names several years: {shown}; please look"))
        }
        _ => Outcome::fail(say!("申报书的年度为 {shown}，应为 {wanted}", "the form is of {shown}, expected {wanted}")),
    };
    outcome.see(places).see(made.and_then(|made| made.at.first().copied()).filter(|_| years.is_empty()))
}

fn category(case: &Case<'_>) -> Outcome {
    let named = &case.category.named;
    let places = named.iter().flat_map(|named| named.at.iter().take(2).cloned()).take(FEW).collect::<Vec<Pointer>>();
    let titles = named.iter().filter_map(|named| case.round().category(&named.id)).map(|c| c.title.as_str()).collect::<Vec<_>>().join("、");
    let outcome = match (case.category(), named.len()) {
        (Some(category), _) => {
            let (title, id) = (&category.title, &category.id);
            Outcome::pass(say!("申报类别为{title}（{id}）", "the category is {id}"))
        }
        (None, 0 | 1) => Outcome::human(say!("申报书上未读到申报类别，请人工确定", "no category was read on the form; please choose")).searched(case.form()),
        (None, _) if excludes(case) => Outcome::fail(say!("申报书各处的类别不一致：{titles}", "the form names categories that exclude each other: {titles}")),
        (None, _) => Outcome::human(say!("申报类别不明确，可能为：{titles}，请人工确定", "the category may be one of: {titles}; please choose")),
    };
    outcome.see(places)
}

/// Whether the named categories contradict each other: no single place allows them all.
fn excludes(case: &Case<'_>) -> bool {
    let named = &case.category.named;
    let same_place = |pointer: &Pointer| named.iter().all(|other| other.at.contains(pointer));
    !named.iter().any(|one| one.at.iter().any(same_place))
}
