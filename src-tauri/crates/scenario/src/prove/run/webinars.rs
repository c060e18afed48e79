//! The steps of webinars.

use liaison_sandbox::Service;
use serde_json::{Value, json};

use super::Run;
use super::rep::chosen;
use super::world::World;
use crate::prove::Broken;
use crate::prove::plan::{Decision, GroupDoes, WebinarStep};

const MANY: u32 = 200;
/// A member's status that only others write.
pub(crate) const THEIRS: &str = "Theirs";

impl Run {
    pub(super) fn of_webinar(&mut self, step: &WebinarStep) -> Result<(), Broken> {
        let world = self.site(Service::Zoom).world.clone();
        let webinar = |pick: usize| at(pick, &world.webinars);
        match step {
            WebinarStep::Register { pick, from, many } => {
                let people: Vec<String> = (0..*many).map(|next| at(from + next, &world.people)).collect();
                let ask = json!({ "webinar": webinar(*pick), "people": people });
                self.wish("register_people", json!({ "ask": ask }))?;
            }
            WebinarStep::OneClick { pick, whom } => {
                let person = at(*whom, &world.people);
                self.wish("register_person", json!({ "person": person, "webinar": webinar(*pick) }))?;
            }
            WebinarStep::Decide { pick, from, many, decision } => {
                let id = webinar(*pick);
                let asked = json!({ "webinar": id, "filter": {}, "offset": 0, "limit": MANY });
                let Ok(list) = self.call("list_registrants", asked)? else { return Ok(()) };
                let all = ids(&list["rows"]);
                if all.is_empty() {
                    return Ok(());
                }
                let mut chosen: Vec<String> = (0..*many).map(|next| at(from + next, &all)).collect();
                chosen.dedup();
                let asked = json!({ "webinar": id, "registrants": chosen, "decision": word(*decision) });
                self.wish("decide_registrants", asked)?;
            }
            WebinarStep::AddPanelist { pick, whom } => {
                let number = whom % 3;
                let person = json!({ "name": format!("Speaker {number}"), "email": speaker(number) });
                self.wish("add_panelists", json!({ "webinar": webinar(*pick), "people": [person] }))?;
            }
            WebinarStep::RemovePanelist { pick, whom } => {
                let id = webinar(*pick);
                let Ok(detail) = self.call("get_webinar", json!({ "id": id }))? else { return Ok(()) };
                let all = ids(&detail["panelists"]);
                if !all.is_empty() {
                    self.wish("remove_panelist", json!({ "webinar": id, "panelist": at(*whom, &all) }))?;
                }
            }
            WebinarStep::Campaign { pick, responded, new } => {
                self.campaign(&webinar(*pick), &world, *responded, *new)?;
            }
            WebinarStep::Group { pick, does } => self.group(*pick, *does)?,
            _ => self.webinar_by_others(step, &world),
        }
        Ok(())
    }

    fn campaign(&mut self, webinar: &str, world: &World, responded: bool, new: bool) -> Result<(), Broken> {
        let status = if responded { "Responded" } else { "Sent" };
        let statuses = json!({ "registered": status, "approved": status });
        let choice = json!({
            "campaign": if new { Value::Null } else { json!(world.campaign) },
            "name": if new { format!("New of {webinar}") } else { String::new() },
            "statuses": statuses, "addStatuses": false,
        });
        let asked = json!({ "webinar": webinar, "choice": choice });
        let Ok(plan) = self.call("plan_campaign", asked)? else { return Ok(()) };
        self.wish("run_campaign", json!({ "webinar": webinar, "choice": choice, "digest": plan["digest"] }))
    }

    fn group(&mut self, pick: usize, does: GroupDoes) -> Result<(), Broken> {
        let (can, command, paused) = match does {
            GroupDoes::Pause => ("canPause", "pause_outbox_group", Some(true)),
            GroupDoes::Resume => ("canResume", "pause_outbox_group", Some(false)),
            GroupDoes::Stop => ("canStop", "stop_outbox_group", None),
            GroupDoes::Undo => ("canUndo", "undo_outbox_group", None),
            GroupDoes::Retry => ("canRetry", "retry_outbox_group", None),
        };
        let Ok(outbox) = self.call("list_outbox", json!({}))? else { return Ok(()) };
        let groups = outbox["groups"].as_array().cloned().unwrap_or_default();
        let fit: Vec<String> = groups
            .iter()
            .rev()
            .filter(|group| group[can] == json!(true))
            .filter_map(|group| Some(group["id"].as_str()?.to_owned()))
            .collect();
        let Some(id) = chosen(&fit, pick) else { return Ok(()) };
        let mut arguments = json!({ "id": id });
        if let Some(paused) = paused {
            arguments["paused"] = json!(paused);
        }
        self.wish(command, arguments)
    }

    /// A group that is paused waits for the rep.
    pub(super) fn resume_groups(&mut self) -> Result<(), Broken> {
        let Ok(outbox) = self.call("list_outbox", json!({}))? else { return Ok(()) };
        for group in outbox["groups"].as_array().into_iter().flatten() {
            if group["canResume"] == json!(true) {
                self.call("pause_outbox_group", json!({ "id": group["id"], "paused": false }))?.ok();
            }
        }
        Ok(())
    }

    fn webinar_by_others(&mut self, step: &WebinarStep, world: &World) {
        let site = self.site(Service::Salesforce);
        let others = site.others();
        match step {
            WebinarStep::DecidedThere { pick, whom, decision } => {
                let id = at(*pick, &world.webinars);
                let person = json!({ "email": at(*whom, &world.emails) });
                let body = json!({ "action": word(*decision), "registrants": [person] });
                others.in_zoom("PUT", &format!("/webinars/{id}/registrants/status"), &body);
            }
            WebinarStep::EditMember { pick } => {
                if let Some((_, id)) = chosen(&site.records("CampaignMember"), *pick) {
                    others.edit_record(&id, "Status", THEIRS);
                }
            }
            WebinarStep::DeleteMember { pick } => {
                if let Some((_, id)) = chosen(&site.records("CampaignMember"), *pick) {
                    others.delete_record(&id);
                }
            }
            WebinarStep::AddMember { whom } => {
                let person = at(*whom, &world.people);
                let contact = person.rsplit(':').next().unwrap_or_default();
                let member = json!({ "CampaignId": world.campaign, "ContactId": contact, "Status": THEIRS });
                others.create_record("CampaignMember", &member);
            }
            _ => {}
        }
    }
}

fn at(pick: usize, all: &[String]) -> String {
    all.get(pick % all.len().max(1)).cloned().unwrap_or_default()
}

fn ids(rows: &Value) -> Vec<String> {
    rows.as_array().into_iter().flatten().filter_map(|row| Some(row["id"].as_str()?.to_owned())).collect()
}

fn speaker(number: usize) -> String {
    format!("speaker{number}@globex.example")
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "approve",
        Decision::Deny => "deny",
        Decision::Cancel => "cancel",
    }
}
