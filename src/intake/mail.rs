//! What e-mails of both formats have in common: the body as a file, times, names of attachments.
use super::budget::Budget;
use super::container::{Entry, Unpacked};
use super::safe_path::safe_path;
use crate::model::Moment;
use jiff::Timestamp;
use jiff::tz::Offset;
use std::collections::HashSet;

/// Name under which an e-mail's own words are listed.
pub const BODY: &str = "邮件正文.txt";

/// An e-mail, taken apart.
#[derive(Debug, Default)]
pub struct Mail {
    pub subject: String,
    pub from: String,
    pub to: String,
    pub text: String,
    /// Seconds since 1970 UTC: when the last server took it, else when it was sent.
    pub received: Option<i64>,
    pub attachments: Vec<Entry>,
}

impl Mail {
    /// The e-mail's body and attachments as files. A body without words is left out.
    pub fn unpacked(self, budget: &mut Budget) -> Unpacked {
        let mut out = Unpacked { mailed_at: self.received.and_then(shanghai), ..Unpacked::default() };
        let mut entries = Vec::new();
        if !self.text.trim().is_empty() {
            let head = [("主题", &self.subject), ("发件人", &self.from), ("收件人", &self.to)];
            let mut text: String = head.iter().filter(|(_, value)| !value.is_empty()).map(|(label, value)| format!("{label}：{value}\n")).collect();
            text.push('\n');
            text.push_str(&self.text);
            entries.push(Entry { path: BODY.to_owned(), size: text.len() as u64, content: Ok(text.into_bytes()) });
        }
        entries.extend(self.attachments);
        for (n, mut entry) in entries.into_iter().enumerate() {
            if let Err(problem) = budget.one_more() {
                out.problems.push(problem);
                break;
            }
            // A slash in an attachment's name is part of the name: a mail has no folders.
            let name = entry.path.replace(['/', '\\'], "_");
            match safe_path(&name, budget.limits) {
                Ok(path) => entry.path = path,
                Err(_) if name.trim().is_empty() => entry.path = format!("附件{n}"),
                Err(problem) => {
                    entry.path = name.replace('\0', "\u{fffd}");
                    entry.content = Err(problem);
                }
            }
            out.entries.push(entry);
        }
        out
    }
}

/// The text of an HTML body. Addresses of links are kept behind it: mail services put large attachments there.
pub fn html_text(html: &str) -> String {
    let mut text = mail_parser::decoders::html::html_to_text(html);
    let mut seen = HashSet::new();
    for link in html.split("href=").skip(1).take(MOST_LINKS) {
        let quote = link.chars().next().filter(|c| matches!(c, '"' | '\''));
        let address = match quote {
            Some(quote) => link[1..].split(quote).next(),
            None => link.split([' ', '>']).next(),
        };
        let address = address.unwrap_or_default().replace("&amp;", "&");
        if address.starts_with("http") && !text.contains(&address) && seen.insert(address.clone()) {
            text.push_str(&format!("\n链接：{address}"));
        }
    }
    text
}

const MOST_LINKS: usize = 200;

/// A moment in China's time, which is eight hours ahead of UTC all the year.
fn shanghai(seconds: i64) -> Option<Moment> {
    let at = Offset::constant(8).to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(Moment { at, has_time: true })
}
