//! `prescreen rules [ID]`: the rules of a programme; with ID the full page of one.
use super::{Common, Ending, settings};
use crate::programme;
use clap::Args;
use std::io::{self, Write};

#[derive(Debug, Args)]
pub struct RulesArgs {
    /// A rule's id, such as C102
    id: Option<String>,
}

pub fn rules(args: &RulesArgs, common: &Common) -> anyhow::Result<Ending> {
    let programme = settings::programme(common)?;
    let mut out = io::stdout().lock();
    let Some(id) = &args.id else {
        if common.json {
            let rules: Vec<serde_json::Value> = programme
                .rules
                .iter()
                .map(|r| {
                    let title = r.title.in_lang(common.lang());
                    serde_json::json!({"id": r.id, "title": title, "clause": r.clause, "check": r.check.id, "categories": r.categories, "stage": r.stage, "severity": r.severity})
                })
                .collect();
            serde_json::to_writer_pretty(&mut out, &rules)?;
            writeln!(out)?;
        } else {
            write!(out, "{}", programme::list(&programme, common.lang()))?;
        }
        return Ok(Ending::Clean);
    };
    let Some(page) = programme::page(&programme, id, common.lang()) else {
        let known: Vec<&str> = programme.rules.iter().map(|r| r.id.as_str()).collect();
        let absent =
            crate::say!("{1} {2} 没有规则 {0}；它有 {3}", "rule `{0}` is not in {1} {2}; it has {3}", id, programme.name, programme.edition, known.join(", "));
        anyhow::bail!("{}", absent.in_lang(common.lang()));
    };
    write!(out, "{page}")?;
    Ok(Ending::Clean)
}
