//! Calls from Zoom's history to the list, matched, decided about and dialled, against the sandbox.

use std::collections::HashSet;
use std::time::Duration;

use liaison_engine::Error;
use liaison_engine::view::{
    CallChip, CallFilter, CallList, CallNote, CallRow, CallScope, CallStanding, CallWhy, DialWith, Provider, RoomAccess,
};
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::zoom::PlacedCall;
use liaison_sandbox::{BeforeEffect, FaultRule, SandboxConfig, Service};

use crate::stage::Stage;

const ROUND: Duration = Duration::from_mins(11);

fn chip(chip: CallChip) -> CallFilter {
    CallFilter { chip, ..CallFilter::default() }
}

async fn list(stage: &Stage, filter: CallFilter) -> CallList {
    stage.engine.list_calls(filter, 0, 200).await.unwrap()
}

/// Every call that matches, page by page.
async fn all(stage: &Stage, filter: CallFilter) -> Vec<CallRow> {
    let mut rows = Vec::new();
    loop {
        let offset = u32::try_from(rows.len()).unwrap();
        let page = stage.engine.list_calls(filter.clone(), offset, 200).await.unwrap().rows;
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// Signed in, with the whole history filled and everybody matched.
pub async fn filled(config: SandboxConfig) -> Stage {
    let stage = Stage::connected(config).await;
    for _ in 0..20 {
        stage.engine.settle().await;
        let list = list(&stage, CallFilter::default()).await;
        let history = list.history;
        if history.as_of.is_some() && !history.filling && !list.rows.iter().any(|row| row.standing == CallStanding::New)
        {
            return stage;
        }
        stage.advance(Duration::from_mins(3)).await;
    }
    panic!("the history was never filled");
}

/// A call that has ended by now, pulled.
async fn placed(stage: &Stage, number: &str, inbound: bool) {
    let call = PlacedCall {
        inbound,
        number: number.to_owned(),
        name: None,
        talk_seconds: 30,
        voicemail: false,
        recorded: false,
    };
    stage.sandbox.zoom().place_call(&call);
    stage.sandbox.shared().clock.advance_ms(60_000);
    stage.advance(ROUND).await;
    stage.engine.settle().await;
}

/// A number that nobody has.
const STRANGER: &str = "+31613579246";

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_filled_listed_and_found() {
    let stage = filled(SandboxConfig { calls: Some(400), ..SandboxConfig::default() }).await;
    let everything = all(&stage, CallFilter::default()).await;
    let first = list(&stage, CallFilter::default()).await;
    assert_eq!(first.access, RoomAccess::Ready);
    assert_eq!((first.total, first.counts.all), (u32::try_from(everything.len()).unwrap(), first.total));
    let ids: HashSet<&str> = everything.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), everything.len(), "no call twice");
    assert!(everything.len() >= 300, "{}", everything.len());
    assert!(everything.windows(2).all(|pair| pair[0].start >= pair[1].start), "latest first");
    assert!(everything.iter().any(|row| row.standing == CallStanding::Linked));

    for kind in [CallChip::ToLink, CallChip::Missed, CallChip::Voicemail, CallChip::Logged] {
        let rows = all(&stage, chip(kind)).await;
        let fits = |row: &&CallRow| match kind {
            CallChip::ToLink => row.to_link,
            CallChip::Voicemail => row.voicemail,
            CallChip::Logged => row.logged,
            _ => rows.iter().any(|other| other.id == row.id),
        };
        assert_eq!(rows.len(), everything.iter().filter(fits).count(), "{kind:?}");
    }
    let counts = first.counts;
    assert_eq!(list(&stage, chip(CallChip::ToLink)).await.total, counts.to_link);
    assert!(!everything.iter().any(|row| row.internal && row.to_link));

    // Any part of a number, however it is typed.
    let known =
        everything.iter().find(|row| row.number.as_deref().is_some_and(|number| number.starts_with("06"))).unwrap();
    let digits: String = known.number.as_deref().unwrap().chars().filter(char::is_ascii_digit).collect();
    for query in [digits.as_str(), &digits[3..8], known.number.as_deref().unwrap(), &format!("+31 {}", &digits[1..])] {
        let found = all(&stage, CallFilter { query: query.to_owned(), ..CallFilter::default() }).await;
        assert!(found.iter().any(|row| row.id == known.id), "{query}");
    }
    assert_eq!(list(&stage, CallFilter { query: "qqqzzz".to_owned(), ..CallFilter::default() }).await.total, 0);

    // Nothing is missing on the days that were compared, and the parts are the whole.
    let ledger = stage.engine.call_ledger(30).await.unwrap();
    assert!(ledger.iter().take(3).all(|day| day.missing == Some(0)), "{:?}", &ledger[..3]);
    for day in &ledger {
        let parts = day.linked + day.logged + day.ignored + day.internal + day.no_number + day.not_mine + day.waiting;
        assert_eq!(parts, day.calls, "{}", day.day);
    }
    let charts = stage.engine.call_charts().await.unwrap();
    assert_eq!(charts.days.len(), 14);
    assert!(charts.hours.iter().all(|hour| hour.answered <= hour.calls));

    let file = stage.folder.path().join("calls.csv");
    let written = stage.engine.export_calls_to(CallFilter::default(), file.clone()).await.unwrap();
    assert_eq!(written, first.total);
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.starts_with("\u{FEFF}Ring start,") && !text.contains(",+"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_doubled_by_another_form_a_restart_or_a_lost_token() {
    let mut stage = filled(SandboxConfig { calls: Some(120), ..SandboxConfig::default() }).await;
    let before = all(&stage, CallFilter::default()).await;
    stage.sandbox.zoom().show_deprecated_calls(false);
    stage.restart().await;
    let refused = r#"{"code":301,"message":"Invalid request param: sync_token."}"#;
    let rule = FaultRule::on(Service::Zoom, "GET", "/v2/phone/users/me/call_history/sync")
        .before(BeforeEffect::Answer(CannedAnswer::json(400, refused)))
        .times(1);
    stage.sandbox.faults().add(rule).unwrap();
    for _ in 0..4 {
        stage.advance(ROUND).await;
        stage.engine.settle().await;
    }
    let after = all(&stage, CallFilter::default()).await;
    let ids = |rows: &[CallRow]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&after), ids(&before));
    assert!(!list(&stage, CallFilter::default()).await.history.filling);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_licence_everything_else_works() {
    let stage = Stage::new(SandboxConfig::default()).await;
    stage.sandbox.zoom().license_phone(false);
    for provider in [Provider::Zoom, Provider::Salesforce] {
        stage.sign_in(provider).await;
    }
    stage.pulled().await;
    stage.engine.settle().await;
    assert_eq!(list(&stage, CallFilter::default()).await.access, RoomAccess::NoLicence);
    stage.sandbox.zoom().license_phone(true);
    stage.advance(ROUND).await;
    stage.engine.settle().await;
    assert_eq!(list(&stage, CallFilter::default()).await.access, RoomAccess::Ready);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_holds_for_a_number_and_can_be_taken_back() {
    let stage = filled(SandboxConfig { calls: Some(60), ..SandboxConfig::default() }).await;
    placed(&stage, STRANGER, true).await;
    placed(&stage, STRANGER, true).await;
    let query = CallFilter { query: STRANGER.to_owned(), ..CallFilter::default() };
    let waiting = all(&stage, query.clone()).await;
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|row| row.standing == CallStanding::Nobody && row.to_link));
    let anna = stage.engine.search_people("a".to_owned(), 1).await.unwrap().remove(0);
    let counted = list(&stage, query.clone()).await;
    assert_eq!((counted.total, list(&stage, query.clone()).await.counts), (2, counted.counts));

    let decision = stage.engine.link_call(waiting[0].id.clone(), anna.id.clone(), CallScope::Always).await.unwrap();
    assert_eq!(decision.calls, 2);
    let open = list(&stage, CallFilter { chip: CallChip::ToLink, ..query.clone() }).await;
    assert_eq!((open.total, open.counts.to_link + 2, open.counts.all), (0, counted.counts.to_link, counted.counts.all));
    let linked = all(&stage, query.clone()).await;
    assert!(linked.iter().all(|row| row.person.as_ref().is_some_and(|person| person.id == anna.id) && !row.to_link));
    let detail = stage.engine.call(linked[0].id.clone()).await.unwrap();
    assert!(matches!(detail.why, Some(CallWhy::Chosen { .. })));
    assert!(detail.remembered.is_some_and(|remembered| remembered.person.is_some()));
    // The next one is linked without a question, and says why.
    placed(&stage, STRANGER, true).await;
    let third = all(&stage, query.clone()).await;
    assert_eq!(third.len(), 3);
    let detail = stage.engine.call(third[0].id.clone()).await.unwrap();
    assert!(matches!(detail.why, Some(CallWhy::Remembered { .. })), "{:?}", detail.why);

    stage.engine.undo_call_decision(decision.undo).await.unwrap();
    let undone = all(&stage, query.clone()).await;
    assert_eq!(undone.iter().filter(|row| row.to_link).count(), 2, "what a rule linked since stays");
    assert_eq!(stage.engine.remembered_numbers().await.unwrap(), []);

    let ignored = stage.engine.ignore_call(undone[2].id.clone(), CallScope::Always).await.unwrap();
    assert_eq!(ignored.calls, 2);
    let remembered = stage.engine.remembered_numbers().await.unwrap();
    assert_eq!(remembered.len(), 1);
    assert_eq!(list(&stage, query.clone()).await.total, 3);
    stage.engine.forget_number(remembered[0].id.clone()).await.unwrap();
    assert_eq!(stage.engine.remembered_numbers().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_is_too_long_is_refused_and_the_one_before_stays() {
    let stage = filled(SandboxConfig { calls: Some(20), ..SandboxConfig::default() }).await;
    let id = list(&stage, CallFilter::default()).await.rows.remove(0).id;
    let keep = async |note: String| stage.engine.keep_call_note(id.clone(), CallNote { note, disposition: None }).await;
    let longest = "x".repeat(31_999) + "é";
    keep(longest.clone()).await.unwrap();
    assert!(matches!(keep(longest.clone() + "x").await, Err(Error::Invalid { .. })));
    assert_eq!(stage.engine.call(id.clone()).await.unwrap().note.note, longest);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_call_after_a_click_is_theirs() {
    let stage = filled(SandboxConfig { calls: Some(60), ..SandboxConfig::default() }).await;
    let anna = stage.engine.search_people("a".to_owned(), 1).await.unwrap().remove(0);
    let choices = stage.engine.dial_choices("06 1357 9246".to_owned(), Some(anna.id.clone())).await.unwrap();
    assert_eq!(choices.iter().map(|choice| choice.number.as_str()).collect::<Vec<_>>(), [STRANGER]);
    stage.engine.dial(STRANGER.to_owned(), None, Some(anna.id.clone()), DialWith::Zoom).await.unwrap();
    let opened = stage.notes.opened.lock().unwrap().last().unwrap().to_string();
    assert_eq!(opened, format!("zoomphonecall://{STRANGER}"));
    placed(&stage, STRANGER, false).await;
    let rows = all(&stage, CallFilter { query: STRANGER.to_owned(), ..CallFilter::default() }).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].person.as_ref().map(|person| person.id.as_str()), Some(anna.id.as_str()));
    let detail = stage.engine.call(rows[0].id.clone()).await.unwrap();
    assert!(matches!(detail.why, Some(CallWhy::Intent { .. })));
}

/// What the demo shows: enough to link for a minute of triage, and everything else that a call can be.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_leaves_seven_calls_open_two_of_them_ties() {
    let stage = filled(SandboxConfig::default()).await;
    let open = all(&stage, chip(CallChip::ToLink)).await;
    let shown: Vec<_> = open.iter().map(|row| (row.standing, row.candidates, row.number.clone())).collect();
    assert_eq!(open.len(), 7, "{shown:?}");
    let ties = open.iter().filter(|row| row.standing == CallStanding::Ask && row.candidates == 2).count();
    let strangers = open.iter().filter(|row| row.standing == CallStanding::Nobody).count();
    assert_eq!((ties, strangers), (2, 5), "{shown:?}");
    let counts = list(&stage, CallFilter::default()).await.counts;
    assert!(counts.missed > 0 && counts.voicemail > 0, "{counts:?}");
    let everything = all(&stage, CallFilter::default()).await;
    let mut transfers = 0;
    for row in &everything {
        let detail = stage.engine.call(row.id.clone()).await.unwrap();
        transfers += u32::from(detail.path.iter().any(|step| step.event.as_deref() == Some("warm_transfer")));
    }
    assert_eq!(transfers, 1);
}

/// The days are compared again only after hours; what is missing by the last comparison is not waited for so long.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_fetched_with_the_next_sync() {
    let mut stage = filled(SandboxConfig { calls: Some(400), ..SandboxConfig::default() }).await;
    let lost =
        stage.with_store(|store| store.write_now(|tx| Ok(tx.execute("DELETE FROM call_legs", []).unwrap()))).await;
    assert!(lost > 0);
    for _ in 0..3 {
        stage.advance(ROUND).await;
        stage.engine.settle().await;
    }
    let days = stage.engine.call_ledger(14).await.unwrap();
    assert!(days.iter().all(|day| day.missing == Some(0)), "{days:?}");
    assert!(days.iter().any(|day| day.filled > 0), "{days:?}");
}
