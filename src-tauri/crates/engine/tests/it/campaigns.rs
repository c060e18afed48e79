//! A webinar's people in a Campaign by the thousand: each is a member once, and it costs the organisation a few calls.

use std::time::Duration;

use liaison_engine::view::{CampaignChoice, CampaignRun, FollowUp, FollowUpAsk, MemberStatuses};
use liaison_sandbox::{AfterEffect, FaultRule, SalesforceRows, SandboxConfig, Service, WorldKind, ZoomRows};
use serde_json::{Value, json};

use crate::stage::Stage;

const WEBINAR: &str = "95204914252";
const CAMPAIGN: &str = "701000000000001AAA";

/// So many registrants who are Contacts; all who have an even number came.
async fn stage(people: usize) -> Stage {
    let config = SandboxConfig { world: WorldKind::Empty, ..SandboxConfig::default() };
    let stage = Stage::new(config).await;
    let contacts: Vec<Value> = (0..people)
        .map(|at| {
            json!({"Id": contact(at), "FirstName": format!("F{at}"), "LastName": format!("L{at}"),
                "Email": format!("p{at}@acme.example")})
        })
        .collect();
    let org = json!({
        "Contact": contacts,
        "Campaign": [{"Id": CAMPAIGN, "Name": "Launch", "IsActive": true}],
        "CampaignMemberStatus": [
            {"CampaignId": CAMPAIGN, "Label": "Sent", "IsDefault": true, "SortOrder": 1},
            {"CampaignId": CAMPAIGN, "Label": "Responded", "HasResponded": true, "SortOrder": 2},
        ],
    });
    let org: SalesforceRows = serde_json::from_value(org).unwrap();
    stage.sandbox.salesforce().load(&org).unwrap();
    let yesterday = chrono::Utc::now() - chrono::TimeDelta::days(1);
    let at = |minutes: i64| (yesterday + chrono::TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let registrants: Vec<Value> = (0..people)
        .map(|one| {
            json!({"id": format!("r{one}"), "email": format!("p{one}@acme.example"), "first_name": format!("F{one}"),
                "last_name": format!("L{one}"), "status": "approved", "create_time": at(-9_000)})
        })
        .collect();
    let came: Vec<Value> = (0..people)
        .step_by(2)
        .map(|one| {
            json!({"id": "", "user_id": format!("{one}"), "name": format!("F{one}"), "user_email": "",
                "registrant_id": format!("r{one}"), "join_time": at(0), "leave_time": at(40)})
        })
        .collect();
    let rows = json!({"webinars": [{
        "id": WEBINAR.parse::<u64>().unwrap(), "topic": "Launch", "type": 5, "start_time": at(0),
        "duration": 60, "timezone": "UTC", "settings": {"approval_type": 0}, "registrants": registrants,
        "instances": [{"uuid": "aaaaBBBBccccDDDDeeee1A==", "start_time": at(0),
            "end_time": at(60), "participants": came}],
    }]});
    let rows: ZoomRows = serde_json::from_value(rows).unwrap();
    stage.sandbox.zoom().load(&rows).unwrap();
    for provider in [liaison_engine::view::Provider::Zoom, liaison_engine::view::Provider::Salesforce] {
        stage.sign_in(provider).await;
    }
    stage.pulled().await;
    stage.engine.settle().await;
    stage.engine.refresh_webinar(WEBINAR.to_owned()).await.unwrap();
    stage.engine.settle().await;
    stage
}

fn contact(at: usize) -> String {
    // The checksum of an id whose letters are all small, or that has none.
    format!("003{at:012}AAA")
}

fn choice(attended: &str, no_show: &str) -> CampaignChoice {
    let status = |name: &str| Some(name.to_owned());
    CampaignChoice {
        campaign: status(CAMPAIGN),
        name: "Launch".to_owned(),
        statuses: MemberStatuses {
            registered: status("Sent"),
            attended: status(attended),
            no_show: status(no_show),
            ..MemberStatuses::default()
        },
        add_statuses: false,
    }
}

/// Calls of Salesforce's API so far.
fn calls(stage: &Stage) -> u64 {
    let counts = stage.sandbox.requests().counts();
    counts.iter().filter(|one| one.service == Service::Salesforce).map(|one| one.count).sum()
}

fn jobs(stage: &Stage) -> u64 {
    let counts = stage.sandbox.requests().counts();
    let made = counts.iter().filter(|one| one.method == "POST" && one.route.ends_with("/jobs/ingest"));
    made.map(|one| one.count).sum()
}

/// Runs it as it was planned just before.
async fn as_planned(stage: &Stage, choice: CampaignChoice) -> CampaignRun {
    let plan = stage.engine.plan_campaign(WEBINAR.to_owned(), choice.clone()).await.unwrap();
    stage.engine.run_campaign(WEBINAR.to_owned(), choice, plan.digest).await.unwrap()
}

/// Runs it; answers how many calls it took after the plan.
async fn run(stage: &Stage, choice: CampaignChoice) -> (CampaignRun, u64) {
    let run = as_planned(stage, choice).await;
    let before = calls(stage);
    stage.skip(Duration::from_secs(10));
    for _ in 0..60 {
        stage.engine.settle().await;
        if stage.engine.app_state().await.unwrap().unsent == 0 {
            break;
        }
        stage.skip(Duration::from_secs(5));
    }
    assert_eq!(stage.engine.app_state().await.unwrap().unsent, 0);
    (run, calls(stage) - before)
}

async fn with_status(stage: &Stage, status: &str) -> u64 {
    let path = format!("/services/data/v62.0/query?q=SELECT+COUNT()+FROM+CampaignMember+WHERE+Status='{status}'");
    stage.salesforce_get(&path).await["totalSize"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_members_take_five_calls_at_most_new_or_changed() {
    let stage = stage(1_000).await;
    let (made, taken) = run(&stage, choice("Responded", "Sent")).await;
    assert_eq!(made.people, 1_000);
    // Two of them are the Campaign's own: it is read, and told of its webinar.
    assert!(taken <= 5 + 2, "{taken} calls");
    assert_eq!((with_status(&stage, "Responded").await, with_status(&stage, "Sent").await), (500, 500));
    assert_eq!(stage.effects("CampaignMember.created"), 1_000);
    // Everybody's status changes: who is there is found with one question.
    let (changed, taken) = run(&stage, choice("Sent", "Responded")).await;
    assert_eq!((changed.people, changed.campaign), (1_000, false));
    assert!(taken <= 5, "{taken} calls");
    assert_eq!(stage.effects("CampaignMember.created"), 1_000, "nobody is added twice");
    let (nothing, _) = run(&stage, choice("Sent", "Responded")).await;
    assert_eq!((nothing.people, nothing.group), (0, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn new_members_by_the_thousand_go_in_one_job_and_a_lost_answer_doubles_nobody() {
    const PEOPLE: usize = 2_050;
    let stage = stage(PEOPLE).await;
    // The data has arrived, and nobody heard of it.
    let lost = FaultRule::on(Service::Salesforce, "PUT", "/services/data/*/jobs/ingest/*/batches");
    stage.sandbox.faults().add(lost.after(AfterEffect::Reset).times(1)).unwrap();
    // Somebody else has added one of them.
    let member = json!({"CampaignId": CAMPAIGN, "ContactId": contact(7), "Status": "Sent"});
    let planned = stage.engine.plan_campaign(WEBINAR.to_owned(), choice("Responded", "Sent")).await.unwrap();
    assert_eq!(planned.create, u32::try_from(PEOPLE).unwrap(), "all are counted, also those that are not listed");
    assert!(planned.rows.len() < PEOPLE);
    let (run_with, taken) = {
        let made = as_planned(&stage, choice("Responded", "Sent")).await;
        stage.ask_salesforce(reqwest::Method::POST, "/services/data/v62.0/sobjects/CampaignMember", Some(member)).await;
        let before = calls(&stage);
        stage.skip(Duration::from_secs(10));
        for _ in 0..120 {
            stage.engine.settle().await;
            if stage.engine.app_state().await.unwrap().unsent == 0 {
                break;
            }
            stage.skip(Duration::from_secs(5));
            stage.sandbox.shared().clock.advance_ms(5_000);
        }
        (made, calls(&stage) - before)
    };
    assert_eq!(usize::try_from(run_with.people).unwrap(), PEOPLE);
    assert_eq!(stage.engine.app_state().await.unwrap().unsent, 0);
    assert_eq!(jobs(&stage), 1);
    assert_eq!(stage.effects("CampaignMember.created"), PEOPLE);
    assert!(taken <= 40, "{taken} calls, looks at the job among them");
    let after = stage.engine.plan_campaign(WEBINAR.to_owned(), choice("Responded", "Sent")).await.unwrap();
    assert_eq!((after.create, after.change), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stayed_away_gets_one_task_and_can_lose_it_again() {
    let stage = stage(6).await;
    let task = FollowUp {
        subject: "Missed the launch".to_owned(),
        day: (stage.now() + chrono::TimeDelta::days(2)).format("%Y-%m-%d").to_string(),
        time: None,
        note: String::new(),
    };
    let ask = FollowUpAsk { webinar: WEBINAR.to_owned(), task, left_out: vec![format!("{WEBINAR}:r1")] };
    let plan = stage.engine.plan_webinar_follow_ups(ask.clone()).await.unwrap();
    assert_eq!((plan.total, plan.create, plan.there), (3, 2, 0));
    let bad = FollowUpAsk { task: FollowUp { subject: " ".to_owned(), ..ask.task.clone() }, ..ask.clone() };
    assert!(stage.engine.follow_up_absentees(bad).await.is_err());
    let run = stage.engine.follow_up_absentees(ask.clone()).await.unwrap();
    assert_eq!(run.people, 2);
    // Pressed twice: nobody gets a second one.
    assert!(stage.engine.follow_up_absentees(ask.clone()).await.is_err());
    stage.advance(Duration::from_secs(10)).await;
    stage.until("both are there", async || stage.effects("Task.created") == 2).await;
    stage.until("nothing waits", async || stage.engine.app_state().await.unwrap().unsent == 0).await;
    stage.engine.undo_outbox_group(run.group.unwrap()).await.unwrap();
    stage.until("both are gone", async || stage.effects("Task.deleted") == 2).await;
    stage.until("nothing waits", async || stage.engine.app_state().await.unwrap().unsent == 0).await;
    let again = stage.engine.plan_webinar_follow_ups(ask).await.unwrap();
    assert_eq!(again.create, 2, "what was taken back can be planned again");
}
