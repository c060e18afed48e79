//! The steps of calls.

use liaison_sandbox::Service;
use serde_json::json;

use super::rep::chosen;
use super::{LeadSheet, Run};
use crate::prove::Broken;
use crate::prove::plan::CallStep;

/// The day on which something is to be done.
const LATER: &str = "2026-12-03";

impl Run {
    pub(super) fn of_call(&mut self, step: &CallStep) -> Result<(), Broken> {
        let at = |pick: usize, all: &[String]| all.get(pick % all.len().max(1)).cloned().unwrap_or_default();
        let world = self.site(Service::Zoom).world.clone();
        let call = |pick: usize| at(pick, &world.calls);
        match step {
            CallStep::Log { pick } => self.wish("log_calls", json!({ "ids": [call(*pick)] }))?,
            CallStep::LogSeveral { from, many } => {
                let ids: Vec<String> = (0..*many).map(|next| call(from + next)).collect();
                self.wish("log_calls", json!({ "ids": ids }))?;
            }
            CallStep::Unlog { pick } => self.wish("unlog_call", json!({ "id": call(*pick) }))?,
            CallStep::Link { pick, whom } => {
                let person = at(*whom, &world.people);
                self.wish("link_call", json!({ "id": call(*pick), "person": person, "scope": "thisCall" }))?;
            }
            CallStep::Unlink { pick } => self.wish("unlink_call", json!({ "id": call(*pick) }))?,
            CallStep::Ignore { pick } => {
                self.wish("ignore_call", json!({ "id": call(*pick), "scope": "thisCall" }))?;
            }
            CallStep::Note { pick } => {
                let note = self.text("Note");
                let kept = json!({ "note": note, "disposition": null });
                self.call("keep_call_note", json!({ "id": call(*pick), "note": kept }))?.ok();
                self.wish("log_calls", json!({ "ids": [call(*pick)] }))?;
            }
            CallStep::FollowUp { pick } => self.follow_up(&call(*pick))?,
            CallStep::Lead { pick, twice } => {
                let place = pick % world.calls.len().max(1);
                self.lead(&call(*pick), &at(place, &world.lines), *twice)?;
            }
            CallStep::EditTask { .. } | CallStep::DeleteTask { .. } | CallStep::LoggedByOthers { .. } => {
                self.task_by_others(step);
            }
        }
        Ok(())
    }

    /// What the rep wants of something that may be there already.
    pub(super) fn wish(&mut self, name: &str, arguments: serde_json::Value) -> Result<(), Broken> {
        self.seen.wanted_again += 1;
        self.decide(name, arguments).map(drop)
    }

    fn follow_up(&mut self, call: &str) -> Result<(), Broken> {
        let subject = self.text("Call back");
        let follow_up = json!({ "subject": subject, "day": LATER, "time": "15:30", "note": "" });
        if let Some(Ok(_)) = self.decide("plan_follow_up", json!({ "id": call, "followUp": follow_up }))? {
            self.seen.follow_ups.push(subject);
        }
        Ok(())
    }

    fn lead(&mut self, call: &str, line: &str, twice: bool) -> Result<(), Broken> {
        let name = self.text("Newcomer");
        let id = format!("sheet-{}", name.replace(' ', "-"));
        let values = [("LastName", name.as_str()), ("Company", "Acme"), ("Phone", line)];
        let values: Vec<_> = values.iter().map(|(name, text)| json!({ "name": name, "text": text })).collect();
        let draft = json!({ "id": id, "call": call, "recordType": null, "values": values, "beside": true });
        self.seen.leads.push(LeadSheet { id, name, computer: self.at, kept: false });
        let last = self.seen.leads.len() - 1;
        for _ in 0..if twice { 2 } else { 1 } {
            if !self.computer().is_on() {
                break;
            }
            if let Some(Ok(answer)) = self.decide("make_lead", json!({ "draft": draft }))? {
                let kept = ["made", "waiting"].map(|kind| json!(kind));
                self.seen.leads[last].kept |= kept.contains(&answer["kind"]);
            }
        }
        Ok(())
    }

    fn task_by_others(&mut self, step: &CallStep) {
        match step {
            CallStep::EditTask { pick, what } => {
                let Some((site, id)) = chosen(&self.all(|site| site.records("Task")), *pick) else { return };
                let value = self.text("Theirs");
                self.sites[site].others().edit_activity(&id, *what, &value);
            }
            CallStep::DeleteTask { pick } => {
                let Some((site, id)) = chosen(&self.all(|site| site.records("Task")), *pick) else { return };
                self.sites[site].others().delete_record(&id);
            }
            CallStep::LoggedByOthers { pick } => {
                let site = self.site(Service::Salesforce);
                let calls = &site.world.calls;
                let call = calls.get(pick % calls.len().max(1)).cloned().unwrap_or_default();
                let task = json!({
                    "Subject": "Call", "Status": "Completed", "TaskSubtype": "Call", "CallObject": call,
                    "CallDurationInSeconds": 45, "CallType": "Inbound", "ActivityDate": "2026-12-01",
                });
                site.others().create_record("Task", &task);
            }
            _ => {}
        }
    }
}
