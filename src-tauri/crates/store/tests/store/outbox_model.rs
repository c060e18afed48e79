//! The outbox against a model: random steps on a few rows must have the outcome that a plain reading of the rules
//! gives, and no row may ever be sent twice at once, out of turn, or again while it may have arrived.

use liaison_store::tables::outbox::{
    self as table, Enqueued, NewOperation, OutboxAction, OutboxState, Step, TakenBack,
};
use liaison_store::{StoreError, StoreResult, Transaction};
use proptest::prelude::*;

use crate::fixture::{Profile, TARGET, operation};

use OutboxState::{Claimed, Discarded, Done, Held, Pending, Review, Waiting};

#[derive(Debug, Clone)]
enum Try {
    Enqueue { key: usize, create: bool, hold: Option<i64>, depends: bool },
    ClaimNext,
    ClaimRow(usize),
    Finish(usize),
    PutBack(usize, i64),
    Unknown(usize, i64),
    Absent(usize),
    SettledAbsent(usize),
    Block(usize),
    Ask(usize),
    Differ(usize),
    Retry(usize),
    Edit(usize),
    TakeBack(usize),
    Restore(usize, bool),
    Pass(i64),
}

fn attempt() -> impl Strategy<Value = Try> {
    let row = 0_usize..6;
    prop_oneof![
        4 => (0_usize..3, any::<bool>(), prop::option::of(0_i64..20), any::<bool>()).prop_map(
            |(key, create, hold, depends)| Try::Enqueue { key, create, hold, depends }
        ),
        6 => Just(Try::ClaimNext),
        2 => row.clone().prop_map(Try::ClaimRow),
        3 => row.clone().prop_map(Try::Finish),
        2 => (row.clone(), 0_i64..20).prop_map(|(row, wait)| Try::PutBack(row, wait)),
        2 => (row.clone(), 0_i64..20).prop_map(|(row, wait)| Try::Unknown(row, wait)),
        1 => row.clone().prop_map(Try::Absent),
        1 => row.clone().prop_map(Try::SettledAbsent),
        1 => row.clone().prop_map(Try::Block),
        1 => row.clone().prop_map(Try::Ask),
        1 => row.clone().prop_map(Try::Differ),
        2 => row.clone().prop_map(Try::Retry),
        1 => row.clone().prop_map(Try::Edit),
        2 => row.clone().prop_map(Try::TakeBack),
        2 => (row, any::<bool>()).prop_map(|(row, decide)| Try::Restore(row, decide)),
        3 => (1_i64..15).prop_map(Try::Pass),
    ]
}

#[derive(Debug, Clone)]
struct Row {
    key: usize,
    create: bool,
    depends_on: Option<usize>,
    position: usize,
    state: OutboxState,
    hold: Option<i64>,
    ready_at: i64,
    attempts: i64,
    maybe_sent: bool,
    wished: bool,
}

/// What the rules say, without SQL.
#[derive(Debug, Default)]
struct Model {
    now: i64,
    next_position: usize,
    rows: Vec<Row>,
}

impl Model {
    fn is_free(&self, index: usize) -> bool {
        let row = &self.rows[index];
        row.depends_on.is_none_or(|on| self.rows[on].state == Done)
            && !self
                .rows
                .iter()
                .any(|other| other.key == row.key && other.state.is_open() && other.position < row.position)
    }

    /// Whoever waits and is free gets the turn.
    fn give_turns(&mut self) {
        for index in 0..self.rows.len() {
            if self.rows[index].state == Waiting && self.is_free(index) {
                let row = &mut self.rows[index];
                row.state = if row.hold.is_some() && row.attempts == 0 { Held } else { Pending };
            }
        }
    }

    /// What goes back in line behind another has no turn.
    fn stand_back(&mut self, index: usize) {
        if self.rows[index].state == Pending && !self.is_free(index) {
            self.rows[index].state = Waiting;
        }
    }

    fn due(&self) -> Option<usize> {
        let ready = |row: &Row| matches!(row.state, Held | Pending) && row.ready_at <= self.now;
        (0..self.rows.len()).filter(|index| ready(&self.rows[*index])).min_by_key(|index| self.rows[*index].position)
    }

    fn discard_dependents(&mut self, index: usize) {
        for other in 0..self.rows.len() {
            if self.rows[other].depends_on == Some(index) {
                if self.rows[other].state.is_open() {
                    self.rows[other].state = Discarded;
                }
                self.discard_dependents(other);
            }
        }
    }

    fn position(&mut self) -> usize {
        self.next_position += 1;
        self.next_position
    }
}

fn name(index: usize) -> String {
    format!("op{index}")
}

/// Tries something on both; the table must refuse exactly what the model does not allow.
fn run(tx: &Transaction<'_>, model: &mut Model, attempt: &Try) -> StoreResult<()> {
    let now = model.now;
    match *attempt {
        Try::Pass(time) => model.now += time,
        Try::Enqueue { key, create, hold, depends } => enqueue(tx, model, key, create, hold, depends)?,
        Try::ClaimNext => {
            let expected = model.due();
            let claim = table::claim_next(tx, TARGET, now, table::Urgency::Bulk, |_| table::Together::of(1))?;
            let found = claim.as_ref().map(|claim| (claim.rows[0].op_id.clone(), claim.look_up));
            assert_eq!(found, expected.map(|index| (name(index), model.rows[index].maybe_sent)), "{model:?}");
            if let Some(index) = expected {
                claimed(model, index);
            }
        }
        Try::ClaimRow(row) => {
            if settle(model, row, Step::Claim, &table::claim_row(tx, &name(row), now).map(drop)) {
                claimed(model, row);
            }
        }
        Try::Finish(row) => {
            if settle(model, row, Step::Finish, &table::finish(tx, &name(row), None, now)) {
                model.rows[row].maybe_sent = false;
            }
        }
        Try::PutBack(row, wait) => {
            let result = table::put_back(tx, &name(row), now + wait, None, now);
            if settle_or_drop(model, row, Step::PutBack, &result) {
                model.rows[row].ready_at = now + wait;
            }
        }
        Try::Unknown(row, wait) => {
            let result = table::still_unknown(tx, &name(row), now + wait, None);
            if settle(model, row, Step::PutBack, &result) {
                model.rows[row].ready_at = now + wait;
            }
        }
        Try::Absent(row) => {
            if settle(model, row, Step::PutBack, &table::note_absent(tx, &name(row), now, None, now)) {
                model.rows[row].ready_at = now;
            }
        }
        Try::SettledAbsent(row) => {
            if settle_or_drop(model, row, Step::PutBack, &table::settled_absent(tx, &name(row), None, now)) {
                model.rows[row].ready_at = now;
            }
        }
        Try::Block(row) => drop(settle_or_drop(model, row, Step::Block, &table::block(tx, &name(row), "{}", now))),
        Try::Differ(row) => drop(settle_or_drop(model, row, Step::Differ, &table::differ(tx, &name(row), "{}", now))),
        Try::Ask(row) => drop(settle(model, row, Step::Ask, &table::ask(tx, &name(row), "{}"))),
        Try::Retry(row) => {
            if settle(model, row, Step::Retry, &table::retry(tx, &name(row), now)) {
                model.rows[row].ready_at = now;
                model.stand_back(row);
            }
        }
        Try::Edit(row) => edit(tx, model, row),
        Try::TakeBack(row) => take_back(tx, model, row),
        Try::Restore(row, decide) => restore(tx, model, row, decide),
    }
    model.give_turns();
    Ok(())
}

fn claimed(model: &mut Model, index: usize) {
    let row = &mut model.rows[index];
    row.state = Claimed;
    row.attempts += 1;
    row.maybe_sent = true;
}

fn edit(tx: &Transaction<'_>, model: &mut Model, row: usize) {
    let result = table::edit(tx, &name(row), "t", "{}", None, model.now);
    if model.rows.get(row).is_some_and(|row| row.maybe_sent) {
        assert!(matches!(result, Err(StoreError::WrongState { .. })), "what may have arrived was changed");
    } else if settle(model, row, Step::Edit, &result) && model.rows[row].state != Held {
        model.rows[row].ready_at = model.now;
        model.stand_back(row);
    }
}

fn take_back(tx: &Transaction<'_>, model: &mut Model, index: usize) {
    let result = table::take_back(tx, &name(index), model.now);
    match model.rows.get_mut(index) {
        Some(row) if row.maybe_sent && row.state.is_open() && row.state != Review => {
            assert!(matches!(result, Ok(TakenBack::Wished)), "{result:?}");
            row.wished = true;
            row.ready_at = row.ready_at.min(model.now);
        }
        _ => {
            if settle(model, index, Step::TakeBack, &result.map(drop)) {
                model.discard_dependents(index);
            }
        }
    }
}

fn restore(tx: &Transaction<'_>, model: &mut Model, index: usize, decide: bool) {
    let Some(row) = model.rows.get(index).cloned() else { return };
    let taken =
        row.create && model.rows.iter().any(|other| other.key == row.key && other.create && other.state != Discarded);
    if row.state == Discarded && taken {
        return;
    }
    let orphan = row.depends_on.is_some_and(|on| model.rows[on].state == Discarded);
    if row.state == Discarded && orphan {
        assert!(table::restore(tx, &name(index), decide, None, model.now).is_err(), "it would wait for nothing");
        return;
    }
    let step = if decide { Step::RestoreToDecide } else { Step::Restore };
    if settle(model, index, step, &table::restore(tx, &name(index), decide, None, model.now)) {
        let position = model.position();
        let row = &mut model.rows[index];
        (row.position, row.hold, row.ready_at, row.wished) = (position, None, model.now, false);
        if !row.maybe_sent {
            row.attempts = 0;
        }
    }
    model.give_turns();
}

fn enqueue(
    tx: &Transaction<'_>,
    model: &mut Model,
    key: usize,
    create: bool,
    hold: Option<i64>,
    depends: bool,
) -> StoreResult<()> {
    let index = model.rows.len();
    let depends_on = (depends && index > 0).then(|| index - 1);
    let action = if create { OutboxAction::Create } else { OutboxAction::Update };
    let new = NewOperation {
        depends_on: depends_on.map(name),
        held_until_utc_ms: hold.map(|hold| model.now + hold),
        created_utc_ms: model.now,
        ..operation(&name(index), &format!("key{key}"), action)
    };
    let made = model.rows.iter().any(|row| row.key == key && row.create && row.state != Discarded);
    let outcome = table::enqueue(tx, &new)?;
    assert_eq!(outcome == Enqueued::Added, !(create && made));
    if outcome == Enqueued::Added {
        let position = model.position();
        model.rows.push(Row {
            key,
            create,
            depends_on,
            position,
            state: Waiting,
            hold,
            ready_at: model.now + hold.unwrap_or(0),
            attempts: 0,
            maybe_sent: false,
            wished: false,
        });
    }
    Ok(())
}

/// Compares the answer with the table of steps and takes the step in the model.
fn settle(model: &mut Model, row: usize, step: Step, result: &StoreResult<()>) -> bool {
    let state = model.rows.get(row).map(|row| row.state);
    let to = state.and_then(|state| step.from(state));
    match result {
        Ok(()) => assert!(to.is_some(), "{step:?} was allowed from {state:?}"),
        Err(StoreError::WrongState { state: told }) => {
            assert!(to.is_none(), "{step:?} was refused from {state:?}");
            assert_eq!(*told, state);
        }
        Err(other) => panic!("{other}"),
    }
    if let Some(to) = to {
        model.rows[row].state = to;
    }
    to.is_some()
}

/// A definite answer: what was taken back meanwhile is dropped. Answers whether it goes on.
fn settle_or_drop(model: &mut Model, row: usize, step: Step, result: &StoreResult<()>) -> bool {
    let wished = model.rows.get(row).is_some_and(|row| row.wished && row.state == Claimed);
    let went = settle(model, row, if wished { Step::Drop } else { step }, result);
    if went {
        model.rows[row].maybe_sent = false;
        if wished {
            model.discard_dependents(row);
        }
    }
    went && !wished
}

fn compare(tx: &Transaction<'_>, model: &Model) -> StoreResult<()> {
    let mut sending = Vec::new();
    let mut open = 0;
    for (index, expected) in model.rows.iter().enumerate() {
        let row = table::get(tx, &name(index))?.unwrap();
        assert_eq!((row.state, row.attempts), (expected.state, expected.attempts), "{index} in {model:?}");
        assert_eq!(row.maybe_sent_utc_ms.is_some(), expected.maybe_sent, "{index} in {model:?}");
        assert!(!(row.state == Done && expected.maybe_sent));
        open += u32::from(row.state.is_open());
        if row.state == Claimed {
            assert!(!sending.contains(&expected.key), "one record is sent twice at once");
            sending.push(expected.key);
        }
    }
    let next = table::next_ready_at(tx, TARGET, table::Urgency::Bulk)?;
    assert_eq!(next.is_some_and(|next| next <= model.now), model.due().is_some());
    let counts = table::counts(tx)?;
    assert_eq!(counts.unsent() + counts.need_you(), open);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_table_keeps_the_rules(attempts in prop::collection::vec(attempt(), 1..60)) {
        let outcome = STORE.with(|(_, store)| store.write_now(|tx| {
            let mut model = Model::default();
            for attempt in &attempts {
                run(tx, &mut model, attempt)?;
                compare(tx, &model)?;
            }
            // Nothing is kept, so that the next case begins with an empty table.
            Err::<(), _>(StoreError::Closed)
        }));
        prop_assert!(matches!(outcome, Err(StoreError::Closed)), "{outcome:?}");
    }
}

thread_local! {
    static STORE: (Profile, liaison_store::Store) = {
        let profile = Profile::new();
        let store = profile.open();
        (profile, store)
    };
}
