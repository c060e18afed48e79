//! Where a user signs in: the common hosts, or the org's own My Domain.
//!
//! An org may switch the common hosts off, so the user can type their own address; what they have
//! at hand is often the address of the Lightning pages, which is rewritten (Salesforce Help,
//! "My Domain login URL formats").

use std::fmt;

use liaison_transport::validate_base;
use url::Url;

const LIGHTNING: &str = ".lightning.force.com";
const MY_DOMAIN: [&str; 3] = [".my.salesforce.com", ".my.salesforce.mil", ".my.sfcrmproducts.cn"];
const COMMON: [&str; 2] = ["login.salesforce.com", "test.salesforce.com"];

/// A checked address to sign in at: scheme and host only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginHost(Url);

/// The text is not an address of Salesforce's login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginHostRefused {
    /// Not an address at all.
    #[error("not an address")]
    NotAnAddress,
    /// An address, but not one under Salesforce's domains.
    #[error("not an address of Salesforce")]
    Foreign,
}

impl LoginHost {
    /// Production orgs and Developer Edition.
    #[must_use]
    pub fn production() -> Self {
        Self::known("https://login.salesforce.com")
    }

    /// Salesforce sandboxes and scratch orgs.
    #[must_use]
    pub fn sandbox() -> Self {
        Self::known("https://test.salesforce.com")
    }

    fn known(text: &str) -> Self {
        #[expect(clippy::expect_used, reason = "a literal that the tests parse")]
        Self(Url::parse(text).expect("a literal URL"))
    }

    /// Reads what a user typed or pasted: with or without scheme, with or without a path.
    ///
    /// With `loopback_allowed` (Liaison's own sandbox) nothing but loopback is accepted.
    ///
    /// # Errors
    /// It is no address, or not one of Salesforce.
    pub fn parse(text: &str, loopback_allowed: bool) -> Result<Self, LoginHostRefused> {
        let text = text.trim();
        let spelt_out = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let mut url = Url::parse(&spelt_out).map_err(|_| LoginHostRefused::NotAnAddress)?;
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        validate_base(&url, loopback_allowed).map_err(|_| LoginHostRefused::Foreign)?;
        if loopback_allowed {
            return Ok(Self(url));
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        let host = match host.strip_suffix(LIGHTNING) {
            Some(name) => format!("{name}.my.salesforce.com"),
            None => host,
        };
        let my_domain = MY_DOMAIN.iter().any(|suffix| host.strip_suffix(suffix).is_some_and(|name| !name.is_empty()));
        if !my_domain && !COMMON.contains(&host.as_str()) {
            return Err(LoginHostRefused::Foreign);
        }
        url.set_host(Some(&host)).map_err(|_| LoginHostRefused::NotAnAddress)?;
        Ok(Self(url))
    }

    /// The address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for LoginHost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, LoginHostRefused> {
        LoginHost::parse(text, false).map(|host| host.to_string())
    }

    #[test]
    fn salesforces_own_hosts() {
        for (text, expected) in [
            ("login.salesforce.com", "https://login.salesforce.com"),
            (" https://Test.Salesforce.com/ ", "https://test.salesforce.com"),
            ("northwind.my.salesforce.com", "https://northwind.my.salesforce.com"),
            (
                "https://northwind--uat.sandbox.my.salesforce.com/home?x=1#y",
                "https://northwind--uat.sandbox.my.salesforce.com",
            ),
            ("https://northwind.lightning.force.com/lightning/page/home", "https://northwind.my.salesforce.com"),
            ("northwind--uat.sandbox.lightning.force.com", "https://northwind--uat.sandbox.my.salesforce.com"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(LoginHost::production().to_string(), "https://login.salesforce.com");
        assert_eq!(LoginHost::sandbox().to_string(), "https://test.salesforce.com");
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "northwind",
            "salesforce.com",
            "my.salesforce.com",
            "evil-my.salesforce.com",
            "northwind.my.salesforce.com.example.org",
            "http://northwind.my.salesforce.com",
            "https://northwind.my.salesforce.com@example.org",
            "https://robin:secret@northwind.my.salesforce.com",
            "https://northwind.my.salesforce.com:8443",
            "https://northwind.my.salesforce.com.",
            "https://127.0.0.1",
            "javascript://login.salesforce.com",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn loopback_is_for_the_sandbox_only() {
        assert!(LoginHost::parse("http://127.0.0.1:4010", true).is_ok());
        assert!(LoginHost::parse("http://127.0.0.1:4010", false).is_err());
        assert!(LoginHost::parse("https://login.salesforce.com", true).is_err());
    }
}
