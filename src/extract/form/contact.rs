//! How people are reached: addresses of mail, telephone numbers, postcodes.
use super::value::{Answer, plain};
use crate::text::{Folded, tight};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static MOBILE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}").expect("the mobile pattern is well formed"));
static LANDLINE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\(?0\d{2,3}\)?[-—– ]{0,2})?[2-9]\d{2,3}[- ]?\d{4}(?:[-转]\d{1,5})?").expect("the telephone pattern is well formed"));
static MAIL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z0-9._%+,\-]+@[A-Za-z0-9.,\-]+[A-Za-z0-9]").expect("the mail pattern is well formed"));
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d{6}").expect("the postcode pattern is well formed"));

/// An e-mail address within a text, and the text without it.
pub fn cut_mail(raw: &str) -> Option<(String, String)> {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let found = mail_in(&folded)?;
    Some((folded[found.clone()].to_owned(), format!("{} {}", &folded[..found.start], &folded[found.end..])))
}

/// The first address of a folded text. A comma typed for a full stop is part of it; one before another address is not.
fn mail_in(folded: &str) -> Option<Range<usize>> {
    let found = MAIL.find(folded)?;
    let runs_on = folded[found.end()..].starts_with('@');
    let end = found.as_str().rfind(',').filter(|_| runs_on).map_or(found.end(), |comma| found.start() + comma);
    Some(found.start()..end)
}

/// A postcode that an address brings with its label (…8楼（邮编：221002）), and the address without it.
pub fn address_with_postcode(raw: &str) -> Option<(String, String)> {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:[,;\s]*[(\[]?\s*邮\s*(?:政编码|编)\s*[:]?\s*(\d{6})\s*[)\]]?|\s*[(\[]\s*(\d{6})\s*[)\]])[\s。]*$")
            .expect("the postcode pattern is well formed")
    });
    let folded = Folded::new(raw).text.replace('\n', "");
    let found = BEHIND.captures(&folded)?;
    let address = plain(&folded[..found.get(0)?.start()]);
    let code = found.get(1).or_else(|| found.get(2))?.as_str().to_owned();
    (!address.is_empty()).then_some((address, code))
}

/// A postcode within a text, and the text without it.
pub fn cut_postcode(raw: &str) -> Option<(String, String)> {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let digit = |c: char| c.is_ascii_digit();
    let found = POSTCODE.find_iter(&folded).filter(|m| !folded[..m.start()].ends_with(digit) && !folded[m.end()..].starts_with(digit)).last()?;
    let rest = format!("{} {}", folded[..found.start()].trim_end_matches(['(', ',', ';', ' ']), folded[found.end()..].trim_start_matches([')', ' ']));
    Some((found.as_str().to_owned(), rest))
}

/// Telephone numbers within a text, and the text without them.
pub fn cut_phones(raw: &str) -> (Vec<String>, String) {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let rest = LANDLINE.replace_all(&MOBILE.replace_all(&folded, " "), " ").into_owned();
    if rest == folded {
        (Vec::new(), folded)
    } else {
        (phones(raw).into_iter().filter(|p| p.chars().all(|c| !c.is_alphabetic() || c == '转')).collect(), rest)
    }
}

/// Telephone numbers, without blanks; a single one that fits no pattern stays as printed.
pub fn phones(raw: &str) -> Vec<String> {
    let folded = Folded::new(raw).text.replace('\n', " ");
    let mobiles = numbers(&MOBILE, &folded);
    // A mobile number holds what looks like a landline: it is taken out, length for length.
    let rest = mobiles.iter().fold(folded.clone(), |mut rest, (range, _)| {
        rest.replace_range(range.clone(), &"#".repeat(range.len()));
        rest
    });
    let mut found: Vec<(usize, String)> = mobiles.into_iter().chain(numbers(&LANDLINE, &rest)).map(|(range, number)| (range.start, number)).collect();
    found.sort();
    if found.is_empty() && !folded.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    if found.len() <= 1
        && !folded.contains(['/', ';', ',', '、', '('])
        && found.first().is_none_or(|f| tight(raw).len() > f.1.len() + 2 && tight(raw).chars().all(|c| c.is_ascii_digit() || "-+".contains(c)))
    {
        let whole = tight(raw);
        return if whole.is_empty() { Vec::new() } else { vec![whole] };
    }
    found.into_iter().map(|f| f.1).collect()
}

/// Numbers of one kind that are no part of a longer one, with their bytes; without blanks.
fn numbers(kind: &Regex, folded: &str) -> Vec<(Range<usize>, String)> {
    let digit = |c: char| c.is_ascii_digit();
    let alone = kind.find_iter(folded).filter(|m| !folded[..m.start()].ends_with(digit) && !folded[m.end()..].starts_with(digit));
    alone.map(|m| (m.range(), m.as_str().chars().filter(|c| !c.is_whitespace()).collect())).collect()
}

pub fn email(raw: &str) -> String {
    // an address may run over the end of its line; of two the first counts
    let several = raw.matches(['@', '＠']).count() > 1;
    let first = raw.split(|c: char| c.is_whitespace() || matches!(c, ';' | '；' | '、')).find(|part| part.contains(['@', '＠'])).filter(|_| several);
    let joined = tight(first.unwrap_or(raw)).replace('。', ".");
    mail_in(&joined).map_or(joined.clone(), |m| joined[m].trim_end_matches([',', '.', '-']).to_owned())
}

pub fn postcode(raw: &str) -> Answer {
    let joined = tight(raw);
    Answer::text(POSTCODE.find(&joined).filter(|_| joined.chars().filter(char::is_ascii_digit).count() == 6).map_or(joined.clone(), |m| m.as_str().to_owned()))
}
