//! The steps of a plan: what the rep does in the window, and what others do meanwhile.

use liaison_sandbox::Service;
use serde_json::{Value, json};

use super::site::Site;
use super::{Run, Sheet};
use crate::prove::Broken;
use crate::prove::plan::{Field, Step};

/// What users are busy with: so many of the latest.
const BUSY_WITH: usize = 6;

impl Run {
    pub(super) fn plain(&mut self, step: &Step) -> Result<(), Broken> {
        match step {
            Step::Schedule { event, twice, refused } => self.schedule(*event, *twice, *refused)?,
            Step::PressAgain { pick } => self.press_again(*pick)?,
            Step::Log { pick } => self.of_meeting("log_event", *pick)?,
            Step::Change { pick, what } => self.change(*pick, *what)?,
            Step::Cancel { pick } => self.of_meeting("cancel_meeting", *pick)?,
            Step::UndoScheduling { pick } => self.of_meeting("undo_scheduling", *pick)?,
            Step::Undo { pick } => self.of_row("undo_outbox_item", "canUndo", *pick)?,
            Step::Discard { pick } => self.of_row("discard_outbox_item", "canDiscard", *pick)?,
            Step::Restore { pick } => self.of_row("restore_outbox_item", "canRestore", *pick)?,
            Step::Retry { pick } => self.of_row("retry_outbox_item", "canRetry", *pick)?,
            Step::Edit { pick } => self.edit(*pick)?,
            Step::Decide { pick, mine } => {
                if let Some(id) = self.row("canDecide", *pick)? {
                    self.seen.decided.insert(id.clone());
                    self.decide("decide_outbox_item", json!({ "id": id, "mine": mine }))?;
                }
            }
            Step::Pause(paused) => {
                self.call("pause_outbox", json!({ "paused": paused }))?.ok();
            }
            Step::Advance(by) => self.advance(*by)?,
            Step::Sync => {
                self.decide("sync_now", json!({}))?;
            }
            Step::Restart => {
                self.computer().quit()?;
                self.start()?;
            }
            Step::SignOut(provider) => self.sign_out(*provider)?,
            // Nobody signs in without a network.
            Step::SignIn(_) | Step::OtherComputer | Step::OtherAccount(_) if !self.online => {}
            Step::SignIn(provider) => self.sign_in(*provider)?,
            Step::Online(online) => self.reach(*online),
            Step::OtherComputer => self.other_computer()?,
            Step::OtherAccount(provider) => {
                let site = self.computers[self.at].site(super::service_of(*provider));
                self.enter(*provider, (site + 1) % self.sites.len())?;
            }
            Step::Fault(fault) => self.spoil(fault)?,
            Step::EditInZoom { .. }
            | Step::DeleteInZoom { .. }
            | Step::EditInSalesforce { .. }
            | Step::DeleteInSalesforce { .. } => self.by_others(step),
            Step::Call(step) => self.of_call(step)?,
            Step::Webinar(step) => self.of_webinar(step)?,
            Step::Series(step) => self.of_series(step)?,
            Step::Side(step) => self.of_sides(step)?,
            Step::Pass(minutes) => self.pass(*minutes)?,
            Step::Crash { .. } => {}
        }
        Ok(())
    }

    fn schedule(&mut self, event: bool, twice: bool, refused: bool) -> Result<(), Broken> {
        let topic = self.text(if refused { "Refused Demo" } else { "Demo" });
        self.schedule_with(&topic, &json!({ "logEvent": event }), twice)
    }

    /// A sheet with this topic and what else is filled in.
    pub(super) fn schedule_with(&mut self, topic: &str, more: &Value, twice: bool) -> Result<(), Broken> {
        let person = format!("Lead:{}", self.site(Service::Salesforce).person);
        let draft = match self.call("new_draft", json!({ "person": person, "at": null }))? {
            Ok(draft) => draft,
            Err(_) => match self.call("new_draft", json!({ "person": null, "at": null }))? {
                Ok(draft) => draft,
                Err(_) => return Ok(()),
            },
        };
        let mut draft = draft;
        draft["topic"] = json!(topic);
        for (name, value) in more.as_object().into_iter().flatten() {
            draft[name] = value.clone();
        }
        let id = draft["id"].as_str().unwrap_or_default().to_owned();
        let topic = topic.to_owned();
        self.seen.sheets.push(Sheet { id, topic, computer: self.at, draft, kept: false, made: false });
        let last = self.seen.sheets.len() - 1;
        self.press(last)?;
        if twice && self.computer().is_on() {
            self.press(last)?;
        }
        Ok(())
    }

    fn press(&mut self, sheet: usize) -> Result<(), Broken> {
        self.seen.asked.insert(self.number);
        let draft = self.seen.sheets[sheet].draft.clone();
        match self.decide("schedule_meeting", json!({ "draft": draft }))? {
            Some(Ok(_)) => {
                self.seen.sheets[sheet].kept = true;
                self.seen.sheets[sheet].made = true;
            }
            Some(Err(refusal)) => {
                let early = ["invalid", "notConnected", "signInNeeded"].map(|kind| json!(kind));
                self.seen.sheets[sheet].kept |= !early.contains(&refusal["kind"]);
            }
            None => {}
        }
        Ok(())
    }

    fn press_again(&mut self, pick: usize) -> Result<(), Broken> {
        let own: Vec<usize> =
            (0..self.seen.sheets.len()).filter(|sheet| self.seen.sheets[*sheet].computer == self.at).collect();
        match chosen(&own, pick) {
            Some(sheet) => self.press(sheet),
            None => Ok(()),
        }
    }

    fn of_meeting(&mut self, command: &str, pick: usize) -> Result<(), Broken> {
        let Some((_, id)) = chosen(&self.all(Site::meetings), pick) else { return Ok(()) };
        if command == "log_event" {
            self.seen.wanted_again += 1;
        } else {
            self.wants_gone(&id);
        }
        self.decide(command, json!({ "id": id }))?;
        Ok(())
    }

    fn change(&mut self, pick: usize, what: Field) -> Result<(), Broken> {
        let Some((_, id)) = chosen(&self.all(Site::meetings), pick) else { return Ok(()) };
        self.change_to(&id, what, None)
    }

    /// Changes a meeting, or dates of a series.
    pub(super) fn change_to(&mut self, id: &str, what: Field, scope: Option<&str>) -> Result<(), Broken> {
        let Ok(mut draft) = self.call("edit_meeting", json!({ "id": id }))? else { return Ok(()) };
        match what {
            Field::Topic => draft["topic"] = json!(self.text("Topic")),
            Field::Text => draft["agenda"] = json!(self.text("Agenda")),
            Field::Start => {
                let start = self.start_time();
                draft["date"] = json!(start.format("%Y-%m-%d").to_string());
                draft["time"] = json!(start.format("%H:%M").to_string());
                draft["zone"] = json!("Europe/Amsterdam");
            }
        }
        self.decide("change_meeting", json!({ "id": id, "draft": draft, "scope": scope }))?;
        Ok(())
    }

    fn of_row(&mut self, command: &str, can: &str, pick: usize) -> Result<(), Broken> {
        // Now and then what the window does not offer, for it may be late.
        let can = if pick % 7 == 6 { "id" } else { can };
        let Some(id) = self.row(can, pick)? else { return Ok(()) };
        if command == "retry_outbox_item" {
            self.seen.asked.insert(self.number);
        }
        if command != "discard_outbox_item" {
            self.seen.wanted_again += 1;
        }
        self.seen.decided.insert(id.clone());
        self.decide(command, json!({ "id": id }))?;
        Ok(())
    }

    /// The meeting, or one of its dates, is to go, and its Event with it.
    pub(super) fn wants_gone(&mut self, meeting: &str) {
        let number = meeting.split(':').next().unwrap_or_default();
        self.seen.wanted_gone.insert(number.to_owned());
    }

    fn edit(&mut self, pick: usize) -> Result<(), Broken> {
        let Some(id) = self.row("canEdit", pick)? else { return Ok(()) };
        let text = self.text("Edited");
        self.decide("edit_outbox_item", json!({ "id": id, "texts": [{ "name": "Subject", "text": text }] }))?;
        Ok(())
    }

    fn row(&mut self, can: &str, pick: usize) -> Result<Option<String>, Broken> {
        let Ok(outbox) = self.call("list_outbox", json!({}))? else { return Ok(None) };
        let items = outbox["items"].as_array().cloned().unwrap_or_default();
        let fit: Vec<String> = items
            .iter()
            .rev()
            .filter(|item| item[can] != json!(false))
            .filter_map(|item| Some(item["id"].as_str()?.to_owned()))
            .collect();
        Ok(chosen(&fit, pick))
    }

    fn by_others(&mut self, step: &Step) {
        let found = match step {
            Step::EditInZoom { pick, .. } | Step::DeleteInZoom { pick } => chosen(&self.all(Site::meetings), *pick),
            Step::EditInSalesforce { pick, .. } | Step::DeleteInSalesforce { pick } => {
                chosen(&self.all(Site::events), *pick)
            }
            _ => None,
        };
        let Some((site, id)) = found else { return };
        let others = self.sites[site].others();
        match step {
            Step::EditInZoom { what, .. } => {
                let value = match what {
                    Field::Start => self.start_time_utc(),
                    _ => self.text_at(site, "Theirs"),
                };
                others.edit_meeting(&id, *what, &value);
            }
            Step::DeleteInZoom { .. } => others.delete_meeting(&id),
            Step::EditInSalesforce { what, .. } => others.edit_activity(&id, *what, &self.text("Theirs")),
            _ => others.delete_record(&id),
        }
    }

    pub(super) fn start_time_utc(&mut self) -> String {
        self.start_time().format("%Y-%m-%dT%H:%M:00Z").to_string()
    }

    /// Of all accounts, in the order of their making, with the account.
    pub(super) fn all(&self, of: impl Fn(&Site) -> Vec<(i64, String)>) -> Vec<(usize, String)> {
        let numbered = self.sites.iter().enumerate();
        let mut all: Vec<(i64, usize, String)> =
            numbered.flat_map(|(number, site)| of(site).into_iter().map(move |(at, id)| (at, number, id))).collect();
        all.sort_by_key(|(at, number, _)| (*at, *number));
        all.into_iter().map(|(_, number, id)| (number, id)).collect()
    }
}

/// The latest are what users are busy with.
pub(super) fn chosen<T: Clone>(all: &[T], pick: usize) -> Option<T> {
    all.iter().rev().nth(pick % all.len().clamp(1, BUSY_WITH)).cloned()
}
