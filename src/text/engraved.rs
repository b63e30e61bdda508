//! Names engraved on seals: what a ring says, and whether it says the name that is expected.
//!
//! A ring is read worse than a line of print, so a name is not looked for in the best guess alone: it is weighed
//! letter by letter against everything the ring may say. Only a clear reading of another name is a difference.
use super::key;
use super::name::same_org;
use crate::model::{DigitalSignature, Integrity, Reads, Seal, SealKind, SealMark, Step, is_han};

/// What a seal's ring says of an expected name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engraved {
    Same,
    /// Another name, clearly read.
    Other(String),
    Unread,
}

/// Chance of a letter that a step does not list.
const UNLISTED: f32 = 1e-5;
/// A letter outside the name costs at most this: the corner of a star, a digit of the number.
const MOST_OUTSIDE: f32 = 4.0;
/// A name may cost so much, and for each of its letters so much more, to be what the ring says.
const SAME: (f32, f32) = (2.0, 0.5);
/// What clearly is another name costs at least this.
const OTHER: f32 = 16.0;
/// Letters of a name at least, and how sure each and all of them must be, for it to be another one.
const LEAST_LETTERS: usize = 5;
const LEAST_SURE: f32 = 0.5;
const SURE: f32 = 0.9;
/// Words that a ring may add to a name.
const ADDED: [&str; 6] = ["", "合同专用章", "财务专用章", "业务专用章", "专用章", "公章"];
/// What names of organisations end in.
const ENDINGS: [char; 24] =
    ['会', '司', '院', '所', '校', '学', '局', '社', '心', '厂', '店', '部', '处', '室', '站', '馆', '团', '委', '府', '场', '行', '办', '队', '堂'];

/// Compares a seal with a name; any of its `spellings` is the name.
pub fn compare(seal: &SealMark, spellings: &[String]) -> Engraved {
    let least = spellings.iter().flat_map(|name| seal.ring.iter().map(move |reads| excess(reads, name))).fold(f32::MAX, f32::min);
    if least <= 0.0 {
        return Engraved::Same;
    }
    let far = || spellings.iter().flat_map(|name| seal.ring.iter().map(move |reads| cost(reads, name))).fold(f32::MAX, f32::min) >= OTHER;
    match clear_name(&seal.ring) {
        Some(name) if !spellings.is_empty() && far() => Engraved::Other(name),
        _ => Engraved::Unread,
    }
}

/// Compares an electronic seal with a name: the seal's own, else its signer's.
///
/// A certificate may be a person's or a platform's: only an organisation's name is another one.
pub fn compare_electronic(signature: &DigitalSignature, spellings: &[String]) -> Engraved {
    let names = || [&signature.seal, &signature.signer].into_iter().flatten().map(|name| bare(name));
    if signature.integrity != Integrity::Changed && names().any(|name| spellings.iter().any(|spelling| same_org(&name, spelling))) {
        return Engraved::Same;
    }
    let other = names().find(|name| is_organisation(name) && !spellings.iter().any(|spelling| same_org(name, spelling)));
    other.filter(|_| !spellings.is_empty()).map_or(Engraved::Unread, Engraved::Other)
}

/// The name that a seal in ink bears, where it was read for sure.
pub fn name(mark: &SealMark) -> Option<String> {
    clear_name(&mark.ring)
}

/// The name that a seal bears, where it was read for sure; of an electronic one the seal's, else the signer's.
pub fn of(seal: &Seal) -> Option<String> {
    match &seal.kind {
        SealKind::Ink(mark) => name(mark),
        SealKind::Electronic(signature) => signature.seal.clone().or_else(|| signature.signer.clone()),
    }
}

/// A name without the word for what kind of seal it is on.
fn bare(name: &str) -> String {
    ADDED.iter().skip(1).find_map(|added| name.strip_suffix(added)).unwrap_or(name).to_owned()
}

fn is_organisation(name: &str) -> bool {
    name.chars().filter(|c| is_han(*c)).count() >= LEAST_LETTERS && name.chars().next_back().is_some_and(|c| ENDINGS.contains(&c))
}

/// How much more a name costs than it may.
fn excess(reads: &Reads, name: &str) -> f32 {
    let letters = name.chars().count() as f32;
    cost(reads, name) - (SAME.0 + SAME.1 * letters)
}

/// The best guess where it is an organisation's name and each Chinese letter of the ring is sure (a doubtful one at
/// either end may be part of the name), and where a second reading of the same ring, if there is one, says the same.
fn clear_name(ring: &[Reads]) -> Option<String> {
    let (best, others) = ring.split_first()?;
    let letters = engraved(best);
    let mean = letters.iter().map(|(_, chance)| chance).sum::<f32>() / letters.len().max(1) as f32;
    let text = |letters: &[(char, f32)]| letters.iter().map(|(c, _)| *c).collect::<String>();
    let agreed = others.is_empty() || others.iter().any(|other| text(&engraved(other)) == text(&letters));
    let name = bare(&text(&letters));
    (agreed && is_organisation(&name) && mean >= SURE && letters.iter().all(|(_, chance)| *chance >= LEAST_SURE)).then_some(name)
}

fn engraved(reads: &Reads) -> Vec<(char, f32)> {
    reads.letters().into_iter().filter(|(c, _)| is_han(*c) || "（）()".contains(*c)).collect()
}

/// How much less likely it is that a row of letters says just this name than that it says its best guess, in nats; the
/// name may go on with a word of [`ADDED`], and what is no Chinese letter may stand before and after it.
pub fn cost(reads: &Reads, name: &str) -> f32 {
    let steps: Vec<Costs> = reads.steps.iter().map(Costs::of).collect();
    let least = ADDED.iter().map(|added| alignment(&steps, &letters(&format!("{name}{added}")))).fold(f32::MAX, f32::min);
    if name.is_empty() { f32::MAX } else { least }
}

fn letters(name: &str) -> Vec<char> {
    key(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What each letter costs at one step, against the likeliest.
struct Costs {
    listed: Vec<(char, f32)>,
    gap: f32,
    outside: f32,
}

impl Costs {
    fn of(step: &Step) -> Self {
        let best = step.first().map_or(1.0, |(_, chance)| *chance).max(UNLISTED);
        let cost = |chance: f32| (best / chance.max(UNLISTED)).ln().max(0.0);
        let of = |wanted: &dyn Fn(Option<char>) -> bool| cost(step.iter().filter(|(c, _)| wanted(*c)).map(|(_, chance)| *chance).fold(0.0, f32::max));
        // Brackets and points of a name are as good as gaps: they are not compared.
        let gap = of(&|c| c.is_none_or(|c| !c.is_alphanumeric()));
        let outside = of(&|c| c.is_none_or(|c| !is_han(c))).min(MOST_OUTSIDE);
        let fold = |c: char| key(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c);
        Self { listed: step.iter().filter_map(|(c, chance)| Some((fold((*c)?), cost(*chance)))).collect(), gap, outside }
    }

    fn letter(&self, wanted: char) -> f32 {
        self.listed.iter().filter(|(c, _)| *c == wanted).map(|(_, cost)| *cost).fold(-UNLISTED.ln(), f32::min)
    }
}

/// The cheapest way through the steps that says the letters in order: a letter over one step or more, gaps between,
/// a gap at least between equal letters.
fn alignment(steps: &[Costs], name: &[char]) -> f32 {
    let count = name.len();
    // Odd states are letters, even ones the gaps around them; the first and the last are outside the name.
    let mut states = vec![f32::INFINITY; 2 * count + 1];
    states[0] = 0.0;
    for step in steps {
        let before = states.clone();
        for n in 0..states.len() {
            let mut from = before[n];
            if n > 0 {
                from = from.min(before[n - 1]);
            }
            if n % 2 == 1 && n > 1 && name[n / 2] != name[n / 2 - 1] {
                from = from.min(before[n - 2]);
            }
            states[n] = from
                + match n {
                    0 => step.outside,
                    n if n == 2 * count => step.outside,
                    n if n % 2 == 0 => step.gap,
                    n => step.letter(name[n / 2]),
                };
        }
    }
    states[2 * count].min(if count > 0 { states[2 * count - 1] } else { f32::INFINITY })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Location, SealShape};

    /// A ring that says a text, each letter with a second guess.
    fn seal(text: &str, sure: f32, second: char) -> SealMark {
        let step = |c: char| vec![(Some(c), sure), (Some(second), (1.0 - sure) * 0.9)];
        let steps = text.chars().flat_map(|c| [step(c), vec![(None, 0.99)]]).collect();
        SealMark { at: Location::default(), shape: SealShape::Round, strength: 1.0, ring: vec![Reads { steps }], line: None }
    }

    fn against(seal: &SealMark, name: &str) -> Engraved {
        compare(seal, &[name.to_owned()])
    }

    #[test]
    fn the_expected_name_is_the_same_and_a_clear_other_one_differs() {
        let ring = seal("徐州市园艺学会", 0.99, '口');
        assert_eq!(against(&ring, "徐州市园艺学会"), Engraved::Same);
        assert_eq!(against(&ring, "徐州市铸造学会"), Engraved::Other("徐州市园艺学会".to_owned()));
        assert_eq!(against(&seal("徐州云帆科技有限公司合同专用章", 0.99, '口'), "徐州云帆科技有限公司"), Engraved::Same);
        assert_eq!(against(&seal("3203001徐州市园艺学会7*", 0.99, '口'), "徐州市园艺学会"), Engraved::Same);
    }

    #[test]
    fn a_longer_or_shorter_name_is_another_one() {
        assert_eq!(against(&seal("徐州市园艺学会青年工作委员会", 0.99, '口'), "徐州市园艺学会"), Engraved::Other("徐州市园艺学会青年工作委员会".to_owned()));
        assert_eq!(against(&seal("徐州市园艺学会", 0.99, '口'), "江苏省徐州市园艺学会"), Engraved::Other("徐州市园艺学会".to_owned()));
    }

    #[test]
    fn a_doubtful_ring_is_the_expected_name_where_that_is_among_the_guesses_and_never_another() {
        let mut ring = seal("徐州市园艺学会", 0.99, '口');
        ring.ring[0].steps[6] = vec![(Some('国'), 0.5), (Some('园'), 0.45)];
        assert_eq!(against(&ring, "徐州市园艺学会"), Engraved::Same);
        ring.ring[0].steps[6] = vec![(Some('国'), 0.4), (Some('因'), 0.3)];
        assert_eq!(against(&ring, "徐州市铸造学会"), Engraved::Unread);
        assert_eq!(against(&SealMark { ring: Vec::new(), ..ring }, "徐州市铸造学会"), Engraved::Unread);
    }
}
