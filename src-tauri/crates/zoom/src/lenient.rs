//! Reading what Zoom sends rather than what its schema promises: numbers in strings, strings in
//! numbers, empty text where nothing is meant.

use std::fmt;

use serde::de::{self, DeserializeOwned};
use serde::{Deserialize, Deserializer};

/// A string, or a number whose digits are taken as the string.
pub(crate) fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Visitor;
    impl de::Visitor<'_> for Visitor {
        type Value = String;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a string or a whole number")
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
            Ok(value.to_owned())
        }

        fn visit_string<E: de::Error>(self, value: String) -> Result<String, E> {
            Ok(value)
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<String, E> {
            Ok(value.to_string())
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<String, E> {
            Ok(value.to_string())
        }
    }
    deserializer.deserialize_any(Visitor)
}

/// Text or a number; absent, `null` and blank all mean nothing.
pub(crate) fn optional_text<'de, D>(deserializer: D) -> Result<Option<String>, D::Error>
where
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    struct Text(#[serde(deserialize_with = "text_or_number")] String);

    Ok(Option::<Text>::deserialize(deserializer)?.map(|text| text.0).filter(|text| !text.trim().is_empty()))
}

/// A value whose blank text means nothing; anything else must be readable.
pub(crate) fn blank_is_none<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    match Option::<serde_json::Value>::deserialize(deserializer)? {
        None | Some(serde_json::Value::Null) => Ok(None),
        Some(serde_json::Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(value) => serde_json::from_value(value).map(Some).map_err(de::Error::custom),
    }
}

/// A whole number that may come as a number, as digits in a string, or as `30.0`.
pub(crate) fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct Visitor;
    impl de::Visitor<'_> for Visitor {
        type Value = i64;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a whole number, as a number or as digits in a string")
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
            Ok(value)
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
            i64::try_from(value).map_err(|_| E::custom("the number is too large"))
        }

        fn visit_f64<E: de::Error>(self, value: f64) -> Result<i64, E> {
            // Text instead of a cast: a cast would silently clamp what does not fit.
            format!("{value:.0}")
                .parse()
                .ok()
                .filter(|_| value.fract() == 0.0)
                .ok_or_else(|| E::custom("the number is not whole"))
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<i64, E> {
            value.trim().parse().map_err(|_| E::custom("the text is not a whole number"))
        }
    }
    deserializer.deserialize_any(Visitor)
}

/// A whole number or nothing; `null` and blank text mean nothing.
pub(crate) fn optional_whole_number<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    #[derive(Deserialize)]
    struct Whole(#[serde(deserialize_with = "whole_number")] i64);

    let Some(Whole(number)) = blank_is_none(deserializer)? else {
        return Ok(None);
    };
    T::try_from(number).map(Some).map_err(|_| de::Error::custom("the number is out of range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        #[serde(default, deserialize_with = "optional_text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "optional_whole_number")]
        number: Option<u32>,
    }

    fn read(json: &str) -> Result<Row, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn absent_null_and_blank_mean_nothing() {
        for json in ["{}", r#"{"text":null,"number":null}"#, r#"{"text":" ","number":""}"#] {
            assert_eq!(read(json).unwrap(), Row { text: None, number: None }, "{json}");
        }
    }

    #[test]
    fn numbers_and_texts_stand_in_for_each_other() {
        let row = read(r#"{"text":12345678901,"number":"45"}"#).unwrap();
        assert_eq!(row.text.as_deref(), Some("12345678901"));
        assert_eq!(row.number, Some(45));
        assert_eq!(read(r#"{"number":45.0}"#).unwrap().number, Some(45));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for json in
            [r#"{"number":4.5}"#, r#"{"number":-1}"#, r#"{"number":1e300}"#, r#"{"number":"many"}"#, r#"{"number":[]}"#]
        {
            assert!(read(json).is_err(), "{json}");
        }
    }
}
