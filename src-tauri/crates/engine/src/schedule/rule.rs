//! Another rule or another zone for a series that is there: its sheet, what it would come to, and the decision.
//!
//! Zoom has a rule for the whole of a series alone, and makes all its dates anew by it. What is decided here is one row
//! of the outbox; what becomes of the dates is in `rule_dates`, how it is sent in `rule_attempt`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use liaison_domain::draft::{self, Draft, When};
use liaison_domain::series::{End, Rhythm, Series};
use liaison_domain::zones::{self, Zone};
use liaison_store::tables::meetings::{self, MeetingRecord};
use liaison_store::tables::outbox::{self, OutboxAction, OutboxRecord, OutboxState};
use liaison_store::{Connection, StoreResult, Transaction};
use liaison_zoom::{EDITS_PER_DAY, MeetingId};

use super::change::{Decided, Deciding, open_rows};
use super::dates::coming;
use super::now::fold;
use super::repeats::{Repeating, sheet};
use super::rule_dates::{self, Future};
use super::stored::{MeetingEdit, MeetingFields};
use super::stored_rule::{KnownDate, RuleChange};
use super::{field_issue, kind, pending, rule_alone, written_date, written_time};
use crate::context::Context;
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::meetings::pull::occurrences;
use crate::meetings::series::Told;
use crate::outbox::kind::MEETING;
use crate::outbox::target::Target;
use crate::outbox::view::Changed;
use crate::schedule::rule_view::{RuleCheck, RuleDraft, SeriesRule};
use crate::schedule::view::{Fold, RepeatEnd, SeriesScope};
use crate::terms::Provider;

impl Engine {
    /// How a series repeats, by one of its dates. Where that is not known here yet, Zoom is asked.
    ///
    /// # Errors
    /// [`Error::TooLate`] for a series of somebody else or one without dates to come, [`Error::Gone`] when it is not
    /// there; what Zoom or the network said when it has to be asked.
    pub async fn series_rule(&self, id: String) -> Result<SeriesRule, Error> {
        let cx = self.profile().await?;
        let (now, zone) = (cx.now(), cx.zone());
        let known = Standing::read(&cx, id.clone()).await?;
        if known.told.rule.is_some() {
            return Ok(known.sheet(now, zone));
        }
        learn(&cx, known.record.meeting_id).await?;
        Ok(Standing::read(&cx, id).await?.sheet(now, zone))
    }

    /// What another rule would come to. Nothing is sent.
    ///
    /// # Errors
    /// As for the sheet.
    pub async fn check_series_rule(&self, id: String, draft: RuleDraft) -> Result<RuleCheck, Error> {
        let cx = self.profile().await?;
        let (now, zone) = (cx.now(), cx.zone());
        let standing = Standing::read(&cx, id).await?;
        let edits_left = EDITS_PER_DAY.saturating_sub(cx.zoom().map_or(0, |zoom| zoom.api.edits_today().used));
        let mut check = RuleCheck {
            issues: Vec::new(),
            today: written_date(now.with_timezone(&zone).naive_local()),
            dates: None,
            same: 0,
            moved: 0,
            added: 0,
            gone: 0,
            alone: Vec::new(),
            events: standing.events,
            unchanged: false,
            edits_left,
        };
        match repeating(&draft, now) {
            Ok((_, repeating)) => {
                let same_rule = standing.sheet(now, zone).draft == draft;
                let future = Future::of(standing.as_decided(), standing.zone(zone), &repeating);
                future.tell(&standing.told.cancelled, now, draft.minutes, &mut check);
                check.unchanged = same_rule && check.alone.is_empty();
                check.dates = Some(repeating.shown());
            }
            Err(issues) => check.issues = issues,
        }
        Ok(check)
    }

    /// Has a series repeat otherwise: held, then sent to Zoom; its Events follow when Zoom has made the new dates.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the fields at fault; else as for the sheet.
    pub async fn change_series_rule(&self, id: String, draft: RuleDraft) -> Result<Changed, Error> {
        let cx = self.profile().await?;
        let (when, repeating) = repeating(&draft, cx.now()).map_err(|issues| Error::Invalid { issues })?;
        let check = self.check_series_rule(id.clone(), draft.clone()).await?;
        if check.unchanged {
            return Ok(Changed::by(None));
        }
        let deciding = Deciding::of(&cx);
        let start_utc_ms = repeating.first(when).start.timestamp_millis();
        let changed = cx.store.write(move |tx| deciding.change_rule(tx, &id, &draft, start_utc_ms)).await??;
        cx.outbox_changed();
        Ok(changed)
    }
}

/// A series as it is known here.
struct Standing {
    record: MeetingRecord,
    /// Its dates to come, with what is decided of each and not in Zoom yet.
    dates: Vec<KnownDate>,
    /// What Zoom tells, and what was cancelled since.
    told: Told,
    events: u32,
}

impl Standing {
    async fn read(cx: &Arc<Context>, id: String) -> Result<Self, Error> {
        let now_ms = cx.now_ms();
        cx.store.read(move |db| Self::find(db, &id, now_ms)).await?
    }

    fn find(db: &Connection, id: &str, now_ms: i64) -> Decided<Self> {
        let Some(record) = meetings::meeting(db, id)? else { return Ok(Err(Error::Gone)) };
        let mut dates = coming(db, &record, SeriesScope::All, now_ms)?;
        dates.retain(|date| date.gone_utc_ms.is_none() && date.start_utc_ms.is_some_and(|start| start > now_ms));
        let known = rule_alone::known(db, &dates)?;
        if record.occurrence_id.is_none() || !record.is_host || known.iter().all(|date| date.as_decided().is_none()) {
            return Ok(Err(Error::TooLate));
        }
        // Each date carries the same; the one that was read last knows best.
        let newest = dates.iter().max_by_key(|date| date.details_utc_ms);
        let mut told = newest.and_then(Told::read).unwrap_or(Told { rule: None, cancelled: Vec::new() });
        let read_utc_ms = newest.and_then(|date| date.details_utc_ms).unwrap_or_default();
        told.cancelled.extend(rule_dates::cancelled_since(db, record.meeting_id, read_utc_ms)?);
        let is_cancelled = |date: &&KnownDate| date.as_decided().is_none();
        told.cancelled.extend(known.iter().filter(is_cancelled).map(KnownDate::planned));
        told.cancelled.retain(|at| at.timestamp_millis() > now_ms);
        told.cancelled.sort_unstable();
        told.cancelled.dedup();
        let stays =
            |key: &str| known.iter().any(|date| date.key(number(&record)) == key && date.as_decided().is_some());
        dates.retain(|date| stays(&date.key));
        let events = rule_dates::with_event(db, &dates)?;
        Ok(Ok(Self { record, dates: known, told, events }))
    }

    /// The dates that take place once all that is decided is carried out.
    fn as_decided(&self) -> Vec<KnownDate> {
        self.dates.iter().filter_map(KnownDate::as_decided).collect()
    }

    fn zone(&self, own: Zone) -> Zone {
        self.record.timezone.as_deref().and_then(zones::parse).unwrap_or(own)
    }

    /// As the sheet begins: from the next date on, at the time that most dates have.
    fn sheet(&self, now: DateTime<Utc>, own: Zone) -> SeriesRule {
        let zone = self.zone(own);
        let dates = self.as_decided();
        let usual = rule_dates::usual(&dates, zone);
        // A first date that was moved to come may have been planned before now.
        let first = usual.iter().copied().find(|at| *at > now).or(usual.last().copied()).unwrap_or(now);
        let local = first.with_timezone(&zone).naive_local();
        let coming = u32::try_from(dates.len()).unwrap_or(u32::MAX);
        let all = coming.saturating_add(u32::try_from(self.told.cancelled.len()).unwrap_or_default());
        let mut rule = self.told.rule.clone().unwrap_or_else(|| Series {
            rhythm: Rhythm::Weekly(vec![chrono::Datelike::weekday(&local)]),
            every: 1,
            end: End::Times(all),
        });
        if let Rhythm::Weekly(days) = &mut rule.rhythm {
            let by = rule_dates::days_between(&dates, &usual, zone);
            for day in days {
                *day = (0..by.rem_euclid(7)).fold(*day, |day, _| day.succ());
            }
        }
        let mut repeats = sheet(&rule);
        // Of those that are counted some are over.
        if matches!(repeats.end, RepeatEnd::Times { .. }) {
            repeats.end = RepeatEnd::Times { times: all.max(1) };
        }
        let minutes = rule_dates::most(dates.iter().map(|date| date.minutes)).unwrap_or(self.record.minutes);
        SeriesRule {
            topic: self.record.topic.clone(),
            draft: RuleDraft {
                date: written_date(local),
                time: written_time(local),
                zone: zone.name().to_owned(),
                minutes: u32::try_from(minutes).unwrap_or(30),
                fold: fold(first, zone.name()),
                repeats,
            },
            coming,
        }
    }
}

fn number(record: &MeetingRecord) -> u64 {
    u64::try_from(record.meeting_id).unwrap_or_default()
}

/// Reads a series whole, for a rule that no pull has brought yet.
async fn learn(cx: &Arc<Context>, meeting_id: i64) -> Result<(), Error> {
    let zoom = cx.zoom().ok_or(Error::NotConnected { provider: Provider::Zoom })?;
    let id = MeetingId(u64::try_from(meeting_id).unwrap_or_default());
    let meeting = zoom.api.meetings().get(id).await.map_err(|error| Error::zoom(error, cx.now()))?;
    let (sealer, now_ms) = (cx.store.sealer(), cx.now_ms());
    let owner = cx.owner(Provider::Zoom, &zoom.user_id, &zoom.account_id);
    cx.write_for(&owner, move |tx| {
        let mut there = occurrences(&meeting, now_ms);
        for fetched in &mut there {
            fetched.meeting.is_host = true;
        }
        let generation = meetings::last_generation(tx)?;
        meetings::upsert_page(tx, &sealer, &there, generation).map(drop)
    })
    .await
}

/// When the first date is, and all of them.
fn repeating(rule: &RuleDraft, now: DateTime<Utc>) -> Result<(When, Repeating), Vec<FieldIssue>> {
    let (when, found) = draft::check(
        &Draft {
            topic: "-",
            date: &rule.date,
            time: &rule.time,
            zone: &rule.zone,
            minutes: rule.minutes,
            fold: rule.fold.map(|fold| match fold {
                Fold::Earlier => draft::Fold::Earlier,
                Fold::Later => draft::Fold::Later,
            }),
            emails: &[],
            agenda: "",
            people: 0,
        },
        now,
    );
    let mut issues: Vec<FieldIssue> = found.into_iter().map(field_issue).collect();
    let Some(when) = when.filter(|_| issues.is_empty()) else { return Err(issues) };
    match Repeating::of(&rule.repeats, when) {
        // Zoom ignores a start that is over without a word.
        Ok(repeating) if repeating.first(when).start <= now => {
            issues.push(FieldIssue { field: Field::Time, problem: Problem::InThePast });
            Err(issues)
        }
        Ok(repeating) => Ok((when, repeating)),
        Err(issue) => Err(vec![issue]),
    }
}

/// The row that has a series repeat otherwise and is not over.
fn changing(db: &Transaction<'_>, target: &str, record: &MeetingRecord) -> StoreResult<Option<OutboxRecord>> {
    let open = open_rows(db, target, MEETING, &record.whole().to_string())?;
    Ok(open.into_iter().find(|row| MeetingEdit::read(&row.payload_json).is_some_and(|edit| edit.rule.is_some())))
}

/// Whether a series is about to repeat otherwise: then nothing can be said of single dates.
pub(super) fn is_changing(tx: &Transaction<'_>, target: &str, record: &MeetingRecord) -> StoreResult<bool> {
    Ok(changing(tx, target, record)?.is_some())
}

/// Whether Zoom may have heard of it.
pub(super) fn has_left(tx: &Transaction<'_>, target: &str, record: &MeetingRecord) -> StoreResult<bool> {
    let left = |row: OutboxRecord| row.maybe_sent_utc_ms.is_some() || row.state == OutboxState::Claimed;
    Ok(changing(tx, target, record)?.is_some_and(left))
}

impl Deciding {
    fn change_rule(&self, tx: &Transaction<'_>, id: &str, draft: &RuleDraft, start_utc_ms: i64) -> Decided<Changed> {
        let standing = match Standing::find(tx, id, self.now_ms)? {
            Ok(standing) => standing,
            Err(error) => return Ok(Err(error)),
        };
        let Some(target) = Target::known(tx, Provider::Zoom)? else {
            return Ok(Err(Error::NotConnected { provider: Provider::Zoom }));
        };
        let record = &standing.record;
        let whole = record.whole();
        let open = open_rows(tx, &target.key, MEETING, &whole.to_string())?;
        if open.iter().any(|row| row.action == OutboxAction::Delete) || has_left(tx, &target.key, record)? {
            return Ok(Err(Error::TooLate));
        }
        let Some(base) = MeetingFields::of_record(record) else { return Ok(Err(Error::TooLate)) };
        // The rule that waits comes back when this one is taken back.
        let waiting = changing(tx, &target.key, record)?;
        if let Some(row) = &waiting {
            outbox::take_back(tx, &row.op_id, self.now_ms)?;
        }
        // What is the same for all dates is not changed here, but may be by a row that goes first.
        let base = pending::shown(tx, record, base)?.fields;
        let fields =
            MeetingFields { start_utc_ms, minutes: draft.minutes, zone: draft.zone.trim().to_owned(), ..base.clone() };
        let rule = Some(RuleChange::of(&draft.repeats, standing.dates));
        let withdrawn = waiting.into_iter().map(|row| row.op_id).collect();
        let edit = MeetingEdit { rule, withdrawn, ..MeetingEdit::of(fields, base) };
        let hold_ms = Self::hold_ms(tx)?;
        let row = kind::operation(OutboxAction::Update, &target, &whole, &edit, self.now_ms, hold_ms);
        outbox::enqueue(tx, &row)?;
        Ok(Ok(Changed::by(Some(row.op_id))))
    }
}
