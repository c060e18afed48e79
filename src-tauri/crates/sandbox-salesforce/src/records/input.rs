//! From a JSON body to typed cells: unknown columns, write access, types, lengths, picklists.
//! References are checked for their form here and for their target in [`super::relations`].

use serde_json::{Map, Value};

use super::super::cell::Cell;
use super::super::dates;
use super::super::ids::RecordId;
use super::super::refusal::Refusal;
use super::super::schema::{Field, FieldType, Object};

/// What the caller wants to do with the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    Create,
    Update,
}

/// The fields that a body names, with their values; `Empty` clears.
#[derive(Debug, Default)]
pub struct Draft {
    cells: Vec<(usize, Cell)>,
    /// Lookups given as an object with an external id: place of the lookup, the object.
    pub nested: Vec<(usize, Map<String, Value>)>,
}

impl Draft {
    pub fn names(&self, place: usize) -> bool {
        self.cells.iter().any(|(own, _)| *own == place) || self.nested.iter().any(|(own, _)| *own == place)
    }

    pub fn gives(&self, place: usize) -> bool {
        self.cells.iter().any(|(own, cell)| *own == place && !cell.is_empty())
    }

    pub fn cells(&self) -> &[(usize, Cell)] {
        &self.cells
    }

    pub fn set(&mut self, place: usize, cell: Cell) {
        self.cells.retain(|(own, _)| *own != place);
        self.cells.push((place, cell));
    }
}

/// Reads a body for an object.
pub fn read(object: &Object, body: &Map<String, Value>, intent: Intent) -> Result<Draft, Refusal> {
    let mut draft = Draft::default();
    let mut forbidden = Vec::new();
    for (name, value) in body {
        if name == "attributes" {
            continue;
        }
        let Some((place, field)) = object.find(name) else {
            let nested = object.find_relationship(name).filter(|_| value.is_object() || value.is_null());
            let Some((place, field)) = nested else { return Err(Refusal::no_such_column(name, object.name())) };
            if let Value::Object(nested) = value {
                if !may_write(field, intent) {
                    forbidden.push(field.name);
                }
                draft.nested.push((place, nested.clone()));
            }
            continue;
        };
        if field.kind == FieldType::Id {
            return Err(
                Refusal::new("INVALID_FIELD", "The Id field should not be specified in the sobject data.").on("Id")
            );
        }
        if !may_write(field, intent) {
            forbidden.push(field.name);
            continue;
        }
        let cell = read_value(field, value)?;
        if cell.is_empty() && !field.nillable && intent == Intent::Update {
            return Err(Refusal::missing(&[field.name]));
        }
        draft.cells.push((place, cell));
    }
    if forbidden.is_empty() {
        return Ok(draft);
    }
    let mut refusal = Refusal::new(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        format!(
            "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is \
             read/write for your profile or permission set.",
            forbidden.join(", ")
        ),
    );
    refusal.fields = forbidden.iter().map(ToString::to_string).collect();
    Err(refusal)
}

fn may_write(field: &Field, intent: Intent) -> bool {
    match intent {
        Intent::Create => field.createable,
        Intent::Update => field.updateable,
    }
}

/// One value as its field takes it.
pub fn read_value(field: &Field, value: &Value) -> Result<Cell, Refusal> {
    if value.is_null() || value.as_str() == Some("") {
        if field.kind == FieldType::Boolean {
            let text = format!("{}: value not of required type: ", field.label);
            return Err(Refusal::new("INVALID_TYPE_ON_FIELD_IN_RECORD", text).on(field.name));
        }
        return Ok(Cell::Empty);
    }
    match field.kind {
        FieldType::Id | FieldType::Reference => read_reference(field, value),
        FieldType::Boolean => read_boolean(value),
        FieldType::Int => read_int(field, value),
        FieldType::Double | FieldType::Currency | FieldType::Percent => read_real(field, value),
        FieldType::Date => read_day(value),
        FieldType::DateTime => value
            .as_str()
            .and_then(|text| dates::parse_date_time(text).or_else(|| midnight(text)))
            .map(Cell::Moment)
            .ok_or_else(|| wrong_type("datetime", value)),
        FieldType::Address => Err(Refusal::no_such_column(field.name, "address")),
        _ => read_text(field, value),
    }
}

fn midnight(text: &str) -> Option<chrono::DateTime<chrono::Utc>> {
    Some(dates::parse_date(text)?.and_hms_opt(0, 0, 0)?.and_utc())
}

fn read_reference(field: &Field, value: &Value) -> Result<Cell, Refusal> {
    let text = value.as_str().ok_or_else(|| wrong_type("reference", value))?;
    RecordId::parse(text).map(Cell::Id).ok_or_else(|| {
        Refusal::new("MALFORMED_ID", format!("{}: id value of incorrect type: {text}", field.label)).on(field.name)
    })
}

fn read_boolean(value: &Value) -> Result<Cell, Refusal> {
    match value {
        Value::Bool(flag) => Ok(Cell::Flag(*flag)),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Ok(Cell::Flag(true)),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Ok(Cell::Flag(false)),
        _ => Err(wrong_type("boolean", value)),
    }
}

fn read_int(field: &Field, value: &Value) -> Result<Cell, Refusal> {
    let number = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let number: i64 = number.ok_or_else(|| wrong_type("int", value))?;
    if number.unsigned_abs() >= 10_u64.pow(field.digits.clamp(1, 9)) {
        return Err(out_of_range(field, &number.to_string()));
    }
    Ok(Cell::Whole(number))
}

fn read_real(field: &Field, value: &Value) -> Result<Cell, Refusal> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let number: f64 = number.filter(|number: &f64| number.is_finite()).ok_or_else(|| wrong_type("double", value))?;
    let places = |count: u32| 10_f64.powi(i32::try_from(count).unwrap_or(0));
    let whole_digits = field.precision.saturating_sub(field.scale);
    if number.abs() >= places(whole_digits) {
        return Err(out_of_range(field, &number.to_string()));
    }
    let scale = places(field.scale);
    Ok(Cell::Real((number * scale).round() / scale))
}

fn read_day(value: &Value) -> Result<Cell, Refusal> {
    let text = value.as_str().ok_or_else(|| wrong_type("date", value))?;
    dates::parse_date(text)
        .or_else(|| dates::parse_date_time(text).map(|at| at.date_naive()))
        .map(Cell::Day)
        .ok_or_else(|| wrong_type("date", value))
}

fn read_text(field: &Field, value: &Value) -> Result<Cell, Refusal> {
    let text = value.as_str().ok_or_else(|| wrong_type("string", value))?;
    let text = if field.kind == FieldType::TextArea { text } else { text.trim() };
    if text.chars().count() > field.length {
        let message = format!("{}: data value too large: {text} (max length={})", field.label, field.length);
        return Err(Refusal::new("STRING_TOO_LONG", message).on(field.name));
    }
    if field.kind == FieldType::Email && !text.is_empty() && !looks_like_an_address(text) {
        let message = format!("{}: invalid email address: {text}", field.label);
        return Err(Refusal::new("INVALID_EMAIL_ADDRESS", message).on(field.name));
    }
    let is_value = |text: &str| field.picklist.iter().any(|choice| choice.value == text);
    let unknown = match field.kind {
        FieldType::MultiPicklist => text.split(';').map(str::trim).find(|own| !is_value(own)),
        _ => Some(text).filter(|text| !is_value(text)),
    };
    if field.restricted
        && !text.is_empty()
        && let Some(unknown) = unknown
    {
        let message = format!("{}: bad value for restricted picklist field: {unknown}", field.label);
        return Err(Refusal::new("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message).on(field.name));
    }
    Ok(Cell::text(text))
}

fn out_of_range(field: &Field, value: &str) -> Refusal {
    let message = format!("{}: value outside of valid range on numeric field: {value}", field.label);
    Refusal::new("NUMBER_OUTSIDE_VALID_RANGE", message).on(field.name)
}

fn wrong_type(wanted: &str, value: &Value) -> Refusal {
    let token = match value {
        Value::Null => "VALUE_NULL",
        Value::Bool(true) => "VALUE_TRUE",
        Value::Bool(false) => "VALUE_FALSE",
        Value::Number(number) if number.is_f64() => "VALUE_NUMBER_FLOAT",
        Value::Number(_) => "VALUE_NUMBER_INT",
        Value::String(_) => "VALUE_STRING",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    };
    let shown = match value {
        Value::String(text) => format!(" value {text}"),
        Value::Number(number) => format!(" value {number}"),
        _ => String::new(),
    };
    Refusal::parser(format!(
        "Cannot deserialize instance of {wanted} from {token}{shown} or request may be missing a required field at \
         [line:1, column:1]"
    ))
}

/// Salesforce's own check is loose: one `@`, a dot in the domain, no spaces or brackets, ASCII.
fn looks_like_an_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && local.chars().all(|letter| letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter));
    let labels: Vec<&str> = domain.split('.').collect();
    let domain_ok = labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        });
    local_ok && domain_ok
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for good in ["a@b.co", "first.last+tag@sub.example.org", "o'neill@example.com"] {
            assert!(looks_like_an_address(good), "{good}");
        }
        for bad in ["", "a", "a@b", "a b@c.de", "@c.de", "a@.de", "a@c.de.", "a@@c.de", "ü@c.de", ".a@c.de"] {
            assert!(!looks_like_an_address(bad), "{bad}");
        }
    }
}
