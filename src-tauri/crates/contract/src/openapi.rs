//! Zoom's OpenAPI documents, and whether an exchange is as they say.

mod document;
mod exchange;
mod parameters;
mod prose;
mod schema;
mod validator;

pub use document::{Documents, Operation};
pub use exchange::Conformance;
