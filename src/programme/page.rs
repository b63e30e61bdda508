//! The manual page of a rule, and the list of rules: the text of `prescreen rules`.
use super::{Automation, Programme, Rule};
use crate::model::{Lang, Scope, Severity};
use std::fmt::Write;

/// One line a rule: id, severity, categories, title.
pub fn list(programme: &Programme, lang: Lang) -> String {
    let mut out = String::new();
    for rule in &programme.rules {
        let categories = categories(rule, lang);
        let _ = writeln!(out, "{:<5} {}  {:<14} {}  [{}]", rule.id, severity(rule.severity, lang), categories, rule.title.in_lang(lang), rule.check.id);
    }
    out
}

/// The full page of a rule: clause, how it is decided, parameters, remedy, readings of the notice it follows.
/// `None` where the programme has no such rule.
pub fn page(programme: &Programme, id: &str, lang: Lang) -> Option<String> {
    let rule = programme.rule(id)?;
    let zh = lang == Lang::Zh;
    let head = |zh_text: &'static str, en_text: &'static str| if zh { zh_text } else { en_text };
    let mut out = String::new();
    let _ = writeln!(out, "{} {}\n", rule.id, rule.title.in_lang(lang));
    let _ = writeln!(out, "{}: {} · {}", head("方案", "programme"), programme.name, programme.source);
    let _ = writeln!(out, "{}: {}", head("类别", "categories"), categories(rule, lang));
    let _ = writeln!(out, "{}: {}", head("阶段", "stage"), if zh { rule.stage.zh() } else { rule.stage.en() });
    let _ = writeln!(out, "{}: {}", head("最高轻重", "severity at most"), severity(rule.severity, lang));
    let _ = writeln!(out, "{}: {}", head("范围", "scope"), scope(rule.scope(), lang));
    for id in rule.also.iter().rev().chain([&rule.clause]).rev() {
        if let Some(clause) = programme.clause(id) {
            let _ = writeln!(out, "\n{} {} ({})\n  {}", head("条款", "clause"), clause.id, automation(clause.automation, lang), clause.text);
            if !clause.why.is_empty() {
                let _ = writeln!(out, "  {}", clause.why);
            }
        }
    }
    if !rule.hint.in_lang(lang).is_empty() {
        let _ = writeln!(out, "\n{}\n  {}", head("补正建议", "what to do"), rule.hint.in_lang(lang));
    }
    let _ = writeln!(out, "\n{} `{}`", head("核对方法", "decided by check"), rule.check.id);
    let doc = if zh { rule.check.doc_zh } else { rule.check.doc };
    for line in doc.lines() {
        let _ = writeln!(out, "  {}", line.strip_prefix(' ').unwrap_or(line));
    }
    if !rule.params.is_empty() {
        let _ = writeln!(out, "\n{}", head("参数", "parameters"));
        for line in rule.params.to_string().lines() {
            let _ = writeln!(out, "  {line}");
        }
    }
    for interpretation in programme.interpretations.iter().filter(|i| i.rules.iter().any(|r| r == id)) {
        let _ = writeln!(out, "\n{} {}\n  {}", head("对通知的理解", "reading of the notice"), interpretation.id, interpretation.text);
        for (option, meaning) in &interpretation.options {
            let mark = if *option == interpretation.choice { '*' } else { ' ' };
            let _ = writeln!(out, "  {mark} {option}: {meaning}");
        }
    }
    Some(out)
}

fn categories(rule: &Rule, lang: Lang) -> String {
    if rule.categories.is_empty() {
        return if lang == Lang::Zh { "全部".to_owned() } else { "all".to_owned() };
    }
    rule.categories.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" ")
}

fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Info, Lang::Zh) => "提示",
        (Severity::Error, Lang::En) => "error  ",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Info, Lang::En) => "info   ",
    }
}

fn scope(scope: Scope, lang: Lang) -> &'static str {
    match (scope, lang) {
        (Scope::Dossier, Lang::Zh) => "单件材料",
        (Scope::Batch, Lang::Zh) => "全批材料互相比对",
        (Scope::Derived, Lang::Zh) => "由其他各项汇总",
        (Scope::Dossier, Lang::En) => "one dossier",
        (Scope::Batch, Lang::En) => "the whole batch",
        (Scope::Derived, Lang::En) => "derived from the other rules",
    }
}

fn automation(automation: Automation, lang: Lang) -> &'static str {
    match (automation, lang) {
        (Automation::Full, Lang::Zh) => "程序可判",
        (Automation::Partial, Lang::Zh) => "部分可判",
        (Automation::Manual, Lang::Zh) => "须人工",
        (Automation::NotApplicable, Lang::Zh) => "不涉及申报材料",
        (Automation::Full, Lang::En) => "decided",
        (Automation::Partial, Lang::En) => "decided in part",
        (Automation::Manual, Lang::En) => "for a person",
        (Automation::NotApplicable, Lang::En) => "not about dossiers",
    }
}
