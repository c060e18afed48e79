//! The palette on a pulled copy: what is found, in which order, and what use changes of that.

use liaison_engine::view::{
    PaletteAnswer, PaletteAsk, PaletteChoice, PaletteCommand, PaletteEntry, PaletteKind, Provider,
};
use liaison_sandbox::SandboxConfig;

use crate::stage::Stage;

async fn asked(stage: &Stage, query: &str) -> PaletteAnswer {
    let command =
        |id: &str, title: &str, setting| PaletteCommand { id: id.to_owned(), title: title.to_owned(), setting };
    let ask = PaletteAsk {
        query: query.to_owned(),
        region: "nl-NL".to_owned(),
        plan_word: "inplannen".to_owned(),
        commands: vec![
            command("sync", "Sync now", false),
            command("go-outbox", "Go to Outbox", false),
            command("theme", "Theme", true),
        ],
    };
    stage.engine.palette(ask).await.unwrap()
}

fn group(answer: &PaletteAnswer, kind: PaletteKind) -> &[PaletteEntry] {
    answer.groups.iter().find(|group| group.kind == kind).map_or(&[], |group| &group.entries)
}

fn people(answer: &PaletteAnswer) -> Vec<String> {
    let id = |entry: &PaletteEntry| match entry {
        PaletteEntry::Person { hit } => hit.id.clone(),
        other => panic!("{other:?} is nobody"),
    };
    group(answer, PaletteKind::People).iter().map(id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_a_command_a_setting_and_a_scope_are_told_from_words() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let plan = |line: &str| PaletteEntry::Plan { line: line.to_owned() };
    for typed in ["schedule demo with anna", "plan demo with anna", "Inplannen demo with anna"] {
        assert_eq!(asked(&stage, typed).await.groups[0].entries, [plan("demo with anna")], "{typed}");
    }
    // A time alone is enough; a word that begins like one is not.
    assert_eq!(group(&asked(&stage, "demo morgen 15:30").await, PaletteKind::Plan), [plan("demo morgen 15:30")]);
    assert!(group(&asked(&stage, "planning").await, PaletteKind::Plan).is_empty());

    let outbox = PaletteEntry::Command { id: "go-outbox".to_owned() };
    assert_eq!(asked(&stage, "OUTBÓX").await.groups[0].entries, std::slice::from_ref(&outbox));
    assert_eq!(
        group(&asked(&stage, "theme").await, PaletteKind::Settings),
        [PaletteEntry::Setting { id: "theme".to_owned() }]
    );
    let bare = asked(&stage, "").await;
    assert_eq!(bare.groups.len(), 1, "{bare:?}");
    assert_eq!(group(&bare, PaletteKind::Commands).len(), 2);

    let kinds = |answer: PaletteAnswer| answer.groups.into_iter().map(|group| group.kind).collect::<Vec<_>>();
    assert_eq!(kinds(asked(&stage, "@an").await), [PaletteKind::People]);
    let only = kinds(asked(&stage, "> e").await);
    assert!(only.iter().all(|kind| matches!(kind, PaletteKind::Commands | PaletteKind::Settings)), "{only:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_chosen_comes_first_also_from_beyond_the_first_hits_until_the_account_is_erased() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    let first = people(&asked(&stage, "@an").await);
    let all = stage.engine.search_people("an".to_owned(), 50).await.unwrap();
    // Somebody whose name has a word that begins so, as those have who are shown.
    let begins = |name: &str| name.split(' ').any(|word| word.to_lowercase().starts_with("an"));
    let beyond = all.iter().rfind(|hit| !first.contains(&hit.id) && begins(&hit.name));
    let wanted = beyond.map_or_else(|| first.last().unwrap().clone(), |hit| hit.id.clone());
    assert_ne!(first.first(), Some(&wanted), "the world has too few people for this test");
    for _ in 0..8 {
        stage.engine.note_palette_choice(PaletteChoice::Person { id: wanted.clone() }).await.unwrap();
    }
    assert_eq!(people(&asked(&stage, "@an").await).first(), Some(&wanted));
    stage.engine.note_palette_choice(PaletteChoice::Command { id: "sync".to_owned() }).await.unwrap();
    let used = asked(&stage, "").await;
    assert!(matches!(group(&used, PaletteKind::Used), [PaletteEntry::Person { .. }, PaletteEntry::Command { .. }]));

    stage.engine.disconnect(Provider::Salesforce, true).await.unwrap();
    let used = asked(&stage, "").await;
    assert_eq!(group(&used, PaletteKind::Used), [PaletteEntry::Command { id: "sync".to_owned() }]);
}

#[tokio::test(flavor = "multi_thread")]
async fn meetings_calls_and_webinars_are_found_by_what_is_seen_of_them() {
    let stage = Stage::connected(SandboxConfig::default()).await;
    stage.engine.settle().await;
    let calls = stage.engine.list_calls(liaison_engine::view::CallFilter::default(), 0, 200).await.unwrap().rows;
    let linked = calls.iter().find(|row| row.person.is_some()).unwrap();
    let answer = asked(&stage, &linked.who).await;
    let same = |entry: &PaletteEntry| matches!(entry, PaletteEntry::Call { row } if row.who == linked.who);
    assert!(!group(&answer, PaletteKind::Calls).is_empty(), "{answer:?}");
    assert!(group(&answer, PaletteKind::Calls).iter().all(same), "{answer:?}");

    let webinars =
        stage.engine.list_webinars(liaison_engine::view::WebinarFilter::default(), 0, 10).await.unwrap().rows;
    let answer = asked(&stage, &webinars[0].topic).await;
    let same = |entry: &PaletteEntry| matches!(entry, PaletteEntry::Webinar { row } if row.topic == webinars[0].topic);
    assert!(group(&answer, PaletteKind::Webinars).iter().any(same), "{answer:?}");

    let next = stage.engine.next_up().await.unwrap().unwrap().row;
    let answer = asked(&stage, &next.topic).await;
    let same = |entry: &PaletteEntry| matches!(entry, PaletteEntry::Meeting { hit } if hit.row.topic == next.topic);
    assert!(group(&answer, PaletteKind::Meetings).iter().any(same), "{answer:?}");
    assert!(stage.engine.note_palette_choice(PaletteChoice::Call { id: String::new() }).await.is_err());
}
