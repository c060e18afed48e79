//! One module a table: its row type and its statements.
//!
//! Functions take a `&Connection` to read and a `&Transaction` to write, and a transaction may be
//! read from as well. Times are handed in; nothing here looks at a clock or decides anything.
//!
//! *Mirror* tables hold what a server said and may be refilled at any time: [`meetings`] (with
//! [`meetings_search`], [`meeting_instances`], [`meeting_sessions`] and [`meeting_recordings`]), [`busy_events`], [`people`] (with
//! [`people_search`], [`people_phones`] (asked by [`holders`]), [`people_listed`], [`people_times`] and [`people_lists`]), [`companies`],
//! [`open_opportunities`], [`calls`] (with [`calls_search`], [`call_legs`] and [`call_days`]), [`voicemails`], [`webinars`] (with
//! [`webinar_registrants`], [`webinar_people`], [`webinar_sessions`] and [`webinar_left`]), [`zoom_user`] and [`cursors`]. *User*
//! tables hold what only this computer knows: [`accounts`], [`tokens`], [`links`], [`outbox`], [`records_pushed`],
//! [`daily_counts`], [`settings`], [`ui_state`], [`call_links`], [`number_choices`], [`dial_intents`], [`call_notes`],
//! [`call_tasks`], [`meeting_guests`], [`meeting_events`], [`meeting_topics`], [`event_differences`], [`pinned_webinar`], [`registration_reasons`],
//! [`webinar_campaigns`] and [`templates`]; [`only_here`] hands what of them goes to another computer.
//! [`mirror::erase`] empties those of the first kind that are of one service, and removes no row of the second.

pub mod accounts;
pub mod busy_events;
pub mod call_days;
pub mod call_legs;
pub mod call_links;
pub mod call_notes;
pub mod call_tasks;
pub mod calls;
pub mod calls_search;
pub mod companies;
pub mod cursors;
pub mod daily_counts;
pub mod dial_intents;
pub mod event_differences;
pub mod holders;
pub mod links;
pub mod meeting_events;
pub mod meeting_guests;
pub mod meeting_instances;
pub mod meeting_recordings;
pub mod meeting_sessions;
pub mod meeting_topics;
pub mod meetings;
pub mod meetings_search;
pub mod mirror;
pub mod number_choices;
pub mod only_here;
pub mod open_opportunities;
pub mod outbox;
pub mod people;
pub mod people_listed;
pub mod people_lists;
pub mod people_phones;
pub mod people_search;
pub mod people_times;
pub mod pinned_webinar;
pub mod records_pushed;
pub mod registration_reasons;
pub mod retention;
mod search_index;
pub mod settings;
pub mod templates;
pub mod tokens;
pub mod ui_state;
pub mod voicemails;
pub mod webinar_campaigns;
pub mod webinar_left;
pub mod webinar_people;
pub mod webinar_registrants;
pub mod webinar_sessions;
pub mod webinars;
pub mod zoom_user;

mod columns;
mod folding;
mod key_value;
mod people_words;
mod text_column;
mod words;

pub use folding::fold as folded;
