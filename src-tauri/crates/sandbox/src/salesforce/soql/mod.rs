//! SOQL: text to tokens, tokens to a tree, the tree bound to the schema, rows out
//! (public "SOQL and SOSL Reference"). Search (SOSL) is another language and not in here.

mod aggregate;
mod binding;
mod filter;
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

pub use paging::Cursors;
