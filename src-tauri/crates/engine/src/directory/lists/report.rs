//! Reports: the people whose records or addresses stand in one.

use std::collections::HashSet;

use liaison_domain::email;
use liaison_salesforce::{Report, ReportFormat, SalesforceError};

use super::{Members, choice};
use crate::context::SalesforceAccount;
use crate::people::view::{PeopleListChoice, PeopleListKind, PeopleListProblem};

pub(super) const REPORT: &str = "Report";

/// Those that the user looked at last: the Analytics API tells of no others.
pub(super) async fn choices(account: &SalesforceAccount) -> Result<Vec<PeopleListChoice>, SalesforceError> {
    let reports = account.api.reports().await?;
    Ok(reports
        .into_iter()
        .map(|report| choice(format!("{REPORT}:{}", report.id), &report.name, PeopleListKind::Report))
        .collect())
}

/// Who is in it: by the column with the most Leads and Contacts; without one by the column of addresses.
pub(super) fn members(report: &Report) -> Result<Members, PeopleListProblem> {
    if report.format != ReportFormat::Tabular {
        return Err(PeopleListProblem::NotTabular);
    }
    let columns = report.columns.len().max(report.rows.iter().map(Vec::len).max().unwrap_or_default());
    let people = |column: usize| {
        report.rows.iter().filter_map(move |row| {
            let id = row.get(column)?.record()?;
            (id.is_lead() || id.is_contact()).then_some(id)
        })
    };
    let best = (0..columns).map(|column| (people(column).count(), std::cmp::Reverse(column))).max();
    if let Some((count, std::cmp::Reverse(column))) = best
        && count > 0
    {
        let mut seen = HashSet::new();
        let ids = people(column).filter(|id| seen.insert(*id)).collect();
        return Ok(Members { ids, addresses: Vec::new(), cut: !report.all });
    }
    let addresses = |column: usize| {
        let cells = report.rows.iter().filter_map(move |row| Some(row.get(column)?.text().trim()));
        cells.filter(|text| email::parse(text).is_some())
    };
    let is_email = |column: &usize| {
        report.columns.get(*column).is_some_and(|one| one.data_type == "email") || addresses(*column).next().is_some()
    };
    let Some(column) = (0..columns).find(is_email) else { return Err(PeopleListProblem::NoPeople) };
    let mut seen = HashSet::new();
    let found = addresses(column).filter(|address| seen.insert(email::folded(address))).map(str::to_owned).collect();
    Ok(Members { ids: Vec::new(), addresses: found, cut: !report.all })
}

#[cfg(test)]
mod tests {
    use liaison_salesforce::{ReportCell, ReportColumn};
    use serde_json::json;

    use super::*;

    fn report(columns: &[&str], rows: &[&[(&str, Option<&str>)]]) -> Report {
        let cell = |(label, value): &(&str, Option<&str>)| -> ReportCell {
            serde_json::from_value(json!({"label": label, "value": value})).unwrap()
        };
        Report {
            format: ReportFormat::Tabular,
            columns: columns
                .iter()
                .map(|kind| ReportColumn { name: (*kind).to_owned(), data_type: (*kind).to_owned() })
                .collect(),
            rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            all: true,
        }
    }

    #[test]
    fn people_are_found_by_the_records_behind_their_names() {
        let anna: &[_] = &[("Globex", Some("001000000000001AAA")), ("Anna", Some("003000000000001AAA"))];
        let maya: &[_] = &[("-", None), ("Maya", Some("00Q000000000001EAA"))];
        let found = members(&report(&["string", "string"], &[anna, maya, anna])).unwrap();
        let ids: Vec<String> = found.ids.iter().map(ToString::to_string).collect();
        assert_eq!(ids, ["003000000000001AAA", "00Q000000000001EAA"]);
        assert!(found.addresses.is_empty() && !found.cut);
    }

    #[test]
    fn without_records_by_their_addresses() {
        let rows: [&[_]; 3] = [
            &[("Anna", Some("Anna")), ("Anna@x.nl", Some("Anna@x.nl"))],
            &[("Bo", Some("Bo")), ("anna@X.nl", Some("anna@X.nl"))],
            &[("Cy", Some("Cy")), ("-", None)],
        ];
        let found = members(&report(&["string", "email"], &rows)).unwrap();
        assert_eq!(found.addresses, ["Anna@x.nl"]);
        // Also where the column is a formula that nobody calls an address.
        assert_eq!(members(&report(&["string", "string"], &rows)).unwrap().addresses.len(), 1);
    }

    #[test]
    fn what_can_not_be_used_says_why() {
        let mut matrix = report(&["string"], &[]);
        matrix.format = ReportFormat::Other("MATRIX".to_owned());
        assert_eq!(members(&matrix).err(), Some(PeopleListProblem::NotTabular));
        assert_eq!(members(&report(&["string"], &[&[("x", Some("y"))]])).err(), Some(PeopleListProblem::NoPeople));
        // An empty report with a column of addresses has nobody, and is no mistake.
        assert!(members(&report(&["email"], &[])).unwrap().addresses.is_empty());
    }
}
