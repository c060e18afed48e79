//! What is kept fresh: what Zoom and Salesforce do between two looks, and what a look costs.

use std::time::Duration;

use liaison_engine::view::{CommandError, Connection, CopyWhat, DayItem, MeetingRow, NeedsYou, OutboxState, Provider};
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, SandboxConfig, Service};
use liaison_store::tables::tokens;
use reqwest::Method;
use serde_json::{Value, json};

use crate::schedule::{draft, sent, without_hold};
use crate::stage::Stage;

/// After this time the details of the coming hours are read again, and after this those of the other days.
const SEVEN_HOURS: Duration = Duration::from_hours(7);

/// The meetings of yesterday to the day after tomorrow, as they are shown.
async fn meetings(stage: &Stage) -> Vec<MeetingRow> {
    let mut rows: Vec<MeetingRow> = Vec::new();
    for offset in -1..=2 {
        for item in stage.engine.day(offset).await.unwrap().items {
            if let DayItem::Meeting { row } = item
                && !rows.iter().any(|known| known.id == row.id)
            {
                rows.push(*row);
            }
        }
    }
    rows
}

/// One-off meetings of the rep that are still to come.
async fn coming(stage: &Stage) -> Vec<MeetingRow> {
    let now = stage.now().timestamp_millis();
    meetings(stage).await.into_iter().filter(|row| row.host && !row.recurring && row.start.0 > now).collect()
}

async fn account(stage: &Stage, provider: Provider) -> liaison_engine::view::Account {
    stage.engine.app_state().await.unwrap().accounts.into_iter().find(|account| account.provider == provider).unwrap()
}

fn answers(service: Service, method: &str, path: &str, status: u16, body: impl Into<String>) -> FaultRule {
    FaultRule::on(service, method, path).before(BeforeEffect::Answer(CannedAnswer::json(status, body)))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_in_zoom_is_read_again() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let id = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap().meeting;
    let change = json!({ "agenda": "Bring the new prices", "password": "471108", "settings": {
        "waiting_room": false, "meeting_invitees": [{ "email": "new.guest@example.com" }] } });
    stage.ask_zoom(Method::PATCH, &format!("/v2/meetings/{id}"), Some(change)).await;
    // The first free time may be days ahead, and what is not near is read again after hours.
    stage.skip(Duration::from_hours(7));
    // A wish for a round that comes while one is under way is met by that one, which may have read this meeting already.
    stage.engine.time_passed().await.unwrap();
    stage
        .until("the details are new", async || {
            stage.engine.meeting(id.clone()).await.unwrap().agenda == "Bring the new prices"
        })
        .await;
    let detail = stage.engine.meeting(id.clone()).await.unwrap();
    assert_eq!((detail.row.waiting_room, detail.has_passcode), (Some(false), Some(true)));
    assert!(detail.people.iter().any(|person| person.email.as_deref() == Some("new.guest@example.com")));
    stage.engine.copy_meeting(id, CopyWhat::IdAndPasscode).await.unwrap();
    assert!(stage.notes.copied.lock().unwrap().last().unwrap().ends_with("\nPasscode: 471108"));
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_type_the_number_of_the_personal_room() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let start = (stage.now() + chrono::TimeDelta::hours(1)).format("%Y-%m-%dT%H:%M:00Z").to_string();
    let body = json!({ "id": 82_440_633_900_u64, "pmi": 9_898_504_810_u64, "topic": "In my room", "type": 2,
        "start_time": start, "duration": 30, "join_url": "https://zoom.us/j/9898504810", "settings": {} });
    let made = CannedAnswer::json(201, body.to_string());
    let rule = FaultRule::on(Service::Zoom, "POST", "/v2/users/me/meetings").after(AfterEffect::Answer(made));
    stage.sandbox.faults().add(rule).unwrap();
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    assert_eq!(stage.engine.meeting(scheduled.meeting.clone()).await.unwrap().number, "989 850 4810");
    stage.engine.copy_meeting(scheduled.meeting, CopyWhat::IdAndPasscode).await.unwrap();
    assert_eq!(stage.notes.copied.lock().unwrap().last().unwrap(), "Meeting ID: 989 850 4810");
    let logged = format!("{:?}", stage.item(&scheduled.outbox_item.unwrap()).await.fields);
    assert!(logged.contains("989 850 4810") && !logged.contains("824 4063 3900"), "{logged}");
}

fn invitations(stage: &Stage) -> String {
    let row = |hours: i64| {
        let start = (stage.now() + chrono::TimeDelta::hours(hours)).format("%Y-%m-%dT%H:00:00Z").to_string();
        json!({ "id": 85_746_065_123_u64, "topic": "Daily of somebody", "type": 8, "start_time": start,
            "duration": 15, "is_host": false, "join_url": "https://zoom.us/j/85746065123" })
    };
    json!({ "page_size": 300, "next_page_token": "", "total_records": 2, "meetings": [row(2), row(23)] }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn invitations_are_told_apart_and_stay_when_they_cannot_be_seen() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let upcoming = "/v2/users/me/upcoming_meetings";
    stage.sandbox.faults().add(answers(Service::Zoom, "GET", upcoming, 200, invitations(&stage))).unwrap();
    stage.pull_again().await;
    let theirs =
        async || meetings(&stage).await.into_iter().filter(|row| row.topic == "Daily of somebody").collect::<Vec<_>>();
    assert_eq!(theirs().await.len(), 2, "each date of the series");
    assert!(theirs().await.iter().all(|row| row.joinable && !row.host));

    // The permission is taken away: nobody knows whether they still take place.
    stage.sandbox.faults().clear();
    let scope = r#"{"code":4711,"message":"Invalid access token, does not contain scopes:[meeting:read:list_upcoming_meetings]."}"#;
    stage.sandbox.faults().add(answers(Service::Zoom, "GET", upcoming, 400, scope)).unwrap();
    stage.pull_again().await;
    assert_eq!(theirs().await.len(), 2);
    assert!(account(&stage, Provider::Zoom).await.unseen);

    // Granted again, and they were cancelled: now they are gone.
    stage.sandbox.faults().clear();
    stage.pull_again().await;
    assert!(theirs().await.is_empty());
    assert!(!account(&stage, Provider::Zoom).await.unseen);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_cannot_be_read_stops_no_other() {
    let unreadable = [
        (400, r#"{"code":3000,"message":"Cannot access meeting information."}"#),
        (200, r#"{"topic":"no number"}"#),
        (500, r#"{"code":500,"message":"Internal"}"#),
    ];
    for (status, body) in unreadable {
        let stage = Stage::connected(SandboxConfig::default()).await;
        let all = coming(&stage).await;
        let [first, others @ ..] = all.as_slice() else { panic!("some meetings are to come") };
        assert!(!others.is_empty());
        let path = format!("/v2/meetings/{}", first.id);
        stage.sandbox.faults().add(answers(Service::Zoom, "GET", &path, status, body)).unwrap();
        for other in others {
            let change = json!({ "agenda": "Read again" });
            stage.ask_zoom(Method::PATCH, &format!("/v2/meetings/{}", other.id), Some(change)).await;
        }
        stage.advance(SEVEN_HOURS).await;
        stage
            .until("the others are read", async || {
                let mut read = 0;
                for other in others {
                    read += usize::from(stage.engine.meeting(other.id.clone()).await.unwrap().agenda == "Read again");
                }
                read == others.len()
            })
            .await;
        stage.until("it is counted", async || account(&stage, Provider::Zoom).await.skipped == 1).await;
        assert_eq!(account(&stage, Provider::Zoom).await.last_error, None, "{body}");
        assert!(meetings(&stage).await.iter().any(|row| row.id == first.id && row.joinable));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_follow_the_name_of_their_account() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let query = "/services/data/v62.0/query?q=SELECT+AccountId,Name+FROM+Contact+WHERE+AccountId+!=+null+LIMIT+1";
    let row = stage.salesforce_get(query).await["records"][0].clone();
    let (account, name) = (row["AccountId"].as_str().unwrap(), row["Name"].as_str().unwrap().to_owned());
    let path = format!("/services/data/v62.0/sobjects/Account/{account}");
    stage.ask_salesforce(Method::PATCH, &path, Some(json!({ "Name": "Zyxwvut Holding" }))).await;
    // The first round after the first pull reads everything that was touched; the next one glances.
    stage.pull_again().await;
    stage.pull_again().await;
    let found = stage.engine.search_people("Zyxwvut".to_owned(), 50).await.unwrap();
    assert!(found.iter().any(|hit| hit.name == name && hit.company.as_deref() == Some("Zyxwvut Holding")));
}

/// Each refusal, and what the user is told while the tokens are kept.
type TokenCase = (u16, &'static str, fn(&CommandError) -> bool);

fn is_patience(error: &CommandError) -> bool {
    matches!(error, CommandError::RateLimited { provider: Provider::Salesforce, .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_surely_dead_ends_a_sign_in() {
    let cases: [TokenCase; 5] = [
        (400, r#"{"error":"unknown_error","error_description":"retry your request"}"#, is_patience),
        (400, r#"{"error":"invalid_grant","error_description":"ip restricted"}"#, |error| {
            matches!(error, CommandError::NetworkRefused { provider: Provider::Salesforce })
        }),
        (
            400,
            r#"{"error":"invalid_grant","error_description":"token request is already being processed"}"#,
            is_patience,
        ),
        (403, r#"{"error":{"code":"blocked"},"message":"The office says no."}"#, |error| {
            matches!(error, CommandError::NetworkSignIn { provider: Provider::Salesforce })
        }),
        (400, r#"{"error":"inactive_user"}"#, |error| matches!(error, CommandError::SignInNeeded { .. })),
    ];
    for (status, body, told) in cases {
        let mut stage = Stage::connected(SandboxConfig::default()).await;
        stage
            .sandbox
            .faults()
            .add(answers(Service::Salesforce, "POST", "/services/oauth2/token", status, body))
            .unwrap();
        stage.sandbox.salesforce().expire_access_tokens();
        stage.engine.sync_now().await.unwrap();
        stage
            .until("the user is told", async || {
                account(&stage, Provider::Salesforce).await.last_error.as_ref().is_some_and(told)
            })
            .await;
        assert_eq!(account(&stage, Provider::Salesforce).await.connection, Connection::Connected, "{body}");
        // Whoever starts the program again finds the sign-in as it was.
        stage.sandbox.faults().clear();
        stage.restart().await;
        stage.pull_again().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_ends_after_the_sign_out_stores_nothing() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let slow = FaultRule::on(Service::Salesforce, "POST", "/services/oauth2/token");
    stage.sandbox.faults().add(slow.after(AfterEffect::Delay { ms: 2_500 })).unwrap();
    let refreshed = stage.effects("token.refreshed");
    stage.sandbox.salesforce().expire_access_tokens();
    stage.engine.sync_now().await.unwrap();
    stage.until("a refresh is under way", async || stage.effects("token.refreshed") > refreshed).await;
    stage.engine.disconnect(Provider::Salesforce, false).await.unwrap();
    // The answer comes after the sign-out.
    tokio::time::sleep(Duration::from_secs(4)).await;
    let kept = stage.with_store(|store| {
        let sealer = store.sealer();
        store.read_now(|db| Ok(tokens::get(db, &sealer, liaison_domain::Provider::Salesforce)?.is_some()))
    });
    assert!(!kept.await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_was_granted_is_seen_at_the_next_try() {
    let stage = Stage::new(SandboxConfig::default()).await;
    let nothing = r#"{"name":"Event","createable":false,"updateable":false,"fields":[]}"#;
    let rule = answers(Service::Salesforce, "GET", "/services/data/*/sobjects/Event/describe", 200, nothing);
    stage.sandbox.faults().add(rule).unwrap();
    for provider in [Provider::Zoom, Provider::Salesforce] {
        stage.sign_in(provider).await;
    }
    stage.pulled().await;
    without_hold(&stage).await;
    let item = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap().outbox_item.unwrap();
    stage
        .until("the user is told of the right", async || {
            let state = stage.item(&item).await.state;
            matches!(state, OutboxState::NeedsYou { cause: NeedsYou::NoPermission { .. } })
        })
        .await;
    stage.sandbox.faults().clear();
    stage.engine.retry_outbox_item(item.clone()).await.unwrap();
    sent(&stage, &item).await;
}

/// A day on which nothing happens and nobody looks at the window, in steps of five minutes.
#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_day_costs_few_calls_of_the_organisation() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.pull_again().await;
    stage.engine.set_watched(false).await;
    let calls = |stage: &Stage| stage.sandbox.requests().total(Service::Salesforce);
    let (before, zoom) = (calls(&stage), stage.sandbox.requests().total(Service::Zoom));
    for _ in 0..24 * 12 {
        stage.skip(Duration::from_mins(5));
        stage.engine.time_passed().await.unwrap();
    }
    let spent = calls(&stage) - before;
    assert!((30..=60).contains(&spent), "{spent}: {:?}", stage.sandbox.requests().counts());
    assert!(stage.sandbox.requests().total(Service::Zoom) > zoom, "Zoom waits for nobody");
    // Whatever happened on such a day is still found, and the copy is as old as the last round.
    let state = stage.engine.app_state().await.unwrap();
    let synced = state.accounts[1].last_sync.unwrap().0;
    assert!(stage.now().timestamp_millis() - synced <= 40 * 60_000);
}

/// A working day of ten hours on which nothing happens and somebody always looks at the window.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_at_the_window_costs_few_calls_of_the_organisation() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.pull_again().await;
    stage.engine.set_watched(true).await;
    let calls = |stage: &Stage| stage.sandbox.requests().total(Service::Salesforce);
    let before = calls(&stage);
    for _ in 0..10 * 12 {
        stage.skip(Duration::from_mins(5));
        stage.engine.time_passed().await.unwrap();
    }
    let spent = calls(&stage) - before;
    assert!((18..=30).contains(&spent), "{spent}: {:?}", stage.sandbox.requests().counts());
    // The rest of the day as well, with the window left open.
    for _ in 0..14 * 12 {
        stage.skip(Duration::from_mins(5));
        stage.engine.time_passed().await.unwrap();
    }
    let spent = calls(&stage) - before;
    assert!((40..=60).contains(&spent), "{spent}: {:?}", stage.sandbox.requests().counts());

    // Somebody looks into other windows all the time: that alone asks for nothing.
    let before = calls(&stage);
    for _ in 0..60 {
        stage.engine.set_watched(false).await;
        stage.skip(Duration::from_mins(1));
        stage.engine.set_watched(true).await;
        stage.engine.time_passed().await.unwrap();
    }
    assert!(calls(&stage) - before <= 4, "{}", calls(&stage) - before);
    // After a long time away what is shown is new at once.
    stage.engine.set_watched(false).await;
    stage.skip(Duration::from_mins(34));
    stage.engine.time_passed().await.unwrap();
    stage.engine.set_watched(true).await;
    stage.engine.time_passed().await.unwrap();
    let synced = account(&stage, Provider::Salesforce).await.last_sync.unwrap().0;
    assert!(stage.now().timestamp_millis() - synced <= 5 * 60_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_service_in_trouble_stops_only_itself_and_is_asked_seldom() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let rule = answers(Service::Zoom, "GET", "/v2/users/me/meetings", 503, r#"{"code":503,"message":"busy"}"#);
    stage.sandbox.faults().add(rule).unwrap();
    let asked = || stage.sandbox.requests().count(Service::Zoom, "GET", "/v2/users/me/meetings");
    let (zoom, people) = (asked(), account(&stage, Provider::Salesforce).await.last_sync);
    for _ in 0..12 * 12 {
        stage.skip(Duration::from_mins(5));
        stage.engine.time_passed().await.unwrap();
    }
    // Twelve hours at a quarter of an hour, and what the client itself repeats.
    let tries = asked() - zoom;
    assert!((40..=330).contains(&tries), "{tries}");
    assert!(account(&stage, Provider::Salesforce).await.last_sync > people);
    assert!(account(&stage, Provider::Zoom).await.last_error.is_some());
    stage.sandbox.faults().clear();
    // Nobody has to press anything.
    for _ in 0..4 {
        stage.skip(Duration::from_mins(5));
        stage.engine.time_passed().await.unwrap();
    }
    assert_eq!(account(&stage, Provider::Zoom).await.last_error, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_cannot_be_read_is_counted_and_stops_nobody() {
    let stage = Stage::new(SandboxConfig::default()).await;
    stage.sign_in(Provider::Zoom).await;
    let row = |id: &str, name: Value| {
        json!({ "attributes": { "type": "Lead" }, "Id": id, "LastName": name,
        "Name": name, "SystemModstamp": "2026-11-20T10:00:00.000+0000" })
    };
    let page = json!({ "totalSize": 2, "done": true, "records": [
        row("00Q000000000001", json!("Readable")), row("00Q000000000002", json!({ "no": "text" })) ] });
    // The organisation, the number of Contacts, the Contacts, the number of Leads; then the Leads.
    let rule = FaultRule::on(Service::Salesforce, "GET", "/services/data/*/query").skipping(4).times(1);
    let canned = BeforeEffect::Answer(CannedAnswer::json(200, page.to_string()));
    stage.sandbox.faults().add(rule.before(canned)).unwrap();
    stage.sign_in(Provider::Salesforce).await;
    stage.pulled().await;
    assert_eq!(account(&stage, Provider::Salesforce).await.skipped, 1);
    assert_eq!(stage.engine.search_people("Readable".to_owned(), 5).await.unwrap().len(), 1);
}
