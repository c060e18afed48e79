//! Links into the program, `liaison://meeting/ID`: navigation only. Anybody can write one into a mail, so none opens,
//! sends or changes anything.

use liaison_engine::Place;
use url::Url;

const SCHEME: &str = "liaison";
/// No id of ours is longer.
const LONGEST: usize = 200;

/// Where a link leads; `None` for one that says nothing we know.
pub fn place(link: &str) -> Option<Place> {
    let url = Url::parse(link).ok().filter(|url| url.scheme() == SCHEME)?;
    let path = url.path().trim_matches('/');
    let id = percent_decoded(path)?;
    let sound = id.len() <= LONGEST && id.chars().all(|letter| letter.is_ascii_graphic());
    let place = match (url.host_str()?, id.is_empty()) {
        ("meeting", false) => Place::Meeting { id },
        ("call", false) => Place::Call { id },
        ("person", false) => Place::Person { id },
        ("webinar", false) => Place::Webinar { id },
        ("outbox", false) => Place::OutboxItem { id },
        ("outbox", true) => Place::Outbox,
        _ => return None,
    };
    sound.then_some(place)
}

fn percent_decoded(path: &str) -> Option<String> {
    let pairs = format!("id={}", path.replace('+', "%2B"));
    url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, id)| id.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_leads_to_its_place() {
        let id = || "85746065123:1764".to_owned();
        assert_eq!(place("liaison://meeting/85746065123:1764"), Some(Place::Meeting { id: id() }));
        assert_eq!(place("liaison://meeting/85746065123%3A1764/"), Some(Place::Meeting { id: id() }));
        assert_eq!(place("liaison://call/a+b"), Some(Place::Call { id: "a+b".to_owned() }));
        assert_eq!(place("liaison://person/Lead:00Q1"), Some(Place::Person { id: "Lead:00Q1".to_owned() }));
        assert_eq!(place("liaison://webinar/91"), Some(Place::Webinar { id: "91".to_owned() }));
        assert_eq!(place("liaison://outbox/7"), Some(Place::OutboxItem { id: "7".to_owned() }));
        assert_eq!(place("liaison://outbox"), Some(Place::Outbox));
    }

    #[test]
    fn anything_else_leads_nowhere() {
        let long = format!("liaison://meeting/{}", "9".repeat(LONGEST + 1));
        for link in [
            "liaison://meeting",
            "liaison://send/1",
            "https://zoom.us/j/1",
            "liaison:meeting/1",
            "meeting/1",
            "",
            "liaison://meeting/a%20b",
            "liaison://meeting/%00",
            long.as_str(),
        ] {
            assert_eq!(place(link), None, "{link}");
        }
    }
}
