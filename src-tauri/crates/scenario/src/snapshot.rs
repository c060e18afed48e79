//! What is there: in Salesforce, in Zoom, in the app, on the desktop.

use liaison_sandbox::Sandbox;
use serde_json::{Map, Value, json};

use crate::app::{Order, Told};
use crate::stage::{Stage, StageError};

/// Objects whose records are shown; others are shown where there are expectations of them.
const OBJECTS: [&str; 8] =
    ["Account", "Contact", "Lead", "Event", "EventRelation", "Task", "Campaign", "CampaignMember"];

impl Stage {
    /// Everything that expectations may be about.
    ///
    /// # Errors
    /// The app's process is gone.
    pub async fn snapshot(&mut self) -> Result<Value, StageError> {
        let desktop = match self.order(&Order::Desktop).await? {
            Told::Done(value) | Told::Refused(value) => value,
            Told::Wrong(reason) => json!({ "wrong": reason }),
        };
        let part = |name: &str| desktop.get(name).cloned().unwrap_or_default();
        Ok(json!({
            "now": self.sandbox.shared().clock.now(),
            "salesforce": salesforce(self)?,
            "zoom": zoom(&self.sandbox).await,
            "effects": self.sandbox.shared().journal.since(self.begun),
            "app": self.answer("get_app_state", json!({})).await?,
            "today": self.answer("get_day", json!({ "offset": 0 })).await?,
            "outbox": self.answer("list_outbox", json!({})).await?,
            "opened": part("opened"),
            "copied": part("copied"),
            "saved": part("saved"),
            "said": part("said"),
            "shown": part("shown"),
            "requests": self.sandbox.requests().counts(),
        }))
    }

    /// A command's answer, or its refusal under `refused`.
    async fn answer(&mut self, name: &str, arguments: Value) -> Result<Value, StageError> {
        let order = Order::Command { name: name.to_owned(), arguments };
        Ok(match self.order(&order).await? {
            Told::Done(answer) => answer,
            Told::Refused(refusal) => json!({ "refused": refusal }),
            Told::Wrong(reason) => json!({ "wrong": reason }),
        })
    }
}

/// Records by object, without the fields that are empty.
fn salesforce(stage: &Stage) -> Result<Value, StageError> {
    let mut objects = Map::new();
    for object in OBJECTS {
        let described = stage.ask_salesforce("GET", &format!("/sobjects/{object}/describe"), None);
        let Ok(described) = described else { continue };
        let fields = described.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let names: Vec<&str> = fields.iter().filter_map(|field| field.get("name")?.as_str()).collect();
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &format!("SELECT {} FROM {object} ORDER BY Id", names.join(", ")))
            .finish();
        let found = stage.ask_salesforce("GET", &format!("/queryAll?{query}"), None)?;
        let records = found.get("records").and_then(Value::as_array).cloned().unwrap_or_default();
        objects.insert(object.to_owned(), records.into_iter().map(without_nothing).collect());
    }
    Ok(Value::Object(objects))
}

fn without_nothing(record: Value) -> Value {
    match record {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, value)| !value.is_null() && name != "attributes")
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

/// Whoever has the start link is the host.
fn without_start_link(mut meeting: Value) -> Value {
    if let Some(fields) = meeting.as_object_mut() {
        fields.remove("start_url");
    }
    meeting
}

/// The user's meetings and webinars, each as its own page shows it.
async fn zoom(sandbox: &Sandbox) -> Value {
    let mut all = Map::new();
    for (family, list) in
        [("meetings", "meetings?type=scheduled&page_size=300"), ("webinars", "webinars?page_size=300")]
    {
        let listed = sandbox.zoom().in_person("GET", &format!("/users/me/{list}"), None).await.unwrap_or_default();
        let rows = listed.get(family).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut ids: Vec<u64> = rows.iter().filter_map(|row| row.get("id")?.as_u64()).collect();
        ids.dedup();
        let mut whole = Vec::new();
        for id in ids {
            match sandbox.zoom().in_person("GET", &format!("/{family}/{id}"), None).await {
                Ok(one) => whole.push(without_start_link(one)),
                Err((status, answer)) => whole.push(json!({ "id": id, "status": status, "answer": answer })),
            }
        }
        all.insert(family.to_owned(), Value::Array(whole));
    }
    Value::Object(all)
}
