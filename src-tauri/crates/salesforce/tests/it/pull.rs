//! Pulling business records, what is gone, and our own pushes coming back.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use liaison_salesforce::{
    Account, Campaign, CampaignMember, Case, Contact, Event, FieldHash, GoneQuery, Lead, NewCampaign, NewTask,
    ObjectDescription, ObjectName, Opportunity, PullCursor, PullQuery, Pulled, PulledRecord, Record, Resolution,
    Salesforce, SalesforceId, Task, User,
};
use liaison_sandbox::SandboxConfig;

use crate::support::{empty, sandbox, signed_in};

fn object(text: &str) -> ObjectName {
    ObjectName::new(text).unwrap()
}

async fn description(salesforce: &Salesforce, name: &str) -> ObjectDescription {
    salesforce.describe(&object(name), None).await.unwrap().changed().unwrap()
}

async fn everything<T: PulledRecord>(salesforce: &Salesforce, size: u32) -> (Vec<Pulled<T>>, Option<PullCursor>) {
    let query = PullQuery::<T>::new(&description(salesforce, T::OBJECT).await);
    let (mut rows, mut place) = (Vec::new(), None);
    loop {
        let page = salesforce.pull(&query, place.as_ref(), size).await.unwrap();
        assert_eq!(page.skipped, [], "{}", T::OBJECT);
        rows.extend(page.rows);
        place = page.cursor;
        if !page.has_more {
            return (rows, place);
        }
    }
}

async fn complete<T: PulledRecord>(salesforce: &Salesforce) -> usize {
    let (rows, _) = everything::<T>(salesforce, 23).await;
    let ids: HashSet<SalesforceId> = rows.iter().map(|row| row.record.id()).collect();
    assert_eq!(ids, salesforce.visible_ids(&object(T::OBJECT)).await.unwrap(), "{}", T::OBJECT);
    assert_eq!(rows.len(), ids.len(), "{}", T::OBJECT);
    rows.len()
}

#[tokio::test]
async fn every_object_of_the_world_is_pulled_whole() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    assert!(complete::<Account>(&salesforce).await > 0);
    assert!(complete::<Lead>(&salesforce).await > 0);
    assert!(complete::<Contact>(&salesforce).await > 0);
    assert!(complete::<User>(&salesforce).await > 0);
    complete::<Opportunity>(&salesforce).await;
    complete::<Case>(&salesforce).await;
    complete::<Event>(&salesforce).await;
    complete::<Task>(&salesforce).await;
    complete::<Campaign>(&salesforce).await;
    complete::<CampaignMember>(&salesforce).await;
}

#[tokio::test]
async fn our_own_push_moves_the_stamp_of_a_person_and_not_its_hash() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let (people, place) = everything::<Lead>(&salesforce, 2_000).await;
    let lead = people.iter().find(|row| row.record.is_converted != Some(true)).unwrap();
    sandbox.shared().clock.advance_ms(60_000);
    let mut call = NewTask::new("Call");
    call.who = Some(lead.record.id);
    call.day = NaiveDate::from_ymd_opt(2027, 3, 9);
    let pushed = call.to_record().unwrap();
    let task = salesforce.create(&object("Task"), &pushed).await.unwrap();

    let query = PullQuery::<Lead>::new(&description(&salesforce, "Lead").await);
    let echoed = salesforce.pull(&query, place.as_ref(), 2_000).await.unwrap();
    assert_eq!(echoed.rows.iter().map(|row| row.record.id).collect::<Vec<_>>(), [lead.record.id]);
    assert!(echoed.rows[0].record.system_modstamp > lead.record.system_modstamp);
    assert_eq!(echoed.rows[0].field_hash(), lead.field_hash());

    let (tasks, _) = everything::<Task>(&salesforce, 2_000).await;
    let own = tasks.iter().find(|row| row.record.id == task).unwrap();
    assert!(own.echoes(&pushed));
    let title = Record::new().set("Title", "Somebody else").unwrap();
    salesforce.update(&object("Lead"), lead.record.id, &title).await.unwrap();
    let changed = salesforce.pull(&query, place.as_ref(), 2_000).await.unwrap();
    assert_ne!(changed.rows[0].field_hash(), lead.field_hash());
    let stored: FieldHash = lead.field_hash().to_string().parse().unwrap();
    assert_eq!(stored, lead.field_hash());
}

#[tokio::test]
async fn what_is_deleted_is_told_page_by_page() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let (people, place) = everything::<Lead>(&salesforce, 2_000).await;
    let place = place.unwrap();
    sandbox.shared().clock.advance_ms(60_000);
    let doomed: HashSet<SalesforceId> = people.iter().take(5).map(|row| row.record.id).collect();
    for id in &doomed {
        salesforce.delete(&object("Lead"), *id).await.unwrap();
    }
    let query = GoneQuery::new(&description(&salesforce, "Lead").await).unwrap();
    let (mut gone, mut from) = (HashSet::new(), place.with_overlap(TimeDelta::minutes(10)));
    loop {
        let page = salesforce.pull_gone(&query, &from, 2).await.unwrap();
        gone.extend(page.records.iter().map(|record| record.id));
        from = page.cursor;
        if !page.has_more {
            break;
        }
    }
    assert!(gone.is_superset(&doomed));
    let left = salesforce.visible_ids(&object("Lead")).await.unwrap();
    assert!(left.is_disjoint(&doomed));
    assert_eq!(left.len() + doomed.len(), people.len());
}

#[tokio::test]
async fn merges_conversions_and_erasures_are_followed() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let (contacts, place) = everything::<Contact>(&salesforce, 2_000).await;
    let (leads, lead_place) = everything::<Lead>(&salesforce, 2_000).await;
    sandbox.shared().clock.advance_ms(60_000);

    let [winner, loser, erased] = [0, 1, 2].map(|index: usize| contacts[index].record.id);
    sandbox.salesforce().merge(winner.as_str(), &[loser.to_string()]).unwrap();
    let query = GoneQuery::new(&description(&salesforce, "Contact").await).unwrap();
    let page = salesforce.pull_gone(&query, &place.unwrap(), 2_000).await.unwrap();
    let told: Vec<_> = page.records.iter().map(|record| (record.id, record.merged_into)).collect();
    assert_eq!(told, [(loser, Some(winner))]);

    let lead = leads.iter().find(|row| row.record.is_converted != Some(true)).unwrap().record.id;
    sandbox.salesforce().convert_lead(lead.as_str(), None, None).unwrap();
    let query = PullQuery::<Lead>::new(&description(&salesforce, "Lead").await);
    let page = salesforce.pull(&query, lead_place.as_ref(), 2_000).await.unwrap();
    let converted = &page.rows.iter().find(|row| row.record.id == lead).unwrap().record;
    assert_eq!(converted.is_converted, Some(true));
    assert!(converted.converted_contact_id.is_some_and(|contact| contact.is_contact()));
    assert!(converted.converted_account_id.is_some());

    // Erased from the recycle bin it is in no list; only the ids that are left tell.
    salesforce.delete(&object("Contact"), erased).await.unwrap();
    sandbox.salesforce().purge(erased.as_str()).unwrap();
    let query = GoneQuery::new(&description(&salesforce, "Contact").await).unwrap();
    let page = salesforce.pull_gone(&query, &place.unwrap(), 2_000).await.unwrap();
    assert!(page.records.iter().all(|record| record.id != erased));
    let left = salesforce.visible_ids(&object("Contact")).await.unwrap();
    assert!(left.contains(&winner) && !left.contains(&erased) && !left.contains(&loser));
}

#[tokio::test]
async fn a_campaign_and_its_members() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let salesforce = signed_in(&sandbox);
    let mut campaign = NewCampaign::new("Launch of the year");
    campaign.start = NaiveDate::from_ymd_opt(2027, 3, 9);
    let id = salesforce.campaigns().create(&campaign).await.unwrap();
    let found = salesforce.campaigns().find_by_name("Launch of the year", campaign.start).await.unwrap();
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [id]);

    let (people, _) = everything::<Contact>(&salesforce, 2_000).await;
    let person = people[0].record.id;
    let members = salesforce.campaign_members(id);
    let statuses = members.statuses().await.unwrap();
    let responded = statuses.iter().find(|status| status.has_responded == Some(true)).unwrap().label.clone().unwrap();
    let member = members.add(person, None).await.unwrap();
    members.set_status(member, &responded).await.unwrap();
    let found = members.find(person).await.unwrap().unwrap();
    assert_eq!((found.id, found.person(), found.has_responded), (member, Some(person), Some(true)));

    let again = members.add(person, None).await.unwrap_err();
    let Some(liaison_salesforce::Disposition::Resolve(Resolution::DuplicateValue { .. })) = again.disposition() else {
        panic!("{again:?}")
    };
}

#[tokio::test]
async fn a_call_is_found_by_its_key_with_and_without_our_field() {
    let sandbox = sandbox(empty()).await;
    let salesforce = signed_in(&sandbox);
    let key = liaison_salesforce::ExternalKey::new("lk1_call").unwrap();
    let mut call = NewTask::new("Call");
    call.status = salesforce.closed_task_status().await.unwrap();
    call.call = Some(liaison_salesforce::CallFields { object: Some("lk1_call".to_owned()), ..Default::default() });
    let tasks = salesforce.tasks();
    let saved = tasks.upsert(&key, &call).await.unwrap();
    assert!(saved.created && !tasks.upsert(&key, &call).await.unwrap().created);
    for found in [tasks.find_by_key(&key).await.unwrap(), tasks.find_by_call(&key).await.unwrap()] {
        assert_eq!(found.iter().map(|task| task.id).collect::<Vec<_>>(), [saved.id]);
    }
    assert_eq!(tasks.find_by_key(&key).await.unwrap()[0].is_closed, Some(true));
}
