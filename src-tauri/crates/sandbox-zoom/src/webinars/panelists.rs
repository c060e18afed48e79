//! The people on the panel of a webinar.

use std::collections::BTreeMap;

use liaison_sandbox_kernel::locked;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::named;
use crate::account::{Account, MEETING_HOST};
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::meetings::fields::{Fields, is_email};
use crate::meetings::instant;
use crate::secrets;

const MOST_AT_ONCE: usize = 30;
/// Seats of the webinar add-on.
const MOST: usize = 100;

/// One person on a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Panelist {
    pub id: String,
    pub name: String,
    pub email: String,
    pub tag: Tag,
}

/// What a name tag on the picture says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tag {
    id: String,
    name: String,
    pronouns: String,
    description: String,
    background: String,
}

/// The panels of all webinars, by number.
#[derive(Debug, Default)]
pub(crate) struct Panels {
    by_webinar: BTreeMap<u64, Vec<Panelist>>,
}

impl Panels {
    pub fn of(&self, webinar: u64) -> &[Panelist] {
        self.by_webinar.get(&webinar).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, webinar: u64, email: &str) -> bool {
        self.of(webinar).iter().any(|one| one.email.eq_ignore_ascii_case(email))
    }

    pub fn add(&mut self, webinar: u64, name: &str, email: &str, rng: &mut impl RngCore) {
        self.put(webinar, name, email, Tag::default(), rng);
    }

    /// Somebody who is on the panel already keeps id and link.
    fn put(&mut self, webinar: u64, name: &str, email: &str, tag: Tag, rng: &mut impl RngCore) {
        let panel = self.by_webinar.entry(webinar).or_default();
        if let Some(known) = panel.iter_mut().find(|one| one.email.eq_ignore_ascii_case(email)) {
            name.clone_into(&mut known.name);
            known.tag = tag;
            return;
        }
        let id = secrets::short_id(rng);
        panel.push(Panelist { id, name: name.to_owned(), email: email.to_owned(), tag });
    }
}

/// `GET /webinars/{webinarId}/panelists`.
pub(super) fn list(account: &Account, call: &Call) -> Outcome {
    let webinar = named(account, call)?;
    let panels = locked(&account.panels);
    let panel = panels.of(webinar.id);
    let shown: Vec<Value> = panel
        .iter()
        .map(|one| {
            json!({
                "id": one.id, "name": one.name, "email": one.email,
                "join_url": format!("{MEETING_HOST}/w/{}?tk={}&pwd={}", webinar.id, one.id, webinar.embedded_passcode),
                "virtual_background_id": one.tag.background, "name_tag_id": one.tag.id,
                "name_tag_name": one.tag.name, "name_tag_pronouns": one.tag.pronouns,
                "name_tag_description": one.tag.description,
            })
        })
        .collect();
    Ok(Answer::ok(json!({ "total_records": shown.len(), "panelists": shown })))
}

/// `POST /webinars/{webinarId}/panelists`: at most thirty at once; the answer does not say their ids.
pub(super) fn add(account: &Account, call: &Call) -> Outcome {
    let webinar = named(account, call)?;
    let body = call.object()?;
    let mut fields = Fields::new(&body, "");
    let list = fields.objects("panelists").cloned().unwrap_or_default();
    if list.is_empty() || list.len() > MOST_AT_ONCE {
        fields.wrong("panelists");
    }
    let mut people = Vec::new();
    for entry in list.iter().filter_map(Value::as_object) {
        let mut one = Fields::new(entry, "panelists.");
        let mut text = |name: &str| one.text(name, 128).unwrap_or_default();
        let (name, email) = (text("name"), text("email"));
        let tag = Tag {
            id: text("name_tag_id"),
            name: text("name_tag_name"),
            pronouns: text("name_tag_pronouns"),
            description: text("name_tag_description"),
            background: text("virtual_background_id"),
        };
        for error in one.into_errors() {
            fields.wrong_because(&error.field, &error.message);
        }
        if name.is_empty() {
            fields.wrong("panelists.name");
        }
        if !is_email(&email) {
            fields.wrong("panelists.email");
        }
        people.push((name, email, tag));
    }
    let errors = fields.into_errors();
    if !errors.is_empty() {
        return Err(Refusal::validation(errors));
    }
    let mut panels = locked(&account.panels);
    if panels.of(webinar.id).len() + people.len() > MOST {
        let message = "You have reached the limit for the number of panelists you can add. Contact Zoom Support for \
                       more information.";
        return Err(Refusal::bad_request(3000, message));
    }
    let mut rng = ChaCha8Rng::from_os_rng();
    let emails: Vec<String> = people.iter().map(|(_, email, _)| email.clone()).collect();
    for (name, email, tag) in people {
        panels.put(webinar.id, &name, &email, tag, &mut rng);
    }
    drop(panels);
    account.record("webinar.panelists_added", webinar.id.to_string(), json!({ "emails": emails }));
    Ok(Answer::created(json!({ "id": webinar.id.to_string(), "updated_at": instant(account.now()) })))
}

/// `DELETE /webinars/{webinarId}/panelists`.
pub(super) fn remove_all(account: &Account, call: &Call) -> Outcome {
    let webinar = named(account, call)?;
    let removed = locked(&account.panels).by_webinar.remove(&webinar.id).unwrap_or_default();
    if !removed.is_empty() {
        let detail = json!({ "emails": removed.iter().map(|one| one.email.as_str()).collect::<Vec<_>>() });
        account.record("webinar.panelists_removed", webinar.id.to_string(), detail);
    }
    Ok(Answer::no_content())
}

/// `DELETE /webinars/{webinarId}/panelists/{panelistId}`; the id may be the address as well.
pub(super) fn remove(account: &Account, call: &Call) -> Outcome {
    let webinar = named(account, call)?;
    let wanted = call.segment(1);
    let mut panels = locked(&account.panels);
    let panel = panels.by_webinar.entry(webinar.id).or_default();
    let is_wanted = |one: &Panelist| one.id == wanted || one.email.eq_ignore_ascii_case(&wanted);
    let emails: Vec<String> = panel.iter().filter(|one| is_wanted(one)).map(|one| one.email.clone()).collect();
    panel.retain(|one| !is_wanted(one));
    drop(panels);
    if emails.is_empty() {
        return Err(Refusal::bad_request(300, "The panelist does not exist."));
    }
    account.record("webinar.panelists_removed", webinar.id.to_string(), json!({ "emails": emails }));
    Ok(Answer::no_content())
}
