//! Items of the form's lists that are set in columns without a table: parted by blanks or by bars.
use super::mention::Mention;
use super::prose::{NUMBERED, Sentence, claim, day_of_item, stated};
use super::when::{self, When};
use super::{name, org};
use crate::model::EventKind;
use std::ops::Range;

/// 2022年3月5日   志愿服务活动   鼓楼区   主办: an item set in columns of blanks, one of which says the role.
pub(super) fn in_blanks(sentence: &Sentence<'_>, kind: EventKind, year: Option<i16>) -> Option<Mention> {
    let text = sentence.text;
    let time = day_of_item(text, year)?;
    let span = *sentence.spans(time.range.end..text.len()).first()?;
    let raw = sentence.told.view.quote(span);
    let mut end = time.range.end;
    let pieces: Vec<Range<usize>> = raw
        .split_whitespace()
        .map(|piece| {
            let start = end;
            end += crate::text::tight(piece).len();
            start..end
        })
        .collect();
    if !(2..=6).contains(&pieces.len()) || end != text.len() {
        return None;
    }
    let said = pieces[1..].iter().rev().find_map(|piece| {
        let word = text.get(piece.clone()).filter(|word| word.chars().count() <= 6)?;
        Some((org::claimed(word)?, piece.clone()))
    })?;
    let mut m = claim(sentence, pieces[0].clone(), &time, Some(said.clone()))?;
    if let Some(place) = pieces[1..].iter().find(|piece| **piece != said.1) {
        text.get(place.clone()).unwrap_or_default().clone_into(&mut m.place);
    }
    m.event_kind = stated(kind);
    Some(m)
}

/// ①…讲座｜2022.7.23｜某社区｜主办｜五十名: an item set in columns of bars, one of which is the day and one the role.
pub(super) fn in_bars(sentence: &Sentence<'_>, listed: Option<EventKind>, year: Option<i16>) -> Option<Mention> {
    const MOST: usize = 8;
    let text = sentence.text;
    let mut end = 0;
    let pieces: Vec<Range<usize>> = text
        .split('|')
        .take(MOST + 1)
        .map(|piece| {
            let start = end;
            end += piece.len() + 1;
            start..start + piece.len()
        })
        .filter(|piece| text[piece.clone()].chars().any(char::is_alphanumeric))
        .collect();
    if !(3..=MOST).contains(&pieces.len()) {
        return None;
    }
    let day = |piece: &Range<usize>| {
        let time = when::days(&text[piece.clone()], year).into_iter().next().filter(|time| time.range.len() + 6 >= piece.len())?;
        Some((piece.clone(), When { range: piece.start + time.range.start..piece.start + time.range.end, ..time }))
    };
    let role = |piece: &Range<usize>| {
        let word = &text[piece.clone()];
        Some((org::claimed(word).filter(|_| word.chars().count() <= 6)?, piece.clone()))
    };
    let (day_at, time) = pieces.iter().find_map(day)?;
    let said = pieces.iter().find_map(role)?;
    let mut others = pieces.iter().filter(|piece| **piece != day_at && **piece != said.1);
    let number = |piece: &&Range<usize>| NUMBERED.find(&text[(*piece).clone()]).map_or(0, |number| number.end());
    let first = others.find(|piece| number(piece) < piece.len())?;
    let name = first.start + number(&first)..first.end;
    if listed.is_none() && !name::names_event(&text[name.clone()]) {
        return None;
    }
    let mut m = claim(sentence, name, &time, Some(said.clone()))?;
    m.place = others.next().map(|place| text[place.clone()].to_owned()).filter(|place| place.chars().count() >= 3).unwrap_or_default();
    m.event_kind = listed.and_then(stated);
    Some(m)
}
