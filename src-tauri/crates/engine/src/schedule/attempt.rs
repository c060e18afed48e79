//! One attempt to make, change or cancel a meeting in Zoom, and the look-up of one that may have arrived.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::MeetingKey;
use liaison_store::tables::meetings;
use liaison_store::tables::outbox::{OutboxAction, OutboxRecord};
use liaison_store::tables::people::PersonRecord;
use liaison_store::{StoreResult, Transaction, planted};
use liaison_zoom::{
    CustomKey, ErrorKind, Invitee, Meeting, MeetingChange, MeetingDeletion, MeetingId, MeetingSettings, ZoomError,
    ZoomTime,
};

use super::dates::is_date_to_come;
use super::find::{self, Sighting};
use super::rule_attempt::RuleAttempt;
use super::stored::{Creation, MeetingEdit, MeetingFields};
use super::{attendees, create, options, request};
use crate::context::{Context, ZoomAccount};
use crate::failure::{Error, RETRY_SOON, shown};
use crate::meetings::kept_links;
use crate::meetings::pull::occurrences;
use crate::outbox::at_once::LastErrors;
use crate::outbox::kind::{Found, Made, Outcome};
use crate::outbox::reason::{Need, Wait, differences, to_write};
use crate::outbox::settle::{not_seen, not_seen_after, pause, pause_after};

/// A request under way in Zoom must have ended before its meeting counts as not made.
pub(super) const SETTLING: TimeDelta = TimeDelta::minutes(2);

/// Which meeting, or which date of one, a row is about.
pub(super) fn about(row: &OutboxRecord) -> Option<MeetingKey> {
    let number = row.record_id.as_deref()?.parse().ok()?;
    let occurrence = row.subject_key.parse::<MeetingKey>().ok().and_then(|key| key.occurrence);
    Some(MeetingKey::new(number, occurrence))
}

pub(super) async fn send(cx: &Arc<Context>, row: &OutboxRecord) -> Outcome {
    let now = cx.now();
    let Some(zoom) = cx.zoom() else { return pause(now, row.attempts, Wait::SignIn) };
    let outcome = match row.action {
        OutboxAction::Create => create_one(cx, &zoom, row).await,
        OutboxAction::Update => update(cx, &zoom, row).await,
        OutboxAction::Delete => delete(cx, &zoom, row).await,
    };
    outcome.unwrap_or_else(|error| {
        let outcome = of_error(&error, row.attempts, now);
        let error = Error::zoom(error, now);
        error.log();
        cx.state::<LastErrors>().note(&row.op_id, error);
        outcome
    })
}

async fn create_one(cx: &Arc<Context>, zoom: &ZoomAccount, row: &OutboxRecord) -> Result<Outcome, ZoomError> {
    let Some(creation) = Creation::read(&row.payload_json) else { return Ok(Outcome::Needs(Need::Unreadable)) };
    // Zoom would make it for now, and no look-up would know it by its start.
    if creation.start_utc_ms <= cx.now_ms() {
        return Ok(Outcome::Needs(in_the_past()));
    }
    let people = create::people_of(cx, &creation.draft).await;
    let links = links_key(cx, people.clone()).await;
    let meeting = zoom.api.meetings().create(&request::of(&creation, &people, links)).await?;
    Ok(Outcome::Done(create::made(cx, row, &creation, people, &meeting)))
}

async fn update(cx: &Arc<Context>, zoom: &ZoomAccount, row: &OutboxRecord) -> Result<Outcome, ZoomError> {
    let (Some(key), Some(edit)) = (about(row), MeetingEdit::read(&row.payload_json)) else {
        return Ok(Outcome::Needs(Need::Unreadable));
    };
    if let Some(rule) = &edit.rule {
        return RuleAttempt { cx, zoom, row, key: &key, edit: &edit, rule }.send().await;
    }
    let found = find::current(zoom, &key).await?;
    let Some((there, found)) = found.as_ref().and_then(|found| Some((find::fields(found, &key)?, found))) else {
        return Ok(Outcome::Needs(Need::DeletedThere));
    };
    let edit = edit.within(&key, &there);
    let differing = differences(edit.base.contents(), there.contents(), edit.fields.contents());
    if !differing.is_empty() && !planted(13) {
        return Ok(Outcome::Differs(differing));
    }
    let mut wanted = change(&edit.base, &there, &edit.fields);
    if let Some(links) = changed_links(cx, &key, &edit).await.filter(|links| !carries(found, links)) {
        let change = wanted.get_or_insert_default();
        change.settings.get_or_insert_default().custom_keys = Some(kept_links::with(found, links));
    }
    if let Some(change) = wanted {
        // Zoom takes the rest and ignores such a start without a word.
        if change.start_time.is_some() && edit.fields.start_utc_ms <= cx.now_ms() {
            return Ok(Outcome::Needs(in_the_past()));
        }
        let date = find::occurrence(&key);
        zoom.api.meetings().update(MeetingId(key.number), &change, date.as_ref()).await?;
    }
    // What Zoom made of it; when that can't be read now, the next pull tells.
    let changed = find::current(zoom, &key).await.ok().flatten();
    Ok(Outcome::Done(changed_there(cx, row, &edit, changed.as_ref())))
}

/// The key that says whom the meeting is linked to now, where that was changed. Zoom keeps none for a single date.
async fn changed_links(cx: &Arc<Context>, key: &MeetingKey, edit: &MeetingEdit) -> Option<CustomKey> {
    let changed = key.occurrence.is_none() && edit.base.people != edit.fields.people;
    let ids = edit.fields.people.clone().filter(|_| changed)?;
    match cx.store.read(move |db| attendees::records(db, &ids)).await {
        Ok(people) => links_key(cx, people).await,
        Err(error) => {
            tracing::error!(%error, "the people of a meeting could not be read");
            None
        }
    }
}

async fn links_key(cx: &Arc<Context>, people: Vec<PersonRecord>) -> Option<CustomKey> {
    cx.store.read(move |db| kept_links::key(db, &people)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "whom a meeting is linked to could not be read");
        None
    })
}

fn carries(meeting: &Meeting, links: &CustomKey) -> bool {
    kept_links::told(meeting).as_ref() == Some(&links.value)
}

/// The time that was wanted came before the request could.
pub(super) fn in_the_past() -> Need {
    Need::Refused {
        message: String::new(),
        fields: vec!["StartDateTime".to_owned()],
        code: "START_IN_THE_PAST".to_owned(),
    }
}

/// What is kept when a change is there: the meeting as Zoom has it, and whom it is linked to.
fn changed_there(cx: &Arc<Context>, row: &OutboxRecord, edit: &MeetingEdit, meeting: Option<&Meeting>) -> Made {
    let (sealer, now_ms, key) = (cx.store.sealer(), cx.now_ms(), row.subject_key.clone());
    let there = meeting.map(|meeting| occurrences(meeting, now_ms));
    let people = edit.base.people.clone().zip(edit.fields.people.clone()).filter(|(before, after)| before != after);
    Made {
        record_id: row.record_id.clone(),
        keep: Some(Arc::new(move |tx| {
            if let Some((before, after)) = &people {
                for key in of_row(tx, &key, now_ms)? {
                    attendees::link_to(tx, &key, before, after, now_ms)?;
                }
            }
            let Some(mut there) = there.clone() else { return Ok(()) };
            let generation = meetings::last_generation(tx)?;
            for fetched in &mut there {
                fetched.meeting.is_host = true;
            }
            meetings::upsert_page(tx, &sealer, &there, generation).map(drop)
        })),
    }
}

/// The meetings that a row is about: the one it names or, where that is a series, its dates to come.
fn of_row(tx: &Transaction<'_>, subject_key: &str, now_ms: i64) -> StoreResult<Vec<String>> {
    let Some(number) = subject_key.parse::<MeetingKey>().ok().filter(|key| key.occurrence.is_none()) else {
        return Ok(vec![subject_key.to_owned()]);
    };
    let mut all = meetings::by_meeting_id(tx, i64::try_from(number.number).unwrap_or_default())?;
    all.retain(|record| record.occurrence_id.is_none() || is_date_to_come(record, now_ms));
    Ok(all.into_iter().map(|record| record.key).collect())
}

fn change(base: &MeetingFields, there: &MeetingFields, ours: &MeetingFields) -> Option<MeetingChange> {
    let wanted = to_write(base.contents(), there.contents(), ours.contents());
    let has = |name: &str| wanted.contains(&name);
    let invitee = |email: &String| Invitee { email: email.clone(), internal_user: None };
    let settings = MeetingSettings {
        meeting_invitees: has("Invitees").then(|| ours.invitees.iter().flatten().map(invitee).collect()),
        ..ours.options.as_ref().map(|options| options.settings(&has)).unwrap_or_default()
    };
    let change = MeetingChange {
        topic: has("Topic").then(|| ours.topic.clone()),
        start_time: (has("StartDateTime") || has("TimeZone")).then(|| ZoomTime::Utc(ours.start())),
        duration_minutes: has("Duration").then_some(ours.minutes),
        timezone: has("TimeZone").then(|| ours.zone.clone()),
        agenda: has("Agenda").then(|| ours.agenda.clone()),
        settings: Some(settings).filter(|settings| *settings != MeetingSettings::default()),
        ..MeetingChange::default()
    };
    (change != MeetingChange::default()).then_some(change)
}

async fn delete(cx: &Arc<Context>, zoom: &ZoomAccount, row: &OutboxRecord) -> Result<Outcome, ZoomError> {
    let Some(key) = about(row) else { return Ok(Outcome::Needs(Need::Unreadable)) };
    let (number, date) = (MeetingId(key.number), find::occurrence(&key).filter(|_| !planted(27)));
    match zoom.api.meetings().delete(number, date.as_ref(), MeetingDeletion::default()).await {
        Ok(()) => Ok(Outcome::Done(gone(row, cx.now_ms()))),
        Err(error) if find::is_not_there(&error, &key) => Ok(Outcome::Done(gone(row, cx.now_ms()))),
        Err(error) => Err(error),
    }
}

fn gone(row: &OutboxRecord, now_ms: i64) -> Made {
    let key = row.subject_key.clone();
    Made {
        record_id: row.record_id.clone(),
        keep: Some(Arc::new(move |tx| {
            of_row(tx, &key, now_ms)?.iter().try_for_each(|key| meetings::mark_gone(tx, key, now_ms).map(drop))
        })),
    }
}

pub(super) async fn look_up(cx: &Arc<Context>, row: &OutboxRecord) -> Found {
    let now = cx.now();
    let Some(zoom) = cx.zoom() else { return not_seen(now, row.attempts, Wait::SignIn) };
    let found = match row.action {
        OutboxAction::Create => look_up_creation(cx, &zoom, row).await,
        OutboxAction::Update | OutboxAction::Delete => look_up_change(cx, &zoom, row).await,
    };
    found.unwrap_or_else(|error| {
        tracing::info!(%error, "a meeting that may have been written could not be looked up");
        of_look_up(&error, row.attempts, now)
    })
}

async fn look_up_creation(cx: &Arc<Context>, zoom: &ZoomAccount, row: &OutboxRecord) -> Result<Found, ZoomError> {
    let Some(creation) = Creation::read(&row.payload_json) else { return Ok(Found::Needs(Need::Unreadable)) };
    let start = DateTime::from_timestamp_millis(creation.start_utc_ms).unwrap_or_default();
    let since = row.maybe_sent_utc_ms.and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    Ok(match find::made(zoom, &creation.draft.id, &creation.draft.topic, start, since).await? {
        Sighting::Meeting(meeting) => {
            tracing::info!("a meeting whose making was cut off was found");
            let people = create::people_of(cx, &creation.draft).await;
            if planted(14) {
                return Ok(Found::There(Made { record_id: Some(meeting.id.to_string()), keep: None }));
            }
            Found::There(create::made(cx, row, &creation, people, &meeting))
        }
        Sighting::Absent => Found::Absent { settling: SETTLING },
        Sighting::CannotTell => Found::CannotTell,
    })
}

async fn look_up_change(cx: &Arc<Context>, zoom: &ZoomAccount, row: &OutboxRecord) -> Result<Found, ZoomError> {
    let (Some(key), Some(edit)) = (about(row), MeetingEdit::read(&row.payload_json)) else {
        return Ok(Found::Needs(Need::Unreadable));
    };
    if let Some(rule) = &edit.rule {
        return RuleAttempt { cx, zoom, row, key: &key, edit: &edit, rule }.look_up().await;
    }
    let there = find::current(zoom, &key).await?;
    Ok(match (row.action, there) {
        (OutboxAction::Delete, None) => Found::There(gone(row, cx.now_ms())),
        (OutboxAction::Update, None) => Found::Needs(Need::DeletedThere),
        (OutboxAction::Update, Some(meeting))
            if find::fields(&meeting, &key).is_some_and(|there| {
                let edit = edit.clone().within(&key, &there);
                change(&edit.base, &there, &edit.fields).is_none()
            }) && changed_links(cx, &key, &edit).await.is_none_or(|links| carries(&meeting, &links)) =>
        {
            Found::There(changed_there(cx, row, &edit, Some(&meeting)))
        }
        _ => Found::Absent { settling: SETTLING },
    })
}

fn of_error(error: &ZoomError, attempts: i64, now: DateTime<Utc>) -> Outcome {
    if error.outcome_unknown() {
        return Outcome::Unknown;
    }
    match error {
        ZoomError::Transport(error) => pause_after(now, attempts, error),
        ZoomError::Invalid(invalid) => Outcome::Needs(Need::Refused {
            message: invalid.to_string(),
            fields: vec![invalid.field.to_owned()],
            code: "INVALID".to_owned(),
        }),
        ZoomError::EndlessList { .. } => pause(now, attempts, Wait::Trouble),
        ZoomError::Refused(refusal) => match &refusal.kind {
            ErrorKind::TokenRejected => pause(now, attempts, Wait::SignIn),
            ErrorKind::Server => pause(now, attempts, Wait::Trouble),
            // The day's number is for changes of meetings; other rows of the lane go on.
            ErrorKind::DailyEditLimit => {
                Outcome::Later { not_before: liaison_transport::next_utc_midnight(now), reason: Wait::RateLimit }
            }
            ErrorKind::RateLimited { until_utc } => {
                Outcome::Pause { until: until_utc.unwrap_or(now + RETRY_SOON), reason: Wait::RateLimit }
            }
            ErrorKind::NotFound => Outcome::Needs(Need::DeletedThere),
            ErrorKind::ScopeMissing { scopes } => Outcome::Needs(Need::NoPermission { message: scopes.join(", ") }),
            _ => Outcome::Needs(Need::Refused {
                message: shown(refusal.message.expose()),
                fields: options::refused(refusal).map(ToOwned::to_owned).into_iter().collect(),
                code: refusal.code.map_or_else(|| refusal.status.as_u16().to_string(), |code| code.to_string()),
            }),
        },
    }
}

fn of_look_up(error: &ZoomError, attempts: i64, now: DateTime<Utc>) -> Found {
    match of_error(error, attempts, now) {
        Outcome::Pause { until, reason } | Outcome::Later { not_before: until, reason } => {
            Found::NotSeen { not_before: until, reason }
        }
        Outcome::Needs(_) => Found::CannotTell,
        _ => match error {
            ZoomError::Transport(error) => not_seen_after(now, attempts, error),
            _ => not_seen(now, attempts, Wait::Trouble),
        },
    }
}
