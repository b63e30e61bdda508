//! One photo for several things: in two dossiers, or for two events of one, saved anew or made smaller.
use super::summary::Photo;
use super::{BatchOutcome, Summary};
use crate::model::{Evidence, Severity, Verdict};
use crate::say;

/// Bits of a photo's look in which a copy may differ. Measured on 79 photos and parts of photos: copies saved anew,
/// halved or tinted differ in at most 6, those with a date printed on in at most 6 of 94 in 100; of 3,026 pairs of
/// different photos one differed in so few (two pictures of one kind of thing, dark but for a disc), and two shots of
/// one scene in 8. Copies cut by 2 % at each side are found in 6 of 10.
const ALIKE: u32 = 6;
/// Repeats told of one dossier.
const TOLD: usize = 5;

/// Leaves to a person where a photo resembles one of another dossier that counts, or stands for two events of its own.
/// The same bytes in two dossiers are told by [`super::repeats`].
pub fn alike_photos(summaries: &[Summary], counts: &[bool]) -> Vec<BatchOutcome> {
    (0..summaries.len()).filter_map(|own| of(summaries, counts, own)).collect()
}

fn of(summaries: &[Summary], counts: &[bool], own: usize) -> Option<BatchOutcome> {
    let mut repeats: Vec<(&Photo, &Photo, Option<usize>)> = Vec::new();
    for (n, photo) in summaries[own].photos.iter().enumerate() {
        repeats.extend(
            summaries[own].photos[n + 1..].iter().filter(|other| alike(photo, other) && for_two_events(photo, other)).map(|other| (photo, other, None)),
        );
        let others = (0..summaries.len()).filter(|other| *other != own && counts[own] && counts[*other]);
        for other in others {
            let copies = summaries[other].photos.iter().filter(|copy| alike(photo, copy) && (photo.digest.is_none() || photo.digest != copy.digest));
            repeats.extend(copies.map(|copy| (photo, copy, Some(other))));
        }
    }
    repeats.truncate(TOLD);
    if repeats.is_empty() {
        return None;
    }
    let one = |(photo, copy, other): &(&Photo, &Photo, Option<usize>)| match other {
        Some(other) => format!("“{}”与 {} 的“{}”", photo.path, summaries[*other].id, copy.path),
        None => format!("“{}”（{}）与“{}”（{}）", photo.path, photo.events.join("、"), copy.path, copy.events.join("、")),
    };
    let one_en = |(photo, copy, other): &(&Photo, &Photo, Option<usize>)| match other {
        Some(other) => format!("“{}” and “{}” of {}", photo.path, copy.path, summaries[*other].id),
        None => format!("“{}” ({}) and “{}” ({})", photo.path, photo.events.join(", "), copy.path, copy.events.join(", ")),
    };
    let zh = repeats.iter().map(one).collect::<Vec<_>>().join("；");
    let en = repeats.iter().map(one_en).collect::<Vec<_>>().join("; ");
    let file = |photo: &Photo| Evidence { file: Some(photo.path.clone()), ..Evidence::default() };
    let evidence = repeats.iter().flat_map(|(photo, copy, other)| {
        let theirs = other.map(|other| Evidence { dossier: Some(summaries[other].id.clone()), ..file(copy) });
        [file(photo), theirs.unwrap_or_else(|| file(copy))]
    });
    Some(BatchOutcome {
        dossier: own,
        verdict: Verdict::Human,
        severity: Some(Severity::Warning),
        message: say!("照片画面几乎相同，请核对是否为同一张：{zh}", "these photos look nearly the same, please compare: {en}"),
        evidence: evidence.collect(),
    })
}

fn alike(a: &Photo, b: &Photo) -> bool {
    (a.likeness ^ b.likeness).count_ones() <= ALIKE
}

fn for_two_events(a: &Photo, b: &Photo) -> bool {
    !a.events.is_empty() && !b.events.is_empty() && !a.events.iter().any(|event| b.events.contains(event))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(path: &str, likeness: u64, events: &[&str]) -> Photo {
        Photo { path: path.into(), digest: Some(path.into()), likeness, events: events.iter().map(|e| (*e).into()).collect() }
    }

    fn dossier(id: &str, photos: &[Photo]) -> Summary {
        Summary { id: id.into(), photos: photos.to_vec(), ..Summary::default() }
    }

    const LOOK: u64 = 0x0f3c_55aa_9d21_77e4;

    #[test]
    fn a_photo_saved_anew_in_another_dossier_is_for_a_person_and_another_photo_is_not() {
        let copy = LOOK ^ 0b101 ^ 1 << 40;
        let batch = [dossier("A", &[photo("a.jpg", LOOK, &[])]), dossier("B", &[photo("b.jpg", copy, &[])]), dossier("C", &[photo("c.jpg", !LOOK, &[])])];
        let outcomes = alike_photos(&batch, &[true; 3]);
        assert_eq!(outcomes.iter().map(|o| (o.dossier, o.verdict)).collect::<Vec<_>>(), [(0, Verdict::Human), (1, Verdict::Human)]);
        assert!(outcomes[0].message.zh.contains("“a.jpg”与 B 的“b.jpg”"), "{}", outcomes[0].message.zh);
        assert!(alike_photos(&batch, &[true, false, true]).is_empty(), "a version that does not count is no repeat");
    }

    #[test]
    fn one_photo_for_two_events_is_for_a_person_and_two_photos_of_one_event_are_not() {
        let of = |first: &str, second: &str| alike_photos(&[dossier("A", &[photo("1.jpg", LOOK, &[first]), photo("2.jpg", LOOK ^ 2, &[second])])], &[true]);
        assert_eq!(of("学术年会", "科普讲座").len(), 1);
        assert!(of("学术年会", "学术年会").is_empty());
    }

    #[test]
    fn the_same_bytes_in_two_dossiers_are_told_elsewhere() {
        let same = photo("x.jpg", LOOK, &[]);
        assert!(alike_photos(&[dossier("A", std::slice::from_ref(&same)), dossier("B", &[same])], &[true; 2]).is_empty());
    }
}
