//! Calls: lists by index, search, decisions that outlive the copy, lines of people.

use liaison_domain::Provider;
use liaison_store::tables::call_links::{self, CallLink, Decision, LinkedRecord};
use liaison_store::tables::call_notes::{self, CallNote};
use liaison_store::tables::call_tasks::{self, CallTask, Maker};
use liaison_store::tables::calls::{self, Between, CallRecord, Chip, Settled, Standing};
use liaison_store::tables::people::{self, GonePerson, Phone, remove_people, upsert_page};
use liaison_store::tables::people_phones::{self, PhoneRules};
use liaison_store::tables::{calls_search, holders, mirror, number_choices};
use liaison_store::{StoreResult, Transaction};

use crate::fixture::{Profile, person};

const EVER: Between = Between { from_utc_ms: i64::MIN, to_utc_ms: i64::MAX };

pub fn call(key: &str, start_utc_ms: i64) -> CallRecord {
    CallRecord {
        key: key.to_owned(),
        uuid: None,
        start_utc_ms,
        answer_utc_ms: None,
        end_utc_ms: Some(start_utc_ms + 1_000),
        outbound: false,
        internal: false,
        outcome: "missed".to_owned(),
        talk_s: 0,
        hold_s: 0,
        wait_s: 1,
        number: Some("+31612345678".to_owned()),
        line: Some(31_612_345_678),
        ending: Some(2_345_678),
        other_name: Some("Zoë de Vries".to_owned()),
        complete: true,
        version: 1,
        details_json: "{}".to_owned(),
        has_voicemail: false,
        missed: true,
    }
}

fn settled(standing: Standing, to_link: bool) -> Settled {
    Settled { standing, to_link, record_id: None, record_name: None, company: None }
}

pub fn settle(tx: &Transaction<'_>, key: &str, settled: &Settled) -> StoreResult<()> {
    calls::get(tx, key)?.map_or(Ok(()), |row| calls::settle(tx, &row, settled))
}

pub fn linked(key: &str, record: &str) -> CallLink {
    CallLink {
        call_key: key.to_owned(),
        decision: Decision::Chosen,
        record: Some(LinkedRecord { kind: "Lead".to_owned(), id: record.to_owned(), name: "Ada".to_owned() }),
        version: 1,
        reason_json: "{}".to_owned(),
        run_id: None,
        decided_utc_ms: 5,
    }
}

fn task(key: &str) -> CallTask {
    CallTask {
        call_key: key.to_owned(),
        target: "salesforce:production:00D:005".to_owned(),
        record_id: "00T000000000001AAA".to_owned(),
        maker: Maker::Own,
        maker_name: None,
        noted_utc_ms: 9,
    }
}

#[test]
fn a_call_that_was_logged_is_so_after_the_copy_was_filled_anew() {
    let profile = Profile::new();
    let store = profile.open();
    let logged = |db: &liaison_store::Connection| -> liaison_store::StoreResult<Option<bool>> {
        Ok(calls::get(db, "c1")?.map(|row| row.logged))
    };
    store
        .write_now(|tx| {
            calls::put(tx, &call("c1", 1), "")?;
            call_tasks::put(tx, &task("c1"))?;
            assert_eq!(logged(tx)?, Some(true));
            mirror::erase(tx, Provider::Zoom)?;
            assert_eq!(logged(tx)?, None);
            calls::put(tx, &call("c1", 1), "")?;
            assert_eq!(logged(tx)?, Some(true));
            call_notes::give_everything(tx, "c1", "c2")?;
            calls::put(tx, &call("c2", 2), "")?;
            assert_eq!((logged(tx)?, calls::get(tx, "c2")?.map(|row| row.logged)), (Some(false), Some(true)));
            assert_eq!(
                call_tasks::of_record(tx, "00T000000000001AAA")?.map(|task| task.call_key),
                Some("c2".to_owned())
            );
            call_tasks::remove(tx, "c2")?;
            assert_eq!(calls::get(tx, "c2")?.map(|row| row.logged), Some(false));
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_list_is_read_by_an_index_for_every_chip() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            for number in 0..50 {
                calls::put(tx, &call(&format!("c{number}"), number), "31612345678 0612345678")?;
            }
            settle(tx, "c7", &settled(Standing::Nobody, true))?;
            call_tasks::put(tx, &task("c8"))
        })
        .unwrap();
    store
        .read_now(|db| {
            let counts: Vec<u32> =
                Chip::EACH.iter().map(|chip| calls::count(db, *chip, EVER)).collect::<Result<_, _>>()?;
            assert_eq!(counts, [50, 1, 50, 0, 1]);
            let page = calls::list(db, Chip::All, EVER, 10, 3)?;
            assert_eq!(page.iter().map(|row| row.call.key.as_str()).collect::<Vec<_>>(), ["c39", "c38", "c37"]);
            let between = Between { from_utc_ms: 5, to_utc_ms: 8 };
            assert_eq!(calls::list(db, Chip::ToLink, between, 0, 9)?[0].call.key, "c7");
            for (chip, index) in [("c.to_link = 1", "calls_to_link"), ("c.missed = 1", "calls_missed")] {
                let plan: String = db.query_row(
                    &format!(
                        "EXPLAIN QUERY PLAN SELECT * FROM calls AS c WHERE {chip} AND c.start_utc_ms >= 0
                             AND c.start_utc_ms < 9 ORDER BY c.start_utc_ms DESC, c.row DESC LIMIT 5"
                    ),
                    [],
                    |row| row.get(3),
                )?;
                assert!(plan.contains(index), "{plan}");
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_call_is_found_by_name_company_number_and_note() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            calls::put(tx, &call("one", 1), "")?;
            let note = CallNote { note: "asked for PRICES".to_owned(), ..CallNote::default() };
            call_notes::put(tx, "one", &note)
        })
        .unwrap();
    let found = |query: &str| {
        let rows = store.read_now(|db| calls_search::search(db, query, Chip::All, EVER, 0, 9)).unwrap();
        let count = store.read_now(|db| calls_search::count(db, query, Chip::All, EVER)).unwrap();
        assert_eq!(count as usize, rows.len(), "{query}");
        rows.into_iter().map(|row| row.call.key).collect::<Vec<_>>().join(" ")
    };
    // The copy is erased and filled again: the note is still there and still found.
    store
        .write_now(|tx| {
            mirror::erase(tx, Provider::Zoom)?;
            calls::put(tx, &call("one", 1), "31612345678 0612345678")?;
            calls::put(tx, &CallRecord { other_name: None, ..call("two", 2) }, "12125550142 2125550142")?;
            let linked = Settled {
                record_name: Some("Łukasz Nowak".to_owned()),
                company: Some("Acmé".to_owned()),
                ..settled(Standing::Linked, false)
            };
            settle(tx, "two", &linked)
        })
        .unwrap();
    for (query, keys) in [
        ("zoe", "one"),
        ("06 1234-5678", "one"),
        ("+31 6 12", "one"),
        ("234567", "one"),
        ("prices", "one"),
        ("lukasz acme", "two"),
        ("(212) 555", "two"),
        ("5", "two one"),
        ("zoe acme", ""),
        ("", ""),
        // Nothing in a query is an operator: what is no word finds nothing, and a word is looked for as it stands.
        ("\" *", ""),
        ("\" OR *", "one"),
        ("zoe OR acme", ""),
        ("\"zoe\" OR \"acme\"", ""),
        ("zoe NOT acme", ""),
        ("name:zoe", ""),
        ("NEAR(zoe vries)", ""),
        ("zoe*", ""),
        ("{name company}: zoe", ""),
        ("%' OR 1=1 --", ""),
        ("\"\"\"zoe", ""),
    ] {
        assert_eq!(found(query), keys, "{query}");
    }
}

#[test]
fn what_the_user_decided_outlives_the_copy_and_follows_the_record() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            upsert_page(tx, &[person("00Q000000000001AAA", "Ada"), person("00Q000000000002AAA", "Ada King")])?;
            calls::put(tx, &call("one", 1), "")?;
            assert_eq!(call_links::put(tx, &linked("one", "00Q000000000001AAA"))?, None);
            number_choices::put(
                tx,
                &number_choices::NumberChoice {
                    line: "+31612345678".to_owned(),
                    extension: String::new(),
                    record: linked("", "00Q000000000001AAA").record,
                    decided_utc_ms: 1,
                },
            )?;
            mirror::erase(tx, Provider::Zoom)?;
            mirror::erase(tx, Provider::Salesforce)?;
            assert_eq!(calls::get(tx, "one")?, None);
            let gone = GonePerson {
                id: "Lead:00Q000000000001AAA".to_owned(),
                merged_into: Some("Lead:00Q000000000002AAA".to_owned()),
            };
            remove_people(tx, &[gone])?;
            assert_eq!(call_links::get(tx, "one")?.unwrap().record.unwrap().id, "00Q000000000002AAA");
            assert_eq!(number_choices::all(tx)?[0].record.as_ref().unwrap().id, "00Q000000000002AAA");
            Ok(())
        })
        .unwrap();
}

/// Two rows turn out to be one call: what the user decided and wrote goes along, and nothing is lost of two notes.
#[test]
fn two_calls_that_are_one_keep_everything() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            let note = |text: &str| CallNote { note: text.to_owned(), ..CallNote::default() };
            calls::put(tx, &call("one", 1), "")?;
            calls::put(tx, &call("two", 1), "")?;
            call_notes::put(tx, "one", &note("first"))?;
            call_notes::put(tx, "two", &note("second"))?;
            call_links::put(tx, &linked("two", "00Q000000000001AAA"))?;
            let automatic = CallLink { decision: Decision::Automatic, ..linked("one", "00Q000000000009AAA") };
            call_links::put(tx, &automatic)?;
            call_notes::give_everything(tx, "two", "one")?;
            calls::remove(tx, "two")?;
            assert_eq!(call_notes::get(tx, "one")?.unwrap().note, "first\nsecond");
            assert_eq!(call_links::get(tx, "one")?.unwrap().decision, Decision::Chosen, "the user's word counts");
            assert_eq!((call_links::get(tx, "two")?, call_notes::get(tx, "two")?), (None, None));
            Ok(())
        })
        .unwrap();
}

#[test]
fn of_two_calls_that_are_one_the_topic_of_the_record_stays() {
    let profile = Profile::new();
    let store = profile.open();
    let topic = |id: &str| {
        Some(LinkedRecord { kind: "Opportunity".to_owned(), id: id.to_owned(), name: "Forty seats".to_owned() })
    };
    let (anna, piet) = ("003000000000001AAA", "003000000000002AAA");
    store
        .write_now(|tx| {
            let about = |id: &str| CallNote { about: topic(id), ..CallNote::default() };
            let joined =
                |key: &str| Ok::<_, liaison_store::StoreError>(call_notes::get(tx, key)?.and_then(|note| note.about));
            let automatic = |key: &str| CallLink { decision: Decision::Automatic, ..linked(key, anna) };
            // The user's Piet takes the place of the Anna of a rule, and her topic goes.
            call_notes::put(tx, "one", &about("006000000000001AAA"))?;
            call_links::put(tx, &automatic("one"))?;
            call_links::put(tx, &linked("two", piet))?;
            call_notes::give_everything(tx, "two", "one")?;
            assert_eq!(joined("one")?, None);
            call_notes::put(tx, "three", &about("006000000000002AAA"))?;
            call_links::put(tx, &linked("three", piet))?;
            call_notes::give_everything(tx, "three", "one")?;
            assert_eq!(joined("one")?, topic("006000000000002AAA"), "a topic of the same record counts");
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_lines_of_people_follow_fields_rules_and_region() {
    let profile = Profile::new();
    let store = profile.open();
    let with = |id: &str, number: &str, stamp_utc_ms: i64| {
        let phones = vec![Phone { field: "Phone".to_owned(), number: number.to_owned() }];
        people::PersonRecord { phones, stamp_utc_ms, ..person(id, "Ada") }
    };
    store
        .write_now(|tx| {
            let lines = |line: i64| {
                Ok::<_, liaison_store::StoreError>(holders::people(tx, &[line], &[])?.of(&[line], 0).count())
            };
            upsert_page(tx, &[with("1", "06 12345678", 1)])?;
            assert_eq!(lines(31_612_345_678)?, 0, "no country is known yet");
            people_phones::rebuild(tx, &PhoneRules::now("nl"))?;
            assert_eq!(lines(31_612_345_678)?, 1);
            assert_eq!(people_phones::news(tx, 9)?, [2_345_678]);
            people_phones::dealt_with(tx, &[2_345_678])?;
            // Touched without another number: nothing is new.
            upsert_page(tx, &[with("1", "+31612345678", 2)])?;
            assert_eq!(people_phones::news(tx, 9)?, [0_i64; 0]);
            upsert_page(tx, &[with("1", "06 87654321", 3)])?;
            assert_eq!((lines(31_612_345_678)?, lines(31_687_654_321)?), (0, 1));
            assert_eq!(people_phones::news(tx, 9)?, [2_345_678, 7_654_321]);
            remove_people(tx, &[GonePerson { id: "Lead:1".to_owned(), merged_into: None }])?;
            assert_eq!(lines(31_687_654_321)?, 0);
            Ok(())
        })
        .unwrap();
}

#[test]
fn whoever_has_a_line_is_found_with_those_of_other_lines() {
    let profile = Profile::new();
    let store = profile.open();
    let with = |id: &str, numbers: &[&str]| {
        let phones =
            numbers.iter().map(|number| Phone { field: "Phone".to_owned(), number: (*number).to_owned() }).collect();
        people::PersonRecord { phones, ..person(id, "Ada") }
    };
    store
        .write_now(|tx| {
            upsert_page(tx, &[with("1", &["+31612345678", "+31687654321"]), with("2", &["+49151412345678"])])?;
            let crowd: Vec<_> = (100..400).map(|id| with(&id.to_string(), &["+31205551234"])).collect();
            upsert_page(tx, &crowd)?;
            let (lines, endings) = ([31_612_345_678, 31_205_551_234], [2_345_678, 5_551_234, 7_654_321]);
            let found = holders::people(tx, &lines, &endings)?;
            let ids = |lines: &[i64], ending: i64| -> Vec<String> {
                found.of(lines, ending).map(|person| person.salesforce_id.clone()).collect()
            };
            assert_eq!(ids(&[31_612_345_678], 0), ["1"]);
            assert_eq!(ids(&[], 2_345_678), ["1", "2"], "one is the ending of the other");
            assert_eq!(ids(&[31_612_345_678], 7_654_321), ["1"], "once, by whatever it is found");
            assert_eq!(ids(&[7], 7), [""; 0], "nobody asked for them");
            let crowd = ids(&[31_205_551_234], 5_551_234);
            assert_eq!((crowd.len(), crowd[0].as_str(), crowd[199].as_str()), (200, "100", "299"));
            assert_eq!(holders::people(tx, &[], &[])?.of(&[31_612_345_678], 2_345_678).count(), 0);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_a_call_came_to_already_is_not_written_again() {
    let profile = Profile::new();
    let store = profile.open();
    store.write_now(|tx| calls::put(tx, &call("one", 1), "")).unwrap();
    let written = |settled: &Settled| {
        store
            .write_now(|tx| {
                let before: i64 = tx.query_row("SELECT total_changes()", [], |row| row.get(0))?;
                settle(tx, "one", settled)?;
                let after: i64 = tx.query_row("SELECT total_changes()", [], |row| row.get(0))?;
                Ok(after - before)
            })
            .unwrap()
    };
    let nobody = settled(Standing::Nobody, true);
    assert!(written(&nobody) > 0);
    assert_eq!(written(&nobody), 0);
    let named = Settled { record_name: Some("Ada".to_owned()), ..settled(Standing::Linked, false) };
    assert!(written(&named) > 0);
    assert_eq!(written(&named), 0);
    assert!(written(&Settled { company: Some("Acme".to_owned()), ..named }) > 0);
}

#[test]
fn a_linked_call_is_found_by_the_name_that_zoom_has_now_and_by_its_records() {
    let profile = Profile::new();
    let store = profile.open();
    store
        .write_now(|tx| {
            calls::put(tx, &call("one", 1), "")?;
            let linked = Settled {
                record_name: Some("Ada".to_owned()),
                record_id: Some("00Q".to_owned()),
                ..settled(Standing::Linked, false)
            };
            settle(tx, "one", &linked)?;
            calls::put(tx, &CallRecord { other_name: Some("Jansen".to_owned()), ..call("one", 1) }, "0612")
        })
        .unwrap();
    let found = |query: &str| store.read_now(|db| calls_search::count(db, query, Chip::All, EVER)).unwrap();
    assert_eq!([found("ada jansen"), found("0612"), found("zoe")], [1, 1, 0]);
}

#[test]
fn long_notes_are_kept_whole_and_each_is_found_by_its_own_words() {
    const NOTES: i64 = 60;
    let profile = Profile::new();
    let store = profile.open();
    let text = |number: i64| -> String {
        let words = "Prijzen voor veertig stoelen, vóór het einde van het kwartaal. ".chars().cycle();
        format!("needle{number}x ").chars().chain(words).take(10_000).collect()
    };
    store
        .write_now(|tx| {
            for number in 0..NOTES {
                calls::put(tx, &call(&format!("c{number}"), number), "0612345678")?;
                let note = CallNote { note: text(number), ..CallNote::default() };
                call_notes::put(tx, &format!("c{number}"), &note)?;
            }
            Ok(())
        })
        .unwrap();
    let count = |query: &str| store.read_now(|db| calls_search::count(db, query, Chip::All, EVER)).unwrap();
    assert_eq!((i64::from(count("voor het einde")), count("needle7x"), count("needle59x stoelen")), (NOTES, 1, 1));
    let kept = store.read_now(|db| call_notes::get(db, "c7")).unwrap().unwrap();
    assert_eq!(kept.note, text(7));
    let shorter = CallNote { note: "done".to_owned(), ..CallNote::default() };
    store.write_now(|tx| call_notes::put(tx, "c7", &shorter)).unwrap();
    assert_eq!((count("needle7x"), count("done")), (0, 1));
}
