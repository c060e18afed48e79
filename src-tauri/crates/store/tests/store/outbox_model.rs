//! The outbox against a model: random steps on a few rows must have the outcome that a plain reading
//! of the rules gives, and no row may ever be sent twice at once or out of turn.

use liaison_store::tables::outbox::{self as table, Enqueued, NewOperation, OutboxAction, OutboxState};
use liaison_store::{StoreError, StoreResult, Transaction};
use proptest::prelude::*;

use crate::fixture::{Profile, operation};

use OutboxState::{Blocked, Claimed, Discarded, Done, Held, Pending, Review};

#[derive(Debug, Clone)]
enum Step {
    Enqueue { key: usize, create: bool, hold: Option<i64>, depends: bool },
    Claim(usize),
    Done(usize),
    BackToPending(usize, i64),
    Block(usize),
    Review(usize),
    Retry(usize),
    Undo(usize),
    Discard(usize),
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let row = 0_usize..6;
    prop_oneof![
        3 => (0_usize..3, any::<bool>(), prop::option::of(0_i64..20), any::<bool>()).prop_map(
            |(key, create, hold, depends)| Step::Enqueue { key, create, hold, depends }
        ),
        6 => row.clone().prop_map(Step::Claim),
        3 => row.clone().prop_map(Step::Done),
        2 => (row.clone(), 0_i64..20).prop_map(|(row, wait)| Step::BackToPending(row, wait)),
        1 => row.clone().prop_map(Step::Block),
        1 => row.clone().prop_map(Step::Review),
        2 => row.clone().prop_map(Step::Retry),
        1 => row.clone().prop_map(Step::Undo),
        1 => row.prop_map(Step::Discard),
        3 => (1_i64..15).prop_map(Step::Pass),
    ]
}

#[derive(Debug, Clone)]
struct Row {
    key: usize,
    create: bool,
    depends_on: Option<usize>,
    state: OutboxState,
    ready_at: i64,
    attempts: i64,
}

/// What the rules say, without SQL.
#[derive(Debug, Default)]
struct Model {
    now: i64,
    rows: Vec<Row>,
}

impl Model {
    fn is_due(&self, index: usize) -> bool {
        let row = &self.rows[index];
        let open = |row: &Row| !matches!(row.state, Done | Discarded);
        matches!(row.state, Held | Pending)
            && row.ready_at <= self.now
            && row.depends_on.is_none_or(|on| self.rows[on].state == Done)
            && !self.rows[..index].iter().any(|earlier| earlier.key == row.key && open(earlier))
    }

    /// Also what depends on it by way of a row that was given up before.
    fn discard(&mut self, index: usize) {
        if !matches!(self.rows[index].state, Done | Discarded) {
            self.rows[index].state = Discarded;
        }
        for later in index + 1..self.rows.len() {
            if self.rows[later].depends_on == Some(index) {
                self.discard(later);
            }
        }
    }
}

fn name(index: usize) -> String {
    format!("op{index}")
}

/// Runs one step on both; the table must refuse exactly what the model does not allow.
fn take(tx: &Transaction<'_>, model: &mut Model, step: &Step) -> StoreResult<()> {
    match *step {
        Step::Pass(time) => model.now += time,
        Step::Enqueue { key, create, hold, depends } => enqueue(tx, model, key, create, hold, depends)?,
        Step::Claim(row) if row < model.rows.len() => {
            let expected = model.is_due(row);
            let claimed = table::claim(tx, &name(row), model.now)?;
            assert_eq!(claimed.is_some(), expected, "{step:?} on {model:?}");
            if expected {
                model.rows[row].state = Claimed;
                model.rows[row].attempts += 1;
            }
        }
        Step::Done(row) => {
            let result = table::mark_done(tx, &name(row), None, model.now);
            settle(model, row, &[Claimed, Review], Done, &result);
        }
        Step::BackToPending(row, wait) => {
            let until = model.now + wait;
            let result = table::back_to_pending(tx, &name(row), until, None);
            if settle(model, row, &[Claimed], Pending, &result) {
                model.rows[row].ready_at = until;
            }
        }
        Step::Block(row) => {
            let result = table::block(tx, &name(row), "{}");
            settle(model, row, &[Claimed, Pending], Blocked, &result);
        }
        Step::Review(row) => {
            let result = table::review(tx, &name(row), "{}");
            settle(model, row, &[Claimed], Review, &result);
        }
        Step::Retry(row) => {
            let result = table::retry(tx, &name(row), model.now);
            if settle(model, row, &[Blocked, Review, Pending], Pending, &result) {
                model.rows[row].ready_at = model.now;
            }
        }
        Step::Undo(row) => {
            let result = table::undo(tx, &name(row)).map(drop);
            if settle(model, row, &[Held], Discarded, &result) {
                model.discard(row);
            }
        }
        Step::Discard(row) => {
            let result = table::discard(tx, &name(row)).map(drop);
            if settle(model, row, &[Held, Pending, Blocked, Review], Discarded, &result) {
                model.discard(row);
            }
        }
        Step::Claim(row) => assert_eq!(table::claim(tx, &name(row), model.now)?, None),
    }
    Ok(())
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
        model.rows.push(Row {
            key,
            create,
            depends_on,
            state: if hold.is_some() { Held } else { Pending },
            ready_at: model.now + hold.unwrap_or(0),
            attempts: 0,
        });
    }
    Ok(())
}

/// Compares the table's answer with the allowed states and takes the step in the model.
fn settle(model: &mut Model, row: usize, from: &[OutboxState], to: OutboxState, result: &StoreResult<()>) -> bool {
    let state = model.rows.get(row).map(|row| row.state);
    let allowed = state.is_some_and(|state| from.contains(&state));
    match result {
        Ok(()) => assert!(allowed, "{to:?} was allowed from {state:?}"),
        Err(StoreError::WrongState { state: told }) => {
            assert!(!allowed, "{to:?} was refused from {state:?}");
            assert_eq!(*told, state);
        }
        Err(other) => panic!("{other}"),
    }
    if allowed {
        model.rows[row].state = to;
    }
    allowed
}

fn compare(tx: &Transaction<'_>, model: &Model) -> StoreResult<()> {
    let mut sending = Vec::new();
    for (index, expected) in model.rows.iter().enumerate() {
        let row = table::get(tx, &name(index))?.unwrap();
        assert_eq!((row.state, row.attempts), (expected.state, expected.attempts));
        if row.state == Claimed {
            assert!(!sending.contains(&expected.key), "one record is sent twice at once");
            sending.push(expected.key);
        }
    }
    let due: Vec<String> = table::due(tx, model.now)?.into_iter().map(|row| row.op_id).collect();
    let expected: Vec<String> = (0..model.rows.len()).filter(|index| model.is_due(*index)).map(name).collect();
    assert_eq!(due, expected);
    let next = table::next_due_at(tx)?;
    assert_eq!(next.is_some_and(|next| next <= model.now), !expected.is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_table_keeps_the_rules(steps in prop::collection::vec(step(), 1..60)) {
        let outcome = STORE.with(|(_, store)| store.write_now(|tx| {
            let mut model = Model::default();
            for step in &steps {
                take(tx, &mut model, step)?;
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
