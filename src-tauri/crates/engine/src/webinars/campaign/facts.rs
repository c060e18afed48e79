//! What a Campaign says of its webinar: times and counts in the fields of our package, and a part of the description
//! that nobody else's words are in.

use chrono::DateTime;
use liaison_domain::zones::Zone;
use liaison_store::tables::webinar_registrants as registrants;
use liaison_store::tables::webinars::{self, WebinarRecord};
use liaison_store::{Connection, StoreResult};

use crate::webinars::gather;
use crate::webinars::stored::{CampaignFacts, VERSION};

/// What the local copy knows.
pub(super) fn known(db: &Connection, record: &WebinarRecord, name: &str, zone: Zone) -> StoreResult<CampaignFacts> {
    let dates = webinars::dates(db, &record.key)?;
    let mut lines = Vec::new();
    for (start, end) in gather::spans(record, &dates) {
        lines.push(format!("Planned: {} to {}", moment(start, zone), moment(end, zone)));
    }
    lines.extend(record.registration_url.as_ref().map(|url| format!("Registration: {url}")));
    lines.push(
        match record.approval_type {
            Some(0) => "Whoever registers may come",
            Some(1) => "The host approves who may come",
            _ => "Without registration",
        }
        .to_owned(),
    );
    let totals = registrants::totals(db, &record.key)?;
    let mut counts =
        vec![format!("Registered: {}, waiting: {}, denied: {}", totals.approved, totals.pending, totals.denied)];
    let came = gather::came(db, record)?;
    let (mut start, mut end, mut participants) = (None, None, None);
    if !came.sessions.is_empty() {
        start = came.sessions.iter().filter_map(|one| one.join_utc_ms).min();
        end = came.sessions.iter().filter_map(|one| one.leave_utc_ms).max();
        let funnel = came.funnel();
        participants = Some(i64::from(funnel.attended + funnel.unregistered));
        if let Some((start, end)) = start.zip(end) {
            counts.push(format!("Held: {} to {}", moment(start, zone), moment(end, zone)));
        }
        let absent = funnel.registered - funnel.attended;
        counts.push(format!(
            "Came: {}, stayed more than half: {}, absent: {absent}",
            funnel.attended + funnel.unregistered,
            funnel.stayed
        ));
    }
    Ok(CampaignFacts {
        version: VERSION,
        webinar: record.key.clone(),
        name: name.to_owned(),
        actual_start_utc_ms: start,
        actual_end_utc_ms: end,
        participants,
        lines,
        counts,
    })
}

fn moment(ms: i64, zone: Zone) -> String {
    let at = DateTime::from_timestamp_millis(ms);
    at.map(|at| at.with_timezone(&zone).fixed_offset().format("%Y-%m-%d %H:%M (UTC%:z)").to_string())
        .unwrap_or_default()
}
