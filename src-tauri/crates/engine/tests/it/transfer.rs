//! What only one computer knows goes to another, sealed, and what is newer there stays.

use std::sync::Arc;

use liaison_engine::view::{CallFilter, CallNote, CallScope, Density, Provider, Transfer, TransferKind, TransferPart};
use liaison_engine::{Engine, Error};
use liaison_sandbox::SandboxConfig;

use crate::stage::{self, Notes, Stage};

const PHRASE: &str = "correct horse battery";

fn part(transfer: &Transfer, what: TransferKind) -> Option<TransferPart> {
    transfer.parts.iter().copied().find(|part| part.what == what)
}

async fn first_call(engine: &Engine) -> Option<String> {
    let filter =
        CallFilter { chip: liaison_engine::view::CallChip::ToLink, from: None, to: None, query: String::new() };
    let listed = engine.list_calls(filter, 0, 1).await.unwrap().rows;
    listed.into_iter().next().map(|row| row.id)
}

fn note(text: &str) -> CallNote {
    CallNote { note: text.to_owned(), disposition: None }
}

fn problem(outcome: Result<Transfer, Error>) -> &'static str {
    match outcome {
        Err(Error::Transfer(problem)) => match problem {
            liaison_engine::view::TransferProblem::WrongPassphrase => "passphrase",
            liaison_engine::view::TransferProblem::OtherAccount => "other",
            liaison_engine::view::TransferProblem::Damaged => "damaged",
            _ => "another",
        },
        Err(error) => panic!("{error}"),
        Ok(_) => "none",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_laptop_knows_what_the_old_one_knew() {
    let old = Stage::connected(SandboxConfig::default()).await;
    old.until("calls wait for somebody", async || first_call(&old.engine).await.is_some()).await;
    let call = first_call(&old.engine).await.unwrap();
    let person = old.engine.search_people("a".to_owned(), 1).await.unwrap().remove(0);
    old.engine.link_call(call.clone(), person.id.clone(), CallScope::ThisCall).await.unwrap();
    old.engine.keep_call_note(call.clone(), note("Wants a quote.")).await.unwrap();
    let settings = old.engine.app_state().await.unwrap().settings;
    old.engine
        .update_settings(liaison_engine::view::Settings { density: Density::Compact, hold_seconds: 20, ..settings })
        .await
        .unwrap();
    let files = tempfile::tempdir().unwrap();
    assert!(old.engine.export_known("x".to_owned(), "short".to_owned().into()).await.is_err());
    assert_eq!(old.engine.export_known("x".to_owned(), PHRASE.to_owned().into()).await.unwrap(), None, "closed");
    *old.notes.saves.lock().unwrap() = Some(files.path().to_owned());
    assert!(old.engine.export_known("Liaison".to_owned(), PHRASE.to_owned().into()).await.unwrap() > Some(2));
    let sealed = std::fs::read(files.path().join("Liaison.liaison")).unwrap();
    assert!(!sealed.windows(5).any(|part| part == b"quote"));

    // The same services, another computer.
    let folder = tempfile::tempdir().unwrap();
    let new = stage::engine(folder.path(), &Arc::new(Notes::following()), &old.endpoints, &Arc::default());
    new.open().await;
    for provider in [Provider::Zoom, Provider::Salesforce] {
        new.connect(provider).await.unwrap();
    }
    old.until("the call is there", async || new.call(call.clone()).await.is_ok()).await;
    let read = |phrase: &str| new.read_transfer(sealed.clone(), phrase.to_owned().into());
    assert_eq!(problem(read("correct horse batteries").await), "passphrase");
    assert_eq!(
        problem(new.read_transfer(sealed[..sealed.len() - 9].to_vec(), PHRASE.to_owned().into()).await),
        "damaged"
    );
    let seen = read(PHRASE).await.unwrap();
    assert_eq!(part(&seen, TransferKind::CallNotes).unwrap().fresh, 1);
    assert_eq!(new.call(call.clone()).await.unwrap().note.note, "", "looking changes nothing");
    assert_eq!(new.take_transfer(sealed.clone(), PHRASE.to_owned().into()).await.unwrap(), seen);
    let there = new.call(call.clone()).await.unwrap();
    assert_eq!(there.note.note, "Wants a quote.");
    let settings = new.app_state().await.unwrap().settings;
    assert_eq!((settings.density, settings.hold_seconds), (Density::Compact, 20));
    old.until("the call is linked there", async || {
        let row = new.call(call.clone()).await.unwrap().row;
        row.person.is_some_and(|linked| linked.id == person.id)
    })
    .await;

    // What is newer stays, and a second time brings nothing.
    new.keep_call_note(call.clone(), note("Wants two.")).await.unwrap();
    let again = new.take_transfer(sealed.clone(), PHRASE.to_owned().into()).await.unwrap();
    assert!(again.parts.iter().all(|part| part.fresh + part.newer == 0), "{again:?}");
    assert_eq!(new.call(call).await.unwrap().note.note, "Wants two.");
    new.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_somebody_else_is_not_taken_in() {
    let old = Stage::connected(SandboxConfig::default()).await;
    let files = tempfile::tempdir().unwrap();
    *old.notes.saves.lock().unwrap() = Some(files.path().to_owned());
    old.engine.export_known("a".to_owned(), PHRASE.to_owned().into()).await.unwrap();
    let sealed = std::fs::read(files.path().join("a.liaison")).unwrap();
    let other = Stage::new(SandboxConfig { org: *b"Zz", ..SandboxConfig::default() }).await;
    other.engine.connect(Provider::Salesforce).await.unwrap();
    let outcome = other.engine.take_transfer(sealed, PHRASE.to_owned().into()).await;
    assert_eq!(problem(outcome), "other");
}
