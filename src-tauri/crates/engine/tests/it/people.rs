//! The copy of the people: many of them, and what becomes of them in Salesforce.

use std::time::Duration;

use liaison_domain::RecordKind;
use liaison_engine::view::{PeopleFilter, PeopleList, PeopleOrder, PersonHit, Provider, Quota, Usage};
use liaison_sandbox::faults::CannedAnswer;
use liaison_sandbox::salesforce::Pace;
use liaison_sandbox::{AfterEffect, BeforeEffect, FaultRule, SandboxConfig, Service};
use liaison_store::Connection;
use liaison_store::tables::people::{self, GonePerson};
use serde_json::Value;

use crate::schedule::{draft, sent, without_hold};
use crate::stage::Stage;

const WEEK_AND_A_DAY: Duration = Duration::from_hours(8 * 24);

async fn found(stage: &Stage, name: &str) -> Vec<PersonHit> {
    stage.engine.search_people(name.to_owned(), 50).await.unwrap()
}

/// Somebody whose name nobody else has.
async fn somebody(stage: &Stage, object: &str) -> PersonHit {
    for hit in found(stage, "a").await.into_iter().filter(|hit| hit.id.starts_with(object)) {
        if found(stage, &hit.name).await.len() == 1 {
            return hit;
        }
    }
    panic!("nobody has a name alone")
}

fn salesforce_id(hit: &PersonHit) -> &str {
    hit.id.split_once(':').unwrap().1
}

async fn gone(stage: &Stage, name: &str) {
    stage.until("the person is gone", async || found(stage, name).await.is_empty()).await;
}

/// What Salesforce says of the only Event that was made here.
async fn who_of_event(stage: &Stage) -> Value {
    let effects = stage.sandbox.shared().journal.since(0);
    let event = effects.iter().find(|effect| effect.kind == "Event.created").unwrap();
    stage.salesforce_get(&format!("/services/data/v62.0/sobjects/Event/{}", event.id)).await["WhoId"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_goes_to_whoever_a_person_has_become() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let [lead, loser] = [somebody(&stage, "Lead").await, somebody(&stage, "Contact").await];
    let others = found(&stage, "e").await;
    let winner = others.into_iter().find(|hit| hit.id.starts_with("Contact") && hit.id != loser.id).unwrap();
    // Converted and then merged, while the Event waits.
    let mut draft = draft(&stage).await;
    draft.people = vec![lead.id.clone()];
    stage.engine.pause_outbox(true).await.unwrap();
    let scheduled = stage.engine.schedule_meeting(draft).await.unwrap();
    let salesforce = stage.sandbox.salesforce();
    salesforce.convert_lead(salesforce_id(&lead), Some(salesforce_id(&loser)), None).unwrap();
    salesforce.merge(salesforce_id(&winner), &[salesforce_id(&loser).to_owned()]).unwrap();
    stage.pull_again().await;
    gone(&stage, &loser.name).await;
    gone(&stage, &lead.name).await;
    let linked = stage.engine.meeting(scheduled.meeting).await.unwrap().linked.unwrap();
    assert_eq!(linked.name, winner.name);

    stage.engine.pause_outbox(false).await.unwrap();
    stage.advance(Duration::from_mins(1)).await;
    sent(&stage, &scheduled.outbox_item.unwrap()).await;
    assert_eq!(who_of_event(&stage).await, salesforce_id(&winner));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_that_is_not_known_here_yet_is_asked_for() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    without_hold(&stage).await;
    let lead = somebody(&stage, "Lead").await;
    let contact = stage.sandbox.salesforce().convert_lead(salesforce_id(&lead), None, None).unwrap().contact;
    let mut draft = draft(&stage).await;
    draft.people = vec![lead.id];
    let item = stage.engine.schedule_meeting(draft).await.unwrap().outbox_item.unwrap();
    sent(&stage, &item).await;
    assert_eq!(who_of_event(&stage).await, contact.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_or_hidden_there_leaves_the_copy() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let deleted = somebody(&stage, "Lead").await;
    stage.salesforce_delete(&format!("/services/data/v62.0/sobjects/Lead/{}", salesforce_id(&deleted))).await;
    stage.pull_again().await;
    gone(&stage, &deleted.name).await;

    // Erased from the recycle bin as well: no list tells of it.
    let erased = somebody(&stage, "Contact").await;
    stage.salesforce_delete(&format!("/services/data/v62.0/sobjects/Contact/{}", salesforce_id(&erased))).await;
    stage.sandbox.salesforce().purge(salesforce_id(&erased)).unwrap();
    stage.pull_again().await;
    assert_eq!(found(&stage, &erased.name).await.len(), 1);
    stage.advance(WEEK_AND_A_DAY).await;
    gone(&stage, &erased.name).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_into_sight_untouched_is_found_by_comparing() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let hidden = somebody(&stage, "Contact").await;
    let forgotten = GonePerson { id: hidden.id.clone(), merged_into: None };
    stage.with_store(|store| store.write_now(|tx| people::remove_people(tx, std::slice::from_ref(&forgotten)))).await;
    stage.pull_again().await;
    assert!(found(&stage, &hidden.name).await.is_empty());
    stage.advance(WEEK_AND_A_DAY).await;
    stage.until("the person is here", async || found(&stage, &hidden.name).await.len() == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_pull_of_many_goes_on_with_its_job() {
    let config = SandboxConfig { people: Some(35_000), ..SandboxConfig::default() };
    let mut stage = Stage::new(config).await;
    // The job takes longer than a round waits, and then its second page is cut off.
    stage.sandbox.salesforce().set_bulk_pace(Pace { queued_ms: 60_000, chunk_ms: 1 });
    let jobs = |stage: &Stage, method: &str, route: &str| {
        stage.sandbox.requests().count(Service::Salesforce, method, &format!("/services/data/v62.0/jobs/query{route}"))
    };
    stage.sign_in(Provider::Salesforce).await;
    // It is looked at only after its place is stored.
    stage.until("a job is looked at", async || jobs(&stage, "GET", "/{id}") >= 1).await;
    stage.restart().await;
    let cut = FaultRule::on(Service::Salesforce, "GET", "/services/data/*/jobs/query/*/results").skipping(1).times(1);
    stage.sandbox.faults().add(cut.after(AfterEffect::Reset)).unwrap();
    stage.sandbox.shared().clock.advance_ms(60_000);
    stage
        .until("everybody is here", async || {
            stage.engine.sync_now().await.unwrap();
            stage.engine.app_state().await.unwrap().accounts[1].last_sync.is_some()
        })
        .await;
    assert_eq!(jobs(&stage, "POST", ""), 1, "no job is made twice");
    assert_eq!(jobs(&stage, "DELETE", "/{id}"), 1, "and it is removed in the end");
    let kept = |db: &Connection| {
        Ok(people::live_ids(db, RecordKind::Lead)?.len() + people::live_ids(db, RecordKind::Contact)?.len())
    };
    let here = stage.with_store(|store| store.read_now(kept)).await;
    let there = |object: &str| {
        let query = format!("/services/data/v62.0/query?q=SELECT+COUNT()+FROM+{object}");
        let stage = &stage;
        async move { stage.salesforce_get(&query).await["totalSize"].as_u64().unwrap() }
    };
    assert_eq!(here as u64, there("Contact").await + there("Lead").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_used_of_the_limits_is_shown_and_survives_a_restart() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    let usage = async |stage: &Stage| {
        let [zoom, salesforce] = stage.engine.app_state().await.unwrap().accounts.try_into().unwrap();
        let [Some(Usage::Edits { used, limit: 100 }), Some(Usage::ApiCalls { own, org, last_pull, .. })] =
            [zoom.usage, salesforce.usage]
        else {
            panic!("both are told")
        };
        (used, own, org, last_pull)
    };
    let (edits, calls, org, last_pull) = usage(&stage).await;
    assert_eq!(edits, 0);
    let org: Quota = org.unwrap();
    assert!(calls > 0 && org.used >= calls && org.limit > org.used, "{calls} {org:?}");
    assert!(last_pull.is_some_and(|last| last > 0 && last < calls), "{last_pull:?} of {calls}");

    stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    assert_eq!(usage(&stage).await.0, 1);
    stage.pull_again().await;
    let before = usage(&stage).await;
    assert!(before.1 > calls);
    stage.restart().await;
    stage.pull_again().await;
    let after = usage(&stage).await;
    assert_eq!(after.0, 1);
    // Everything that was counted before, and one more round.
    assert!(after.1 > before.1, "{after:?} {before:?}");
    let check = stage.engine.check_schedule(draft(&stage).await).await.unwrap();
    assert_eq!(check.edits_left, 99);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_of_the_calls_is_spared() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let shown = async || {
        let account = stage.engine.app_state().await.unwrap().accounts.remove(1);
        let Some(Usage::ApiCalls { own, sparing, .. }) = account.usage else { panic!("signed in") };
        (own, sparing, account.last_sync)
    };
    assert!(!shown().await.1);
    stage.sandbox.salesforce().spend_calls(13_000);
    stage.pull_again().await;
    let (own, sparing, synced) = shown().await;
    assert!(sparing);
    // The clock alone is no reason to ask; Zoom is still asked, and a push still goes out.
    without_hold(&stage).await;
    let item = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap().outbox_item.unwrap();
    sent(&stage, &item).await;
    assert_eq!(shown().await.2, synced);
    assert!(shown().await.0 > own);
    // The user's wish is.
    stage.pull_again().await;
    assert!(shown().await.2 > synced);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_does_not_come_back_with_an_answer_under_way() {
    let mut stage = Stage::new(SandboxConfig::default()).await;
    let slow = FaultRule::on(Service::Salesforce, "GET", "/services/data/*/query*");
    stage.sandbox.faults().add(slow.after(AfterEffect::Drip { bytes: 4_096, every_ms: 50 })).unwrap();
    stage.sign_in(Provider::Salesforce).await;
    let asked = || stage.sandbox.requests().count(Service::Salesforce, "GET", "/services/data/v62.0/query");
    // How many there are, and the first page of them.
    stage.until("people are on their way", async || asked() >= 2).await;
    stage.engine.disconnect(Provider::Salesforce, true).await.unwrap();
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(stage.with_store(|store| store.read_now(people::count)).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_bulk_query_is_no_reason_to_stop() {
    let mut stage = Stage::new(SandboxConfig { people: Some(35_000), ..SandboxConfig::default() }).await;
    let refused = r#"[{"errorCode":"FEATURENOTENABLED","message":"Async API not enabled"}]"#;
    let rule = FaultRule::on(Service::Salesforce, "POST", "/services/data/*/jobs/query");
    stage.sandbox.faults().add(rule.before(BeforeEffect::Answer(CannedAnswer::json(400, refused)))).unwrap();
    stage.sign_in(Provider::Salesforce).await;
    stage
        .until("everybody is here", async || stage.engine.app_state().await.unwrap().accounts[1].last_sync.is_some())
        .await;
    assert!(stage.with_store(|store| store.read_now(people::count)).await > 30_000);
}

async fn listed(stage: &Stage, query: &str) -> PeopleList {
    let filter = PeopleFilter { query: query.to_owned(), ..PeopleFilter::default() };
    stage.engine.list_people(filter, PeopleOrder::Name, 0, 200).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_too_many_people_those_touched_last_are_kept_and_the_others_are_found_there() {
    let mut stage = Stage::connected(SandboxConfig { people: Some(3_000), ..SandboxConfig::default() }).await;
    let all = listed(&stage, "").await;
    assert!(all.here > 2_500 && all.there.is_none(), "{} {:?}", all.here, all.there);
    let everybody = |db: &Connection| {
        let live = [RecordKind::Lead, RecordKind::Contact].map(|kind| people::live_ids(db, kind));
        let ids: Vec<String> = live.into_iter().flatten().flatten().collect();
        let ids: Vec<&str> = ids.iter().filter_map(|id| Some(id.split_once(':')?.1)).collect();
        people::people_by_salesforce_id(db, &ids)
    };
    let before = stage.with_store(|store| store.read_now(everybody)).await;

    assert_eq!(stage.engine.people_limit().await.unwrap(), 100_000);
    stage.engine.set_people_limit(1_000).await.unwrap();
    stage.pull_again().await;
    stage.until("fewer are kept", async || listed(&stage, "").await.there.is_some()).await;
    let part = listed(&stage, "").await;
    assert_eq!(part.there, u32::try_from(before.len()).ok());
    let linked_with_nothing = |db: &Connection, kind| people::ids_before(db, kind, i64::MAX);
    let (kept, mut free) = stage
        .with_store(|store| {
            let leads = store.read_now(|db| linked_with_nothing(db, RecordKind::Lead))?;
            Ok((store.read_now(everybody)?, leads))
        })
        .await;
    free.extend(stage.with_store(|store| store.read_now(|db| linked_with_nothing(db, RecordKind::Contact))).await);
    assert!((900..=1_050).contains(&kept.len()), "{}", kept.len());
    // Nobody who was left out was touched after somebody of the same kind who was kept, links aside.
    for kind in [RecordKind::Lead, RecordKind::Contact] {
        let of_kind = before.iter().filter(|person| person.record == kind);
        let (kept, left): (Vec<_>, Vec<_>) = of_kind.partition(|person| kept.iter().any(|other| other.id == person.id));
        let oldest = kept.iter().filter(|person| free.contains(&person.id)).map(|person| person.stamp_utc_ms).min();
        assert!(left.iter().map(|person| person.stamp_utc_ms).max() < oldest);
    }

    // One of the others is found by asking, and is here from then on; asking again brings nobody.
    let left = before.iter().find(|person| {
        let plain = |name: &str| name.len() > 4 && name.chars().all(|letter| letter.is_ascii_alphabetic());
        person.converted_to.is_none()
            && person.last_name.as_deref().is_some_and(plain)
            && !kept.iter().any(|other| other.id == person.id)
    });
    let left = left.unwrap();
    let name = left.last_name.clone().unwrap();
    assert!(!listed(&stage, &name).await.rows.iter().any(|row| row.id == left.id));
    assert!(stage.engine.find_people(name.clone()).await.unwrap().added > 0);
    assert!(listed(&stage, &left.name).await.rows.iter().any(|row| row.id == left.id));
    assert_eq!(stage.engine.find_people(name).await.unwrap().added, 0);

    // The weekly comparison neither removes whom it was not about nor reads everybody again.
    stage.advance(WEEK_AND_A_DAY).await;
    stage.pull_again().await;
    assert_eq!(listed(&stage, "").await.there, part.there);

    stage.engine.set_people_limit(50_000).await.unwrap();
    stage.pull_again().await;
    stage.until("all are here again", async || listed(&stage, "").await.here == all.here).await;
    assert_eq!(listed(&stage, "").await.there, None);
}
