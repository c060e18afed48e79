//! What was typed after a meeting had been made and nobody knew it yet: its answer was lost, and the sheet said that what
//! is typed stays. The meeting is taken, never made twice, and what differs goes to Zoom as a change of it.

use std::sync::Arc;

use liaison_domain::draft::{MAX_AGENDA, MAX_TOPIC};
use liaison_domain::text;
use liaison_store::Transaction;
use liaison_store::tables::meetings;

use super::change::{Decided, Deciding};
use super::create::op_id;
use super::stored::{Creation, MeetingFields};
use super::{Checked, options, pending, request};
use crate::context::Context;
use crate::failure::Error;
use crate::outbox::at_once;
use crate::outbox::view::Changed;
use crate::schedule::view::{ChangedSince, ScheduleDraft, SeriesScope};

/// What a draft says now and did not when its meeting was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of its own in the sheet")]
struct Differing {
    topic: bool,
    /// Date, time or zone.
    when: bool,
    zone: bool,
    minutes: bool,
    agenda: bool,
    /// People or further addresses.
    people: bool,
    options: bool,
    /// What only a new meeting can be given.
    rest: bool,
}

impl Differing {
    fn of(made: &ScheduleDraft, now: &ScheduleDraft) -> Self {
        let when = |draft: &ScheduleDraft| (draft.date.clone(), draft.time.clone(), draft.zone.clone(), draft.fold);
        let about = |draft: &ScheduleDraft| draft.about.as_ref().map(|about| (about.kind, about.id.clone()));
        let template = |draft: &ScheduleDraft| draft.template.as_ref().map(|template| template.id.clone());
        let given = |draft: &ScheduleDraft| (draft.passcode, draft.personal_meeting_id, draft.log_event);
        let kept = options::kept(&made.options, made.waiting_room);
        let wanted = options::kept(&now.options, now.waiting_room).over(&kept);
        let from_template = made.template.is_some() || now.template.is_some();
        Self {
            topic: topic(made) != topic(now),
            when: when(made) != when(now),
            zone: made.zone != now.zone,
            minutes: made.minutes != now.minutes,
            agenda: agenda(made) != agenda(now),
            people: made.people != now.people || made.emails != now.emails,
            options: !from_template && wanted.contents() != kept.contents(),
            rest: made.repeats != now.repeats
                || given(made) != given(now)
                || template(made) != template(now)
                || about(made) != about(now),
        }
    }

    fn nothing(self) -> bool {
        let Self { topic, when, zone, minutes, agenda, people, options, rest } = self;
        !(topic || when || zone || minutes || agenda || people || options || rest)
    }
}

fn topic(draft: &ScheduleDraft) -> String {
    text::single_line(&draft.topic, MAX_TOPIC)
}

fn agenda(draft: &ScheduleDraft) -> String {
    text::multi_line(&draft.agenda, MAX_AGENDA)
}

/// A draft as it is now, beside what its meeting was made from.
struct Typed {
    differing: Differing,
    made: Creation,
    now: Creation,
    people: Vec<String>,
    invitees: Vec<String>,
}

impl Context {
    /// Puts in line what a draft says by now and its meeting does not. `None` where that is nothing.
    pub(super) async fn typed_since(
        self: &Arc<Self>,
        draft: ScheduleDraft,
        meeting: &str,
    ) -> Result<Option<ChangedSince>, Error> {
        let row = at_once::read(self, &op_id(&draft.id)).await?;
        let Some(made) = row.and_then(|row| Creation::read(&row.payload_json)) else { return Ok(None) };
        let differing = Differing::of(&made.draft, &draft);
        if differing.nothing() {
            return Ok(None);
        }
        let nothing_changed = ChangedSince { outbox_item: None, group: None, not_all: true };
        let checked = Checked::of(self, &draft).await?;
        let Some(when) = checked.when.filter(|_| checked.issues.is_empty()) else { return Ok(Some(nothing_changed)) };
        let typed = Typed {
            differing,
            people: checked.people.iter().map(|person| person.id.clone()).collect(),
            invitees: request::invitees(&draft, &checked.people).into_iter().map(|invitee| invitee.email).collect(),
            made,
            now: Creation { draft, start_utc_ms: when.start.timestamp_millis() },
        };
        let (deciding, id) = (Deciding::of(self), meeting.to_owned());
        let changed = match self.store.write(move |tx| deciding.change_since(tx, &id, &typed)).await? {
            Ok(changed) => changed,
            Err(error) => {
                tracing::info!(%error, "what was typed after a meeting had been made can't be changed");
                return Ok(Some(nothing_changed));
            }
        };
        self.outbox_changed();
        let (Changed { outbox_item, group }, not_all) = changed;
        Ok((outbox_item.is_some() || not_all).then_some(ChangedSince { outbox_item, group, not_all }))
    }
}

impl Deciding {
    /// Answers also whether something stays as it was made.
    fn change_since(&self, tx: &Transaction<'_>, id: &str, typed: &Typed) -> Decided<(Changed, bool)> {
        let Typed { differing, made, now, people, invitees } = typed;
        let Some(record) = meetings::meeting(tx, id)? else { return Ok(Err(Error::Gone)) };
        let Some(fields) = MeetingFields::of_record(&record) else { return Ok(Err(Error::TooLate)) };
        let shown = pending::shown(tx, &record, fields)?;
        let is_series = record.occurrence_id.is_some();
        // Whatever was not typed is as the meeting has it by now.
        let mut wanted = shown.fields;
        let mut emails = shown.attendees.emails;
        if differing.topic {
            wanted.topic = topic(&now.draft);
        }
        if differing.when {
            // The first date of a series may be over or moved: the others are moved by as much.
            let by = now.start_utc_ms - made.start_utc_ms;
            wanted.start_utc_ms = if is_series { wanted.start_utc_ms + by } else { now.start_utc_ms };
        }
        if differing.zone && !is_series {
            wanted.zone.clone_from(&now.draft.zone);
        }
        if differing.minutes {
            wanted.minutes = now.draft.minutes;
        }
        if differing.agenda {
            wanted.agenda = agenda(&now.draft);
        }
        if differing.people {
            (wanted.people, wanted.invitees) = (Some(people.clone()), Some(invitees.clone()));
            emails.clone_from(&now.draft.emails);
        }
        if differing.options {
            wanted.options = Some(options::kept(&now.draft.options, now.draft.waiting_room));
        }
        let scope = if is_series { SeriesScope::All } else { SeriesScope::One };
        let not_all = differing.rest || differing.zone && is_series;
        Ok(self.change(tx, id, wanted, &emails, scope)?.map(|changed| (changed, not_all)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::options_view::MeetingOptions;
    use crate::topics::view::{Topic, TopicKind};

    fn draft() -> ScheduleDraft {
        ScheduleDraft {
            id: "d".to_owned(),
            topic: "Demo".to_owned(),
            date: "2026-12-02".to_owned(),
            time: "14:00".to_owned(),
            zone: "Europe/Amsterdam".to_owned(),
            minutes: 30,
            fold: None,
            people: vec!["Lead:1".to_owned()],
            emails: Vec::new(),
            agenda: String::new(),
            passcode: true,
            waiting_room: Some(true),
            personal_meeting_id: false,
            log_event: true,
            copy_invitation: false,
            repeats: None,
            options: MeetingOptions::default(),
            template: None,
            about: Some(Topic {
                kind: TopicKind::Account,
                id: "001000000000001AAA".to_owned(),
                name: "Looms".to_owned(),
                state: Some("Open".to_owned()),
            }),
        }
    }

    /// As it comes back from the row, with the options that its sheet had shown.
    fn stored(draft: ScheduleDraft) -> ScheduleDraft {
        let options = MeetingOptions { mute_on_entry: Some(true), ..draft.options };
        let creation = Creation { draft: ScheduleDraft { options, ..draft }, start_utc_ms: 5 };
        Creation::read(&creation.json()).unwrap().draft
    }

    #[test]
    fn a_draft_that_stands_as_it_was_made_differs_in_nothing() {
        assert!(Differing::of(&stored(draft()), &draft()).nothing());
        let copied = ScheduleDraft { copy_invitation: true, topic: " Demo ".to_owned(), ..draft() };
        assert!(Differing::of(&stored(draft()), &copied).nothing());
    }

    #[test]
    fn what_was_typed_since_is_told_apart_from_what_only_a_new_meeting_can_have() {
        let of = |now: ScheduleDraft| Differing::of(&stored(draft()), &now);
        let later = of(ScheduleDraft { time: "15:00".to_owned(), ..draft() });
        assert!(later.when && !later.zone && !later.rest);
        assert!(of(ScheduleDraft { emails: vec!["a@b.example".to_owned()], ..draft() }).people);
        assert!(of(ScheduleDraft { waiting_room: Some(false), ..draft() }).options);
        let loud = MeetingOptions { mute_on_entry: Some(false), ..MeetingOptions::default() };
        assert!(of(ScheduleDraft { options: loud, ..draft() }).options);
        assert!(of(ScheduleDraft { passcode: false, ..draft() }).rest);
        assert!(of(ScheduleDraft { about: None, ..draft() }).rest);
    }
}
