//! What an administrator, a colleague or the platform does to the org during a run. None of it is
//! reachable through the API of the rep; tests ask for it here or through [`super::control`].

use liaison_sandbox_kernel::{Profile, locked};
use serde_json::{Map, Value};

use super::bulk::Pace;
use super::cell::Cell;
use super::ids::RecordId;
use super::lists::{ListView, Report, ReportColumn};
use super::oauth::AppPolicy;
use super::records::Row;
use super::records::lifecycle::Converted;
use super::records::write::{Writer, whole_second};
use super::refusal::Refusal;
use super::rules::{DuplicateRules, RowLock, Saving, ValidationRule};
use super::schema::{Object, Schema};
use super::search::IndexDelay;
use super::soql::Cursors;
use super::{Salesforce, State};

/// Why something could not be done, in words of the org.
type Outcome<T> = Result<T, String>;

impl Salesforce {
    /// Sets the org up in another way. Values of fields that disappear come back with the field.
    pub fn set_profile(&self, profile: Profile) {
        self.redeploy(|state| {
            state.profile = profile;
            state.removed.clear();
        });
        self.license_marketing();
    }

    /// Who may make campaigns is a marketing user, and the user's record says so.
    fn license_marketing(&self) {
        let now = whole_second(self.now());
        let mut state = locked(&self.inner.state);
        let schema = std::sync::Arc::clone(&state.database.schema);
        let marketing = schema.object("Campaign").is_some_and(|campaigns| campaigns.definition.createable);
        let Some(users) = schema.object("User") else { return };
        let changed: Vec<Row> = state
            .database
            .rows(users.name())
            .filter(|row| row.named(users, "UserPermissionsMarketingUser").is_true() != marketing)
            .cloned()
            .collect();
        for mut row in changed {
            row.set_named(users, "UserPermissionsMarketingUser", Cell::Flag(marketing));
            row.set_named(users, "LastModifiedDate", Cell::Moment(now));
            row.set_named(users, "SystemModstamp", Cell::Moment(now));
            state.database.seed(users.name(), row);
        }
    }

    /// Saves a list view; answers its id.
    pub fn save_view(&self, object: &str, label: String, rest: Option<String>) -> Outcome<String> {
        let mut state = locked(&self.inner.state);
        let object = state.database.object(object).map(Object::name).ok_or_else(|| format!("no object {object}"))?;
        Ok(state.lists.save_view(self.inner.org.marker, ListView { object, label, rest }).to_string())
    }

    /// Saves a report, which the user has looked at; answers its id.
    pub fn save_report(
        &self,
        object: &str,
        name: String,
        format: String,
        columns: Vec<ReportColumn>,
        rest: String,
    ) -> Outcome<String> {
        let mut state = locked(&self.inner.state);
        let object = state.database.object(object).map(Object::name).ok_or_else(|| format!("no object {object}"))?;
        let report = Report { name, format, object, columns, rest };
        Ok(state.lists.save_report(self.inner.org.marker, report).to_string())
    }

    /// Sets up the app in another way; sessions stay as they are.
    pub fn set_app_policy(&self, policy: AppPolicy) {
        locked(&self.inner.grants).policy = policy;
    }

    /// Moves the org: tokens given out from now on name this instance. `None` moves it back.
    pub fn move_instance(&self, url: Option<String>) -> Outcome<()> {
        let address = url.as_deref().map(url::Url::parse).transpose().map_err(|error| error.to_string())?;
        if address.is_some_and(|address| !["http", "https"].contains(&address.scheme())) {
            return Err("an instance has an http or https address".to_owned());
        }
        *locked(&self.inner.moved_to) = url.map(|url| url.trim_end_matches('/').to_owned());
        Ok(())
    }

    /// Removes a field, or the rep's access to it; to the rep both look the same.
    pub fn remove_field(&self, object: &str, field: &str) -> Outcome<()> {
        {
            let state = locked(&self.inner.state);
            let found = state.database.object(object).and_then(|object| object.find(field));
            match found {
                None => return Err(format!("{object} has no field {field}")),
                Some((0, _)) => return Err("the id of an object cannot be removed".to_owned()),
                Some(_) => {}
            }
        }
        self.redeploy(|state| state.removed.push((object.to_owned(), field.to_owned())));
        Ok(())
    }

    /// Takes back what [`Self::remove_field`] did.
    pub fn restore_fields(&self) {
        self.redeploy(|state| state.removed.clear());
    }

    fn redeploy(&self, change: impl FnOnce(&mut State)) {
        let mut state = locked(&self.inner.state);
        change(&mut state);
        let schema = Schema::without(state.profile, &state.removed);
        state.database.redeploy(schema, self.now());
        // Plans of open answers speak of the old places of fields.
        state.cursors = Cursors::default();
    }

    /// Refuses calls beyond so many in 24 hours; `None` only counts.
    pub fn enforce_daily_limit(&self, calls: Option<u64>) {
        locked(&self.inner.usage).enforce(calls);
    }

    /// Colleagues use up so many of the organisation's calls.
    pub fn spend_calls(&self, calls: u64) {
        locked(&self.inner.usage).add(self.now(), calls);
    }

    /// Refuses the next calls because too many long ones are running.
    pub fn crowd(&self, calls: u64) {
        locked(&self.inner.usage).crowd(calls);
    }

    /// Answers the next calls with the HTML page of a gateway and status 503.
    pub fn close(&self, calls: u64) {
        locked(&self.inner.usage).close(calls);
    }

    /// Puts a validation rule in force.
    pub fn add_validation_rule(&self, rule: ValidationRule) -> Outcome<()> {
        let now = self.now();
        let mut state = locked(&self.inner.state);
        rule.check(&state.database, now).map_err(|refusal| described(&refusal))?;
        state.database.rules.validations.push(rule);
        Ok(())
    }

    pub fn clear_validation_rules(&self) {
        locked(&self.inner.state).database.rules.validations.clear();
    }

    pub fn set_duplicate_rules(&self, rules: DuplicateRules) {
        locked(&self.inner.state).database.rules.duplicates = rules;
    }

    /// Has somebody else hold rows that the rep wants to write.
    pub fn lock_rows(&self, lock: RowLock) -> Outcome<()> {
        if let Some(id) = &lock.id {
            RecordId::read(id).map_err(|refusal| described(&refusal))?;
        }
        locked(&self.inner.state).database.rules.locks.push(lock);
        Ok(())
    }

    /// How long the search index takes to learn of new records.
    pub fn set_index_delay(&self, delay: IndexDelay) {
        locked(&self.inner.state).database.index_delay = delay;
    }

    /// How far the lists of changed and deleted ids are behind, as while a long transaction runs.
    pub fn set_replication_lag(&self, ms: u32) {
        locked(&self.inner.state).database.replication_lag = chrono::TimeDelta::milliseconds(ms.into());
    }

    /// Whether the rep may read the limits of the org ("View Setup and Configuration").
    pub fn show_limits(&self, shown: bool) {
        locked(&self.inner.usage).hide(!shown);
    }

    /// How long bulk jobs take.
    pub fn set_bulk_pace(&self, pace: Pace) {
        locked(&self.inner.state).jobs.pace = pace;
    }

    /// A colleague makes a record, from a body as that of the API; answers with its id.
    pub fn create_record(&self, object: &str, fields: &Map<String, Value>) -> Outcome<String> {
        self.administer(|writer| writer.create(object, fields).map(|id| id.to_string()))
    }

    /// A colleague changes a record.
    pub fn edit_record(&self, id: &str, fields: &Map<String, Value>) -> Outcome<()> {
        self.administer(|writer| {
            let (object, id) = writer.found(id)?;
            writer.update(object, id, fields)
        })
    }

    /// A colleague moves a record to the recycle bin.
    pub fn delete_record(&self, id: &str) -> Outcome<()> {
        self.administer(|writer| {
            let (object, id) = writer.found(id)?;
            writer.delete(object, id)
        })
    }

    /// Converts a lead; new records are made where no contact or account is given.
    pub fn convert_lead(&self, lead: &str, contact: Option<&str>, account: Option<&str>) -> Outcome<Converted> {
        self.administer(|writer| {
            let read = |id: Option<&str>| id.map(RecordId::read).transpose();
            writer.convert(RecordId::read(lead)?, read(contact)?, read(account)?)
        })
    }

    /// Merges records into `winner`.
    pub fn merge(&self, winner: &str, losers: &[String]) -> Outcome<()> {
        self.administer(|writer| {
            let losers = losers.iter().map(|id| RecordId::read(id)).collect::<Result<Vec<_>, _>>()?;
            writer.merge(RecordId::read(winner)?, &losers)
        })
    }

    /// Removes a record for good.
    pub fn purge(&self, id: &str) -> Outcome<()> {
        self.administer(|writer| writer.purge(RecordId::read(id)?))
    }

    /// Takes a record out of the recycle bin.
    pub fn restore(&self, id: &str) -> Outcome<()> {
        self.administer(|writer| writer.restore(RecordId::read(id)?))
    }

    /// Something that another user does: all of it or nothing.
    fn administer<T>(&self, work: impl FnOnce(&mut Writer<'_>) -> Result<T, Refusal>) -> Outcome<T> {
        let now = self.now();
        let colleague = RecordId::numbered("005", self.org().marker, 2);
        self.with_state(|state| {
            let start = state.database.savepoint();
            let saving = Saving { allow_duplicates: true, record_details: false };
            let mut writer = Writer { database: &mut state.database, now, user: colleague, saving, privileged: true };
            let outcome = work(&mut writer);
            outcome.map_err(|refusal| {
                state.database.roll_back(start);
                described(&refusal)
            })
        })
    }
}

fn described(refusal: &Refusal) -> String {
    format!("{}: {}", refusal.code, refusal.message)
}
