//! What the services hold beside meetings, where a run is about it.

use liaison_sandbox::{SalesforceRows, Sandbox, ZoomRows};
use serde_json::{Value, json};

use crate::prove::Broken;

/// People with telephones and addresses.
const NAMES: [(&str, &str); 6] =
    [("Anna", "Visser"), ("Bo", "Dekker"), ("Cy", "Jansen"), ("Dana", "Smit"), ("Eva", "Bos"), ("Finn", "Kok")];
/// Numbers of calls: of the first people, and of nobody.
const LINES: [&str; 6] =
    ["+31612345601", "+31612345602", "+31612345603", "+31612345604", "+31687650001", "+31687650002"];
/// Calls, by whose line they are of.
const CALLED: [usize; 8] = [0, 0, 1, 2, 3, 4, 4, 5];
/// Approves by itself, and waits for the host.
const WEBINARS: [(u64, u8); 2] = [(95_204_914_252, 0), (95_204_914_253, 1)];

/// Who and what there is to work with.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    /// Contacts, as the app names them.
    pub people: Vec<String>,
    pub emails: Vec<String>,
    pub calls: Vec<String>,
    /// The number of each call.
    pub lines: Vec<String>,
    pub webinars: Vec<String>,
    pub campaign: String,
}

pub(super) fn of_calls(sandbox: &Sandbox) -> Result<World, Broken> {
    let (people, emails) = people(sandbox)?;
    let call = |(number, line): (usize, &usize)| {
        let (start, end) = (format!("2026-12-01T06:{number:02}:00Z"), format!("2026-12-01T06:{number:02}:50Z"));
        json!({
            "call_element_id": format!("20261201-leg-{number}"), "call_history_uuid": format!("20261201-{number}"),
            "call_id": call_id(number), "direction": "inbound", "event": "incoming", "connect_type": "external",
            "start_time": start, "caller_did_number": LINES[*line], "caller_name": "", "result": "answered",
            "answer_time": format!("2026-12-01T06:{number:02}:05Z"), "talk_time": 45, "end_time": end, "wait_time": 5,
        })
    };
    let calls: Vec<Value> = CALLED.iter().enumerate().map(call).collect();
    load(sandbox, &json!({ "calls": calls }))?;
    Ok(World {
        people,
        emails,
        calls: (0..CALLED.len()).map(call_id).collect(),
        lines: CALLED.iter().map(|line| LINES[*line].to_owned()).collect(),
        ..World::default()
    })
}

fn call_id(number: usize) -> String {
    format!("70183170237229491{number:02}")
}

pub(super) fn of_webinars(sandbox: &Sandbox) -> Result<World, Broken> {
    let (people, emails) = people(sandbox)?;
    let webinar = |(id, approval): &(u64, u8)| {
        json!({
            "id": id, "topic": format!("Launch {id}"), "type": 5, "start_time": "2026-12-20T14:00:00Z", "duration": 60,
            "timezone": "Europe/Amsterdam", "settings": { "approval_type": approval },
        })
    };
    load(sandbox, &json!({ "webinars": WEBINARS.iter().map(webinar).collect::<Vec<_>>() }))?;
    let campaign = "701000000000001AAA";
    let status = |id: &str, label: &str, first: bool| {
        json!({
            "Id": id, "CampaignId": campaign, "Label": label, "IsDefault": first, "HasResponded": !first,
            "SortOrder": if first { 1 } else { 2 },
        })
    };
    put(
        sandbox,
        json!({
            "Campaign": [{ "Id": campaign, "Name": "Launch", "IsActive": true }],
            "CampaignMemberStatus": [
                status("01Y000000000001EAA", "Sent", true), status("01Y000000000002EAA", "Responded", false),
                status("01Y000000000003EAA", "Theirs", false),
            ],
        }),
    )?;
    Ok(World {
        people,
        emails,
        webinars: WEBINARS.iter().map(|(id, _)| id.to_string()).collect(),
        campaign: campaign.to_owned(),
        ..World::default()
    })
}

fn people(sandbox: &Sandbox) -> Result<(Vec<String>, Vec<String>), Broken> {
    let emails: Vec<String> =
        NAMES.iter().map(|(first, _)| format!("{}@globex.example", first.to_lowercase())).collect();
    let contact = |(number, (first, last)): (usize, &(&str, &str))| json!({ "FirstName": first, "LastName": last, "Email": emails[number], "MobilePhone": LINES.get(number).filter(|_| number < 4) });
    let contacts: Vec<Value> = NAMES.iter().enumerate().map(contact).collect();
    let ids = put(sandbox, json!({ "Contact": contacts }))?;
    Ok((ids.into_iter().map(|id| format!("Contact:{id}")).collect(), emails))
}

/// Answers the ids of the first object.
fn put(sandbox: &Sandbox, rows: Value) -> Result<Vec<String>, Broken> {
    let object = rows.as_object().and_then(|rows| rows.keys().next().cloned()).unwrap_or_default();
    let rows: SalesforceRows = serde_json::from_value(rows).map_err(|error| Broken::Sandbox(error.to_string()))?;
    let mut ids = sandbox.load_salesforce(&rows).map_err(|error| Broken::Sandbox(error.to_string()))?;
    Ok(ids.remove(&object).unwrap_or_default())
}

fn load(sandbox: &Sandbox, rows: &Value) -> Result<(), Broken> {
    let rows: ZoomRows = serde_json::from_value(rows.clone()).map_err(|error| Broken::Sandbox(error.to_string()))?;
    sandbox.load_zoom(&rows).map_err(|error| Broken::Sandbox(error.to_string()))
}
