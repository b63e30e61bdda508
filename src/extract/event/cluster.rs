//! Which mentions tell of one event.
use super::mention::Mention;
use super::name;
use crate::model::EvidenceKind;
use crate::text::key;

/// Mentions of one event, by index, in the order they were found.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    pub mentions: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dates {
    Meet,
    /// Days between them.
    Apart(i32),
    Unknown,
}

/// Order in which mentions open events: the form first, then papers that name their event best.
fn rank(m: &Mention) -> u8 {
    match m.kind {
        EvidenceKind::Form if m.row.is_some() => 0,
        EvidenceKind::Form => 1,
        EvidenceKind::Notice => 2,
        EvidenceKind::Agenda => 3,
        EvidenceKind::SignIn => 4,
        EvidenceKind::News => 5,
        EvidenceKind::Summary => 6,
        EvidenceKind::Papers => 7,
        EvidenceKind::Photo => 8,
        EvidenceKind::Other => 9,
    }
}

/// Groups mentions; those that fit no event and may not open one stay out.
///
/// A picture that only its day ties to an event becomes evidence of kind `Other`: the day alone proves nothing.
pub(super) fn group(mentions: &mut [Mention]) -> Vec<Cluster> {
    let (clusters, by_day_alone) = gather(mentions);
    for n in by_day_alone {
        if mentions[n].kind == EvidenceKind::Photo {
            mentions[n].kind = EvidenceKind::Other;
            mentions[n].held = false;
        }
    }
    clusters
}

/// The clusters, and the mentions that only their day put there.
fn gather(mentions: &[Mention]) -> (Vec<Cluster>, Vec<usize>) {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    let mut by_day_alone = Vec::new();
    order.sort_by_key(|&n| rank(&mentions[n]));
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut home: Vec<Option<usize>> = vec![None; mentions.len()];
    let mut left = Vec::new();
    for n in order {
        let m = &mentions[n];
        let best = clusters
            .iter()
            .enumerate()
            .map(|(c, cluster)| (score(m, cluster, mentions), c))
            .filter(|(score, _)| *score > 0.0)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        match best {
            Some((_, c)) => {
                clusters[c].mentions.push(n);
                home[n] = Some(c);
            }
            None if m.creates && !m.names.is_empty() => {
                home[n] = Some(clusters.len());
                clusters.push(Cluster { mentions: vec![n] });
            }
            None => left.push(n),
        }
    }
    left.sort_unstable();
    for n in left {
        let m = &mentions[n];
        let followed = m.follows.and_then(|f| home[f]).filter(|&c| !matches!(dates(m, &clusters[c], mentions), Dates::Apart(_)));
        let told = by_words(m, &clusters, mentions).or(followed);
        let found = told.or_else(|| by_day(m, &clusters, mentions));
        if let Some(c) = found {
            if told.is_none() {
                by_day_alone.push(n);
            }
            clusters[c].mentions.push(n);
            home[n] = Some(c);
        }
    }
    (clusters, by_day_alone)
}

/// The names that stand for a cluster: those of the mentions that may open one.
fn names<'m>(cluster: &'m Cluster, mentions: &'m [Mention]) -> impl Iterator<Item = &'m str> {
    cluster.mentions.iter().filter(|&&n| mentions[n].creates).filter_map(|&n| mentions[n].names.first().map(String::as_str))
}

fn dates(m: &Mention, cluster: &Cluster, mentions: &[Mention]) -> Dates {
    let Some(mine) = &m.when else { return Dates::Unknown };
    let mut seen = Dates::Unknown;
    for other in cluster.mentions.iter().filter_map(|&n| mentions[n].when.as_ref()) {
        if mine.value.meets(&other.value) {
            return Dates::Meet;
        }
        let gap =
            mine.value.from.first_day().zip(other.value.from.first_day()).and_then(|(a, b)| a.until(b).ok()).map_or(i32::MAX, |span| span.get_days().abs());
        seen = match seen {
            Dates::Apart(least) => Dates::Apart(least.min(gap)),
            _ => Dates::Apart(gap),
        };
    }
    seen
}

/// How well a mention fits an event; 0 where it does not.
fn score(m: &Mention, cluster: &Cluster, mentions: &[Mention]) -> f64 {
    let like = m.names.iter().flat_map(|a| names(cluster, mentions).map(move |b| name::likeness(a, b))).fold(0.0, f64::max);
    if like < 0.7 {
        return 0.0;
    }
    let same_table = m.row.is_some_and(|(doc, table, _)| cluster.mentions.iter().any(|&n| mentions[n].row.is_some_and(|(d, t, _)| (d, t) == (doc, table))));
    let dates = dates(m, cluster, mentions);
    if same_table {
        let place = cluster.mentions.iter().any(|&n| mentions[n].place == m.place);
        return if like >= 1.0 && dates == Dates::Meet && place { 1.0 } else { 0.0 };
    }
    match dates {
        Dates::Meet if like >= 0.72 => like + 0.1,
        Dates::Unknown if like >= 0.8 => like,
        // One name, days that disagree: a slip or a postponement, not another event. A series keeps its name on other days.
        Dates::Apart(days)
            if like >= 0.97
                && days <= 20
                && name::is_strong(&m.names[0])
                && m.event_kind != Some(crate::model::EventKind::Popular)
                && name::kind(&m.names[0]) != crate::model::EventKind::Popular =>
        {
            0.75
        }
        _ => 0.0,
    }
}

/// The event whose name stands in the part's words; the longest name wins.
fn by_words(m: &Mention, clusters: &[Cluster], mentions: &[Mention]) -> Option<usize> {
    if m.words.is_empty() {
        return None;
    }
    let words = key(m.words.get(..m.words.len().min(20_000)).unwrap_or(&m.words));
    clusters
        .iter()
        .enumerate()
        .filter(|(_, c)| !matches!(dates(m, c, mentions), Dates::Apart(_)))
        .filter_map(|(n, c)| {
            names(c, mentions)
                .map(name::core)
                .filter(|core| core.chars().count() >= 6 && words.contains(core.as_str()))
                .map(|core| core.len())
                .max()
                .map(|len| (len, n))
        })
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, n)| n)
}

/// The only event of that day.
fn by_day(m: &Mention, clusters: &[Cluster], mentions: &[Mention]) -> Option<usize> {
    if !m.when.as_ref().is_some_and(|w| w.value.has_day()) || !matches!(m.kind, EvidenceKind::Photo | EvidenceKind::SignIn | EvidenceKind::Agenda) {
        return None;
    }
    let mut found = clusters.iter().enumerate().filter(|(_, c)| dates(m, c, mentions) == Dates::Meet).map(|(n, _)| n);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
