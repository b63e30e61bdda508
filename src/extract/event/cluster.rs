//! Which mentions tell of one event.
use super::mention::Mention;
use super::name::{self, Compared};
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
        EvidenceKind::Certificate => 6,
        EvidenceKind::Summary => 7,
        EvidenceKind::Papers => 8,
        EvidenceKind::Photo => 9,
        EvidenceKind::Other => 10,
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
    let all = Mentions::new(mentions);
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
            .map(|(c, cluster)| (all.score(n, cluster), c))
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
        let followed = m.follows.and_then(|f| home[f]).filter(|&c| !matches!(all.dates(m, &clusters[c]), Dates::Apart(_)));
        let told = all.by_words(m, &clusters).or(followed);
        let found = told.or_else(|| all.by_day(m, &clusters));
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

/// Mentions, and their names made ready once: each is compared with every event.
struct Mentions<'m> {
    all: &'m [Mention],
    names: Vec<Vec<Compared>>,
}

impl<'m> Mentions<'m> {
    fn new(all: &'m [Mention]) -> Self {
        Self { all, names: all.iter().map(|m| m.names.iter().map(|name| Compared::new(name)).collect()).collect() }
    }

    /// The names that stand for a cluster: those of the mentions that may open one.
    fn names_of(&self, cluster: &Cluster) -> impl Iterator<Item = &Compared> {
        cluster.mentions.iter().filter(|&&n| self.all[n].creates).filter_map(|&n| self.names[n].first())
    }

    fn dates(&self, m: &Mention, cluster: &Cluster) -> Dates {
        let Some(mine) = &m.when else { return Dates::Unknown };
        let mut seen = Dates::Unknown;
        for other in cluster.mentions.iter().filter_map(|&n| self.all[n].when.as_ref()) {
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

    /// How well the mention `n` fits an event; 0 where it does not.
    fn score(&self, n: usize, cluster: &Cluster) -> f64 {
        let m = &self.all[n];
        let pairs = || self.names[n].iter().flat_map(|own| self.names_of(cluster).map(move |other| (own, other)));
        let same_table = m.row.is_some_and(|(doc, table, _)| cluster.mentions.iter().any(|&n| self.all[n].row.is_some_and(|(d, t, _)| (d, t) == (doc, table))));
        if same_table {
            let repeated = pairs().any(|(own, other)| own.equals(other)) && self.dates(m, cluster) == Dates::Meet;
            return if repeated && cluster.mentions.iter().any(|&n| self.all[n].place == m.place) { 1.0 } else { 0.0 };
        }
        let like = pairs().map(|(own, other)| own.likeness(other)).fold(0.0, f64::max);
        if like < 0.7 {
            let on_day = m.when.as_ref().is_some_and(|when| when.value.has_day()) && self.dates(m, cluster) == Dates::Meet;
            return if on_day && pairs().any(|(own, other)| own.visits_with(other)) { 0.72 } else { 0.0 };
        }
        match self.dates(m, cluster) {
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
    fn by_words(&self, m: &Mention, clusters: &[Cluster]) -> Option<usize> {
        if m.words.is_empty() {
            return None;
        }
        let words = key(m.words.get(..m.words.len().min(20_000)).unwrap_or(&m.words));
        clusters
            .iter()
            .enumerate()
            .filter(|(_, c)| !matches!(self.dates(m, c), Dates::Apart(_)))
            .filter_map(|(n, c)| {
                let told = self.names_of(c).filter_map(Compared::telling_core).filter(|core| words.contains(core));
                told.map(str::len).max().map(|len| (len, n))
            })
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, n)| n)
    }

    /// The only event of that day.
    fn by_day(&self, m: &Mention, clusters: &[Cluster]) -> Option<usize> {
        if !m.when.as_ref().is_some_and(|w| w.value.has_day()) || !matches!(m.kind, EvidenceKind::Photo | EvidenceKind::SignIn | EvidenceKind::Agenda) {
            return None;
        }
        let mut found = clusters.iter().enumerate().filter(|(_, c)| self.dates(m, c) == Dates::Meet).map(|(n, _)| n);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}
