//! A webinar's life in the sandbox, and what became of others.

use chrono::{TimeDelta, Utc};
use futures::StreamExt;
use liaison_sandbox::SandboxConfig;
use liaison_zoom::{
    ApprovalType, ErrorKind, ListStep, NewPanelist, NewWebinar, Passcode, PastInstance, QuestionSettings,
    WebinarChange, WebinarDeletion, WebinarId, WebinarListType, WebinarSettings, WebinarType, ZoomTime,
};

use crate::support::{empty, sandbox, signed_in};

fn launch() -> NewWebinar {
    let start = ZoomTime::Utc(Utc::now() + TimeDelta::hours(30));
    NewWebinar::scheduled("Launch", start, 60, "Europe/Amsterdam")
}

#[tokio::test]
async fn a_webinar_is_made_read_changed_and_deleted() {
    let sandbox = sandbox(empty()).await;
    let zoom = signed_in(&sandbox);
    let webinars = zoom.webinars();
    let mut new = launch();
    new.passcode = Some(Passcode::new("a1b2c3"));
    new.settings = Some(WebinarSettings {
        approval_type: Some(ApprovalType::Automatic),
        practice_session: Some(true),
        registrants_restrict_number: Some(500),
        question_and_answer: Some(QuestionSettings { enable: Some(true), ..Default::default() }),
        ..Default::default()
    });
    let made = webinars.create(&new).await.unwrap();
    let read = webinars.get(made.id).await.unwrap();
    assert_eq!((read.webinar_type, read.duration_minutes), (Some(WebinarType::Scheduled), Some(60)));
    assert!(read.start_url.is_some() && read.start_url != made.start_url);
    let settings = read.settings.unwrap();
    assert_eq!((settings.practice_session, settings.registrants_restrict_number), (Some(true), Some(500)));
    assert_eq!(settings.question_and_answer.unwrap().enable, Some(true));

    let change = WebinarChange {
        topic: Some("Second launch".to_owned()),
        settings: Some(WebinarSettings { registrants_confirmation_email: Some(true), ..Default::default() }),
        ..Default::default()
    };
    webinars.update(made.id, &change, None).await.unwrap();
    let changed = webinars.get(made.id).await.unwrap();
    assert_eq!(changed.topic.as_deref(), Some("Second launch"));
    let confirmed = changed.settings.unwrap().registrants_confirmation_email.or(changed.registrants_confirmation_email);
    assert_eq!(confirmed, Some(true));
    assert_eq!(zoom.edits_today().used, 2);

    let listed = webinars.list(&WebinarListType::Upcoming, None).await.unwrap();
    assert!(listed.items.iter().any(|row| row.id == made.id));
    webinars.delete(made.id, None, WebinarDeletion::default()).await.unwrap();
    assert!(webinars.get(made.id).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn panelists_come_and_go() {
    let sandbox = sandbox(empty()).await;
    let webinars = signed_in(&sandbox).webinars();
    let id = webinars.create(&launch()).await.unwrap().id;
    let person = |name: &str| NewPanelist { name: name.to_owned(), email: format!("{name}@example.org") };
    webinars.add_panelists(id, &[person("eva"), person("bo"), person("kim")]).await.unwrap();
    let listed = webinars.panelists(id).await.unwrap();
    assert_eq!((listed.items.len(), listed.skipped.len()), (3, 0));
    assert!(listed.items.iter().all(|panelist| panelist.join_url.is_some()));
    webinars.remove_panelist(id, listed.items[0].id.as_deref().unwrap()).await.unwrap();
    assert_eq!(webinars.panelists(id).await.unwrap().items.len(), 2);
    webinars.remove_all_panelists(id).await.unwrap();
    assert_eq!(webinars.panelists(id).await.unwrap().items, []);
    assert_eq!(webinars.tracking_sources(id).await.unwrap().skipped, []);
}

#[tokio::test]
async fn the_demo_webinars_are_readable_to_the_last_row() {
    let sandbox = sandbox(SandboxConfig::default()).await;
    let zoom = signed_in(&sandbox);
    let webinars = zoom.webinars();
    let steps: Vec<_> = webinars.walk(WebinarListType::Scheduled).collect().await;
    assert!(matches!(steps.last(), Some(Ok(ListStep::Complete { skipped: 0 }))), "{steps:?}");
    let (mut instances, mut people, mut asked) = (0, 0, 0);
    for step in &steps {
        let Ok(ListStep::Page(page)) = step else { continue };
        for row in &page.items {
            assert_eq!(webinars.get(row.id).await.unwrap().id, row.id);
            for instance in webinars.past().instances(row.id).await.unwrap().items {
                instances += 1;
                let instance = PastInstance::from(instance.uuid);
                let participants = webinars.past().participants(&instance, None).await.unwrap();
                assert_eq!(participants.skipped, []);
                people += participants.items.len();
                let walked: Vec<_> = webinars.past().walk_participants(instance.clone()).collect().await;
                assert!(matches!(walked.last(), Some(Ok(ListStep::Complete { skipped: 0 }))));
                if let Err(error) = webinars.past().absentees(&instance, None, None).await {
                    assert_eq!(error.kind(), Some(&ErrorKind::RegistrationOff), "{error}");
                }
                asked += webinars.past().questions(&instance).await.unwrap().questions.unwrap_or_default().len();
                webinars.past().polls(&instance).await.unwrap();
            }
        }
    }
    assert!(instances > 0 && people > 0 && asked > 0, "{instances} {people} {asked}");
    assert_eq!(zoom.templates().of_webinars().await.unwrap().skipped, []);
    assert_eq!(zoom.templates().of_meetings().await.unwrap().skipped, []);
}

#[tokio::test]
async fn without_the_plan_and_without_the_webinar() {
    let sandbox = sandbox(empty()).await;
    let webinars = signed_in(&sandbox).webinars();
    assert!(webinars.get(WebinarId(95_204_914_252)).await.unwrap_err().is_not_found());
    sandbox.zoom().license_webinars(false);
    let error = webinars.create(&launch()).await.unwrap_err();
    assert_eq!(error.kind(), Some(&ErrorKind::NotLicensed), "{error}");
}

#[tokio::test]
async fn ending_what_does_not_run_is_refused() {
    let sandbox = sandbox(empty()).await;
    let webinars = signed_in(&sandbox).webinars();
    let id = webinars.create(&launch()).await.unwrap().id;
    assert!(webinars.end(id).await.unwrap_err().refusal().is_some());
}
