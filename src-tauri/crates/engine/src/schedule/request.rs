//! A new meeting as Zoom gets it.

use chrono::{DateTime, TimeDelta};
use liaison_domain::draft::When;
use liaison_domain::text;
use liaison_store::tables::meetings;
use liaison_store::tables::people::PersonRecord;
use liaison_zoom::{CustomKey, MeetingSettings, MeetingType, NewMeeting, ZoomTime};

use super::find::DRAFT_KEY;
use super::repeats::Repeating;
use super::stored::Creation;
use crate::schedule::view::ScheduleDraft;

/// `links` says whom it is linked to.
pub(super) fn of(creation: &Creation, people: &[PersonRecord], links: Option<CustomKey>) -> NewMeeting {
    let draft = &creation.draft;
    let invitees = invitees(draft, people)
        .into_iter()
        .map(|invitee| liaison_zoom::Invitee { email: invitee.email, internal_user: None })
        .collect();
    let start = DateTime::from_timestamp_millis(creation.start_utc_ms).unwrap_or_default();
    let mut meeting = NewMeeting::scheduled(
        text::single_line(&draft.topic, liaison_domain::draft::MAX_TOPIC),
        ZoomTime::Utc(start),
        draft.minutes,
        draft.zone.trim(),
    );
    // Its rule was checked before it was kept.
    if let Some(repeating) = repeating(creation) {
        meeting.meeting_type = MeetingType::RecurringFixedTime;
        meeting.recurrence = Some(repeating.for_zoom());
    }
    let agenda = text::multi_line(&draft.agenda, liaison_domain::draft::MAX_AGENDA);
    meeting.agenda = Some(agenda).filter(|agenda| !agenda.is_empty());
    let from_template = draft.template.is_some();
    meeting.template_id = draft.template.as_ref().map(|template| template.id.clone());
    // What the template sets is not said here.
    meeting.generate_passcode = Some(draft.passcode).filter(|_| !from_template);
    let made_from = CustomKey { key: DRAFT_KEY.to_owned(), value: draft.id.clone() };
    // Zoom has no series with times in the personal room, and no registration for it.
    let personal = draft.personal_meeting_id && draft.repeats.is_none();
    let wanted = |name: &str| !(from_template || personal && name == "ApprovalType");
    meeting.settings = Some(MeetingSettings {
        use_pmi: Some(personal).filter(|_| !from_template),
        meeting_invitees: Some(invitees),
        custom_keys: Some(std::iter::once(made_from).chain(links).collect()),
        ..creation.options().settings(&wanted)
    });
    meeting
}

/// How the meeting repeats, by the clocks of its zone.
pub(super) fn repeating(creation: &Creation) -> Option<Repeating> {
    let draft = &creation.draft;
    let start = DateTime::from_timestamp_millis(creation.start_utc_ms)?;
    let end = start + TimeDelta::minutes(i64::from(draft.minutes));
    let when = When { start, end, zone: liaison_domain::zones::parse(&draft.zone)? };
    Repeating::of(draft.repeats.as_ref()?, when).ok()
}

/// Everybody with an address, once; opted-out people too, for Zoom does not e-mail invitees of
/// meetings made through its API.
pub(super) fn invitees(draft: &ScheduleDraft, people: &[PersonRecord]) -> Vec<meetings::Invitee> {
    let mut all: Vec<meetings::Invitee> = people
        .iter()
        .filter_map(|person| Some(meetings::Invitee { email: person.email.clone()?, name: Some(person.name.clone()) }))
        .chain(draft.emails.iter().map(|email| meetings::Invitee { email: email.trim().to_owned(), name: None }))
        .filter(|invitee| liaison_domain::email::parse(&invitee.email).is_some())
        .collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|invitee| seen.insert(liaison_domain::email::folded(&invitee.email)));
    all
}
