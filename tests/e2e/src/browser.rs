//! A real browser for the consent pages: headless Chromium.

use std::ffi::OsString;
use std::path::Path;

use fantoccini::{Client, Locator};
use serde_json::{Map, json};
use xtask::failure::{Failure, Outcome, Tried};

use crate::driver::Driver;
use crate::patience::until;

#[derive(Debug)]
pub struct Browser {
    client: Client,
    _driver: Driver,
}

/// It shall show the one page that it is given, and talk to nobody by itself.
const SWITCHES: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
];

impl Browser {
    pub(crate) async fn open(environment: &[(&'static str, OsString)], folder: &Path) -> Outcome<Self> {
        let driver = Driver::start("chromedriver", environment, folder)?;
        let profile = format!("--user-data-dir={}", folder.join("browser").display());
        let switches: Vec<&str> = SWITCHES.iter().copied().chain([profile.as_str()]).collect();
        let options = json!({ "args": switches });
        let client = driver.open(Map::from_iter([("goog:chromeOptions".to_owned(), options)])).await?;
        Ok(Self { client, _driver: driver })
    }

    /// Opens a link, such as one that the app wanted to open.
    ///
    /// # Errors
    /// When the page does not load.
    pub async fn visit(&self, link: &str) -> Outcome {
        self.client.goto(link).await.tried(|| "the browser can't open the link".to_owned())
    }

    /// Clicks the first button with one of these words.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press_button(&self, words: &str) -> Outcome {
        let path = format!(
            "//button[contains(normalize-space(.), '{words}')] | //input[@type='submit' and contains(@value, '{words}')]"
        );
        until(&format!("a button \u{201c}{words}\u{201d}"), async || {
            let button = self.client.find(Locator::XPath(&path)).await.tried(|| "none".to_owned())?;
            button.click().await.tried(|| "it takes no click".to_owned())
        })
        .await
    }

    /// Waits until the page that came back from the app is there, and gives its text.
    ///
    /// # Errors
    /// When the address never begins so.
    pub async fn arrives_at(&self, beginning: &str) -> Outcome<String> {
        until(&format!("the browser to arrive at {beginning}"), async || {
            let address = self.client.current_url().await.tried(|| "no address".to_owned())?;
            if !address.as_str().starts_with(beginning) {
                return Err(Failure::new(format!("it is at {}", address.path())));
            }
            let body = self.client.find(Locator::Css("body")).await.tried(|| "no page".to_owned())?;
            body.text().await.tried(|| "no text".to_owned())
        })
        .await
    }
}
