//! Pages of Salesforce that a call leads to, in the browser.

use liaison_domain::text;
use liaison_store::tables::call_tasks;
use liaison_store::tables::calls as table;
use url::Url;
use url::form_urlencoded::byte_serialize;

use crate::calls::take;
use crate::calls::{rows, whose};
use crate::engine::Engine;
use crate::failure::Error;
use crate::terms::Provider;

/// Salesforce's limit for `Lead.LastName`.
const MAX_NAME: usize = 80;

impl Engine {
    /// Opens the page of a Task.
    ///
    /// # Errors
    /// [`Error::NotConnected`], or no browser.
    pub async fn open_task(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        self.open_record(&cx, &id)
    }

    /// Opens the page of a call's Task, whoever made it.
    ///
    /// # Errors
    /// [`Error::Gone`] without one; [`Error::NotConnected`], or no browser.
    pub async fn open_call_task(&self, id: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let task = cx.store.read(move |db| call_tasks::get(db, &id)).await?;
        self.open_record(&cx, &task.ok_or(Error::Gone)?.record_id)
    }

    /// Opens Salesforce's own form for a new Lead, with the number of a call and the name that Zoom has in it: the
    /// organisation's required fields and its rules against duplicates hold there, and nothing is made unasked. The Lead
    /// comes with the next round, and the call is matched with it.
    ///
    /// # Errors
    /// [`Error::Gone`] without the call; [`Error::NotConnected`], or no browser.
    pub async fn new_lead(&self, call: String) -> Result<(), Error> {
        let cx = self.profile().await?;
        let account = cx.salesforce().ok_or(Error::NotConnected { provider: Provider::Salesforce })?;
        let found = cx
            .store
            .read(move |db| {
                let Some(row) = table::get(db, &call)? else { return Ok(None) };
                let number = take::number(row.call.number.as_deref(), false, whose::regions(db)?).ok();
                Ok(Some((number.map(|number| number.key().to_string()), rows::name_of(&row))))
            })
            .await?;
        let (number, name) = found.ok_or(Error::Gone)?;
        let page = form(&account.instance, number.as_deref(), name.as_deref());
        cx.acted();
        self.config().desktop.open(&page).map_err(Error::Desktop)
    }
}

/// The form's address. A value is encoded once for the list of values and once for the address.
fn form(instance: &Url, number: Option<&str>, name: Option<&str>) -> Url {
    let name = name.map(|name| text::single_line(name, MAX_NAME)).filter(|name| !name.is_empty());
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let values: Vec<String> = [("Phone", number), ("LastName", name.as_deref())]
        .into_iter()
        .filter_map(|(field, value)| Some(format!("{field}={}", encoded(value?))))
        .collect();
    let mut page = instance.clone();
    page.set_path("lightning/o/Lead/new");
    page.set_query(None);
    if !values.is_empty() {
        page.query_pairs_mut().append_pair("defaultFieldValues", &values.join(","));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_caller_is_called_puts_nothing_else_into_the_form() {
        let instance = Url::parse("https://acme.my.salesforce.com/services?x=1").unwrap();
        let page = form(&instance, Some("+31612345678"), Some("Eve,OwnerId=005&a=b"));
        assert_eq!(page.path(), "/lightning/o/Lead/new");
        let values: Vec<(String, String)> = page.query_pairs().into_owned().collect();
        let expected = "Phone=%2B31612345678,LastName=Eve%2COwnerId%3D005%26a%3Db".to_owned();
        assert_eq!(values, [("defaultFieldValues".to_owned(), expected)]);
        assert_eq!(form(&instance, None, None).as_str(), "https://acme.my.salesforce.com/lightning/o/Lead/new");
    }
}
