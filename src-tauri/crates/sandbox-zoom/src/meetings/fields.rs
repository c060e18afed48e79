//! Reads the fields of a request object and collects those that are wrong.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::answer::FieldError;

/// A JSON object on its way to typed values. An absent or `null` field is `None`; a wrong one is
/// `None` as well and noted.
pub(crate) struct Fields<'a> {
    object: &'a Map<String, Value>,
    prefix: &'a str,
    errors: Vec<FieldError>,
}

impl<'a> Fields<'a> {
    /// `prefix` stands before every field name in errors, `settings.` for example.
    pub fn new(object: &'a Map<String, Value>, prefix: &'a str) -> Self {
        Self { object, prefix, errors: Vec::new() }
    }

    pub fn into_errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// Notes a field as wrong, once.
    pub fn wrong(&mut self, name: &str) {
        self.wrong_because(name, "Invalid field.");
    }

    pub fn wrong_because(&mut self, name: &str, message: &str) {
        let field = format!("{}{name}", self.prefix);
        if !self.errors.iter().any(|error| error.field == field) {
            self.errors.push(FieldError { field, message: message.to_owned() });
        }
    }

    /// The value of a field that is there and not `null`.
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// A text of at most `longest` characters.
    pub fn text(&mut self, name: &str, longest: usize) -> Option<String> {
        let value = self.value(name)?;
        let text = value.as_str().filter(|text| text.chars().count() <= longest);
        if text.is_none() {
            self.wrong(name);
        }
        text.map(str::to_owned)
    }

    /// A whole number within `range`.
    pub fn number(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.value(name)?;
        let number = value.as_i64().filter(|number| range.contains(number));
        if number.is_none() {
            self.wrong(name);
        }
        number
    }

    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let value = self.value(name)?;
        if !value.is_boolean() {
            self.wrong(name);
        }
        value.as_bool()
    }

    pub fn object(&mut self, name: &str) -> Option<&'a Map<String, Value>> {
        let value = self.value(name)?;
        if !value.is_object() {
            self.wrong(name);
        }
        value.as_object()
    }

    /// A list of objects.
    pub fn objects(&mut self, name: &str) -> Option<&'a Vec<Value>> {
        let value = self.value(name)?;
        let list = value.as_array().filter(|list| list.iter().all(Value::is_object));
        if list.is_none() {
            self.wrong(name);
        }
        list
    }
}

/// Something before the only at sign, a dot somewhere behind it, and no spaces.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control());
    plain(local) && plain(domain) && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
}
