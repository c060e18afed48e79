//! Lists of people as files: every place that the check has for somebody, and what spreadsheets write.

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use liaison_e2e::patience::until;
use liaison_e2e::sandbox::Control;
use liaison_e2e::{Failure, Outcome, Stage, Tried, Window, ensure, play};
use serde_json::{Value, json};

use crate::calls::iso;
use crate::steps::{enter_accounts_after, enter_demo};
use crate::webinars::{show, webinar_to_come};

const NUMBER: u64 = 95_204_914_777;
const TOPIC: &str = "A room of every kind";
const DAY: u64 = 24 * 60 * 60;

/// Who is in the file: one of each kind, in the order in which places are given.
const EVERYBODY: [(&str, &str); 15] = [
    ("Rea;Dy", "ready@kinds.example"),
    ("Roo;Mless", "no.room@kinds.example"),
    ("Ann;Swer", "answers@kinds.example"),
    ("", "solo@kinds.example"),
    ("Eva;New", "twice@kinds.example"),
    ("Eva;Again", "twice@kinds.example"),
    ("Sha;Red", "shared@kinds.example"),
    ("Den;Ied", "denied@kinds.example"),
    ("Gone;Before", "gone@kinds.example"),
    ("Opt;Out", "opted.out@kinds.example"),
    ("Not;Valid", "not valid"),
    ("No;Mail", ""),
    ("In;Already", "in@kinds.example"),
    ("Wai;Ting", "waiting@kinds.example"),
    ("Com;Ing", "coming@kinds.example"),
];

/// The places, with their words and how many have them.
const PLACES: [(&str, &str, &str); 15] = [
    ("ready", "Ready", "1"),
    ("answersMissing", "Answers missing", "1"),
    ("noFirstName", "No first name", "1"),
    ("sameEmail", "Same e-mail twice", "2"),
    ("severalRecords", "Several records", "1"),
    ("denied", "Denied before", "1"),
    ("cancelled", "Cancelled before", "1"),
    ("optedOut", "Opted out of e-mail", "1"),
    ("emailInvalid", "Address not valid", "1"),
    ("noEmail", "No e-mail", "1"),
    ("alreadyRegistered", "Already registered", "1"),
    ("waitingForApproval", "Waiting for approval", "1"),
    ("onItsWay", "On its way already", "1"),
    ("hostOrPanelist", "Host or panelist", "1"),
    ("noRoom", "No room", "1"),
];

/// Whether the file is said to lack addresses.
const MISSING: &str = "return document.querySelector('[data-testid=file-columns] [role=alert]') !== null";

#[tokio::test]
async fn a_file_with_a_problem_of_every_kind_says_each_and_registers_who_is_ready() -> Outcome {
    play("bulk-every-kind", async |stage| {
        let before = async |control: &Control| {
            control.switch("/zoom/rows", &json!({ "webinars": [room()] })).await?;
            control.switch("/salesforce/rows", &json!({ "Lead": leads() })).await
        };
        let (window, _sandbox, control) = enter_accounts_after(stage, before).await?;
        let webinar = NUMBER.to_string();
        prepare(&window, &control, &webinar).await?;
        let coming = on_its_way(&window, &webinar).await?;

        show(&window, &webinar).await?;
        let rows = EVERYBODY.iter().map(|(name, email)| (*name, *email)).chain([("Pan;Elist", "panel@kinds.example")]);
        let lines = rows.map(|(name, email)| format!("{};{email}", if name.is_empty() { ";" } else { name }));
        let text = format!("Voornaam;Achternaam;E-mailadres\r\n{}\r\n", lines.collect::<Vec<_>>().join("\r\n"));
        choose_list(stage, &window, "every kind.csv", text.as_bytes()).await?;
        window.click("register-to-check").await?;
        for (place, words, count) in PLACES {
            let id = format!("check-{place}");
            let shown = window.text(&id).await?;
            ensure(shown.contains(words), || format!("{place} says {shown:?}"))?;
            let found = window.attribute(&id, "data-count").await?;
            ensure(found.as_deref() == Some(count), || format!("{found:?} are {place}"))?;
        }
        // Of two with one address the user takes one; the other is left out.
        window.click("check-this-one").await?;
        window.see("check-leftOut").await?;
        window.see_no_more("check-sameEmail").await?;
        ensure(control.effects("webinar.registration_created").await?.is_empty(), || "a check registered".to_owned())?;

        window.command("discard_outbox_item", json!({ "id": coming })).await?;
        window.click("register-go").await?;
        window.see_no_more("register-sheet").await?;
        window.command("pause_outbox", json!({ "paused": false })).await?;
        let made = control.effect_after("webinar.registration_created", 0).await?;
        ensure(made.detail.get("email") == Some(&json!("ready@kinds.example")), || format!("it is {}", made.detail))?;
        let all = control.effects("webinar.registration_created").await?.len();
        ensure(all == 1, || format!("{all} were registered"))?;
        window.close().await
    })
    .await
}

#[tokio::test]
async fn a_file_of_a_spreadsheet_is_read_its_columns_are_shown_and_one_is_put_right() -> Outcome {
    play("bulk-file", async |stage| {
        let (window, control) = enter_demo(stage).await?;
        let automatic = |row: &Value| row.get("approval") == Some(&json!("automatic"));
        let webinar = webinar_to_come(&window, automatic).await?;
        show(&window, &webinar).await?;
        // As a spreadsheet saves «Unicode text»: UTF-16 with its mark. One column has a name that nobody knows.
        let text = "Voornaam;Achternaam;Waar\r\nZoë;de Vries;zoe.de.vries@example.org\r\n";
        let wide = std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes);
        choose_list(stage, &window, "mensen.csv", &wide.collect::<Vec<u8>>()).await?;
        let shown = window.text("file-columns").await?;
        for part in ["mensen.csv", "UTF-16LE", "Voornaam", "Zoë", "Waar"] {
            ensure(shown.contains(part), || format!("{part:?} is not in {shown:?}"))?;
        }
        window.see_css("[data-testid=file-columns] [role=alert]").await?;
        let column = window.see("column-2").await?;
        column
            .select_by_value("email")
            .await
            .map_err(|error| Failure::new(format!("no e-mail to choose: {error:?}")))?;
        until("the column to be that of the addresses", async || {
            let missing = window.script(MISSING, Vec::new()).await?;
            ensure(missing == json!(false), || "it is still said to be missing".to_owned())
        })
        .await?;
        let known = control.effects("webinar.registration_created").await?.len();
        window.click("register-to-check").await?;
        let count = window.attribute("check-ready", "data-count").await?;
        ensure(count.as_deref() == Some("1"), || format!("{count:?} are ready"))?;
        window.click("register-go").await?;
        let made = control.effect_after("webinar.registration_created", known).await?;
        let email = made.detail.get("email");
        ensure(email == Some(&json!("zoe.de.vries@example.org")), || format!("it is {}", made.detail))?;
        window.close().await
    })
    .await
}

/// A webinar with one who is in, one who waits, one who was denied and one who is going to be cancelled; beside them it
/// has room for one.
fn room() -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let one = |id: &str, first: &str, status: &str| {
        json!({
            "id": id, "email": format!("{id}@kinds.example"), "first_name": first, "status": status,
            "create_time": iso(now.saturating_sub(DAY)),
        })
    };
    let people = [
        one("in", "In", "approved"),
        one("waiting", "Wai", "pending"),
        one("denied", "Den", "denied"),
        one("gone", "Gone", "approved"),
    ];
    json!({
        "id": NUMBER, "topic": TOPIC, "type": 5, "start_time": iso(now + 3 * DAY), "duration": 60,
        "timezone": "Europe/Amsterdam", "settings": { "approval_type": 0, "registrants_restrict_number": 3 },
        "registrants": people,
    })
}

/// Those whom Salesforce knows; of them it knows the company that the form asks for.
fn leads() -> Value {
    let one = |first: &str, last: &str, email: &str, opted_out: bool| {
        json!({
            "FirstName": first, "LastName": last, "Company": "Kinds", "Email": format!("{email}@kinds.example"),
            "HasOptedOutOfEmail": opted_out,
        })
    };
    json!([
        one("Rea", "Dy", "ready", false),
        one("Roo", "Mless", "no.room", false),
        one("Sha", "Red", "shared", false),
        one("Shaun", "Red", "shared", false),
        one("Opt", "Out", "opted.out", true),
    ])
}

/// Takes the webinar to where all of it can be seen at once: a question, somebody on the panel, somebody cancelled.
async fn prepare(window: &Window, control: &Control, webinar: &str) -> Outcome {
    until("the people and the webinar to be there", async || {
        let people = window.command("search_people", json!({ "query": "Mless", "limit": 5 })).await?;
        ensure(people.as_array().is_some_and(|all| !all.is_empty()), || format!("there is {people}"))?;
        window.command("get_webinar", json!({ "id": webinar })).await.map(drop)
    })
    .await?;
    window.command("refresh_webinar", json!({ "id": webinar })).await?;
    until("the registrants to be there", async || {
        ensure(standing(window, webinar, "approved").await? == 2, || "not all registrants are there".to_owned())
    })
    .await?;
    let mut settings = window.command("get_app_state", json!({})).await?["settings"].take();
    settings["holdSeconds"] = json!(0);
    window.command("update_settings", json!({ "settings": settings })).await?;

    let gone = json!({ "webinar": webinar, "registrants": [format!("{webinar}:gone")], "decision": "cancel" });
    window.command("decide_registrants", gone).await?;
    control.effect_after("webinar.registration_cancelled", 0).await?;
    let panel = json!({ "webinar": webinar, "people": [{ "name": "Pan Elist", "email": "panel@kinds.example" }] });
    window.command("add_panelists", panel).await?;
    control.effect_after("webinar.panelists_added", 0).await?;
    let company = json!({
        "field": "org", "custom": false, "required": true, "kind": "text", "choices": [], "dropdown": false,
    });
    let questions = json!({ "webinar": webinar, "questions": [company] });
    window.command("set_registration_questions", questions).await?;
    control.effect_after("webinar.questions_updated", 0).await?;

    until("all of it to be known here", async || {
        let detail = window.command("get_webinar", json!({ "id": webinar })).await?;
        let there = |list: &str| detail.pointer(list).and_then(Value::as_array).is_some_and(|all| !all.is_empty());
        ensure(there("/panelists") && there("/questions"), || format!("there is {detail}"))?;
        ensure(standing(window, webinar, "cancelled").await? == 1, || "nobody is cancelled".to_owned())
    })
    .await
}

/// How many registrants stand so.
async fn standing(window: &Window, webinar: &str, standing: &str) -> Outcome<u64> {
    let asked = json!({ "webinar": webinar, "filter": { "standing": standing, "query": "" }, "offset": 0, "limit": 5 });
    let list = window.command("list_registrants", asked).await?;
    Ok(list.get("total").and_then(Value::as_u64).unwrap_or_default())
}

/// Somebody whose registration waits in the outbox, and its row.
async fn on_its_way(window: &Window, webinar: &str) -> Outcome<String> {
    window.command("pause_outbox", json!({ "paused": true })).await?;
    let ask = json!({
        "webinar": webinar, "pasted": "Com Ing <coming@kinds.example>", "answers": [{ "field": "org", "text": "Kinds" }],
    });
    let held = window.command("register_people", json!({ "ask": ask })).await?;
    let item = held.get("item").and_then(Value::as_str).map(str::to_owned);
    item.ok_or_else(|| Failure::new(format!("nobody is on the way: {held}")))
}

/// Opens the sheet of the webinar's page and chooses a file of people in it.
async fn choose_list(stage: &Stage, window: &Window, name: &str, bytes: &[u8]) -> Outcome {
    let file: PathBuf = stage.folder().join(name);
    fs::write(&file, bytes).tried(|| format!("{} can't be written", file.display()))?;
    window.click("webinar-add-people").await?;
    window.choose("pick-file").await?;
    window.choose_file("pick-file-input", &file).await?;
    window.see("file-columns").await.map(drop)
}
