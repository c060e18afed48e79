//! Salesforce's part of the control service: what a test in another process can make happen to the
//! org. Bodies are JSON with exactly the fields of the types here.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{post, put};
use liaison_sandbox_kernel::Profile;
use liaison_sandbox_kernel::control::{answer, done_or_refused, parse};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Salesforce;
use super::bulk::Pace;
use super::lists::ReportColumn;
use super::oauth::AppPolicy;
use super::rows::SalesforceRows;
use super::rules::{DuplicateRules, RowLock, ValidationRule};
use super::search::IndexDelay;

impl Salesforce {
    /// Everything below `/salesforce/` of the control service that is about the org.
    pub fn control_router(&self) -> Router {
        Router::new()
            .route("/salesforce/expire-access-tokens", post(expire))
            .route("/salesforce/revoke", post(revoke))
            .route("/salesforce/profile", put(set_profile))
            .route("/salesforce/app", put(set_app))
            .route("/salesforce/instance", put(move_instance))
            .route("/salesforce/removed-fields", post(remove_field).delete(restore_fields))
            .route("/salesforce/daily-limit", put(set_daily_limit))
            .route("/salesforce/spent-calls", post(spend_calls))
            .route("/salesforce/crowd", post(crowd))
            .route("/salesforce/maintenance", post(close))
            .route("/salesforce/validation-rules", post(add_rule).delete(clear_rules))
            .route("/salesforce/duplicate-rules", put(set_duplicates))
            .route("/salesforce/row-locks", post(lock_rows))
            .route("/salesforce/search-index", put(set_index))
            .route("/salesforce/replication-lag", put(set_lag))
            .route("/salesforce/limits-right", put(show_limits))
            .route("/salesforce/bulk-pace", put(set_pace))
            .route("/salesforce/conversions", post(convert))
            .route("/salesforce/merges", post(merge))
            .route("/salesforce/purges", post(purge))
            .route("/salesforce/restores", post(restore))
            .route("/salesforce/rows", post(load))
            .route("/salesforce/list-views", post(save_view))
            .route("/salesforce/reports", post(save_report))
            .route("/salesforce/records", post(create_record).patch(edit_record).delete(delete_record))
            .with_state(self.clone())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileName {
    /// As on the command line.
    profile: String,
}

async fn set_profile(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<ProfileName>(&body).and_then(|wanted| {
        let profile = Profile::named(&wanted.profile).ok_or_else(|| format!("no profile {}", wanted.profile))?;
        salesforce.set_profile(profile);
        Ok(())
    }))
}

async fn set_app(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<AppPolicy>(&body).map(|policy| salesforce.set_app_policy(policy)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instance {
    /// `null` moves the org back to where it was.
    url: Option<String>,
}

async fn move_instance(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<Instance>(&body).and_then(|own| salesforce.move_instance(own.url)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldName {
    object: String,
    field: String,
}

async fn remove_field(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<FieldName>(&body).and_then(|own| salesforce.remove_field(&own.object, &own.field)))
}

async fn restore_fields(State(salesforce): State<Salesforce>) -> Response {
    salesforce.restore_fields();
    done_or_refused(Ok(()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DailyLimit {
    /// `null` lifts the limit.
    calls: Option<u64>,
}

async fn set_daily_limit(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<DailyLimit>(&body).map(|limit| salesforce.enforce_daily_limit(limit.calls)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calls {
    calls: u64,
}

async fn spend_calls(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<Calls>(&body).map(|own| salesforce.spend_calls(own.calls)))
}

async fn crowd(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<Calls>(&body).map(|own| salesforce.crowd(own.calls)))
}

async fn close(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<Calls>(&body).map(|own| salesforce.close(own.calls)))
}

async fn add_rule(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<ValidationRule>(&body).and_then(|rule| salesforce.add_validation_rule(rule)))
}

async fn clear_rules(State(salesforce): State<Salesforce>) -> Response {
    salesforce.clear_validation_rules();
    done_or_refused(Ok(()))
}

async fn set_duplicates(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<DuplicateRules>(&body).map(|rules| salesforce.set_duplicate_rules(rules)))
}

async fn lock_rows(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<RowLock>(&body).and_then(|lock| salesforce.lock_rows(lock)))
}

async fn set_index(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<IndexDelay>(&body).map(|delay| salesforce.set_index_delay(delay)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lag {
    ms: u32,
}

async fn set_lag(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<Lag>(&body).map(|lag| salesforce.set_replication_lag(lag.ms)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitsRight {
    shown: bool,
}

async fn show_limits(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<LimitsRight>(&body).map(|right| salesforce.show_limits(right.shown)))
}

async fn set_pace(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<Pace>(&body).map(|pace| salesforce.set_bulk_pace(pace)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conversion {
    lead: String,
    #[serde(default)]
    contact: Option<String>,
    #[serde(default)]
    account: Option<String>,
}

/// Answers with the ids of the contact and the account.
async fn convert(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    let converted = parse::<Conversion>(&body)
        .and_then(|own| salesforce.convert_lead(&own.lead, own.contact.as_deref(), own.account.as_deref()));
    match converted {
        Ok(made) => {
            answer(StatusCode::OK, &json!({ "contact": made.contact.as_str(), "account": made.account.as_str() }))
        }
        Err(reason) => done_or_refused(Err(reason)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merge {
    winner: String,
    losers: Vec<String>,
}

async fn merge(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<Merge>(&body).and_then(|own| salesforce.merge(&own.winner, &own.losers)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneRecord {
    id: String,
}

async fn purge(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<OneRecord>(&body).and_then(|own| salesforce.purge(&own.id)))
}

async fn restore(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<OneRecord>(&body).and_then(|own| salesforce.restore(&own.id)))
}

/// Answers with the ids of the rows, by object.
async fn load(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    let rows = parse::<SalesforceRows>(&body);
    match rows.and_then(|rows| salesforce.load(&rows).map_err(|error| error.to_string())) {
        Ok(ids) => answer(StatusCode::OK, &json!({ "ids": ids })),
        Err(reason) => done_or_refused(Err(reason)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewView {
    object: String,
    label: String,
    /// What comes behind `FROM object`; `null` for a list that is no query.
    rest: Option<String>,
}

/// Answers with the id.
async fn save_view(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    match parse::<NewView>(&body).and_then(|own| salesforce.save_view(&own.object, own.label, own.rest)) {
        Ok(id) => answer(StatusCode::OK, &json!({ "id": id })),
        Err(reason) => done_or_refused(Err(reason)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewReport {
    object: String,
    name: String,
    /// `TABULAR`, `SUMMARY`, `MATRIX` or `MULTI_BLOCK`.
    format: String,
    /// Field, label and type of each column.
    columns: Vec<(String, String, String)>,
    /// What comes behind `FROM object`.
    #[serde(default)]
    rest: String,
}

/// Answers with the id.
async fn save_report(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    let saved = parse::<NewReport>(&body).and_then(|own| {
        let column = |(field, label, kind)| ReportColumn { field, label, kind };
        let columns = own.columns.into_iter().map(column).collect();
        salesforce.save_report(&own.object, own.name, own.format, columns, own.rest)
    });
    match saved {
        Ok(id) => answer(StatusCode::OK, &json!({ "id": id })),
        Err(reason) => done_or_refused(Err(reason)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRecord {
    object: String,
    fields: Map<String, Value>,
}

/// Answers with the id.
async fn create_record(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    match parse::<NewRecord>(&body).and_then(|own| salesforce.create_record(&own.object, &own.fields)) {
        Ok(id) => answer(StatusCode::OK, &json!({ "id": id })),
        Err(reason) => done_or_refused(Err(reason)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangedRecord {
    id: String,
    fields: Map<String, Value>,
}

async fn edit_record(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<ChangedRecord>(&body).and_then(|own| salesforce.edit_record(&own.id, &own.fields)))
}

async fn delete_record(State(salesforce): State<Salesforce>, body: Bytes) -> Response {
    done_or_refused(parse::<OneRecord>(&body).and_then(|own| salesforce.delete_record(&own.id)))
}

async fn expire(State(salesforce): State<Salesforce>) -> Response {
    salesforce.expire_access_tokens();
    done_or_refused(Ok(()))
}

async fn revoke(State(salesforce): State<Salesforce>) -> Response {
    salesforce.revoke_all();
    done_or_refused(Ok(()))
}
