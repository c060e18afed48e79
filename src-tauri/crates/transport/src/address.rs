//! Which addresses a token may be sent to.
//!
//! A service tells the client where the data lives; a forged answer must not be
//! able to send the bearer token elsewhere. Everything here is pure.

use url::{Host, Url};

/// Why an address was refused. It does not repeat the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("not a valid address")]
    Malformed,
    #[error("only https is accepted")]
    NotHttps,
    #[error("only an address on this computer is accepted")]
    NotLoopback,
    #[error("the address carries a user name or password")]
    UserInfo,
    #[error("the address names a port")]
    Port,
    #[error("the address is not a host name")]
    NotAName,
    #[error("the host does not belong to the service")]
    ForeignHost,
    #[error("the address has a path, query or fragment")]
    NotBare,
}

/// Registrable names under which Salesforce serves the data of an organisation.
/// Source: Salesforce Help, "My Domain URL Formats".
const INSTANCE_SUFFIXES: [&str; 3] = [".my.salesforce.com", ".my.salesforce.mil", ".my.sfcrmproducts.cn"];

/// Checks the `instance_url` of a Salesforce token answer and returns it as a
/// bare origin.
///
/// With `loopback_allowed` (sandbox profile) only addresses on this computer are
/// accepted, otherwise only https on a host under Salesforce's own names.
pub fn validate_instance_url(text: &str, loopback_allowed: bool) -> Result<Url, AddressError> {
    // The text is checked before it is parsed: a URL parser repairs what it
    // reads (backslashes, tabs, percent-encoded dots), and a repaired address is
    // not the one that the service wrote.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:/[]".contains(&byte);
    if text.len() > 255 || !text.bytes().all(plain) {
        return Err(AddressError::Malformed);
    }
    let url = Url::parse(text).map_err(|_| AddressError::Malformed)?;
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(AddressError::NotBare);
    }
    let rest = text.split_once("://").map(|(_, rest)| rest);
    let authority = rest.ok_or(AddressError::Malformed)?.trim_end_matches('/');
    if loopback_allowed {
        validate_base(&url, true)?;
        return Ok(url);
    }
    validate_base(&url, false)?;
    let host = url.host_str().ok_or(AddressError::NotAName)?;
    if !authority.eq_ignore_ascii_case(host) {
        // Includes a default port that is spelled out.
        return Err(AddressError::Port);
    }
    let name = INSTANCE_SUFFIXES.iter().find_map(|suffix| host.strip_suffix(suffix));
    match name {
        Some(name) if name.split('.').all(is_label) => Ok(url),
        _ => Err(AddressError::ForeignHost),
    }
}

/// Checks where a client, an authorize page or a token endpoint may live: https
/// on a host name with the default port, or for a sandbox profile an address on
/// this computer and nothing else.
pub fn validate_base(url: &Url, loopback_allowed: bool) -> Result<(), AddressError> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::UserInfo);
    }
    if loopback_allowed {
        let scheme = matches!(url.scheme(), "http" | "https");
        return if scheme && is_loopback(url) { Ok(()) } else { Err(AddressError::NotLoopback) };
    }
    if url.scheme() != "https" {
        return Err(AddressError::NotHttps);
    }
    if url.port().is_some() {
        return Err(AddressError::Port);
    }
    match url.host() {
        Some(Host::Domain(name)) if name.contains('.') && name.split('.').all(is_label) => Ok(()),
        _ => Err(AddressError::NotAName),
    }
}

/// Whether the host is this computer, by a literal address or by `localhost`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// One label of a host name, in the form that the DNS allows.
fn is_label(label: &str) -> bool {
    let byte = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(byte) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_instances_are_accepted() {
        let good = [
            "https://northwind.my.salesforce.com",
            "https://northwind.my.salesforce.com/",
            "https://northwind--uat.sandbox.my.salesforce.com",
            "https://northwind-dev-ed.develop.my.salesforce.com",
            "https://Northwind.my.salesforce.com",
            "https://agency.my.salesforce.mil",
            "https://firma.my.sfcrmproducts.cn",
        ];
        for text in good {
            let url = validate_instance_url(text, false).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(url.path(), "/");
        }
    }

    #[test]
    fn foreign_instances_are_refused() {
        let suffixes = ["my.salesforce.com", "my.salesforce.mil", "my.sfcrmproducts.cn"];
        let shapes = [
            "http://n.SUFFIX",
            "https://SUFFIX",
            "https://.SUFFIX",
            "https://n..SUFFIX",
            "https://n.SUFFIX.",
            "https://nSUFFIX",
            "https://evil-SUFFIX",
            "https://n.SUFFIX.evil.example",
            "https://n.SUFFIX@evil.example",
            "https://user@n.SUFFIX",
            "https://user:word@n.SUFFIX",
            "https://n.SUFFIX:443",
            "https://n.SUFFIX:8443",
            "https://n.SUFFIX:",
            "https://n.SUFFIX/path",
            "https://n.SUFFIX/..",
            "https://n.SUFFIX//",
            "https://n.SUFFIX?x",
            "https://n.SUFFIX#x",
            "https://evil.example/n.SUFFIX",
            "https://evil.example?n.SUFFIX",
            "https://evil.example#n.SUFFIX",
            "https://evil.example\\n.SUFFIX",
            "https://evil.example\\@n.SUFFIX",
            "https://evil.example%2f.SUFFIX",
            "https://evil.example%00.SUFFIX",
            "https://evil%2eexample.SUFFIX",
            "https://n%2eSUFFIX",
            "https://n .SUFFIX",
            " https://n.SUFFIX",
            "https://n.SUFFIX ",
            "https://n\t.SUFFIX",
            "https://n\n.SUFFIX",
            "https://n\r\n.SUFFIX",
            "https://n\u{0}.SUFFIX",
            "https://ñ.SUFFIX",
            "https://n。SUFFIX",
            "https://n.SUFFIX。evil.example",
            "https:n.SUFFIX",
            "https:/n.SUFFIX",
            "https:///n.SUFFIX",
            "//n.SUFFIX",
            "n.SUFFIX",
            "https://",
            "ftp://n.SUFFIX",
            "javascript:n.SUFFIX",
            "file://n.SUFFIX",
            "data:n.SUFFIX",
            "wss://n.SUFFIX",
            "https://-n.SUFFIX",
            "https://n-.SUFFIX",
            "https://n_x.SUFFIX",
            "https://[::1].SUFFIX",
            "https://[n.SUFFIX]",
            "https://*.SUFFIX",
            "https://n,SUFFIX",
            "https://n.SUFFIX,evil.example",
            "https://n.SUFFIX;evil.example",
            "blob:https://n.SUFFIX",
            "https://https://n.SUFFIX",
            "HTTPS://evil.example/.SUFFIX",
        ];
        for suffix in suffixes {
            for shape in shapes {
                let text = shape.replace("SUFFIX", suffix);
                assert!(validate_instance_url(&text, false).is_err(), "{text:?}");
                assert!(validate_instance_url(&text, true).is_err(), "{text:?} in a sandbox profile");
            }
        }
        let others = [
            "",
            "https://127.0.0.1",
            "http://127.0.0.1:8080",
            "https://[::1]",
            "https://169.254.169.254",
            "https://0",
            "https://2130706433",
            "https://0x7f.1",
            "https://localhost",
            "https://login.salesforce.com",
            "https://salesforce.com",
            "https://n.salesforce.com",
            "https://n.lightning.force.com",
            "https://n.my.salesforce.co",
            "https://n.my.salesforce.com.cn",
            "https://n.my.salesforce-com.example",
            "https://my-salesforce.com",
            "https://n.my.saIesforce.com",
            "https://n.my.xn--salesforce-9d3b.com",
            "https://n.my.sаlesforce.com",
        ];
        for text in others {
            assert!(validate_instance_url(text, false).is_err(), "{text:?}");
        }
        let long = format!("https://{}.my.salesforce.com", "a".repeat(64));
        assert!(validate_instance_url(&long, false).is_err());
        assert!(validate_instance_url(&"https://a".repeat(100), false).is_err());
    }

    #[test]
    fn a_sandbox_profile_knows_this_computer_only() {
        for text in ["http://127.0.0.1:8080", "http://localhost:1", "https://127.0.0.1:8443/", "http://[::1]:9"] {
            assert!(validate_instance_url(text, true).is_ok(), "{text}");
        }
        for text in [
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://10.0.0.1",
            "http://0.0.0.0:1",
            "https://n.my.salesforce.com",
            "http://user@127.0.0.1:1",
            "http://127.0.0.1:1/x",
            "ftp://127.0.0.1",
        ] {
            assert!(validate_instance_url(text, true).is_err(), "{text}");
        }
    }

    #[test]
    fn a_base_needs_https_and_a_name() {
        let check = |text: &str, loopback| validate_base(&Url::parse(text).unwrap(), loopback);
        assert_eq!(check("https://api.zoom.us/v2", false), Ok(()));
        assert_eq!(check("http://127.0.0.1:9/v2", true), Ok(()));
        assert_eq!(check("http://api.zoom.us/v2", false), Err(AddressError::NotHttps));
        assert_eq!(check("https://1.2.3.4/v2", false), Err(AddressError::NotAName));
        assert_eq!(check("https://api.zoom.us:8443/v2", false), Err(AddressError::Port));
        assert_eq!(check("https://a:b@api.zoom.us/v2", false), Err(AddressError::UserInfo));
        assert_eq!(check("https://api.zoom.us./v2", false), Err(AddressError::NotAName));
        assert_eq!(check("https://api.zoom.us/v2", true), Err(AddressError::NotLoopback));
        assert_eq!(check("http://127.0.0.1:9/v2", false), Err(AddressError::NotHttps));
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_ends_in_a_known_name(
            text in "(https|http|HTTPS)://([a-z0-9.@:/\\\\%#?-]{0,20})(\\.my\\.salesforce\\.com|)([a-z0-9.@:/\\\\%#?-]{0,12})"
        ) {
            if let Ok(url) = validate_instance_url(&text, false) {
                let host = url.host_str().unwrap();
                prop_assert_eq!(url.scheme(), "https");
                prop_assert!(host.ends_with(".my.salesforce.com"), "{}", host);
                let written = text.to_ascii_lowercase();
                prop_assert_eq!(url.as_str().trim_end_matches('/'), written.trim_end_matches('/'));
            }
        }

        #[test]
        fn any_label_under_a_known_name_is_accepted(label in "[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?") {
            // A double hyphen in third place announces an encoded label.
            prop_assume!(!label.starts_with("xn--"));
            let text = format!("https://{label}.my.salesforce.com");
            prop_assert!(validate_instance_url(&text, false).is_ok(), "{}", text);
        }
    }
}
