//! The room People: who is in the local copy, listed, found, and shown one by one with everything of ours with them; and
//! how they come there.
//!
//! It stands above the rooms whose work with a person it shows. What those need of people themselves is in
//! [`crate::people`].

mod find;
pub(crate) mod list;
mod lists;
pub(crate) mod pull;

pub(crate) use pull::limit::SETTING as PEOPLE_LIMIT;
