//! How the palette puts in order what it finds: by how well it fits what was typed, and by how often and how lately it
//! was used. Texts come folded (no capitals, no accents, one space between words); how that is done is not told here.

use chrono::{DateTime, TimeDelta, Utc};

/// After so long a use counts half.
const HALF_LIFE: TimeDelta = TimeDelta::days(14);
/// Use lifts an entry past the next better kind of fit, and not past two of them.
const MOST_LIFT: f64 = 30.0;
const LIFT: f64 = 10.0;

/// How a title fits a query, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// By something else than the title: an address, a company, a number.
    Beside,
    /// All words are somewhere in it.
    Inside,
    /// Each word begins a word of it.
    Words,
    /// One of its words, and what follows, begins with the query.
    Phrase,
    /// It begins with the query.
    Begins,
    Exact,
}

impl Fit {
    /// How a folded title fits a folded query; `None` when it doesn't. Everything fits a query without words.
    pub fn of(query: &str, title: &str) -> Option<Self> {
        let query = query.trim();
        if query == title {
            return Some(Self::Exact);
        }
        if title.starts_with(query) {
            return Some(Self::Begins);
        }
        if begins_a_word(title, query) {
            return Some(Self::Phrase);
        }
        let words = || query.split(' ').filter(|word| !word.is_empty());
        if words().all(|word| begins_a_word(title, word)) {
            return Some(Self::Words);
        }
        words().all(|word| title.contains(word)).then_some(Self::Inside)
    }

    const fn points(self) -> f64 {
        match self {
            Self::Beside => 10.0,
            Self::Inside => 25.0,
            Self::Words => 50.0,
            Self::Phrase => 65.0,
            Self::Begins => 80.0,
            Self::Exact => 100.0,
        }
    }
}

fn begins_a_word(title: &str, word: &str) -> bool {
    title.match_indices(word).any(|(at, _)| {
        let before = title.get(..at).and_then(|head| head.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric())
    })
}

/// How much something was used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Use {
    /// How many uses there were at the time of the last one, older ones counting less.
    pub weight: f64,
    pub last: DateTime<Utc>,
}

impl Use {
    /// Of something that is used for the first time.
    pub const fn first(now: DateTime<Utc>) -> Self {
        Self { weight: 1.0, last: now }
    }

    /// With one use more. A clock that was set back makes nothing older or newer.
    #[must_use]
    pub fn again(self, now: DateTime<Utc>) -> Self {
        Self { weight: self.now(now) + 1.0, last: now.max(self.last) }
    }

    /// What it counts now.
    pub fn now(self, now: DateTime<Utc>) -> f64 {
        let age = (now - self.last).max(TimeDelta::zero());
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of a lifetime fit")]
        let half_lives = age.num_milliseconds() as f64 / HALF_LIFE.num_milliseconds() as f64;
        let weight = if self.weight.is_finite() { self.weight.max(0.0) } else { 0.0 };
        weight * 0.5_f64.powf(half_lives)
    }
}

/// The place of an entry: more is better.
pub fn score(fit: Fit, used: Option<Use>, now: DateTime<Utc>) -> f64 {
    let lift = used.map_or(0.0, |used| (LIFT * (1.0 + used.now(now)).log2()).min(MOST_LIFT));
    fit.points() + lift
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(days: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + days * 86_400, 0).unwrap()
    }

    fn used(times: u32, day: i64) -> Use {
        (1..times).fold(Use::first(at(day)), |used, _| used.again(at(day)))
    }

    #[test]
    fn a_title_fits_the_better_the_more_of_it_was_typed() {
        let fits = |query, title| Fit::of(query, title);
        assert_eq!(fits("sync now", "sync now"), Some(Fit::Exact));
        assert_eq!(fits("syn", "sync now"), Some(Fit::Begins));
        assert_eq!(fits("to out", "go to outbox"), Some(Fit::Phrase));
        assert_eq!(fits("out go", "go to outbox"), Some(Fit::Words));
        assert_eq!(fits("box", "go to outbox"), Some(Fit::Inside));
        assert_eq!(fits("vries", "anna de vries-jansen"), Some(Fit::Phrase));
        assert_eq!(fits("jansen", "anna de vries-jansen"), Some(Fit::Phrase));
        assert_eq!(fits("stark", "anna"), None);
        assert_eq!(fits("", "anything"), Some(Fit::Begins));
        assert_eq!(fits("é", "caf\u{e9}s"), Some(Fit::Inside), "a letter of two bytes is no boundary");
    }

    #[test]
    fn use_lifts_over_the_next_kind_of_fit_and_not_over_a_much_better_one() {
        let now = at(0);
        let daily = Some(used(20, 0));
        assert!(score(Fit::Words, daily, now) > score(Fit::Phrase, None, now));
        assert!(score(Fit::Inside, daily, now) < score(Fit::Begins, None, now));
        assert!(score(Fit::Words, Some(used(3, 0)), now) > score(Fit::Words, Some(used(3, -30)), now));
        assert!(score(Fit::Words, Some(used(8, -1)), now) > score(Fit::Words, Some(used(1, 0)), now));
    }

    proptest! {
        #[test]
        fn a_use_never_lowers_a_place_and_time_never_lifts_one(
            weight in 0.0_f64..1e6, days in -400_i64..400, more in 0_i64..400,
        ) {
            let before = Use { weight, last: at(0) };
            let now = at(days);
            prop_assert!(score(Fit::Words, Some(before.again(now)), now) >= score(Fit::Words, Some(before), now));
            prop_assert!(before.now(at(days + more)) <= before.now(now));
        }

        #[test]
        fn what_fits_has_every_word(query in "[a-cé ]{0,8}", title in "[a-cé -]{0,20}") {
            let every = query.split(' ').all(|word| title.contains(word));
            prop_assert_eq!(Fit::of(&query, &title).is_some(), every);
        }

        #[test]
        fn nonsense_that_was_stored_is_no_place_of_honour(weight in proptest::num::f64::ANY) {
            let score = score(Fit::Words, Some(Use { weight, last: at(0) }), at(1));
            prop_assert!(score.is_finite() && score <= Fit::Words.points() + MOST_LIFT);
        }
    }
}
