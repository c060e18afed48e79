//! The palette: whatever can be done or gone to, found by what is typed, from the local copy alone.
//!
//! What the window can do it tells itself, in its own words, because only it knows what is possible now. The order is
//! [`liaison_domain::palette`]'s. Here everything is gathered: what the searches of the rooms find, and what was chosen
//! before, which may be beyond the searches' first hits.

mod gather;
pub(crate) mod view;

use liaison_domain::palette::Fit;
use liaison_domain::text;
use liaison_domain::typed::line::{self, Writer};
use liaison_store::tables::folded;

use crate::chosen::{self, What};
use crate::engine::Engine;
use crate::failure::Error;
use crate::first_steps::Step;
use crate::meetings::search::Finder;
use gather::{Gatherer, Scored};
use view::{PaletteAnswer, PaletteAsk, PaletteChoice, PaletteCommand, PaletteEntry, PaletteGroup, PaletteKind};

const MAX_QUERY: usize = 200;
const MAX_ID: usize = 200;
/// Of one letter, records find too much to be of use.
const FEWEST_LETTERS: usize = 2;
/// A line with a date or a time in it is rather a plan than words that stand somewhere in a title.
const A_PLAN: f64 = 60.0;
/// The word for it was typed.
const SURELY_A_PLAN: f64 = 1_000.0;

/// Where the palette looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    Commands,
    People,
}

impl Engine {
    /// Everything that fits, in groups. Without words what is used most, and everything that the window can do.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn palette(&self, ask: PaletteAsk) -> Result<PaletteAnswer, Error> {
        let cx = self.profile().await?;
        let typed = text::single_line(&ask.query, MAX_QUERY);
        let (scope, words) = match typed.chars().next() {
            Some('>') => (Scope::Commands, typed.trim_start_matches('>').trim()),
            Some('@') => (Scope::People, typed.trim_start_matches('@').trim()),
            _ => (Scope::All, typed.as_str()),
        };
        let plan = (scope == Scope::All).then(|| planned(words, &ask, writer(&cx, &ask.region))).flatten();
        let words = words.to_owned();
        let gatherer =
            Gatherer { query: folded(&words), words, now: cx.now(), zone: cx.zone(), meetings: Finder::of(&cx) };
        let commands = ask.commands;
        let answer = cx.store.read(move |db| {
            let kept = chosen::read(db)?;
            let mut groups = vec![(PaletteKind::Plan, plan.into_iter().collect::<Vec<Scored>>())];
            let bare = gatherer.query.is_empty();
            if bare && scope == Scope::All {
                groups.push((PaletteKind::Used, gatherer.used(db, &kept, &commands)?));
            }
            if scope != Scope::People {
                groups.push((PaletteKind::Commands, gatherer.commands(&kept, &commands)));
                if !bare {
                    groups.push((PaletteKind::Settings, gatherer.settings(&kept, &commands)));
                }
            }
            if gatherer.query.chars().count() >= FEWEST_LETTERS {
                if scope != Scope::Commands {
                    groups.push((PaletteKind::People, gatherer.people(db, &kept)?));
                }
                if scope == Scope::All {
                    groups.push((PaletteKind::Meetings, gatherer.meetings(db, &kept)?));
                    groups.push((PaletteKind::Calls, gatherer.calls(db, &kept)?));
                    groups.push((PaletteKind::Webinars, gatherer.webinars(db, &kept)?));
                }
            }
            Ok(in_order(groups, bare))
        });
        let answer = answer.await?;
        cx.note_step(Step::Palette).await;
        Ok(answer)
    }

    /// Remembers that something was chosen.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn note_palette_choice(&self, choice: PaletteChoice) -> Result<(), Error> {
        let (what, id) = match choice {
            PaletteChoice::Command { id } => (What::Command, id),
            PaletteChoice::Setting { id } => (What::Setting, id),
            PaletteChoice::Meeting { id } => (What::Meeting, id),
            PaletteChoice::Person { id } => (What::Person, id),
            PaletteChoice::Call { id } => (What::Call, id),
            PaletteChoice::Webinar { id } => (What::Webinar, id),
        };
        if id.is_empty() || id.len() > MAX_ID {
            return Err(Error::Internal { code: "E-PALETTE" });
        }
        let cx = self.profile().await?;
        let now = cx.now();
        Ok(cx.store.write(move |tx| chosen::choose(tx, what, id, now)).await?)
    }
}

fn writer(cx: &crate::context::Context, region: &str) -> Writer {
    let zone = cx.zone();
    Writer::new(region, cx.now().with_timezone(&zone).naive_local(), zone)
}

/// «schedule demo with anna», or a line that says when.
fn planned(words: &str, ask: &PaletteAsk, writer: Writer) -> Option<Scored> {
    let plan = |line: &str, score| (score, PaletteEntry::Plan { line: line.to_owned() });
    if let Some((first, rest)) = words.split_once(' ')
        && !rest.trim().is_empty()
        && ["schedule", "plan", &ask.plan_word].iter().any(|word| folded(word) == folded(first))
    {
        return Some(plan(rest.trim(), SURELY_A_PLAN));
    }
    let line = line::read(words, writer);
    (line.date().is_some() || line.time().is_some()).then(|| plan(words, A_PLAN))
}

/// The best group first, those of equal worth as they are listed in [`PaletteKind`]. Without words the order is always
/// that one.
fn in_order(groups: Vec<(PaletteKind, Vec<Scored>)>, bare: bool) -> PaletteAnswer {
    let best = |entries: &[Scored]| if bare { 0.0 } else { entries.first().map_or(0.0, |first| first.0) };
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, entries)| !entries.is_empty()).collect();
    groups.sort_by(|one, other| best(&other.1).total_cmp(&best(&one.1)).then(one.0.cmp(&other.0)));
    let group = |(kind, entries): (PaletteKind, Vec<Scored>)| PaletteGroup {
        kind,
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    };
    PaletteAnswer { groups: groups.into_iter().map(group).collect() }
}

impl PaletteCommand {
    fn entry(&self) -> PaletteEntry {
        let id = self.id.clone();
        if self.setting { PaletteEntry::Setting { id } } else { PaletteEntry::Command { id } }
    }

    fn fit(&self, query: &str) -> Option<Fit> {
        Fit::of(query, &folded(&self.title))
    }
}
