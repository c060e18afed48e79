//! An invitation for other programs: as a file for calendars, and as text with its links to follow. Not where its words
//! come from, which is Zoom and the layers above.

mod calendar;
mod html;
mod lines;
mod repeated;
mod zone_block;

pub use calendar::{Calendar, Dates};
pub use html::html;
pub use repeated::Occurrence;
