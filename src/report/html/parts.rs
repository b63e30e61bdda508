//! What the pages share: the frame, badges, places and quotes.
use crate::model::{Lang, Verdict};
use crate::report::words::{self, pick};
use base64::Engine;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

const STYLE: &str = include_str!("style.css");

/// A whole page. Only `script` runs: its digest is the page's policy, so nothing an applicant typed ever can.
pub fn frame(lang: Lang, title: &str, script: &str, head: Markup, body: Markup, foot: Markup) -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script.as_bytes()));
    let policy =
        format!("default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'");
    html! {
        (DOCTYPE)
        html lang=(pick(lang, "zh-CN", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (shown(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (pick(lang, "跳到正文", "Skip to content")) }
                header { div.head { (head) } }
                main #main tabindex="-1" { (body) }
                footer { (foot) }
                script { (PreEscaped(script)) }
            }
        }
    }
    .into_string()
}

/// Applicants' text with controls and direction marks made visible: a file name cannot turn a page around.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| visible(c) == c) { Cow::Borrowed(text) } else { Cow::Owned(text.chars().map(visible).collect()) }
}

fn visible(c: char) -> char {
    match c {
        // Nearly every character is one of these.
        ' '..='~' | '\u{2070}'.. => c,
        '\n' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    }
}

/// The class of a verdict in the style sheet.
pub fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Human => "human",
        Verdict::NotChecked => "not_checked",
        Verdict::NotApplicable => "not_applicable",
    }
}

pub fn badge(verdict: Verdict, word: &str) -> Markup {
    html! { span class=(format!("badge {}", class(verdict))) { span aria-hidden="true" { (words::sign(verdict)) " " } (word) } }
}

/// A folder name as part of a relative link.
pub fn percent(name: &str) -> String {
    name.bytes()
        .map(|b| match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

/// The sentence that stands under every page.
pub fn disclaimer(lang: Lang) -> &'static str {
    pick(
        lang,
        "本报告为材料初审辅助结果，不代表受理，也不代替评审；“未能读出”的内容不等于“没有提交”。内含申报人信息，仅限办公室内部使用。",
        "This report assists the preliminary review; it is neither an acceptance nor a judgement. What could not be read is not missing. It holds applicants' data: for the office only.",
    )
}
