//! The first steps: a list that ticks itself by what really happened, until it is put away.
//!
//! One value of the table `settings`, in a form of its own. Whoever did a step says so here; nothing is counted, and a
//! step stays done.

pub(crate) mod view;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use liaison_store::tables::settings;
use liaison_store::{Connection, StoreResult, Transaction};
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::engine::Engine;
use crate::failure::Error;
use view::{FirstStep, FirstStepRow, FirstSteps};

const KEY: &str = "first_steps";
const VERSION: u32 = 1;

/// A step, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Step {
    Meeting,
    Call,
    Palette,
    Schedule,
    Hotkey,
}

const ALL: [Step; 5] = [Step::Meeting, Step::Call, Step::Palette, Step::Schedule, Step::Hotkey];

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Kept {
    version: u32,
    #[serde(deserialize_with = "crate::lenient::readable")]
    done: Vec<Step>,
    put_away: bool,
}

impl Kept {
    fn from_json(json: &str) -> Self {
        serde_json::from_str(json)
            .map_err(|error| tracing::error!(%error, "the first steps can't be read"))
            .unwrap_or_default()
    }

    fn to_json(&self) -> String {
        // Plain fields: they can always be written.
        serde_json::to_string(&Self { version: VERSION, ..self.clone() }).unwrap_or_default()
    }
}

fn read(db: &Connection) -> StoreResult<Kept> {
    Ok(settings::get(db, KEY)?.map(|json| Kept::from_json(&json)).unwrap_or_default())
}

fn change(tx: &Transaction<'_>, change: impl FnOnce(&mut Kept)) -> StoreResult<()> {
    let before = read(tx)?;
    let mut kept = before.clone();
    change(&mut kept);
    if kept == before { Ok(()) } else { settings::set(tx, KEY, &kept.to_json()) }
}

/// What was noted since the profile was opened: the same step is done a hundred times a day.
#[derive(Default)]
struct Noted(Mutex<BTreeSet<Step>>);

impl Context {
    /// A step was done. That it can't be kept is no reason for what was done to fail.
    pub(crate) async fn note_step(&self, step: Step) {
        if !self.state::<Noted>().0.lock().unwrap_or_else(PoisonError::into_inner).insert(step) {
            return;
        }
        let kept = self.store.write(move |tx| {
            change(tx, |kept| {
                if !kept.done.contains(&step) {
                    kept.done.push(step);
                }
            })
        });
        if let Err(error) = kept.await {
            tracing::warn!(%error, "a first step could not be kept");
        }
    }
}

impl Engine {
    /// The first steps, and which of them were done.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn first_steps(&self) -> Result<FirstSteps, Error> {
        let kept = self.profile().await?.store.read(read).await?;
        let row = |step: Step| FirstStepRow { step: step.into(), done: kept.done.contains(&step) };
        Ok(FirstSteps { steps: ALL.map(row).to_vec(), shown: !kept.put_away })
    }

    /// Puts the list away, or brings it back.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn show_first_steps(&self, shown: bool) -> Result<(), Error> {
        let cx = self.profile().await?;
        Ok(cx.store.write(move |tx| change(tx, |kept| kept.put_away = !shown)).await?)
    }

    /// A key of the system was set, or its command was used.
    pub async fn hotkey_was_used(&self) {
        if let Ok(cx) = self.profile().await {
            cx.note_step(Step::Hotkey).await;
        }
    }
}

impl From<Step> for FirstStep {
    fn from(step: Step) -> Self {
        match step {
            Step::Meeting => Self::Meeting,
            Step::Call => Self::Call,
            Step::Palette => Self::Palette,
            Step::Schedule => Self::Schedule,
            Step::Hotkey => Self::Hotkey,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As this version writes it; a change here is a change of what is stored.
    const THIS_FORM: &str = r#"{"version":1,"done":["meeting","call","palette","schedule","hotkey"],"putAway":true}"#;

    #[test]
    fn this_form_is_written_and_read_and_an_odd_step_takes_no_other_with_it() {
        let all = Kept { version: VERSION, done: ALL.to_vec(), put_away: true };
        assert_eq!(all.to_json(), THIS_FORM);
        assert_eq!(Kept::from_json(THIS_FORM), all);
        let newer = Kept::from_json(r#"{"done":["call","dance",7],"more":1}"#);
        assert_eq!((newer.done, newer.put_away), (vec![Step::Call], false));
        assert_eq!(Kept::from_json("no JSON"), Kept::default());
    }
}
