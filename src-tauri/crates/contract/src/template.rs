//! A method and a path with places to fill, `GET /meetings/{meetingId}/registrants`.

use std::fmt;

/// Stands for the method of what a service tells by itself.
pub const EVENT: &str = "EVENT";

/// One operation's method and path. Two templates that differ in the names of their places alone are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Template {
    method: String,
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Segment {
    Fixed(String),
    Place,
}

impl Template {
    /// Of a method and a path whose places stand in braces.
    pub fn new(method: &str, path: &str) -> Self {
        let segments = segments(path)
            .map(|segment| if is_place(segment) { Segment::Place } else { Segment::Fixed(segment.to_owned()) })
            .collect();
        Self { method: method.to_uppercase(), segments }
    }

    /// Reads `GET /meetings/{meetingId}`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (method, path) = text.split_once(' ')?;
        let known = matches!(method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | EVENT);
        (known && path.starts_with('/') && !path.contains(char::is_whitespace)).then(|| Self::new(method, path))
    }

    /// Whether a request of this method and raw path is one of this operation.
    pub fn covers(&self, method: &str, path: &str) -> bool {
        let given: Vec<&str> = segments(path).collect();
        self.method == method
            && self.segments.len() == given.len()
            && self.segments.iter().zip(given).all(|(segment, given)| match segment {
                Segment::Fixed(text) => text == given,
                Segment::Place => !given.is_empty(),
            })
    }

    /// How many segments are fixed: of two templates that cover a path, the one with more is meant.
    pub fn precision(&self) -> usize {
        self.segments.iter().filter(|segment| matches!(segment, Segment::Fixed(_))).count()
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_start_matches('/').split('/')
}

fn is_place(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

/// The values of the places of `template` (a path with braces) in the raw path, with their names.
pub fn places<'a>(template: &'a str, path: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    segments(template)
        .zip(segments(path))
        .filter(|(name, _)| is_place(name))
        .map(|(name, value)| (name.trim_matches(['{', '}']), value))
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.method)?;
        formatter.write_str(" ")?;
        for segment in &self.segments {
            match segment {
                Segment::Fixed(text) => write!(formatter, "/{text}")?,
                Segment::Place => formatter.write_str("/{}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_places_do_not_matter() {
        assert_eq!(Template::parse("GET /meetings/{id}"), Some(Template::new("get", "/meetings/{meetingId}")));
        assert_eq!(Template::parse("SELECT /meetings"), None);
        assert_eq!(Template::parse("GET meetings"), None);
        assert_eq!(Template::new("get", "/a/{b}/c").to_string(), "GET /a/{}/c");
    }

    #[test]
    fn a_path_is_covered_segment_by_segment() {
        let one = Template::new("GET", "/webinars/{id}/registrants/{registrant}");
        let questions = Template::new("GET", "/webinars/{id}/registrants/questions");
        assert!(one.covers("GET", "/webinars/1/registrants/questions"));
        assert!(questions.covers("GET", "/webinars/1/registrants/questions"));
        assert!(questions.precision() > one.precision());
        assert!(!one.covers("GET", "/webinars/1/registrants/"));
        assert!(!one.covers("POST", "/webinars/1/registrants/2"));
        assert!(!one.covers("GET", "/webinars/1/registrants"));
    }

    #[test]
    fn places_are_named() {
        let found: Vec<_> = places("/a/{b}/c/{d}", "/a/1/c/%2F").collect();
        assert_eq!(found, [("b", "1"), ("d", "%2F")]);
    }
}
