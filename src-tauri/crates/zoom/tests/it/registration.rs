//! Registration for meetings and webinars in the sandbox.

use chrono::{TimeDelta, Utc};
use futures::StreamExt;
use liaison_sandbox::SandboxConfig;
use liaison_zoom::{
    ApprovalType, BatchRegistrant, BatchRegistration, CustomQuestion, ErrorKind, ListStep, MeetingSettings, NewMeeting,
    NewRegistrant, NewWebinar, QuestionField, QuestionType, RegistrantAction, RegistrantKey, RegistrantList,
    RegistrantStatus, Registrants, RegistrationAnswer, RegistrationQuestions, WebinarListType, WebinarSettings, Zoom,
    ZoomError, ZoomTime,
};

use crate::support::{effects, empty, sandbox, signed_in};

fn tomorrow() -> ZoomTime {
    ZoomTime::Utc(Utc::now() + TimeDelta::hours(30))
}

async fn of_meeting(zoom: &Zoom, approval: ApprovalType) -> Registrants {
    let mut new = NewMeeting::scheduled("Open day", tomorrow(), 60, "Europe/Amsterdam");
    new.settings = Some(MeetingSettings { approval_type: Some(approval), ..Default::default() });
    let made = zoom.meetings().create(&new).await.unwrap();
    assert!(made.registration_url.is_some());
    zoom.meetings().registrants(made.id)
}

async fn of_webinar(zoom: &Zoom, approval: ApprovalType) -> Registrants {
    let mut new = NewWebinar::scheduled("Launch", tomorrow(), 60, "Europe/Amsterdam");
    new.settings = Some(WebinarSettings { approval_type: Some(approval), ..Default::default() });
    let made = zoom.webinars().create(&new).await.unwrap();
    assert!(made.registration_url.is_some());
    zoom.webinars().registrants(made.id)
}

fn anna() -> NewRegistrant {
    NewRegistrant {
        last_name: Some("de Vries".to_owned()),
        org: Some("Adatum".to_owned()),
        ..NewRegistrant::new("anna@example.org", "Anna")
    }
}

async fn emails(registrants: &Registrants, status: RegistrantStatus) -> Vec<String> {
    let page = registrants.list(&RegistrantList::of(status), None).await.unwrap();
    assert_eq!(page.skipped, []);
    page.items.into_iter().map(|row| row.email).collect()
}

#[tokio::test]
async fn somebody_registers_is_listed_and_leaves() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    for registrants in
        [of_meeting(&zoom, ApprovalType::Automatic).await, of_webinar(&zoom, ApprovalType::Automatic).await]
    {
        let added = registrants.add(&anna(), &[]).await.unwrap();
        assert!(added.join_url.is_some());
        assert_eq!(emails(&registrants, RegistrantStatus::Approved).await, ["anna@example.org"]);
        let one = registrants.get(&added.registrant_id).await.unwrap();
        assert_eq!((one.first_name.as_deref(), one.org.as_deref()), (Some("Anna"), Some("Adatum")));
        registrants.delete(&added.registrant_id, None).await.unwrap();
        assert!(registrants.get(&added.registrant_id).await.unwrap_err().is_not_found());
        assert_eq!(emails(&registrants, RegistrantStatus::Approved).await, [""; 0]);
    }
    assert_eq!(zoom.edits_today().used, 2, "registering changes no meeting");
    assert_eq!(effects(&sandbox, "meeting.registration_created"), 1);
}

#[tokio::test]
async fn who_waits_has_no_link_until_the_host_decides() {
    let sandbox = sandbox(empty()).await;
    let registrants = of_webinar(&signed_in(&sandbox), ApprovalType::Manual).await;
    let added = registrants.add(&anna(), &[]).await.unwrap();
    assert_eq!(added.join_url, None);
    assert_eq!(emails(&registrants, RegistrantStatus::Pending).await, ["anna@example.org"]);
    let key = [RegistrantKey { id: added.registrant_id.clone(), email: "anna@example.org".to_owned() }];
    registrants.set_status(RegistrantAction::Approve, &key, None).await.unwrap();
    assert!(registrants.get(&added.registrant_id).await.unwrap().join_url.is_some());
    registrants.set_status(RegistrantAction::Deny, &key, None).await.unwrap();
    assert_eq!(emails(&registrants, RegistrantStatus::Denied).await, ["anna@example.org"]);
}

#[tokio::test]
async fn thirty_at_once() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    for registrants in
        [of_meeting(&zoom, ApprovalType::Automatic).await, of_webinar(&zoom, ApprovalType::Automatic).await]
    {
        let person = |number: u32| BatchRegistrant {
            email: format!("guest{number}@example.org"),
            first_name: "Guest".to_owned(),
            last_name: Some(number.to_string()),
        };
        let batch = BatchRegistration { registrants: (0..30).map(person).collect(), ..Default::default() };
        let added = registrants.add_batch(&batch).await.unwrap();
        assert_eq!(added.len(), 30);
        assert!(added.iter().all(|one| one.registrant_id.is_some()));
        assert_eq!(emails(&registrants, RegistrantStatus::Approved).await.len(), 30);
    }
}

#[tokio::test]
async fn questions_are_set_and_must_be_answered() {
    let sandbox = sandbox(empty()).await;
    let registrants = of_webinar(&signed_in(&sandbox), ApprovalType::Automatic).await;
    let asked = RegistrationQuestions {
        questions: Some(vec![QuestionField { field_name: "org".to_owned(), required: true }]),
        custom_questions: Some(vec![CustomQuestion {
            title: "How did you find us?".to_owned(),
            question_type: QuestionType::SingleRadio,
            required: true,
            answers: vec!["Fair".to_owned(), "Letter".to_owned()],
        }]),
    };
    registrants.set_questions(&asked).await.unwrap();
    let kept = registrants.questions().await.unwrap();
    assert_eq!(kept.custom_questions, asked.custom_questions);
    assert!(kept.required_fields().any(|field| field == "org"));
    let error = registrants.add(&anna(), &[]).await.unwrap_err();
    assert!(error.refusal().is_some_and(|refusal| refusal.status.is_client_error()), "{error}");
    let answer = RegistrationAnswer { title: "How did you find us?".to_owned(), value: Some("Fair".to_owned()) };
    let complete = NewRegistrant { custom_questions: Some(vec![answer.clone()]), ..anna() };
    let added = registrants.add(&complete, &[]).await.unwrap();
    let one = registrants.get(&added.registrant_id).await.unwrap();
    assert!(one.custom_questions.unwrap().contains(&answer));
}

/// A quota of one person is no limit for the others.
#[tokio::test]
async fn three_registrations_and_ten_decisions_a_day() {
    let sandbox = sandbox(empty()).await;
    let registrants = of_meeting(&signed_in(&sandbox), ApprovalType::Manual).await;
    let mut id = String::new();
    for _ in 0..3 {
        id = registrants.add(&anna(), &[]).await.unwrap().registrant_id;
    }
    let error = registrants.add(&anna(), &[]).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::RegistrantLimit), "{error}");
    registrants.add(&NewRegistrant { email: "bo@example.org".to_owned(), ..anna() }, &[]).await.unwrap();

    let key = [RegistrantKey { id, email: "anna@example.org".to_owned() }];
    for number in 0..10 {
        let action = if number % 2 == 0 { RegistrantAction::Approve } else { RegistrantAction::Deny };
        registrants.set_status(action, &key, None).await.unwrap();
    }
    let error = registrants.set_status(RegistrantAction::Approve, &key, None).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::RegistrantStatusLimit), "{error}");
    assert!(registrants.questions().await.is_ok());
}

#[tokio::test]
async fn without_registration_nobody_registers() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    let new = NewWebinar::scheduled("Closed", tomorrow(), 60, "Europe/Amsterdam");
    let made = zoom.webinars().create(&new).await.unwrap();
    let error = zoom.webinars().registrants(made.id).add(&anna(), &[]).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::RegistrationOff), "{error}");
}

#[tokio::test]
async fn hundreds_of_registrants_come_once_each() {
    let config = SandboxConfig { webinars: Some(3), registrants: Some(700), ..SandboxConfig::default() };
    let sandbox = sandbox(config).await;
    let zoom = signed_in(&sandbox);
    let webinars = zoom.webinars().list(&WebinarListType::Scheduled, None).await.unwrap().items;
    let mut most = 0;
    for webinar in webinars {
        let list = RegistrantList::of(RegistrantStatus::Approved);
        let steps: Vec<_> = zoom.webinars().registrants(webinar.id).walk(list).collect().await;
        let mut seen = std::collections::HashSet::new();
        for step in &steps {
            match step {
                Ok(ListStep::Page(page)) => {
                    assert_eq!(page.skipped, []);
                    assert!(page.items.iter().all(|row| seen.insert(row.email.clone())));
                }
                Ok(ListStep::Complete { skipped: 0 }) => {}
                Err(error) => assert_eq!(error.kind(), Some(&ErrorKind::RegistrationOff), "{error}"),
                other => panic!("{other:?}"),
            }
        }
        most = most.max(seen.len());
    }
    assert!(most > 300, "{most}");
}

#[tokio::test]
async fn what_only_the_other_kind_of_event_knows_does_not_leave() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    let meeting = of_meeting(&zoom, ApprovalType::Manual).await;
    let webinar = of_webinar(&zoom, ApprovalType::Manual).await;
    let field = |error: ZoomError| match error {
        ZoomError::Invalid(invalid) => invalid.field,
        other => panic!("{other:?}"),
    };
    let at_once = NewRegistrant { auto_approve: Some(true), ..anna() };
    assert!(meeting.add(&at_once, &[]).await.unwrap().join_url.is_some());
    assert_eq!(field(webinar.add(&at_once, &[]).await.unwrap_err()), "auto_approve");
    let tracked = NewRegistrant { source_id: Some("s1".to_owned()), ..anna() };
    assert_eq!(field(meeting.add(&tracked, &[]).await.unwrap_err()), "source_id");

    let bo = BatchRegistrant { email: "bo@example.org".to_owned(), first_name: "Bo".to_owned(), last_name: None };
    let confirmed = BatchRegistration {
        registrants_confirmation_email: Some(true),
        registrants: vec![bo],
        ..BatchRegistration::default()
    };
    assert_eq!(meeting.add_batch(&confirmed).await.unwrap().len(), 1);
    assert_eq!(field(webinar.add_batch(&confirmed).await.unwrap_err()), "registrants_confirmation_email");
    let at_once = BatchRegistration { auto_approve: Some(true), registrants_confirmation_email: None, ..confirmed };
    assert_eq!(webinar.add_batch(&at_once).await.unwrap().len(), 1);
    assert_eq!(emails(&webinar, RegistrantStatus::Pending).await, [""; 0]);
}
