//! Links into Zoom: which ones may be opened, and how to build them from checked parts.

mod dial;

use std::fmt;

use url::{Host, Url};

pub use dial::{DialLink, DialNumber, DialScheme, NotDialable};

use crate::{FileUrl, JoinUrl, MeetingId, StartUrl, Zak};

/// Where Zoom's services are (commercial and government cloud): tokens go there and nowhere else.
const SERVICES: &[&str] = &["zoom.us", "zoomgov.com"];

/// Where links to meetings lead: those of resellers, too.
const MEETINGS: &[&str] = &["zoom.us", "zoomgov.com", "zoom.com", "zoom-x.de"];

/// Whether `url` is an https address of Zoom's services: no user, default port. Any scheme and port on loopback where
/// the sandbox is allowed.
pub(crate) fn is_service_host(url: &Url, loopback_allowed: bool) -> bool {
    is_under(SERVICES, url, loopback_allowed)
}

fn is_under(domains: &[&str], url: &Url, loopback_allowed: bool) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    if loopback_allowed && matches!(url.scheme(), "http" | "https") && is_loopback(url) {
        return true;
    }
    let under_zoom = url.host_str().is_some_and(|host| domains.iter().any(|domain| is_label_bounded(host, domain)));
    url.scheme() == "https" && url.port().is_none() && under_zoom
}

fn is_label_bounded(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|labels| labels.ends_with('.'))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// A link that was checked and may be handed to the system. `Debug` shows no path or query.
#[derive(Clone, PartialEq, Eq)]
pub struct ZoomLink(Url);

impl ZoomLink {
    /// The whole link, which may be a credential: open it, nothing else.
    #[must_use]
    pub fn expose(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for ZoomLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.host_str().unwrap_or_default();
        write!(formatter, "ZoomLink({}://{host}/…)", self.0.scheme())
    }
}

/// The link is not one that Liaison opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the link does not lead to Zoom")]
pub struct LinkRefused;

/// Builds and checks links.
#[derive(Debug, Clone, Copy, Default)]
pub struct ZoomLinks {
    loopback_allowed: bool,
}

impl ZoomLinks {
    /// `loopback_allowed` is for the sandbox only.
    #[must_use]
    pub fn new(loopback_allowed: bool) -> Self {
        Self { loopback_allowed }
    }

    /// The join link, if it leads to Zoom.
    pub fn join(self, link: &JoinUrl) -> Result<ZoomLink, LinkRefused> {
        self.checked(link.expose())
    }

    /// The host's start link, if it leads to Zoom.
    pub fn start(self, link: &StartUrl) -> Result<ZoomLink, LinkRefused> {
        self.checked(link.expose())
    }

    /// The page that plays a recording, if it leads to Zoom.
    pub fn recording(self, link: &FileUrl) -> Result<ZoomLink, LinkRefused> {
        self.checked(link.expose())
    }

    /// The user's own pages of Zoom Phone, where recordings and messages are played. `api` is where the account's API
    /// is: the government cloud has its own pages. The sandbox has none, so its address stands for them.
    #[must_use]
    pub fn telephone(self, api: &Url) -> ZoomLink {
        let mut pages = api.clone();
        if !(self.loopback_allowed && is_loopback(api)) {
            let cloud = SERVICES.iter().find(|service| api.host_str().is_some_and(|host| host.ends_with(**service)));
            let _ = pages.set_host(Some(cloud.unwrap_or(&SERVICES[0])));
        }
        pages.set_path("/pbx/page/telephone");
        pages.set_query(None);
        ZoomLink(pages)
    }

    fn checked(self, text: &str) -> Result<ZoomLink, LinkRefused> {
        let link = Url::parse(text).ok().filter(|url| is_under(MEETINGS, url, self.loopback_allowed));
        link.map(ZoomLink).ok_or(LinkRefused)
    }

    /// A link that joins in Zoom's own app without a stop in the browser.
    ///
    /// Built from the number and the passcode of the join link alone, so nothing else of a foreign link reaches the
    /// app. `None` where the browser alone gets in: the link has no meeting number, as `/my/` links have not; it is
    /// somebody's own as a registrant, with a ticket for which the app's links have no place; or it leads to the
    /// sandbox, which no app of Zoom knows. Source: Zoom's page "Client URL schemes".
    #[must_use]
    pub fn join_in_app(self, link: &JoinUrl) -> Option<ZoomLink> {
        let checked = self.join(link).ok()?;
        if checked.expose().query_pairs().any(|(name, _)| name == "tk") {
            return None;
        }
        let number = number_after(checked.expose(), &["j", "w"])?.to_string();
        let passcode = link.embedded_passcode();
        let passcode = passcode.as_ref().map(|passcode| ("pwd", passcode.expose()));
        app_link(&checked, "join", [("action", "join"), ("confno", number.as_str())].into_iter().chain(passcode))
    }

    /// A link that starts a meeting in Zoom's own app, from the number and the host's token of a start link alone.
    /// `None` where the browser has to do it. Source as for joining.
    #[must_use]
    pub fn start_in_app(self, link: &StartUrl) -> Option<ZoomLink> {
        let checked = self.start(link).ok()?;
        let number = number_after(checked.expose(), &["s"])?.to_string();
        let token = host_token(checked.expose())?;
        app_link(&checked, "start", [("confno", number.as_str()), ("zak", token.expose())].into_iter())
    }
}

/// A link into the app, of the cloud that `page` is of.
fn app_link<'a>(page: &ZoomLink, verb: &str, query: impl Iterator<Item = (&'a str, &'a str)>) -> Option<ZoomLink> {
    let host = page.expose().host_str()?;
    let domain = MEETINGS.iter().find(|domain| is_label_bounded(host, domain))?;
    let mut url = Url::parse(&format!("zoommtg://{domain}/{verb}")).ok()?;
    let mut written = url::form_urlencoded::Serializer::new(String::new());
    written.extend_pairs(query);
    url.set_query(Some(&written.finish()));
    Some(ZoomLink(url))
}

fn host_token(start: &Url) -> Option<Zak> {
    start.query_pairs().find(|(name, _)| name == "zak").map(|(_, value)| Zak::new(value.into_owned()))
}

/// The number in `…/j/<number>` or `…/wc/join/<number>`-like paths.
fn number_after(url: &Url, marks: &[&str]) -> Option<MeetingId> {
    let mut segments = url.path_segments()?;
    segments.find(|segment| marks.contains(segment))?;
    let number = segments.next()?;
    (9..=11).contains(&number.len()).then(|| number.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zoom(text: &str) -> bool {
        ZoomLinks::default().join(&JoinUrl::new(text)).is_ok()
    }

    #[test]
    fn the_pages_of_the_telephone_are_those_of_the_cloud() {
        let page = |api: &str, loopback: bool| {
            ZoomLinks::new(loopback).telephone(&Url::parse(api).unwrap()).expose().to_string()
        };
        assert_eq!(page("https://api-eu.zoom.us/v2/", false), "https://zoom.us/pbx/page/telephone");
        assert_eq!(page("https://api.zoomgov.com/v2/", false), "https://zoomgov.com/pbx/page/telephone");
        assert_eq!(page("http://127.0.0.1:8080/v2/", true), "http://127.0.0.1:8080/pbx/page/telephone");
    }

    #[test]
    fn tokens_go_to_fewer_places_than_links() {
        let service = |text: &str| is_service_host(&Url::parse(text).unwrap(), false);
        assert!(service("https://api.zoom.us/v2") && service("https://api.zoomgov.com/v2"));
        for text in ["https://api.zoom.com/v2", "https://api.zoom-x.de/v2"] {
            assert!(zoom(text) && !service(text), "{text}");
        }
    }

    #[test]
    fn only_https_under_zooms_domains() {
        for text in [
            "https://zoom.us/j/12345678901",
            "https://us02web.zoom.us/j/12345678901?pwd=abc",
            "https://northwind.zoom.us/my/robin",
            "https://www.zoomgov.com/j/12345678901",
            "https://events.zoom.com/j/12345678901",
            "https://zoom-x.de/j/12345678901",
        ] {
            assert!(zoom(text), "{text}");
        }
        for text in [
            "http://zoom.us/j/1",
            "https://zoom.us.example.org/j/1",
            "https://notzoom.us/j/1",
            "https://buy-zoom.com/j/1",
            "https://zoom.us@example.org/j/1",
            "https://user:secret@zoom.us/j/1",
            "https://zoom.us:8443/j/1",
            "https://zoom.us./j/1",
            "https://127.0.0.1/j/1",
            "https://xn--zom-tqa.us/j/1",
            "javascript:alert(1)//zoom.us",
            "file:///zoom.us/j/1",
            "zoommtg://zoom.us/join?confno=1",
        ] {
            assert!(!zoom(text), "{text}");
        }
    }

    #[test]
    fn loopback_opens_only_in_the_sandbox() {
        let link = JoinUrl::new("http://127.0.0.1:4021/j/12345678901");
        assert!(ZoomLinks::new(true).join(&link).is_ok());
        assert_eq!(ZoomLinks::new(false).join(&link), Err(LinkRefused));
    }

    #[test]
    fn app_link_is_rebuilt_from_checked_parts() {
        let link = JoinUrl::new("https://us02web.zoom.us/j/12345678901?pwd=a%2Bb&action=run&x=%22");
        let built = ZoomLinks::default().join_in_app(&link).unwrap();
        assert_eq!(built.expose().as_str(), "zoommtg://zoom.us/join?action=join&confno=12345678901&pwd=a%2Bb");
        for text in [
            "https://zoom.us/my/robin",
            "https://zoom.us/j/12x45678901",
            "https://zoom.us/j/",
            "https://example.org/j/12345678901",
        ] {
            assert_eq!(ZoomLinks::default().join_in_app(&JoinUrl::new(text)), None, "{text}");
        }
    }

    #[test]
    fn app_link_leads_to_the_cloud_of_its_page_and_never_into_the_sandbox() {
        let built = |text: &str| ZoomLinks::new(true).join_in_app(&JoinUrl::new(text));
        let link = built("https://agency.zoomgov.com/j/12345678901").unwrap();
        assert_eq!(link.expose().as_str(), "zoommtg://zoomgov.com/join?action=join&confno=12345678901");
        assert_eq!(built("https://zoom.us/w/12345678901?tk=ticket&pwd=a"), None, "a registrant's own link");
        assert_eq!(built("http://127.0.0.1:4021/j/12345678901"), None);
    }

    #[test]
    fn app_start_link_is_rebuilt_from_checked_parts() {
        let built = |text: &str| ZoomLinks::default().start_in_app(&StartUrl::new(text));
        let link = built("https://us02web.zoom.us/s/12345678901?zak=a.b%2Bc&action=run").unwrap();
        assert_eq!(link.expose().as_str(), "zoommtg://zoom.us/start?confno=12345678901&zak=a.b%2Bc");
        assert!(!format!("{link:?}").contains("a.b"));
        for text in [
            "https://zoom.us/s/12345678901",
            "https://zoom.us/my/robin?zak=a",
            "https://zoom.us/s/12x45678901?zak=a",
            "https://example.org/s/12345678901?zak=a",
        ] {
            assert_eq!(built(text), None, "{text}");
        }
    }

    #[test]
    fn debug_hides_the_credential() {
        let link = ZoomLinks::default().start(&StartUrl::new("https://zoom.us/s/1?zak=c4n4ry")).unwrap();
        assert!(!format!("{link:?}").contains("c4n4ry"));
    }

    proptest! {
        #[test]
        fn a_foreign_host_is_never_taken_for_zoom(host in "[a-z0-9-]{1,20}(\\.[a-z0-9-]{1,20}){0,3}") {
            let expected = MEETINGS.iter().any(|own| host == *own || host.ends_with(&format!(".{own}")));
            let text = format!("https://{host}/j/1");
            if Url::parse(&text).is_ok() {
                prop_assert_eq!(zoom(&text), expected);
            }
        }
    }
}
