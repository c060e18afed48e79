//! Random edits on all sides, with answers lost between, played by the rule: both sides converge, nobody's word is
//! written over unasked, and no note is lost.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// What one side says: subject, time, notes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Says {
    subject: u8,
    time: u8,
    notes: String,
}

#[derive(Debug, Clone)]
enum Step {
    Renamed(u8),
    Moved(u8),
    Agenda(u8),
    CancelledInZoom,
    RestoredInZoom,
    SubjectInSalesforce(u8),
    TimeInSalesforce(u8),
    /// A note before or behind what stands there.
    Note(bool),
    DeletedInSalesforce,
    /// A look at Zoom, whose list may be cut.
    LookAtZoom(bool),
    /// A round: what Salesforce says is read, and what follows is put in line.
    Round,
    /// What is in line goes out.
    Send(Answer),
    /// The user decides about the first question.
    Decide(bool),
    /// The program is started from nothing.
    Wiped,
}

#[derive(Debug, Clone, Copy)]
enum Answer {
    Came,
    LostBefore,
    LostAfter,
}

fn step() -> impl Strategy<Value = Step> {
    let answer = prop_oneof![3 => Just(Answer::Came), 1 => Just(Answer::LostBefore), 1 => Just(Answer::LostAfter)];
    prop_oneof![
        2 => (0..4u8).prop_map(Step::Renamed),
        2 => (0..4u8).prop_map(Step::Moved),
        2 => (0..4u8).prop_map(Step::Agenda),
        1 => Just(Step::CancelledInZoom),
        1 => Just(Step::RestoredInZoom),
        2 => (0..4u8).prop_map(Step::SubjectInSalesforce),
        2 => (0..4u8).prop_map(Step::TimeInSalesforce),
        3 => any::<bool>().prop_map(Step::Note),
        1 => Just(Step::DeletedInSalesforce),
        4 => any::<bool>().prop_map(Step::LookAtZoom),
        6 => Just(Step::Round),
        5 => answer.prop_map(Step::Send),
        2 => any::<bool>().prop_map(Step::Decide),
        1 => Just(Step::Wiped),
    ]
}

/// What this computer knows.
#[derive(Debug, Default)]
struct Known {
    base: Option<Says>,
    subject_kept: Option<u8>,
    time_kept: Option<u8>,
    notes_kept: Option<String>,
    stays: bool,
    missing: u8,
    line: Option<Write>,
    asks: Vec<&'static str>,
}

#[derive(Debug, Clone, PartialEq)]
enum Write {
    /// `asked` by the user, who knew what they saw.
    Fields {
        saw: Says,
        wanted: Says,
        asked: bool,
    },
    Delete {
        saw: Says,
    },
}

struct World {
    zoom: Says,
    zoom_there: bool,
    event: Option<Says>,
    known: Known,
    tokens: u32,
    /// Notes that the rep wrote and that have to be there.
    notes: BTreeSet<String>,
    /// What the rep last wrote, until the user takes Zoom's.
    subject_of_rep: Option<u8>,
    time_of_rep: Option<u8>,
    rep_deleted: bool,
}

fn agenda(number: u8) -> String {
    if number == 0 { "Zoom 1".to_owned() } else { format!("Zoom 1\n\nAgenda {number}") }
}

impl World {
    fn new() -> Self {
        let both = Says { subject: 0, time: 0, notes: agenda(0) };
        Self {
            zoom: both.clone(),
            zoom_there: true,
            event: Some(both.clone()),
            known: Known { base: Some(both), ..Known::default() },
            tokens: 0,
            notes: BTreeSet::new(),
            subject_of_rep: None,
            time_of_rep: None,
            rep_deleted: false,
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Renamed(to) => self.zoom.subject = *to,
            Step::Moved(to) => self.zoom.time = *to,
            Step::Agenda(to) => self.zoom.notes = agenda(*to),
            Step::CancelledInZoom => self.zoom_there = false,
            Step::RestoredInZoom => self.zoom_there = true,
            Step::SubjectInSalesforce(to) => {
                // What stood there already is nothing that they wrote.
                if let Some(event) = self.event.as_mut().filter(|event| event.subject != *to) {
                    (event.subject, self.subject_of_rep) = (*to, Some(*to));
                }
            }
            Step::TimeInSalesforce(to) => {
                if let Some(event) = self.event.as_mut().filter(|event| event.time != *to) {
                    (event.time, self.time_of_rep) = (*to, Some(*to));
                }
            }
            Step::Note(before) => {
                if let Some(event) = &mut self.event {
                    self.tokens += 1;
                    let note = format!("note {}", self.tokens);
                    event.notes =
                        if *before { format!("{note}\n{}", event.notes) } else { format!("{}\n{note}", event.notes) };
                    self.notes.insert(note);
                }
            }
            Step::DeletedInSalesforce => {
                (self.event, self.rep_deleted) = (None, true);
                self.notes.clear();
            }
            Step::LookAtZoom(cut) => {
                if self.zoom_there {
                    self.known.missing = 0;
                } else if !cut {
                    self.known.missing = (self.known.missing + 1).min(2);
                }
            }
            Step::Round => self.round(),
            Step::Send(answer) => self.send(*answer),
            Step::Decide(mine) => self.decide(*mine),
            Step::Wiped => self.known = Known::default(),
        }
    }

    fn round(&mut self) {
        if self.known.line.is_some() {
            return;
        }
        self.known.asks.clear();
        let known = &mut self.known;
        let zoom = match known.missing {
            0 => InZoom::There,
            1 => InZoom::Missing,
            _ => InZoom::Gone,
        };
        let there = match &self.event {
            None => InSalesforce::Gone,
            Some(event) if Some(event) == known.base.as_ref() => InSalesforce::Untouched,
            Some(_) => InSalesforce::Edited,
        };
        match existence(zoom, there) {
            Existence::Delete => {
                known.line = self.event.clone().map(|saw| Write::Delete { saw });
                return;
            }
            Existence::Ask if !known.stays => {
                known.asks.push("event");
                return;
            }
            _ => {}
        }
        let (Some(event), InZoom::There) = (&self.event, zoom) else { return };
        let mut wanted = event.clone();
        let base = known.base.clone();
        let of = |verdict, name, known: &mut Known| {
            if verdict == Verdict::Ask {
                known.asks.push(name);
            }
            verdict == Verdict::Write
        };
        let subject = field(
            base.as_ref().map(|base| &base.subject),
            known.subject_kept.as_ref(),
            &self.zoom.subject,
            &event.subject,
        );
        if of(subject, "subject", known) {
            wanted.subject = self.zoom.subject;
        }
        let time = field(base.as_ref().map(|base| &base.time), known.time_kept.as_ref(), &self.zoom.time, &event.time);
        if of(time, "time", known) {
            wanted.time = self.zoom.time;
        }
        let (about, text) = notes(
            base.as_ref().map(|base| base.notes.as_str()),
            known.notes_kept.as_deref(),
            &self.zoom.notes,
            &event.notes,
        );
        if of(about, "notes", known) {
            wanted.notes = text.expect("what is written has a text");
        }
        let agreed = known.base.get_or_insert_with(|| Says { subject: 99, time: 99, notes: String::new() });
        if subject == Verdict::Same {
            agreed.subject = self.zoom.subject;
        }
        if time == Verdict::Same {
            agreed.time = self.zoom.time;
        }
        if about == Verdict::Same {
            agreed.notes.clone_from(&self.zoom.notes);
        }
        if wanted != *event {
            self.known.line = Some(Write::Fields { saw: event.clone(), wanted, asked: false });
        }
    }

    /// As the outbox does it: what was seen has to be there still, or be what was wanted.
    fn send(&mut self, answer: Answer) {
        let Some(write) = self.known.line.clone() else { return };
        if matches!(answer, Answer::LostBefore) {
            return;
        }
        match write {
            Write::Fields { saw, wanted, asked } if self.event.as_ref() == Some(&saw) => {
                if asked && wanted.subject != saw.subject {
                    self.subject_of_rep = None;
                }
                if asked && wanted.time != saw.time {
                    self.time_of_rep = None;
                }
                self.event = Some(wanted);
            }
            Write::Delete { saw } if self.event.as_ref() == Some(&saw) => {
                assert!(self.notes.is_empty(), "an Event with notes is deleted unasked");
                self.event = None;
            }
            _ => {}
        }
        if matches!(answer, Answer::Came) {
            self.known.line = None;
        }
    }

    fn decide(&mut self, take: bool) {
        let Some(what) = self.known.asks.first().copied().filter(|_| self.known.line.is_none()) else { return };
        self.known.asks.remove(0);
        let base = self.known.base.as_ref().map(|base| base.notes.clone());
        match (what, take, &self.event) {
            ("event", false, _) => self.known.stays = true,
            ("event", true, None) => {
                self.event = Some(self.zoom.clone());
                self.known.base = Some(self.zoom.clone());
                (self.subject_of_rep, self.time_of_rep, self.rep_deleted) = (None, None, false);
            }
            // By the user's own click, notes and all.
            ("event", true, Some(_)) => {
                self.event = None;
                self.notes.clear();
            }
            ("subject", false, _) => self.known.subject_kept = Some(self.zoom.subject),
            ("time", false, _) => self.known.time_kept = Some(self.zoom.time),
            ("notes", false, _) => self.known.notes_kept = Some(self.zoom.notes.clone()),
            (name, _, Some(event)) => {
                let mut wanted = event.clone();
                match name {
                    "subject" => wanted.subject = self.zoom.subject,
                    "time" => wanted.time = self.zoom.time,
                    _ => wanted.notes = with_notes(base.as_deref(), &self.zoom.notes, &event.notes),
                }
                self.known.line = Some(Write::Fields { saw: event.clone(), wanted, asked: true });
            }
            _ => {}
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let Some(event) = &self.event else { return Ok(()) };
        let lines: BTreeSet<&str> = event.notes.lines().collect();
        for note in &self.notes {
            prop_assert!(lines.contains(note.as_str()), "{note} is lost: {event:?}");
        }
        if let Some(subject) = self.subject_of_rep {
            // The same word from Zoom is no other one; but a word of the rep is nobody's to replace.
            prop_assert_eq!(event.subject, subject, "the rep's subject was written over");
        }
        if let Some(time) = self.time_of_rep {
            prop_assert_eq!(event.time, time, "the rep's time was written over");
        }
        Ok(())
    }

    fn settled(&self) -> bool {
        self.known.line.is_none() && self.known.asks.is_empty()
    }
}

/// What the rep wrote is theirs only while it differs from what both had agreed on: typed back, it is ours again.
fn forget_what_was_typed_back(world: &mut World) {
    let Some(base) = &world.known.base else { return };
    if world.subject_of_rep == Some(base.subject) || world.subject_of_rep == Some(world.zoom.subject) {
        world.subject_of_rep = None;
    }
    if world.time_of_rep == Some(base.time) || world.time_of_rep == Some(world.zoom.time) {
        world.time_of_rep = None;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn both_sides_converge_and_no_note_is_lost(
        steps in proptest::collection::vec(step(), 1..40),
        decisions in proptest::collection::vec(any::<bool>(), 12),
    ) {
        let mut world = World::new();
        for step in &steps {
            world.step(step);
            forget_what_was_typed_back(&mut world);
            world.check()?;
        }
        // The edits stop: a few rounds, with the user's decisions, settle everything.
        for decision in decisions {
            for step in [Step::LookAtZoom(false), Step::Send(Answer::Came), Step::Round, Step::Decide(decision)] {
                world.step(&step);
                world.check()?;
            }
        }
        prop_assert!(world.settled(), "it does not come to rest: {:?}", world.known);
        if world.zoom_there {
            prop_assert!(world.event.is_some() || world.known.stays);
        }
    }
}
