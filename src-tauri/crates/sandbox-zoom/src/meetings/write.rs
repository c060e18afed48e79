//! Creating, changing, deleting and ending meetings.

use chrono::{DateTime, Utc};
use liaison_sandbox_kernel::locked;
use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::request::Draft;
use super::{Family, Loaded, Meeting, Meetings, kind, render, settings};
use crate::account::{Account, User};
use crate::answer::{Answer, Outcome, Refusal};
use crate::call::Call;
use crate::secrets;

const DEFAULT_TOPIC: &str = "Zoom Meeting";
const DEFAULT_WEBINAR_TOPIC: &str = "My Webinar";
const DEFAULT_MINUTES: i64 = 60;

/// `POST /users/me/meetings`.
pub(crate) fn create(account: &Account, call: &Call) -> Outcome {
    call.require_me()?;
    let meeting = add(account, call, "meeting.created")?;
    Ok(Answer::created(render::whole(account, &meeting, &render::Dates::All)))
}

/// Adds a meeting; the journal tells it as `effect`.
pub(crate) fn add(account: &Account, call: &Call, effect: &str) -> Result<Meeting, Refusal> {
    let mut draft = Draft::read(&call.object()?, &account.user, Family::Meeting, kind::SCHEDULED)?;
    check_hosts(&draft, &account.user)?;
    if let Some(id) = &draft.template_id {
        // What the request says itself stands before what the template says.
        let template = super::templates::settings_of_meeting(id);
        let mut settings = template.ok_or_else(|| Refusal::bad_request(300, "Meeting template does not exist."))?;
        settings.append(&mut draft.settings);
        draft.settings = settings;
    }
    let mut meetings = locked(&account.meetings);
    let meeting = compose(&mut meetings, draft, &account.user, account.now())?;
    meetings.put(meeting.clone());
    drop(meetings);
    let detail = json!({
        "topic": meeting.topic,
        "type": meeting.kind,
        "start_time": meeting.start.map(render::instant),
        "duration": meeting.minutes,
        "occurrences": meeting.occurrences.len(),
    });
    account.record(effect, meeting.id.to_string(), detail);
    account.tell_of_creation(Family::Meeting, &meeting);
    Ok(meeting)
}

/// Who hosts in the host's place belongs to the account.
fn check_hosts(draft: &Draft, user: &User) -> Result<(), Refusal> {
    let domain = user.rep.email.rsplit('@').next().unwrap_or_default();
    let hosts = draft.settings.get("alternative_hosts").and_then(Value::as_str).unwrap_or_default();
    let stranger = hosts.split(';').map(str::trim).filter(|host| !host.is_empty()).find(|host| {
        host.contains('@') && !host.rsplit('@').next().is_some_and(|its| its.eq_ignore_ascii_case(domain))
    });
    stranger.map_or(Ok(()), |host| {
        let text = format!(
            "Unable to assign \"{host}\" as an alternative host because the user cannot be selected at this time"
        );
        Err(Refusal::bad_request(1114, text))
    })
}

/// A new meeting or webinar, with its number, UUID and passcode.
pub(crate) fn compose(
    meetings: &mut Meetings,
    draft: Draft,
    user: &User,
    now: DateTime<Utc>,
) -> Result<Meeting, Refusal> {
    let kind = draft.kind.unwrap_or(meetings.family.once());
    let zone = draft.zone.unwrap_or(user.zone);
    if kind::is_series(kind) && draft.recurrence.is_none() {
        return Err(Refusal::invalid_field("recurrence"));
    }
    // Without a start, or with one that is over, a meeting is for now.
    let requested = draft.start.map(|start| start.resolve(zone)).filter(|start| *start > now);
    let start = (!kind::has_no_time(kind)).then(|| requested.unwrap_or(now));
    let passcode = match draft.passcode {
        Some(passcode) => passcode,
        None if draft.generate_passcode => meetings.new_passcode(),
        None => String::new(),
    };
    let default_topic = match meetings.family {
        Family::Meeting => DEFAULT_TOPIC,
        Family::Webinar => DEFAULT_WEBINAR_TOPIC,
    };
    let mut meeting = Meeting {
        id: meetings.next_id(),
        uuid: secrets::meeting_uuid(&mut meetings.rng),
        kind,
        topic: draft.topic.filter(|topic| !topic.is_empty()).unwrap_or(default_topic.to_owned()),
        agenda: draft.agenda.unwrap_or_default(),
        start,
        minutes: draft.minutes.unwrap_or(DEFAULT_MINUTES),
        zone,
        passcode,
        embedded_passcode: meetings.new_embedded_passcode(),
        settings: draft.settings,
        recurrence: draft.recurrence,
        occurrences: Vec::new(),
        tracking_fields: draft.tracking_fields.unwrap_or_default(),
        pre_schedule: draft.pre_schedule.unwrap_or_default(),
        template_id: draft.template_id,
        created_at: now,
        source: "open_api",
        live_until: None,
        awaited_since: now,
        ended_at: None,
        deleted: false,
        invited_by: None,
        given_to: draft.schedule_for.filter(|host| !user.is_named(host)),
        loaded: Loaded::default(),
    };
    meeting.recur();
    if kind::is_series(kind) {
        // A rule may have its first date after the start that was asked for.
        let first = meeting.occurrences.first().map(|occurrence| occurrence.start);
        meeting.start = Some(first.ok_or_else(|| Refusal::invalid_field("recurrence"))?);
    }
    Ok(meeting)
}

/// `PATCH /meetings/{meetingId}`, of the whole meeting or of one occurrence.
pub(crate) fn update(account: &Account, call: &Call) -> Outcome {
    locked(&account.meetings).existing(call.meeting_id()?, account.now())?;
    amend(account, call, "meeting.updated")?;
    Ok(Answer::no_content())
}

/// Changes a meeting; the journal tells it as `effect`.
pub(crate) fn amend(account: &Account, call: &Call, effect: &str) -> Result<(), Refusal> {
    let id = call.meeting_id()?;
    let now = account.now();
    let mut meetings = locked(&account.meetings);
    let before = meetings.of_account(id, now)?.clone();
    let body = call.object()?;
    let draft = Draft::read(&body, &account.user, Family::Meeting, before.kind)?;
    check_hosts(&draft, &account.user)?;
    let mut after = before.clone();
    let occurrence = call.parameter("occurrence_id");
    // It is given as a whole; of a single date the host can't be another.
    if let (Some(host), None) = (&draft.schedule_for, occurrence) {
        after.given_to = Some(host.clone()).filter(|host| !account.user.is_named(host));
    }
    match occurrence {
        Some(occurrence) => change_occurrence(&mut after, occurrence, draft, Family::Meeting, now)?,
        None => change(&mut after, draft, now)?,
    }
    after.loaded.forget(&body);
    meetings.embed_anew(&before, &mut after);
    let changed = changed_fields(&before, &after);
    meetings.put(after.clone());
    drop(meetings);
    if !changed.is_empty() {
        account.tell_of_change(Family::Meeting, &before, &after, occurrence);
        let detail = json!({
            "fields": changed,
            "occurrence_id": occurrence,
            "values": values(&after, occurrence),
        });
        account.record(effect, id.to_string(), detail);
    }
    Ok(())
}

/// What it says after a change, or one of its dates does.
fn values(meeting: &Meeting, occurrence: Option<&str>) -> Value {
    let date = occurrence.and_then(|id| meeting.occurrence(id));
    json!({
        "topic": meeting.topic,
        "agenda": date.and_then(|date| date.agenda.as_ref()).unwrap_or(&meeting.agenda),
        "start_time": date.map(|date| date.start).or(meeting.start).map(render::instant),
        "duration": date.map_or(meeting.minutes, |date| date.minutes),
    })
}

/// Takes over what a request wants changed in the whole of it.
pub(crate) fn change(meeting: &mut Meeting, draft: Draft, now: DateTime<Utc>) -> Result<(), Refusal> {
    let kind = draft.kind.unwrap_or(meeting.kind);
    let recurs_anew = draft.recurrence.is_some() || kind != meeting.kind;
    if kind::is_series(kind) && draft.recurrence.is_none() && meeting.recurrence.is_none() {
        return Err(Refusal::invalid_field("recurrence"));
    }
    meeting.kind = kind;
    meeting.zone = draft.zone.unwrap_or(meeting.zone);
    if let Some(topic) = draft.topic.filter(|topic| !topic.is_empty()) {
        meeting.topic = topic;
    }
    if let Some(agenda) = draft.agenda {
        meeting.agenda = agenda;
    }
    if let Some(passcode) = draft.passcode {
        meeting.passcode = passcode;
    }
    if let Some(tracking_fields) = draft.tracking_fields {
        meeting.tracking_fields = tracking_fields;
    }
    if let Some(minutes) = draft.minutes {
        meeting.minutes = minutes;
        for occurrence in meeting.occurrences.iter_mut().filter(|one| one.start > now) {
            occurrence.minutes = minutes;
        }
    }
    meeting.pre_schedule = draft.pre_schedule.unwrap_or(meeting.pre_schedule);
    merge(&mut meeting.settings, draft.settings);
    // A start in the past is ignored without a word.
    let zone = meeting.zone;
    let start = draft.start.map(|start| start.resolve(zone)).filter(|start| *start > now);
    let moved = start.is_some() && start != meeting.start;
    meeting.start = start.or(meeting.start);
    match kind {
        kind if kind::is_series(kind) => {
            meeting.recurrence = draft.recurrence.or(meeting.recurrence.take());
            if moved || recurs_anew {
                meeting.start = meeting.start.or(Some(now));
                meeting.recur();
                let first = meeting.occurrences.first().map(|occurrence| occurrence.start);
                meeting.start = Some(first.ok_or_else(|| Refusal::invalid_field("recurrence"))?);
            }
        }
        kind if kind::has_no_time(kind) => {
            meeting.start = None;
            meeting.recurrence = None;
            meeting.occurrences.clear();
        }
        _ => {
            meeting.recurrence = None;
            meeting.occurrences.clear();
            meeting.start = meeting.start.or(Some(now));
        }
    }
    Ok(())
}

/// Settings merge field by field; objects and lists inside them are replaced.
fn merge(settings: &mut Map<String, Value>, changes: Map<String, Value>) {
    for (name, value) in changes {
        settings.insert(name, value);
    }
}

/// Of one occurrence only the agenda, the time and some settings can change; the rest is ignored.
pub(crate) fn change_occurrence(
    meeting: &mut Meeting,
    id: &str,
    draft: Draft,
    family: Family,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let zone = draft.zone.unwrap_or(meeting.zone);
    let occurrence = meeting.occurrences.iter_mut().find(|one| one.id == id && !one.deleted);
    let occurrence = occurrence.ok_or_else(unknown_occurrence)?;
    if let Some(agenda) = draft.agenda {
        occurrence.agenda = Some(agenda);
    }
    occurrence.minutes = draft.minutes.unwrap_or(occurrence.minutes);
    if let Some(start) = draft.start.map(|start| start.resolve(zone)).filter(|start| *start > now) {
        occurrence.start = start;
    }
    merge(&mut occurrence.settings, settings::of_occurrence(draft.settings, family));
    Ok(())
}

pub(crate) fn unknown_occurrence() -> Refusal {
    Refusal::bad_request(300, "Invalid parameter: `occurrence_id`.")
}

/// The names of what differs.
pub(crate) fn changed_fields(before: &Meeting, after: &Meeting) -> Vec<&'static str> {
    let changes = [
        ("topic", before.topic != after.topic),
        ("type", before.kind != after.kind),
        ("agenda", before.agenda != after.agenda),
        ("start_time", before.start != after.start),
        ("duration", before.minutes != after.minutes),
        ("timezone", before.zone != after.zone),
        ("password", before.passcode != after.passcode),
        ("settings", before.settings != after.settings),
        ("recurrence", before.recurrence != after.recurrence),
        ("occurrences", before.occurrences != after.occurrences),
        ("tracking_fields", before.tracking_fields != after.tracking_fields),
        ("pre_schedule", before.pre_schedule != after.pre_schedule),
        ("schedule_for", before.given_to != after.given_to),
    ];
    changes.into_iter().filter(|(_, changed)| *changed).map(|(name, _)| name).collect()
}

/// `DELETE /meetings/{meetingId}`, of the whole meeting or of one occurrence.
pub(crate) fn delete(account: &Account, call: &Call) -> Outcome {
    let id = call.meeting_id()?;
    for reminder in ["schedule_for_reminder", "cancel_meeting_reminder"] {
        call.flag(reminder)?;
    }
    let mut meetings = locked(&account.meetings);
    let mut meeting = meetings.existing(id, account.now())?.clone();
    if meeting.kind == kind::PERSONAL {
        return Err(Refusal::bad_request(3018, "Not allowed to delete PMI."));
    }
    let effect = if let Some(wanted) = call.parameter("occurrence_id") {
        let one = meeting.occurrences.iter_mut().find(|one| one.id == wanted && !one.deleted);
        one.ok_or_else(unknown_occurrence)?.deleted = true;
        ("meeting.occurrence_deleted", json!({ "occurrence_id": wanted }))
    } else {
        meeting.deleted = true;
        ("meeting.deleted", json!({}))
    };
    // A series whose last date is gone is gone as a whole.
    if !meeting.occurrences.is_empty() && meeting.occurrences.iter().all(|one| one.deleted) {
        meeting.deleted = true;
    }
    meetings.put(meeting.clone());
    drop(meetings);
    account.tell_of_removal("deleted", Family::Meeting, &meeting, call.parameter("occurrence_id"));
    account.record(effect.0, id.to_string(), effect.1);
    Ok(Answer::no_content())
}

/// `PUT /meetings/{meetingId}/status`: ends a running meeting or brings a deleted one back.
pub(crate) fn change_status(account: &Account, call: &Call) -> Outcome {
    let id = call.meeting_id()?;
    let body = call.object()?;
    let mut fields = Fields::new(&body, "");
    let action = fields.text("action", 40).unwrap_or_default();
    let now = account.now();
    let mut meetings = locked(&account.meetings);
    let effect = match action.as_str() {
        "end" => {
            let mut meeting = meetings.existing(id, now)?.clone();
            if !meeting.is_live(now) {
                return Err(Refusal::bad_request(3062, "Cannot end an ended meeting."));
            }
            meeting.live_until = None;
            meeting.ended_at = Some(now);
            meetings.put(meeting);
            Some("meeting.ended")
        }
        "recover" => {
            let recovered = meetings.recover(id);
            if !recovered {
                meetings.existing(id, now)?;
            }
            if let (true, Some(meeting)) = (recovered, meetings.open(id, now)) {
                account.tell_of_removal("recovered", Family::Meeting, meeting, None);
            }
            recovered.then_some("meeting.recovered")
        }
        _ => return Err(Refusal::invalid_field("action")),
    };
    drop(meetings);
    if let Some(effect) = effect {
        account.record(effect, id.to_string(), json!({}));
    }
    Ok(Answer::no_content())
}
