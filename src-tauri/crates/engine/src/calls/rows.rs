//! From what is stored of a call to what is shown of it.

use std::collections::{HashMap, HashSet};

use liaison_domain::calls::{Because, Outcome, Party, Step};
use liaison_domain::matching::{Choice, Doubt, Followed, Ground, Object, Verdict, Why};
use liaison_domain::phone::{self, NoNumber, Region, Regions};
use liaison_store::tables::call_links::{CallLink, Decision};
use liaison_store::tables::calls::{CallRow as Stored, Chip, Standing};
use liaison_store::tables::companies;
use liaison_store::tables::number_choices::NumberChoice;
use liaison_store::tables::outbox::{self, OutboxState};
use liaison_store::tables::people::{self, Called, PersonRecord};
use liaison_store::tables::voicemails::{self, VoicemailRecord};
use liaison_store::{Connection, StoreResult};

use super::lead;
use super::stored::{Marks, Reason, Spoken};
use super::take;
use super::view::{
    CallBecause, CallCandidate, CallChip, CallDirection, CallDoubt, CallFollowed, CallOutcome, CallParty, CallPerson,
    CallRow, CallStanding, CallStep, CallVoicemail, CallWhy, NewLead, NoNumberReason, RememberedNumber,
};
use super::voicemails::followed_since_ms;
use super::whose::{Numbers, Order, Whose};
use crate::terms::UtcMs;

/// Rows of a list.
pub(super) fn rows(db: &Connection, stored: &[Stored], now_ms: i64) -> StoreResult<Vec<CallRow>> {
    knowing(db, stored, now_ms, &mut Numbers::default())
}

/// As [`rows`], with numbers that were read for others before.
pub(super) fn knowing(
    db: &Connection,
    stored: &[Stored],
    now_ms: i64,
    numbers: &mut Numbers,
) -> StoreResult<Vec<CallRow>> {
    let mut whose = Whose::new(db, Order::Any, now_ms)?.knowing(std::mem::take(numbers));
    whose.ask(stored.iter().filter(|row| is_asked_about(row)))?;
    let rows = of(db, &mut whose, &stored.iter().collect::<Vec<_>>())?;
    *numbers = whose.into_numbers();
    Ok(rows)
}

/// Whether a row tells how many there are to choose from.
pub(super) fn is_asked_about(stored: &Stored) -> bool {
    matches!(stored.standing, Standing::Ask | Standing::Switchboard)
}

/// As [`rows`], with what was asked already.
pub(super) fn of(db: &Connection, whose: &mut Whose<'_>, stored: &[&Stored]) -> StoreResult<Vec<CallRow>> {
    let linked: Vec<&str> = stored.iter().filter_map(|row| row.record_id.as_deref()).collect();
    let people = if linked.is_empty() { HashMap::new() } else { people::called(db, &linked)? };
    let unheard = unheard(db, stored, followed_since_ms(whose.now_ms()))?;
    stored.iter().map(|row| shown(db, whose, &people, &unheard, row)).collect()
}

/// Those with a message since a moment that nobody has listened to, by their keys.
fn unheard(db: &Connection, stored: &[&Stored], since_ms: i64) -> StoreResult<HashSet<String>> {
    let spoken = stored.iter().filter(|row| row.call.has_voicemail);
    let spoken: Vec<_> = spoken.map(|row| (&row.call.key, Spoken::read(&row.call.details_json))).collect();
    if spoken.is_empty() {
        return Ok(HashSet::new());
    }
    let call_ids: Vec<String> = spoken.iter().filter_map(|(_, spoken)| spoken.call_id.clone()).collect();
    let ids: Vec<String> = spoken.iter().flat_map(|(_, spoken)| spoken.voicemails.iter().cloned()).collect();
    let unheard = voicemails::unheard(db, since_ms, &call_ids, &ids)?;
    let of_unheard = spoken.into_iter().filter(|(_, spoken)| spoken.names().any(|name| unheard.contains(name)));
    Ok(of_unheard.map(|(key, _)| key.clone()).collect())
}

fn shown(
    db: &Connection,
    whose: &mut Whose<'_>,
    people: &HashMap<String, Called>,
    unheard: &HashSet<String>,
    stored: &Stored,
) -> StoreResult<CallRow> {
    let call = &stored.call;
    let candidates = if is_asked_about(stored) {
        match choices(&whose.proposed(stored)?) {
            // The one whom a rule would link, had the user not taken the link away.
            [] => whose.everybody(stored)?.len(),
            choices => choices.len(),
        }
    } else {
        0
    };
    let new_lead = match stored.record_id.as_deref().and_then(lead::link::maker) {
        Some(item) => Some(new_lead(db, item)?),
        None => None,
    };
    Ok(CallRow {
        id: call.key.clone(),
        direction: if call.outbound { CallDirection::Outbound } else { CallDirection::Inbound },
        outcome: outcome(&call.outcome),
        internal: call.internal,
        who: stored.record_name.clone().or_else(|| name_of(stored)).unwrap_or_default(),
        company: stored.company.clone(),
        number: whose.shown(stored),
        start: UtcMs(call.start_utc_ms),
        seconds: seconds(call.talk_s.saturating_add(call.hold_s)),
        standing: if new_lead.is_some() { CallStanding::NewLead } else { standing(stored.standing) },
        to_link: stored.to_link,
        candidates: u32::try_from(candidates).unwrap_or(u32::MAX),
        person: if new_lead.is_some() { None } else { person(people, stored) },
        new_lead,
        logged: stored.logged,
        logging: None,
        voicemail: call.has_voicemail,
        unheard: unheard.contains(&call.key),
        recording: Marks::read(&call.details_json).recorded,
    })
}

/// The other end's name as Zoom has it, where it is one.
pub(super) fn name_of(stored: &Stored) -> Option<String> {
    stored.call.other_name.clone().filter(|name| !phone::names_nobody(name))
}

fn new_lead(db: &Connection, item: &str) -> StoreResult<NewLead> {
    let state = outbox::get(db, item)?.map(|row| row.state);
    let needs_you = state.is_some_and(OutboxState::needs_the_user);
    Ok(NewLead { item: item.to_owned(), needs_you })
}

fn person(people: &HashMap<String, Called>, stored: &Stored) -> Option<CallPerson> {
    let id = stored.record_id.as_deref()?;
    // The prefix of the id tells the object of somebody who is no longer here.
    let object = match id.get(..3) {
        Some("00Q") => Object::Lead,
        Some("001") => Object::Account,
        _ => Object::Contact,
    };
    let named = people.get(id).map_or_else(|| format!("{}:{id}", object.name()), |called| called.id.clone());
    Some(CallPerson { id: named, name: stored.record_name.clone().unwrap_or_default() })
}

/// As people in the user's country write a number; what is none stays as it is.
pub(super) fn shown_number(text: Option<&str>, regions: Regions) -> Option<String> {
    let text = text?;
    let number = take::number(Some(text), false, regions);
    Some(number.map_or_else(|_| text.to_owned(), |number| number.format(regions.user)))
}

/// Everybody who is asked about.
pub(super) fn choices(verdict: &Verdict) -> &[Choice] {
    match verdict {
        Verdict::Ask(choices) | Verdict::Switchboard { people: choices, .. } => choices,
        _ => &[],
    }
}

/// Those who are asked about, as they are shown; with what is known of them, see [`Order::Likelier`].
pub(super) fn candidates(db: &Connection, choices: &[Choice]) -> StoreResult<Vec<CallCandidate>> {
    let records = choices.iter().map(|choice| &choice.candidate.record);
    let (accounts, others): (Vec<_>, Vec<_>) = records.partition(|record| record.object == Object::Account);
    let mut companies = HashMap::new();
    for record in accounts {
        companies.extend(companies::get(db, &record.id)?.map(|company| (company.id, company.owner_name)));
    }
    let ids: Vec<&str> = others.into_iter().map(|record| record.id.as_str()).collect();
    let found = if ids.is_empty() { Vec::new() } else { people::people_by_salesforce_id(db, &ids)? };
    let people: HashMap<String, PersonRecord> = found.into_iter().map(|person| (person.id.clone(), person)).collect();
    let shown = choices.iter().map(|Choice { candidate, why }| {
        let id = format!("{}:{}", candidate.record.object.name(), candidate.record.id);
        let person = people.get(&id);
        let owner = match candidate.record.object {
            Object::Account => companies.get(&candidate.record.id).cloned().flatten(),
            Object::Contact | Object::Lead => person.and_then(|person| person.owner_name.clone()),
        };
        CallCandidate {
            person: CallPerson { id, name: candidate.name.clone() },
            company: candidate.company.clone(),
            title: person.and_then(|person| person.title.clone()),
            owner,
            do_not_call: candidate.do_not_call,
            last_touch: candidate.context.touched_ms.map(UtcMs),
            open_opportunity: candidate.context.open_opportunity,
            field: why.field.clone(),
            written: why.written.clone(),
            followed: candidate.followed.map(followed),
            doubt: match why.ground {
                Ground::Same { .. } => None,
                Ground::Maybe(doubt) => Some(self::doubt(doubt)),
            },
        }
    });
    Ok(shown.collect())
}

pub(super) fn why(link: &CallLink) -> Option<CallWhy> {
    let at = UtcMs(link.decided_utc_ms);
    match link.decision {
        Decision::Chosen => Some(CallWhy::Chosen { at }),
        Decision::Ignored => Some(CallWhy::Ignored { at }),
        Decision::Unlinked => Some(CallWhy::Unlinked { at }),
        Decision::Automatic => Reason::read(&link.reason_json).rule.map(|rule| match rule {
            Why::Intent { at_ms } => CallWhy::Intent { at: UtcMs(at_ms) },
            Why::Remembered { since_ms } => CallWhy::Remembered { since: UtcMs(since_ms) },
            Why::Line { field, written, source, followed: via } => {
                CallWhy::Line { field, written, source, followed: via.map(followed) }
            }
        }),
    }
}

pub(super) fn remembered(choice: &NumberChoice, region: Option<Region>) -> RememberedNumber {
    let regions = Regions::of_user(region);
    let shown = shown_number(Some(&choice.line), regions).unwrap_or_default();
    RememberedNumber {
        id: format!("{};{}", choice.line, choice.extension),
        number: if choice.extension.is_empty() { shown } else { format!("{shown} x{}", choice.extension) },
        person: choice
            .record
            .as_ref()
            .map(|record| CallPerson { id: format!("{}:{}", record.kind, record.id), name: record.name.clone() }),
        since: UtcMs(choice.decided_utc_ms),
    }
}

pub(super) fn party(told: &Party, regions: Regions) -> CallParty {
    CallParty {
        name: told.name.clone(),
        number: shown_number(told.number.as_deref(), regions),
        extension: told.extension.clone(),
        line: told.is_line(),
    }
}

pub(super) fn step(told: &Step, regions: Regions) -> CallStep {
    CallStep {
        event: told.event.clone(),
        from: party(&told.from, regions),
        to: party(&told.to, regions),
        operator: told.operator.clone(),
        start: told.start_ms.map(UtcMs),
        answer: told.answer_ms.map(UtcMs),
        end: told.end_ms.map(UtcMs),
        result: told.result.clone(),
        reason: told.reason.clone(),
        mine: told.mine,
    }
}

pub(super) fn voicemail(told: VoicemailRecord, regions: Regions, now_ms: i64) -> CallVoicemail {
    CallVoicemail {
        id: told.id,
        at: UtcMs(told.spoken_utc_ms),
        seconds: seconds(told.seconds),
        unread: told.unread && told.spoken_utc_ms >= followed_since_ms(now_ms),
        name: told.caller_name,
        number: shown_number(told.caller_number.as_deref(), regions),
        transcript: told.transcript,
    }
}

pub(super) fn because(because: Because) -> CallBecause {
    match because {
        Because::RangOut => CallBecause::RangOut,
        Because::CallerGaveUp => CallBecause::CallerGaveUp,
        Because::AnsweredByOther => CallBecause::AnsweredByOther,
        Because::PickedUpByOther => CallBecause::PickedUpByOther,
    }
}

pub(super) fn no_number(reason: NoNumber) -> NoNumberReason {
    match reason {
        NoNumber::Withheld => NoNumberReason::Withheld,
        NoNumber::Empty | NoNumber::Unknown | NoNumber::Name => NoNumberReason::Unknown,
        NoNumber::Address | NoNumber::ServiceCode => NoNumberReason::Code,
        NoNumber::ShortCode => NoNumberReason::Short,
        NoNumber::CountryUnknown => NoNumberReason::CountryUnknown,
        NoNumber::NoSuchCountry | NoNumber::NotPossible | NoNumber::Garbled => NoNumberReason::NotPossible,
    }
}

pub(super) fn chip(chip: CallChip) -> Chip {
    match chip {
        CallChip::All => Chip::All,
        CallChip::ToLink => Chip::ToLink,
        CallChip::Missed => Chip::Missed,
        CallChip::Voicemail => Chip::Voicemail,
        CallChip::Logged => Chip::Logged,
    }
}

pub(super) fn seconds(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

fn followed(how: Followed) -> CallFollowed {
    match how {
        Followed::Converted => CallFollowed::Converted,
        Followed::Merged => CallFollowed::Merged,
    }
}

fn doubt(doubt: Doubt) -> CallDoubt {
    match doubt {
        Doubt::Extension => CallDoubt::Extension,
        Doubt::OthersLine => CallDoubt::OthersLine,
        Doubt::TwoReadings => CallDoubt::TwoReadings,
        Doubt::NotValid => CallDoubt::NotValid,
        Doubt::Short => CallDoubt::Short,
        Doubt::Ending => CallDoubt::Ending,
        Doubt::ItsPeople => CallDoubt::ItsPeople,
    }
}

fn standing(stored: Standing) -> CallStanding {
    match stored {
        Standing::New => CallStanding::New,
        Standing::Linked => CallStanding::Linked,
        Standing::Ask => CallStanding::Ask,
        Standing::Switchboard => CallStanding::Switchboard,
        Standing::Nobody => CallStanding::Nobody,
        Standing::Ignored => CallStanding::Ignored,
        Standing::Internal => CallStanding::Internal,
        Standing::NoNumber => CallStanding::NoNumber,
    }
}

fn outcome(name: &str) -> CallOutcome {
    match Outcome::named(name) {
        Outcome::Answered => CallOutcome::Answered,
        Outcome::AnsweredByColleague => CallOutcome::AnsweredByColleague,
        Outcome::Forwarded => CallOutcome::Forwarded,
        Outcome::Voicemail => CallOutcome::Voicemail,
        Outcome::Missed => CallOutcome::Missed,
        Outcome::Declined => CallOutcome::Declined,
        Outcome::Busy => CallOutcome::Busy,
        Outcome::Cancelled => CallOutcome::Cancelled,
        Outcome::NoAnswer => CallOutcome::NoAnswer,
        Outcome::Failed => CallOutcome::Failed,
        Outcome::Blocked => CallOutcome::Blocked,
        Outcome::Unknown => CallOutcome::Unknown,
    }
}
