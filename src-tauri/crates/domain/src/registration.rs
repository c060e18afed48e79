//! Registering people for a webinar: who may be, and why the others may not.
//!
//! Pure: what is known of the webinar and of the people is handed in. What is not known forbids nothing; Zoom has the
//! last word.

pub mod check;

pub use check::{Candidate, Form, Known, Question, QuestionKind, Sort, Sorted, sort_all};
