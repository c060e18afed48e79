//! Links through the desktop portal (`org.freedesktop.portal.OpenURI`): they travel over the session bus, and the
//! handler is started by the desktop in the user's own environment.

use std::collections::HashMap;
use std::time::Duration;

use futures::StreamExt;
use url::Url;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const OBJECT: &str = "/org/freedesktop/portal/desktop";
/// A portal that has to be started first takes a moment.
const CALL: Duration = Duration::from_secs(4);
/// How long a refusal may take; after this the link is taken as opened, or the user is being asked with what.
const ANSWER: Duration = Duration::from_secs(2);

/// Why the portal did not open it.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    #[error(transparent)]
    Bus(#[from] zbus::Error),
    #[error("no answer in time")]
    Silent,
    #[error("it refused with {0}")]
    Refused(u32),
}

/// Hands a link over. A user who is asked and says no has answered: that is no failure.
///
/// # Errors
/// [`PortalError`]: the link was not opened.
pub async fn open(url: &Url) -> Result<(), PortalError> {
    let connection =
        tokio::time::timeout(CALL, zbus::Connection::session()).await.map_err(|_| PortalError::Silent)??;
    through(&connection, url).await
}

async fn through(connection: &zbus::Connection, url: &Url) -> Result<(), PortalError> {
    // The answer may come before the call returns, so it is listened for first.
    let rule = zbus::MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .sender(PORTAL)?
        .interface("org.freedesktop.portal.Request")?
        .member("Response")?
        .build();
    let mut answers = zbus::MessageStream::for_match_rule(rule, connection, Some(8)).await?;
    let options: HashMap<&str, Value<'_>> = HashMap::new();
    let arguments = ("", url.as_str(), options);
    let call =
        connection.call_method(Some(PORTAL), OBJECT, Some("org.freedesktop.portal.OpenURI"), "OpenURI", &arguments);
    let reply = tokio::time::timeout(CALL, call).await.map_err(|_| PortalError::Silent)??;
    let request: OwnedObjectPath = reply.body().deserialize()?;
    let refused = async {
        while let Some(Ok(message)) = answers.next().await {
            if message.header().path().is_some_and(|path| path.as_str() == request.as_str()) {
                let (code, _): (u32, HashMap<String, OwnedValue>) = message.body().deserialize().ok()?;
                return Some(code);
            }
        }
        None
    };
    match tokio::time::timeout(ANSWER, refused).await {
        // 0 opened it, 1 was the user's no.
        Ok(Some(code)) if code > 1 => Err(PortalError::Refused(code)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use zbus::object_server::SignalEmitter;

    use super::*;
    use crate::test_bus::Bus;

    struct Portal {
        opened: Arc<Mutex<Vec<String>>>,
        answer: u32,
    }

    struct Request;

    #[zbus::interface(name = "org.freedesktop.portal.Request")]
    impl Request {
        #[zbus(signal)]
        async fn response(
            emitter: &SignalEmitter<'_>,
            code: u32,
            results: HashMap<&str, Value<'_>>,
        ) -> zbus::Result<()>;
    }

    #[zbus::interface(name = "org.freedesktop.portal.OpenURI")]
    impl Portal {
        #[zbus(name = "OpenURI")]
        async fn open_uri(
            &self,
            #[zbus(connection)] connection: &zbus::Connection,
            parent: &str,
            uri: &str,
            options: HashMap<&str, Value<'_>>,
        ) -> zbus::fdo::Result<OwnedObjectPath> {
            assert!(parent.is_empty() && options.is_empty());
            self.opened.lock().unwrap().push(uri.to_owned());
            let path = OwnedObjectPath::try_from("/org/freedesktop/portal/desktop/request/1/t").unwrap();
            let emitter = SignalEmitter::new(connection, path.clone()).unwrap();
            Request::response(&emitter, self.answer, HashMap::new()).await?;
            Ok(path)
        }
    }

    async fn play(answer: u32) -> Option<(Result<(), PortalError>, Vec<String>)> {
        let bus = Bus::start()?;
        let opened = Arc::new(Mutex::new(Vec::new()));
        let portal = Portal { opened: opened.clone(), answer };
        let _service = bus.connect().serve_at(OBJECT, portal).unwrap().name(PORTAL).unwrap().build().await.unwrap();
        let client = bus.connect().build().await.unwrap();
        let outcome = through(&client, &"https://zoom.us/s/1?zak=t".parse().unwrap()).await;
        let opened = opened.lock().unwrap().clone();
        Some((outcome, opened))
    }

    #[tokio::test]
    async fn a_link_travels_over_the_bus_and_a_refusal_is_told() {
        for (answer, well) in [(0, true), (1, true), (2, false)] {
            let Some((outcome, opened)) = play(answer).await else { return };
            assert_eq!(opened, ["https://zoom.us/s/1?zak=t"]);
            assert_eq!(outcome.is_ok(), well, "{answer}: {outcome:?}");
        }
    }

    #[tokio::test]
    async fn without_a_portal_it_is_told_at_once() {
        let Some(bus) = Bus::start() else { return };
        let client = bus.connect().build().await.unwrap();
        // A bus may start a portal that is installed; then nothing is asked of it here.
        let names = zbus::fdo::DBusProxy::new(&client).await.unwrap().list_activatable_names().await.unwrap();
        if names.iter().any(|name| name.as_str() == PORTAL) {
            return;
        }
        let outcome = through(&client, &"https://zoom.us/j/1".parse().unwrap()).await;
        assert!(matches!(outcome, Err(PortalError::Bus(_))), "{outcome:?}");
    }
}
