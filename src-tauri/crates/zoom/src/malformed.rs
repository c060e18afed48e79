//! Every answer, cut, flipped and twisted: no panic, and an error that names the field.
//!
//! The samples of this module are complete, which the first test proves: no field of any type stays empty. Those of
//! [`recorded`] are what the sandbox answers, one for each operation. `LIAISON_MUTATIONS` sets how many twisted
//! answers are read for each sample.

mod mutation;
mod people;
mod phone;
mod plans;
mod recorded;
mod webinars;

use bytes::Bytes;
use liaison_transport::{ApiResponse, TransportError};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde_json::Value;

use mutation::{Mutation, generator};

/// How many twisted answers are read for each type unless the environment says otherwise.
const MUTATIONS: usize = 250;

/// Answers up to this size are flipped bit by bit.
const SMALL_BYTES: usize = 900;

/// One type of answer.
pub(crate) struct Sample {
    pub name: &'static str,
    pub answer: Value,
    /// Reads an answer; for lists, the fields of the rows that could not be read.
    pub read: fn(&ApiResponse) -> Result<Vec<String>, TransportError>,
    /// What was read, as `Debug` shows it.
    pub shown: fn(&ApiResponse) -> String,
}

/// A sample of a type that is one object.
macro_rules! object {
    ($type:ty, $answer:expr) => {
        $crate::malformed::Sample {
            name: stringify!($type),
            answer: $answer,
            read: |response| $crate::client::read::<$type>(response).map(|_| Vec::new()),
            shown: |response| format!("{:?}", $crate::client::read::<$type>(response).unwrap()),
        }
    };
}

/// A sample of a list in pages, by its answer and the type of its rows.
macro_rules! list {
    ($answer_type:ty, $row:ty, $answer:expr) => {
        $crate::malformed::Sample {
            name: concat!("list of ", stringify!($row)),
            answer: $answer,
            read: |response| {
                let page: $crate::Page<$row> = $crate::client::read::<$answer_type>(response)?.page();
                Ok(page.skipped.into_iter().map(|row| row.field).collect())
            },
            shown: |response| {
                let page: $crate::Page<$row> = $crate::client::read::<$answer_type>(response).unwrap().page();
                format!("{page:?}")
            },
        }
    };
}

pub(crate) use {list, object};

fn samples() -> Vec<Sample> {
    [plans::samples(), people::samples(), webinars::samples(), phone::samples()].into_iter().flatten().collect()
}

fn response(body: &[u8]) -> ApiResponse {
    let (status, headers) = (StatusCode::OK, HeaderMap::new());
    ApiResponse { status, headers, body: Bytes::copy_from_slice(body), operation: "GET /test" }
}

/// `a.b[1].c` as `a`, `b`, `1`, `c`; `.` as nothing.
fn segments(path: &str) -> Vec<&str> {
    path.split(['.', '[', ']']).filter(|segment| !segment.is_empty()).collect()
}

/// Whether one path leads to the other or into it.
fn related(one: &[&str], other: &[&str]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other)
}

#[test]
fn every_sample_is_complete_and_read() {
    for sample in samples() {
        let response = response(sample.answer.to_string().as_bytes());
        assert_eq!((sample.read)(&response).unwrap(), Vec::<String>::new(), "{}", sample.name);
        let shown = (sample.shown)(&response);
        assert!(!shown.contains(": None"), "{}: {shown}", sample.name);
        assert!(!shown.contains("c4n4ry"), "{}: {shown}", sample.name);
    }
}

#[test]
fn every_cut_is_an_error() {
    samples().iter().for_each(cut);
}

#[test]
fn every_flipped_bit_is_read_or_refused() {
    samples().iter().for_each(flip);
}

#[test]
fn every_twisted_answer_is_read_or_its_field_is_named() {
    samples().iter().for_each(twist);
}

fn cut(sample: &Sample) {
    let whole = sample.answer.to_string().into_bytes();
    for length in 0..whole.len() {
        assert!((sample.read)(&response(&whole[..length])).is_err(), "{} at {length}", sample.name);
    }
}

fn flip(sample: &Sample) {
    let mut bytes = sample.answer.to_string().into_bytes();
    if bytes.len() > SMALL_BYTES {
        return;
    }
    for index in 0..bytes.len() {
        for bit in 0..8 {
            bytes[index] ^= 1 << bit;
            let _ = (sample.read)(&response(&bytes));
            bytes[index] ^= 1 << bit;
        }
    }
}

fn twist(sample: &Sample) {
    let count = std::env::var("LIAISON_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(MUTATIONS);
    let mut random = generator(sample.name);
    for _ in 0..count {
        let mut answer = sample.answer.clone();
        let mutation = Mutation::of(&mut answer, &mut random);
        let text = answer.to_string();
        check(sample, &mutation, (sample.read)(&response(text.as_bytes())), &text);
    }
}

fn check(sample: &Sample, mutation: &Mutation, outcome: Result<Vec<String>, TransportError>, text: &str) {
    let place: Vec<&str> = mutation.path.iter().map(String::as_str).collect();
    match outcome {
        Ok(skipped) => {
            for field in skipped {
                // A row is told by its place in the page; the field counts from the row.
                let inside = place.get(2..).unwrap_or_default();
                let named = field == "." || related(&segments(&field), inside);
                assert!(named && !place.is_empty(), "{} {mutation:?}: {field} in {text}", sample.name);
            }
        }
        Err(TransportError::Decode { field, .. }) => {
            // What is missing is told by where it is missing from.
            let named = related(&segments(&field), &place);
            assert!(named, "{} {mutation:?}: {field} in {text}", sample.name);
        }
        Err(error) => panic!("{} {mutation:?}: {error} in {text}", sample.name),
    }
}
