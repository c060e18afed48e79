//! Changes of meetings that wait to be sent: what is put behind them, what takes their place, and what becomes of them
//! when one is taken back. Whoever takes back a decision gets what was there before it, and loses nothing else.

use liaison_domain::MeetingKey;
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::{StoreError, StoreResult, Transaction};

use super::change::{Deciding, open_rows};
use super::kind::operation;
use super::pending;
use super::stored::{MeetingEdit, MeetingFields};
use crate::outbox::kind::MEETING;
use crate::outbox::reason::Reason;
use crate::outbox::target::Target;

impl Deciding {
    /// Puts a change in line: into a row that has not left, on the base that it had, or as a new one. What is decided of
    /// several at once is a row of its own behind that one: it is taken back as a whole, and nothing else with it.
    #[expect(clippy::too_many_arguments, reason = "all of them make the row")]
    pub fn put(
        &self,
        tx: &Transaction<'_>,
        target: &Target,
        key: &MeetingKey,
        unsent: Option<OutboxRecord>,
        base: &MeetingFields,
        wanted: MeetingFields,
        group: Option<&str>,
        hold_ms: i64,
    ) -> StoreResult<String> {
        let known = unsent.as_ref().and_then(|row| MeetingEdit::read(&row.payload_json));
        match unsent {
            Some(row) if group.is_none() && row.group_id.is_none() => {
                let withdrawn = known.as_ref().map(|edit| edit.withdrawn.clone()).unwrap_or_default();
                let base = known.map_or_else(|| base.clone(), |edit| edit.base_of_another(base));
                let title = wanted.topic.clone();
                let edit = MeetingEdit { withdrawn, ..MeetingEdit::of(wanted, base) };
                outbox::edit(tx, &row.op_id, &title, &edit.json(), Some(self.now_ms + hold_ms), self.now_ms)?;
                Ok(row.op_id)
            }
            // Behind it this one would wait for the user as well.
            Some(row) if row.state.needs_the_user() => {
                self.give_way(tx, &row)?;
                let base = known.map_or_else(|| base.clone(), |edit| edit.base_of_another(base));
                let edit = MeetingEdit { withdrawn: vec![row.op_id], ..MeetingEdit::of(wanted, base) };
                self.line_up(tx, target, key, &edit, group, hold_ms)
            }
            _ => self.line_up(tx, target, key, &MeetingEdit::of(wanted, base.clone()), group, hold_ms),
        }
    }

    fn line_up(
        &self,
        tx: &Transaction<'_>,
        target: &Target,
        key: &MeetingKey,
        edit: &MeetingEdit,
        group: Option<&str>,
        hold_ms: i64,
    ) -> StoreResult<String> {
        let mut row = operation(OutboxAction::Update, target, key, edit, self.now_ms, hold_ms);
        row.group_id = group.map(str::to_owned);
        outbox::enqueue(tx, &row)?;
        Ok(row.op_id)
    }

    /// Takes back what has not left of a meeting or a date, for something that brings it back when it is taken back
    /// itself; answers which rows that were, in their order.
    pub fn withdraw(&self, tx: &Transaction<'_>, target: &Target, key: &str) -> StoreResult<Vec<String>> {
        let mut open = open_rows(tx, &target.key, MEETING, key)?;
        open.retain(|row| row.maybe_sent_utc_ms.is_none());
        // The last one first: each leaves what the one before it had made.
        for row in open.iter().rev() {
            self.give_way(tx, row)?;
        }
        Ok(open.into_iter().map(|row| row.op_id).collect())
    }

    /// Takes back a row, and what it did to the Event.
    pub fn give_way(&self, tx: &Transaction<'_>, row: &OutboxRecord) -> StoreResult<()> {
        outbox::take_back(tx, &row.op_id, self.now_ms)?;
        self.take_back_event(tx, row, None)
    }

    /// The user has taken back a row, or `undoing` undoes it: what waited behind it no longer builds on it, its Event
    /// goes back with it, and what it had taken the place of is there again.
    pub fn taken_back(&self, tx: &Transaction<'_>, row: &OutboxRecord, undoing: Option<&str>) -> StoreResult<()> {
        let gone = outbox::get(tx, &row.op_id)?.is_some_and(|row| row.state == OutboxState::Discarded);
        let edit = if gone { change_of(row) } else { None };
        if let Some(edit) = &edit {
            self.build_on_what_was_before(tx, row, edit)?;
        }
        self.take_back_event(tx, row, undoing)?;
        edit.map_or(Ok(()), |edit| self.bring_back(tx, &edit.withdrawn))
    }

    /// The user had taken back a row while it was under way, and it did not arrive: now it is gone. Its Event went back
    /// at once.
    pub fn never_arrived(&self, tx: &Transaction<'_>, row: &OutboxRecord) -> StoreResult<()> {
        let Some(edit) = change_of(row) else { return Ok(()) };
        self.build_on_what_was_before(tx, row, &edit)?;
        self.bring_back(tx, &edit.withdrawn)
    }

    /// Changes behind one that is taken back were decided on top of it.
    fn build_on_what_was_before(
        &self,
        tx: &Transaction<'_>,
        row: &OutboxRecord,
        gone: &MeetingEdit,
    ) -> StoreResult<()> {
        if row.action != OutboxAction::Update || gone.rule.is_some() {
            return Ok(());
        }
        let rows = outbox::by_subject(tx, &row.subject_key)?.into_iter().skip_while(|other| other.op_id != row.op_id);
        for (later, edit) in pending::open_changes(rows) {
            if later.maybe_sent_utc_ms.is_some() || later.state.needs_the_user() {
                continue;
            }
            let edit = without(edit, gone);
            outbox::edit(tx, &later.op_id, &edit.fields.topic, &edit.json(), None, self.now_ms)?;
        }
        Ok(())
    }

    /// Rows that had given way go again, held anew; what had waited for the user waits for the user. One whose
    /// group was stopped or undone meanwhile stays away, and brings back what had given way to it.
    fn bring_back(&self, tx: &Transaction<'_>, ids: &[String]) -> StoreResult<()> {
        let hold_ms = Self::hold_ms(tx)?;
        for id in ids {
            let discarded = outbox::get(tx, id)?.filter(|row| row.state == OutboxState::Discarded);
            let Some(row) = discarded else { continue };
            if row.take_back_utc_ms.is_some() {
                if let Some(edit) = change_of(&row) {
                    self.bring_back(tx, &edit.withdrawn)?;
                }
                continue;
            }
            let asks = matches!(Reason::read(row.reason_json.as_deref()), Some(Reason::Needs(_)));
            let held_until = (hold_ms > 0 && !asks).then_some(self.now_ms + hold_ms);
            match outbox::restore(tx, id, asks, held_until, self.now_ms) {
                Ok(()) => self.follow_anew(tx, &row, hold_ms)?,
                // What it depended on is given up by now.
                Err(StoreError::WrongState { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The Event gets again what a row had done to it.
    fn follow_anew(&self, tx: &Transaction<'_>, row: &OutboxRecord, hold_ms: i64) -> StoreResult<()> {
        match row.action {
            OutboxAction::Update => {
                let edit = MeetingEdit::read(&row.payload_json).filter(|edit| edit.rule.is_none());
                let Some(MeetingEdit { fields, base, .. }) = edit else { return Ok(()) };
                self.follow_all(tx, &row.subject_key, (&base, &fields), Some(&row.op_id), hold_ms)
            }
            OutboxAction::Delete => self.cancel_event(tx, &row.subject_key, &row.op_id, hold_ms),
            OutboxAction::Create => Ok(()),
        }
    }
}

/// What a row that changes or cancels a meeting says.
fn change_of(row: &OutboxRecord) -> Option<MeetingEdit> {
    match row.action {
        OutboxAction::Update | OutboxAction::Delete => MeetingEdit::read(&row.payload_json),
        OutboxAction::Create => None,
    }
}

/// A change as it is when one before it is not made: what it had left as that one made it is as it was before that one.
fn without(mut edit: MeetingEdit, gone: &MeetingEdit) -> MeetingEdit {
    let of = |fields: &MeetingFields, name: &str| {
        fields.contents().into_iter().find(|(told, _)| *told == name).map(|(_, content)| content)
    };
    for ((name, before), (_, made)) in gone.base.contents().into_iter().zip(gone.fields.contents()) {
        let built_on = of(&edit.base, name);
        if before == made || built_on.as_ref() != Some(&made) {
            continue;
        }
        if of(&edit.fields, name) == built_on {
            edit.fields.take(name, &gone.base);
        }
        edit.base.take(name, &gone.base);
    }
    if gone.base.people != gone.fields.people && edit.base.people == gone.fields.people {
        if edit.fields.people == edit.base.people {
            edit.fields.people.clone_from(&gone.base.people);
        }
        edit.base.people.clone_from(&gone.base.people);
    }
    edit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(topic: &str, start_utc_ms: i64, minutes: u32, people: &[&str]) -> MeetingFields {
        MeetingFields {
            topic: topic.to_owned(),
            start_utc_ms,
            minutes,
            zone: "Europe/Amsterdam".to_owned(),
            agenda: String::new(),
            people: Some(people.iter().map(|id| (*id).to_owned()).collect()),
            invitees: None,
            options: None,
        }
    }

    #[test]
    fn a_change_behind_one_that_is_taken_back_keeps_what_is_its_own_alone() {
        let gone = MeetingEdit::of(fields("B", 2, 30, &["Lead:2"]), fields("A", 1, 30, &["Lead:1"]));
        let longer = MeetingEdit::of(fields("B", 2, 60, &["Lead:2"]), fields("B", 2, 30, &["Lead:2"]));
        let expected = MeetingEdit::of(fields("A", 1, 60, &["Lead:1"]), fields("A", 1, 30, &["Lead:1"]));
        assert_eq!(without(longer, &gone), expected);
        let later = MeetingEdit::of(fields("C", 3, 30, &["Lead:3"]), fields("B", 2, 30, &["Lead:2"]));
        let expected = MeetingEdit::of(fields("C", 3, 30, &["Lead:3"]), fields("A", 1, 30, &["Lead:1"]));
        assert_eq!(without(later, &gone), expected);
        let after_another = MeetingEdit::of(fields("D", 9, 30, &[]), fields("C", 8, 30, &["Lead:3"]));
        assert_eq!(without(after_another.clone(), &gone), after_another, "it builds on another one");
    }
}
