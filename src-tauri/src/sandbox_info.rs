//! Reading the line that the stand-alone sandbox prints.

use std::path::Path;

use liaison_engine::Endpoints;
use serde_json::Value;
use url::{Host, Url};

/// Reads the file and takes its addresses, which must all be on this computer.
pub fn read(path: &Path) -> Result<Endpoints, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let info: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    endpoints(&info)
}

/// The addresses and client ids in the sandbox's line.
pub fn endpoints(info: &Value) -> Result<Endpoints, String> {
    let text = |pointer: &str| {
        info.pointer(pointer).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| format!("{pointer} is missing"))
    };
    let address = |pointer: &str| {
        let url = Url::parse(&text(pointer)?).map_err(|error| format!("{pointer}: {error}"))?;
        match url.host() {
            Some(Host::Ipv4(host)) if host.is_loopback() => Ok(url),
            Some(Host::Ipv6(host)) if host.is_loopback() => Ok(url),
            _ => Err(format!("{pointer} is not on this computer")),
        }
    };
    Ok(Endpoints {
        demo: false,
        zoom_oauth: address("/zoom/oauth")?,
        zoom_api: address("/zoom/api")?,
        zoom_client_id: text("/zoom/client_id")?,
        salesforce_login: address("/salesforce/login")?,
        salesforce_client_id: text("/salesforce/client_id")?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn info(login: &str) -> Value {
        json!({
            "zoom": {"api": "http://127.0.0.1:4000/v2", "oauth": "http://127.0.0.1:4000", "client_id": "z"},
            "salesforce": {"login": login, "instance": login, "client_id": "s"},
        })
    }

    #[test]
    fn loopback_addresses_are_taken() {
        assert_eq!(endpoints(&info("http://127.0.0.1:4001")).unwrap().salesforce_client_id, "s");
    }

    #[test]
    fn others_are_refused() {
        for login in ["https://login.salesforce.com", "http://127.0.0.1.example.com", "http://10.0.0.1:80", "nonsense"]
        {
            assert!(endpoints(&info(login)).is_err(), "{login}");
        }
        assert!(endpoints(&json!({})).unwrap_err().contains("missing"));
    }
}
