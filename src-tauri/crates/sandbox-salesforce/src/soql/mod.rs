//! SOQL: text to tokens, tokens to a tree, the tree bound to the schema, rows out
//! (public "SOQL and SOSL Reference"). Search (SOSL) is another language, in [`super::search`].

mod aggregate;
mod binding;
mod columns;
mod explain;
mod export;
mod filter;
mod functions;
mod lexer;
mod literals;
mod paging;
mod parser;
mod path;
mod plan;
mod project;
pub mod rest;
mod run;
mod syntax;

pub use binding::{Setting, bind, condition};
pub use export::{Export, check_export, export};
pub use paging::Cursors;
pub use parser::parse;
pub use plan::Output;
pub use project::{Frame, records};
pub use run::{cut, matching, sorted};
