//! In which country a number without a country code is read: the user's own choice, else the country of their Zoom
//! number, else what the org says of itself, else what this computer is set to.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use liaison_domain::phone::Region;
use liaison_salesforce::Query;
use liaison_store::tables::settings;
use liaison_store::{Connection, StoreResult, Transaction};
use serde::Deserialize;

use super::settle;
use super::view::{CallRegion, RegionSource};
use crate::context::{Context, SalesforceAccount};
use crate::engine::Engine;
use crate::error::{Field, FieldIssue, Problem};
use crate::failure::Error;
use crate::terms::Tag;

pub(crate) const CHOSEN: &str = "phone_region";
const OF_ZOOM: &str = "phone_region_of_zoom";
const OF_ORG: &str = "phone_region_of_org";
/// What the org says of itself is asked again after this time.
const ASK_AGAIN: TimeDelta = TimeDelta::hours(24);
/// The locale with which every org begins: it tells nothing.
const FACTORY_LOCALE: &str = "en_US";

/// When the org was last asked.
#[derive(Default)]
pub(super) struct AskedOrg(Mutex<Option<DateTime<Utc>>>);

/// The country that counts, and who says so.
pub(super) fn used(db: &Connection, computer: Option<&str>) -> StoreResult<Option<(String, RegionSource)>> {
    let known = |code: Option<String>| code.filter(|code| Region::from_iso(code).is_some());
    for (key, source) in
        [(CHOSEN, RegionSource::Chosen), (OF_ZOOM, RegionSource::ZoomNumber), (OF_ORG, RegionSource::Organisation)]
    {
        if let Some(code) = known(settings::get(db, key)?) {
            return Ok(Some((code, source)));
        }
    }
    let computer = known(computer.map(str::to_ascii_uppercase));
    Ok(computer.map(|code| (code, RegionSource::Computer)))
}

/// Keeps the country of the user's own Zoom number.
pub(super) fn keep_of_zoom(tx: &Transaction<'_>, country: Option<&str>) -> StoreResult<()> {
    settings::set(tx, OF_ZOOM, country.unwrap_or_default())
}

/// Asks the org for its country, where nobody has told a better one. It is a hint: whoever may not read it has none.
pub(super) async fn ask_org(cx: &Arc<Context>, account: &SalesforceAccount) -> Result<(), Error> {
    let better = cx.store.read(|db| used(db, None)).await?;
    if better.is_some_and(|(_, source)| source != RegionSource::Organisation) {
        return Ok(());
    }
    let (asked, now) = (cx.state::<AskedOrg>(), cx.now());
    {
        let mut asked = asked.0.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.is_some_and(|at| at <= now && now - at < ASK_AGAIN) {
            return Ok(());
        }
        *asked = Some(now);
    }
    let country = match of_org(account).await {
        Ok(country) => country,
        Err(reason) => {
            tracing::info!(reason, "the country of the org is not known");
            return Ok(());
        }
    };
    cx.store.write(move |tx| settings::set(tx, OF_ORG, &country.unwrap_or_default())).await?;
    Ok(())
}

async fn of_org(account: &SalesforceAccount) -> Result<Option<String>, &'static str> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Row {
        #[serde(default)]
        country: Option<String>,
        #[serde(default)]
        default_locale_sid_key: Option<String>,
    }
    let soql = Query::from("Organization").select(["Country", "DefaultLocaleSidKey"]).limit(1).build();
    let soql = soql.map_err(|_| "the question can't be asked")?;
    let rows: Vec<Row> = account.api.query_rows(&soql).await.map_err(|_| "the org did not answer")?;
    let row = rows.into_iter().next();
    Ok(row.and_then(|row| country_of(row.country.as_deref(), row.default_locale_sid_key.as_deref())))
}

/// The country is free text where the org has no picklists for it; the locale ends with one.
fn country_of(country: Option<&str>, locale: Option<&str>) -> Option<String> {
    let code = |text: &str| Some(text.trim().to_ascii_uppercase()).filter(|code| Region::from_iso(code).is_some());
    let locale = locale.filter(|locale| *locale != FACTORY_LOCALE);
    country.and_then(code).or_else(|| locale?.split('_').skip(1).find_map(code))
}

impl Engine {
    /// In which country numbers without a country code are read.
    ///
    /// # Errors
    /// No profile is open, or the database refuses.
    pub async fn call_region(&self) -> Result<CallRegion, Error> {
        let cx = self.profile().await?;
        let computer = (cx.config().region)();
        let (chosen, used) =
            cx.store.read(move |db| Ok((settings::get(db, CHOSEN)?, used(db, computer.as_deref())?))).await?;
        let (used, source) = used.unzip();
        Ok(CallRegion { chosen: chosen.filter(|code| !code.is_empty()), used, source, choices: all() })
    }

    /// Reads numbers without a country code in a country of the user's choice; `None` leaves it to the accounts. Calls
    /// that nobody has decided about are matched again.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no country.
    pub async fn choose_call_region(&self, region: Option<String>) -> Result<(), Error> {
        let cx = self.profile().await?;
        let chosen = region.unwrap_or_default();
        if !chosen.is_empty() && !all().contains(&chosen) {
            return Err(Error::Invalid {
                issues: vec![FieldIssue { field: Field::Phone, problem: Problem::NotAllowed }],
            });
        }
        let computer = (cx.config().region)();
        cx.store
            .write(move |tx| {
                settings::set(tx, CHOSEN, &chosen)?;
                settle::follow_rules(tx, computer.as_deref())
            })
            .await?;
        settle::run(&cx).await?;
        self.changed(&[Tag::Settings, Tag::Calls]);
        Ok(())
    }
}

/// Every country whose numbers are known, by its ISO code.
fn all() -> Vec<String> {
    let letters = || b'A'..=b'Z';
    let codes =
        letters().flat_map(|first| letters().map(move |second| String::from_utf8_lossy(&[first, second]).into_owned()));
    codes.filter(|code| Region::from_iso(code).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_org_tells_its_country_by_code_or_by_locale() {
        assert_eq!(country_of(Some("nl"), None).as_deref(), Some("NL"));
        assert_eq!(country_of(Some("Netherlands"), Some("nl_NL")).as_deref(), Some("NL"));
        assert_eq!(country_of(None, Some("de_AT_EURO")).as_deref(), Some("AT"));
        assert_eq!(country_of(None, Some("en_US")), None, "every org begins with it");
        assert_eq!(country_of(Some("US"), Some("en_US")).as_deref(), Some("US"));
        assert_eq!(country_of(Some("Narnia"), Some("eo")), None);
    }

    #[test]
    fn the_countries_are_those_whose_numbers_are_known() {
        let all = all();
        assert!(["NL", "US", "XK"].iter().all(|code| all.contains(&(*code).to_owned())));
        assert!(all.len() > 200 && !all.contains(&"XX".to_owned()));
    }
}
