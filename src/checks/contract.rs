//! What a check is: typed parameters that are also its decision, bound when the programme loads.
use super::{Case, ClassesExclusive, ClassesSeveral, ClassesTogether, CountLimit, ServicePointOnce, ServicePointShared, TextsDiffer};
use crate::model::{Outcome, Round, Scope, Verdict};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use toml::de::DeValue;

/// Whether a check can say anything without the main form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Without a readable main form the rule is `not_checked`.
    Form,
    /// Decided from files, lists or the clerk's book.
    Nothing,
}

/// One entry of [`super::ALL`].
#[derive(Debug, Clone, Copy)]
pub struct CheckSpec {
    pub id: &'static str,
    /// The manual page in English, as the check's doc comment says it.
    pub doc: &'static str,
    /// The same for the clerk, in a few sentences.
    pub doc_zh: &'static str,
    pub scope: Scope,
    pub needs: Needs,
    /// The verdicts it can give; each has a fixture.
    pub verdicts: &'static [Verdict],
    pub bind: fn(toml::Spanned<DeValue<'_>>, &Round) -> Result<Bound, ParamsFault>,
    /// JSON schema of its parameters.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

/// Parameters that do not fit, with their place in the programme file where it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamsFault {
    pub message: String,
    pub at: Option<Range<usize>>,
}

/// A check that decides one dossier. The type holds the parameters.
pub trait Check: DeserializeOwned + JsonSchema + fmt::Debug + Send + Sync + 'static {
    /// Refuses parameters that can be read but cannot be meant.
    ///
    /// # Errors
    /// What was found and what was expected.
    fn settle(&self, _round: &Round) -> Result<(), String> {
        Ok(())
    }

    /// At least one outcome.
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome>;
}

/// [`Check::decide`] behind a door that hides the parameters' type.
pub trait Decide: fmt::Debug + Send + Sync {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome>;
}

impl<T: Check> Decide for T {
    fn decide(&self, case: &Case<'_>) -> Vec<Outcome> {
        Check::decide(self, case)
    }
}

/// A check with its parameters.
#[derive(Debug, Clone)]
pub enum Bound {
    Dossier(Arc<dyn Decide>),
    /// Decided over the whole batch; the parameters are all this layer gives.
    Batch(BatchCheck),
    /// Rolled up from the other findings.
    Derived,
}

/// The parameters of the checks that look across dossiers.
#[derive(Debug, Clone)]
pub enum BatchCheck {
    ClassesExclusive(ClassesExclusive),
    ClassesSeveral(ClassesSeveral),
    ClassesTogether(ClassesTogether),
    CountLimit(CountLimit),
    ServicePointOnce(ServicePointOnce),
    ServicePointShared(ServicePointShared),
    TextsDiffer(TextsDiffer),
}

fn read<T: DeserializeOwned>(params: toml::Spanned<DeValue<'_>>) -> Result<T, ParamsFault> {
    let whole = params.span();
    T::deserialize(toml::de::ValueDeserializer::from(params)).map_err(|e| ParamsFault { message: e.message().to_owned(), at: e.span().or(Some(whole)) })
}

pub(super) fn bind_dossier<T: Check>(params: toml::Spanned<DeValue<'_>>, round: &Round) -> Result<Bound, ParamsFault> {
    let whole = params.span();
    let check: T = read(params)?;
    check.settle(round).map_err(|message| ParamsFault { message, at: Some(whole) })?;
    Ok(Bound::Dossier(Arc::new(check)))
}

pub(super) fn bind_batch<T: DeserializeOwned + Into<BatchCheck>>(params: toml::Spanned<DeValue<'_>>, _: &Round) -> Result<Bound, ParamsFault> {
    Ok(Bound::Batch(read::<T>(params)?.into()))
}

pub(super) fn bind_derived<T: DeserializeOwned>(params: toml::Spanned<DeValue<'_>>, _: &Round) -> Result<Bound, ParamsFault> {
    read::<T>(params).map(|_| Bound::Derived)
}

/// Declares a check: its parameters as a struct, its doc comment as its manual page, its entry for `ALL`.
///
/// `pub struct Name("id", Scope, bind, Needs, [verdicts], "the page in Chinese") { parameters }`
macro_rules! declare_check {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident($id:literal, $scope:ident, $bind:ident, $needs:ident, [$($verdict:ident),+ $(,)?], $zh:literal) {
            $($(#[$meta:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$meta])* pub $field: $type,)*
        }

        pub const SPEC: crate::checks::CheckSpec = crate::checks::CheckSpec {
            id: $id,
            doc: concat!($($doc, "\n"),+),
            doc_zh: $zh,
            scope: crate::model::Scope::$scope,
            needs: crate::checks::Needs::$needs,
            verdicts: &[$(crate::model::Verdict::$verdict),+],
            bind: crate::checks::contract::$bind::<$name>,
            schema: |generator| generator.subschema_for::<$name>(),
        };
    };
}
pub(super) use declare_check;
