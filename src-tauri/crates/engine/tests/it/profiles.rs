//! Several profiles: nothing of one shows in another, one is open at a time, and what was cut off is finished.

use liaison_engine::view::{CommandError, LockReason, OutboxQuery, Phase, Provider, Removal};
use liaison_sandbox::{BeforeEffect, FaultRule, SandboxConfig, Service};

use crate::schedule::draft;
use crate::stage::Stage;

async fn rows(stage: &Stage) -> usize {
    stage.engine.outbox(OutboxQuery::default()).await.unwrap().items.len()
}

async fn names(stage: &Stage) -> Vec<(Option<String>, bool)> {
    let rows = stage.engine.list_profiles().await.unwrap();
    rows.into_iter().map(|row| (row.name, row.open)).collect()
}

async fn id_of(stage: &Stage, name: Option<&str>) -> String {
    let rows = stage.engine.list_profiles().await.unwrap();
    rows.into_iter().find(|row| row.name.as_deref() == name).unwrap().id
}

/// All of it.
fn removed(untold: &[Provider]) -> Removal {
    Removal { untold: untold.to_vec(), failed: None }
}

async fn is_welcome(stage: &Stage) -> bool {
    matches!(stage.engine.app_state().await.unwrap().phase, Phase::Welcome)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_one_profile_shows_in_another_and_nothing_of_it_is_sent_from_there() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    assert_eq!(names(&stage).await, [(None, true)]);
    stage.engine.pause_outbox(true).await.unwrap();
    let scheduled = stage.engine.schedule_meeting(draft(&stage).await).await.unwrap();
    let waiting = rows(&stage).await;
    assert!(waiting > 0);
    let made = stage.effects("Event.created");

    stage.engine.new_profile("Acme, the sandbox".to_owned()).await.unwrap();
    assert_eq!(names(&stage).await, [(None, false), (Some("Acme, the sandbox".to_owned()), true)]);
    assert!(is_welcome(&stage).await, "no account goes over");
    assert_eq!(rows(&stage).await, 0);
    assert!(stage.engine.meeting(scheduled.meeting.clone()).await.is_err());
    assert!(stage.engine.search_people("de".to_owned(), 5).await.unwrap().is_empty());
    // Signed in and pulled, it sends what is its own, and that is nothing.
    stage.sign_in(Provider::Zoom).await;
    stage.sign_in(Provider::Salesforce).await;
    stage.pulled().await;
    assert_eq!(rows(&stage).await, 0);
    assert_eq!(stage.effects("Event.created"), made);

    // The one that was open is opened by the next start, and the other has everything it had.
    let second = id_of(&stage, Some("Acme, the sandbox")).await;
    stage.restart().await;
    assert!(names(&stage).await[1].1);
    let first = id_of(&stage, None).await;
    stage.engine.open_other_profile(first.clone()).await.unwrap();
    assert_eq!(rows(&stage).await, waiting);
    assert!(stage.engine.meeting(scheduled.meeting).await.is_ok());
    stage.engine.name_profile(first, "Northwind".to_owned()).await.unwrap();
    assert_eq!(names(&stage).await[0], (Some("Northwind".to_owned()), true));
    assert!(second.starts_with("sandbox-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_is_removed_with_its_files_and_the_others_stay() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.engine.new_profile("Second".to_owned()).await.unwrap();
    let second = id_of(&stage, Some("Second")).await;
    let folder = stage.folder.path().join("profiles").join(&second);
    assert!(folder.join("liaison.db").exists());
    // The one that is open.
    assert_eq!(stage.engine.erase_other_profile(second.clone()).await.unwrap(), removed(&[]), "nobody had signed in");
    assert!(!folder.join("liaison.db").exists() && !folder.join("keyinfo.json").exists());
    assert_eq!(names(&stage).await, [(None, true)]);
    assert!(!is_welcome(&stage).await, "the first one is open again");
    // One that is closed.
    stage.engine.new_profile("Third".to_owned()).await.unwrap();
    let (first, third) = (id_of(&stage, None).await, id_of(&stage, Some("Third")).await);
    stage.engine.open_other_profile(first).await.unwrap();
    assert_eq!(stage.engine.erase_other_profile(third.clone()).await.unwrap(), removed(&[]));
    assert_eq!(names(&stage).await, [(None, true)]);
    assert!(!stage.folder.path().join("profiles").join(&third).join("liaison.db").exists());
    let gone = stage.engine.open_other_profile(third).await.unwrap_err();
    assert_eq!(CommandError::from(gone), CommandError::Gone);
    assert!(!is_welcome(&stage).await);
}

/// Zoom, and Salesforce, as the sandbox counted the sign-ins that were ended at their owner's wish.
fn revoked(stage: &Stage) -> (usize, usize) {
    let effects = stage.sandbox.shared().journal.since(0);
    let asked =
        effects.iter().filter(|effect| effect.kind == "token.set_revoked" && effect.detail["reason"] == "revoked");
    (asked.count(), stage.effects("token.revoked"))
}

/// A second profile, signed in to both and closed again.
async fn closed_and_signed_in(stage: &Stage) -> String {
    stage.engine.new_profile("Second".to_owned()).await.unwrap();
    stage.sign_in(Provider::Zoom).await;
    stage.sign_in(Provider::Salesforce).await;
    let (first, second) = (id_of(stage, None).await, id_of(stage, Some("Second")).await);
    stage.engine.open_other_profile(first).await.unwrap();
    second
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_ins_of_a_closed_profile_end_with_it() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let second = closed_and_signed_in(&stage).await;
    // Long closed: the access token that Zoom revokes by has expired meanwhile.
    stage.sandbox.zoom().expire_access_tokens();
    stage.skip(std::time::Duration::from_hours(48));
    assert_eq!(revoked(&stage), (0, 0));
    assert_eq!(stage.engine.erase_other_profile(second.clone()).await.unwrap(), removed(&[]));
    assert_eq!(revoked(&stage), (1, 1));
    assert_eq!(names(&stage).await, [(None, true)]);
    assert!(!stage.folder.path().join("profiles").join(&second).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_service_could_not_be_told_is_said_and_the_profile_goes_all_the_same() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let second = closed_and_signed_in(&stage).await;
    stage.sandbox.faults().add(FaultRule::on(Service::Zoom, "POST", "/").before(BeforeEffect::Reset)).unwrap();
    assert_eq!(stage.engine.erase_other_profile(second.clone()).await.unwrap(), removed(&[Provider::Zoom]));
    assert_eq!(revoked(&stage), (0, 1));
    assert!(!stage.folder.path().join("profiles").join(&second).exists());
}

/// The process that removes it ends slowly: it has erased the database and holds the folder still.
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_another_process_is_still_removing_is_not_listed_again() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    stage.engine.new_profile("Second".to_owned()).await.unwrap();
    let (first, second) = (id_of(&stage, None).await, id_of(&stage, Some("Second")).await);
    stage.engine.open_other_profile(first).await.unwrap();
    let folder = stage.folder.path().join("profiles").join(&second);
    std::fs::write(folder.join("removing"), "").unwrap();
    let held = std::fs::File::open(folder.join("profile.lock")).unwrap();
    held.lock().unwrap();
    stage.restart().await;
    assert_eq!(names(&stage).await, [(None, true)]);
    std::fs::remove_file(folder.join("liaison.db")).unwrap();
    drop(held);
    stage.restart().await;
    assert_eq!(names(&stage).await, [(None, true)]);
    assert!(!folder.exists());
}

/// The first profile has a folder that is always the same: what was begun there goes before it is somebody's again.
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_made_anew_is_not_taken_for_the_one_that_was_to_go() {
    let mut stage = Stage::new(SandboxConfig::default()).await;
    let folder = stage.folder.path().join("profiles").join("sandbox");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("removing"), "").unwrap();
    stage.sign_in(Provider::Zoom).await;
    assert_eq!(names(&stage).await, [(None, true)]);
    stage.restart().await;
    assert_eq!(names(&stage).await, [(None, true)]);
    assert!(!is_welcome(&stage).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cut_off_is_finished_by_the_next_start() {
    let mut stage = Stage::connected(SandboxConfig::default()).await;
    stage.engine.new_profile("Second".to_owned()).await.unwrap();
    let (first, second) = (id_of(&stage, None).await, id_of(&stage, Some("Second")).await);
    stage.engine.open_other_profile(first).await.unwrap();
    let profiles = stage.folder.path().join("profiles");
    // Killed after the mark of a removal, and after the folder of a new one.
    std::fs::write(profiles.join(&second).join("removing"), "").unwrap();
    std::fs::create_dir(profiles.join("sandbox-0123456789ab")).unwrap();
    // What is nobody's is left alone.
    std::fs::create_dir(profiles.join("notes")).unwrap();
    stage.restart().await;
    assert_eq!(names(&stage).await, [(None, true)]);
    assert!(!profiles.join(&second).exists() && !profiles.join("sandbox-0123456789ab").exists());
    assert!(profiles.join("notes").exists());
    assert!(!is_welcome(&stage).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_can_not_be_opened_leaves_the_open_one_open() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.engine.new_profile("Second".to_owned()).await.unwrap();
    let (first, second) = (id_of(&stage, None).await, id_of(&stage, Some("Second")).await);
    stage.engine.open_other_profile(first).await.unwrap();
    let folder = stage.folder.path().join("profiles").join(&second);
    std::fs::write(folder.join("keyinfo.json"), br#"{"format":99}"#).unwrap();
    assert!(matches!(
        CommandError::from(stage.engine.open_other_profile(second.clone()).await.unwrap_err()),
        CommandError::Locked { .. }
    ));
    assert_eq!(names(&stage).await[0], (None, true));
    assert!(!is_welcome(&stage).await);
    // A newer version wrote it: it is not erased by this one, and it is not lost from sight either.
    let refused = Some(CommandError::Locked { reason: LockReason::NewerVersion });
    let left = stage.engine.erase_other_profile(second).await.unwrap();
    assert_eq!(left, Removal { untold: Vec::new(), failed: refused }, "its sign-ins are its own as before");
    assert!(folder.join("liaison.db").exists());
    assert_eq!(names(&stage).await.len(), 2);
    for wrong in ["", "   "] {
        assert!(stage.engine.new_profile(wrong.to_owned()).await.is_err());
    }
}
