//! The kind *registrant*: people are registered, thirty in a request where the webinar's type allows it. Zoom knows
//! people by their address, so one who is in its lists is registered, whoever did it; a lost answer is settled by
//! reading all of them, and never by adding again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use liaison_domain::{LinkBasis, PersonRef, email};
use liaison_store::tables::links::{self, LinkRecord};
use liaison_store::tables::outbox::{self, NewOperation, OutboxAction, OutboxRecord};
use liaison_store::tables::webinar_registrants::{
    self as table, FetchedRegistrant, RegistrantRecord, RegistrantStatus,
};
use liaison_store::tables::{daily_counts, people};
use liaison_store::{StoreResult, Transaction, planted};
use liaison_transport::BoxFuture;
use liaison_zoom::{
    BatchRegistrant, BatchRegistration, JoinUrl, MOST_REGISTRANTS_AT_ONCE, NewRegistrant, RegistrationAnswer, WebinarId,
};
use secrecy::SecretString;
use uuid::Uuid;

use super::sending::{SETTLING, Sending};
use super::status::{self, DecidedAbout};
use super::{Place, refusal, shown};
use crate::context::Context;
use crate::outbox::kind::{Found, Kind, Made, Outcome};
use crate::outbox::reason::{Need, Reason, Wait};
use crate::outbox::settle::{not_seen, pause};
use crate::outbox::target::Target;
use crate::outbox::view::{FieldValue, OutboxWhat};
use crate::webinars::stored::{LINKED, Registration, StoredAnswer, StoredDecision, VERSION};

/// Its name in the table.
pub(crate) const REGISTRANT: &str = "registrant";
/// How often a person was registered for a webinar today, as it is counted.
pub(crate) const COUNTED: &str = "registrations";

pub(crate) struct RegistrantKind;

/// Names somebody's registration: webinar and folded address.
pub(crate) fn identity(webinar: &str, address: &str) -> String {
    format!("{webinar}:{}", email::folded(address))
}

/// Rows about one person of a webinar go in order.
pub(super) fn order_key(webinar: &str, address: &str) -> String {
    format!("registrant:{}", identity(webinar, address))
}

/// A registration as a row. `together` lets it go in a request with others.
pub(crate) fn operation(place: &Place<'_>, registration: &Registration, together: bool) -> NewOperation {
    let name = format!("{} {}", registration.first_name, registration.last_name);
    NewOperation {
        identity: identity(&registration.webinar, &registration.email),
        order_key: order_key(&registration.webinar, &registration.email),
        subject_key: registration.webinar.clone(),
        batch_key: together.then(|| format!("registrants:{}", if planted(23) { "" } else { &registration.webinar })),
        title: registration.topic.clone(),
        person_name: Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        payload_json: registration.json(),
        ..place.operation(REGISTRANT, OutboxAction::Create)
    }
}

impl Kind for RegistrantKind {
    fn name(&self) -> &'static str {
        REGISTRANT
    }

    fn most(&self) -> u32 {
        u32::try_from(MOST_REGISTRANTS_AT_ONCE).unwrap_or(1)
    }

    fn send<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Outcome>> {
        Box::pin(send(cx, rows))
    }

    fn look_up<'a>(&'a self, cx: &'a Arc<Context>, rows: &'a [OutboxRecord]) -> BoxFuture<'a, Vec<Found>> {
        Box::pin(look_up(cx, rows))
    }

    /// A registration is undone by cancelling it.
    fn undoing(&self, row: &OutboxRecord, now_ms: i64) -> Option<NewOperation> {
        let (registration, id) = (Registration::read(&row.payload_json)?, row.record_id.clone()?);
        let target = Target { key: row.target.clone(), name: row.target_name.clone() };
        let about = DecidedAbout {
            webinar: registration.webinar,
            topic: registration.topic,
            registrant: id,
            email: registration.email,
            name: row.person_name.clone().unwrap_or_default(),
        };
        let place = Place { target: &target, group: None, now_ms, hold_ms: 0 };
        Some(status::operation(&place, &about, StoredDecision::Cancel, None))
    }

    fn webinar(&self, row: &OutboxRecord) -> Option<String> {
        Some(row.subject_key.clone())
    }

    fn shown(&self, row: &OutboxRecord) -> Vec<FieldValue> {
        let Some(registration) = Registration::read(&row.payload_json) else { return Vec::new() };
        let mut fields = vec![
            shown("Email", &registration.email),
            shown("FirstName", &registration.first_name),
            shown("LastName", &registration.last_name),
        ];
        fields.extend(registration.answers.iter().map(|answer| shown(&answer.field, &answer.text)));
        fields.retain(
            |field| !matches!(&field.value, crate::outbox::view::FieldContent::Text { text } if text.is_empty()),
        );
        fields
    }

    fn what(&self, _action: OutboxAction) -> OutboxWhat {
        OutboxWhat::RegisterPerson
    }

    /// Whoever tries it again knows that the webinar has begun.
    fn tried_again(&self, row: &OutboxRecord) -> Option<String> {
        let asked = Reason::read(row.reason_json.as_deref());
        let started = matches!(&asked, Some(Reason::Needs(Need::Refused { code, .. })) if code == refusal::STARTED);
        let registration = Registration::read(&row.payload_json).filter(|_| started)?;
        Some(Registration { late: true, ..registration }.json())
    }
}

/// A row with what it says.
struct Asked<'a> {
    place: usize,
    row: &'a OutboxRecord,
    registration: Registration,
}

async fn send(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Outcome> {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else {
        return rows.iter().map(|row| pause(now, row.attempts, Wait::SignIn)).collect();
    };
    let mut outcomes: Vec<Outcome> = vec![Outcome::Needs(Need::Unreadable); rows.len()];
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let Some(registration) = Registration::read(&row.payload_json) else { continue };
        // It waited too long: whether it still makes sense is not ours to say.
        let begun = registration
            .start_utc_ms
            .is_some_and(|start| start <= now.timestamp_millis() && row.created_utc_ms < start);
        if begun && !registration.late {
            outcomes[place] = Outcome::Needs(refusal::need(refusal::STARTED));
            continue;
        }
        asked.push(Asked { place, row, registration });
    }
    asked = leave_out_known(&sending, asked, &mut outcomes).await;
    match asked.as_slice() {
        [] => {}
        [one] => outcomes[one.place] = add(&sending, one).await,
        many => {
            for (one, outcome) in many.iter().zip(add_many(&sending, many).await) {
                outcomes[one.place] = outcome;
            }
        }
    }
    outcomes
}

/// Settles those who are in Zoom's lists; answers the others. One click goes at once, by the lists as they are here; of
/// many, those who are there already cost nothing.
async fn leave_out_known<'a>(sending: &Sending<'_>, asked: Vec<Asked<'a>>, outcomes: &mut [Outcome]) -> Vec<Asked<'a>> {
    let Some(webinar) = asked.first().map(|one| one.registration.webinar.clone()) else { return asked };
    let emails = asked.iter().map(|one| one.registration.email.clone()).collect();
    let many = asked.len() > 1 || asked.iter().any(|one| one.row.group_id.is_some());
    let found = if many { sending.lately(&webinar, emails).await } else { sending.kept(&webinar, emails).await };
    let found = match found {
        Ok(found) => by_address(found),
        Err(error) => {
            tracing::info!(?error, "registrants could not be read before registering");
            for one in &asked {
                outcomes[one.place] = refusal::unread(&error, one.row.attempts, sending.now);
            }
            return Vec::new();
        }
    };
    let mut left = Vec::new();
    for one in asked {
        match found.get(&email::folded(&one.registration.email)) {
            Some(known) if known.status == RegistrantStatus::Denied => {
                outcomes[one.place] = Outcome::Needs(refusal::need(refusal::DENIED));
            }
            Some(known) if known.status != RegistrantStatus::Cancelled => {
                outcomes[one.place] = Outcome::Done(there(one.row, &one.registration, known, true));
            }
            _ => left.push(one),
        }
    }
    left
}

async fn add(sending: &Sending<'_>, asked: &Asked<'_>) -> Outcome {
    let registration = &asked.registration;
    let Ok(number) = registration.webinar.parse() else { return Outcome::Needs(Need::Unreadable) };
    let registrants = sending.zoom.api.webinars().registrants(WebinarId(number));
    match registrants.add(&request(registration), &[]).await {
        Ok(answer) => Outcome::Done(made(sending, asked, &answer.registrant_id, answer.join_url.as_ref())),
        Err(error) => {
            tracing::info!(%error, attempts = asked.row.attempts, "a person was not registered");
            refusal::outcome(&error, asked.row.attempts, sending.now)
        }
    }
}

async fn add_many(sending: &Sending<'_>, many: &[Asked<'_>]) -> Vec<Outcome> {
    let Some(number) = many.first().and_then(|one| one.registration.webinar.parse().ok()) else {
        return vec![Outcome::Needs(Need::Unreadable); many.len()];
    };
    let people = many.iter().map(|one| BatchRegistrant {
        email: one.registration.email.clone(),
        first_name: one.registration.first_name.clone(),
        last_name: Some(one.registration.last_name.clone()).filter(|name| !name.is_empty()),
    });
    let batch = BatchRegistration { registrants: people.collect(), ..BatchRegistration::default() };
    match sending.zoom.api.webinars().registrants(WebinarId(number)).add_batch(&batch).await {
        Ok(answer) => {
            let told: HashMap<String, _> = answer.iter().map(|one| (email::folded(&one.email), one)).collect();
            let outcome = |one: &Asked<'_>| {
                let told = told.get(&email::folded(&one.registration.email));
                // Who is missing from the answer is looked up like any lost answer.
                let id = told.and_then(|told| told.registrant_id.as_deref());
                id.map_or(Outcome::Unknown, |id| {
                    Outcome::Done(made(sending, one, id, told.and_then(|told| told.join_url.as_ref())))
                })
            };
            many.iter().map(outcome).collect()
        }
        Err(error) => {
            tracing::info!(%error, people = many.len(), "a batch was not registered");
            many.iter().map(|one| refusal::of_many(&error, one.row.attempts, sending.now)).collect()
        }
    }
}

fn request(registration: &Registration) -> NewRegistrant {
    let mut request = NewRegistrant::new(&registration.email, &registration.first_name);
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    request.last_name = some(&registration.last_name);
    request.source_id.clone_from(&registration.source);
    let mut custom = Vec::new();
    for StoredAnswer { field, custom: is_custom, text } in &registration.answers {
        if *is_custom {
            custom.push(RegistrationAnswer { title: field.clone(), value: Some(text.clone()) });
            continue;
        }
        let place = match field.as_str() {
            "org" => &mut request.org,
            "job_title" => &mut request.job_title,
            "phone" => &mut request.phone,
            "industry" => &mut request.industry,
            "no_of_employees" => &mut request.no_of_employees,
            "purchasing_time_frame" => &mut request.purchasing_time_frame,
            "role_in_purchase_process" => &mut request.role_in_purchase_process,
            "address" => &mut request.address,
            "city" => &mut request.city,
            "zip" => &mut request.zip,
            "state" => &mut request.state,
            "country" => &mut request.country,
            "comments" => &mut request.comments,
            _ => continue,
        };
        *place = some(text);
    }
    request.custom_questions = Some(custom).filter(|custom| !custom.is_empty());
    request
}

/// What is kept of somebody whom Zoom has just registered: without a link they wait for the host.
fn made(sending: &Sending<'_>, asked: &Asked<'_>, id: &str, join_url: Option<&JoinUrl>) -> Made {
    let (registration, now_ms) = (asked.registration.clone(), sending.now.timestamp_millis());
    let status = if join_url.is_some() { RegistrantStatus::Approved } else { RegistrantStatus::Pending };
    let fetched = FetchedRegistrant {
        registrant: RegistrantRecord {
            key: format!("{}:{id}", registration.webinar),
            webinar_key: registration.webinar.clone(),
            registrant_id: id.to_owned(),
            email: Some(registration.email.clone()),
            first_name: Some(registration.first_name.clone()),
            last_name: Some(registration.last_name.clone()),
            status,
            registered_utc_ms: Some(now_ms),
            source_id: registration.source.clone(),
            has_link: join_url.is_some(),
            fetched_utc_ms: now_ms,
            version: VERSION,
            answers_json: serde_json::to_string(&registration.answers).unwrap_or_else(|_| "[]".to_owned()),
        },
        join_url: join_url.map(|url| SecretString::from(url.expose())),
    };
    let (sealer, day) = (sending.cx.store.sealer(), sending.now.date_naive());
    Made {
        record_id: Some(id.to_owned()),
        keep: Some(Arc::new(move |tx| {
            let generation = table::generation(tx, &fetched.registrant.webinar_key)?;
            table::upsert(tx, &sealer, std::slice::from_ref(&fetched), generation)?;
            count_one(tx, &registration, day)?;
            link(tx, &registration, now_ms)
        })),
    }
}

/// What is kept of somebody who is in Zoom's lists.
fn there(row: &OutboxRecord, registration: &Registration, known: &RegistrantRecord, before: bool) -> Made {
    let (registration, op_id, now_ms) = (registration.clone(), row.op_id.clone(), row.created_utc_ms);
    Made {
        record_id: Some(known.registrant_id.clone()),
        keep: Some(Arc::new(move |tx| {
            if before {
                outbox::remark(tx, &op_id, &Reason::There {}.json())?;
            }
            link(tx, &registration, now_ms)
        })),
    }
}

fn count_one(tx: &Transaction<'_>, registration: &Registration, day: NaiveDate) -> StoreResult<()> {
    let (owner, day) = (identity(&registration.webinar, &registration.email), day.to_string());
    let used = daily_counts::get(tx, COUNTED, &owner, &day)?.unwrap_or(0);
    daily_counts::set(tx, COUNTED, &owner, &day, used.saturating_add(1))
}

/// Whom they were registered from is known now, and not once Zoom hides their address.
fn link(tx: &Transaction<'_>, registration: &Registration, now_ms: i64) -> StoreResult<()> {
    let Some(record) = &registration.record else { return Ok(()) };
    let current = people::successor(tx, record)?;
    let Ok(PersonRef { kind, id }) = current.parse::<PersonRef>() else { return Ok(()) };
    let named = people::person(tx, &current)?.map(|person| person.name);
    let link = LinkRecord {
        id: Uuid::now_v7().to_string(),
        zoom_kind: LINKED.to_owned(),
        zoom_key: identity(&registration.webinar, &registration.email),
        record_kind: kind,
        record_id: id,
        record_name: named
            .unwrap_or_else(|| format!("{} {}", registration.first_name, registration.last_name).trim().to_owned()),
        basis: LinkBasis::Intent,
        reason: "registered".to_owned(),
        created_utc_ms: now_ms,
    };
    links::insert_link(tx, &link).map(drop)
}

fn by_address(found: Vec<RegistrantRecord>) -> HashMap<String, RegistrantRecord> {
    let mut by_address = HashMap::new();
    for one in found {
        // Who was cancelled comes last.
        by_address.entry(email::folded(one.email.as_deref().unwrap_or_default())).or_insert(one);
    }
    by_address
}

/// Reads all registrants of each webinar, once.
async fn look_up(cx: &Arc<Context>, rows: &[OutboxRecord]) -> Vec<Found> {
    let now = cx.now();
    let Some(sending) = Sending::of(cx) else {
        return rows.iter().map(|row| not_seen(now, row.attempts, Wait::SignIn)).collect();
    };
    let read: Vec<Option<Registration>> = rows.iter().map(|row| Registration::read(&row.payload_json)).collect();
    let mut webinars: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for registration in read.iter().flatten() {
        webinars.entry(registration.webinar.clone()).or_default().push(registration.email.clone());
    }
    let mut seen = HashMap::new();
    for (webinar, emails) in webinars {
        let found = sending.now(&webinar, emails).await;
        if let Err(error) = &found {
            tracing::info!(?error, "registrants could not be looked up");
        }
        seen.insert(webinar, found.map(|found| found.map(by_address)));
    }
    let finding = |(row, registration): (&OutboxRecord, &Option<Registration>)| {
        let Some(registration) = registration else { return Found::Needs(Need::Unreadable) };
        match seen.get(&registration.webinar) {
            Some(Ok(Some(found))) => match found.get(&email::folded(&registration.email)) {
                Some(known) if known.status != RegistrantStatus::Cancelled => {
                    Found::There(there(row, registration, known, false))
                }
                _ => Found::Absent { settling: SETTLING },
            },
            Some(Err(error)) => refusal::not_found_out(error, row.attempts, now),
            // Somebody in it could not be read: it may be them.
            Some(Ok(None)) | None => not_seen(now, row.attempts, Wait::Trouble),
        }
    };
    rows.iter().zip(&read).map(finding).collect()
}
