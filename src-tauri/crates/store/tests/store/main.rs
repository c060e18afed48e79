//! The store from outside: what its closures promise, what its tables do, and what is on the disk.

#![expect(clippy::unwrap_used, reason = "a test ends where something fails")]

mod call_days;
mod calls;
mod calls_behind;
mod durability;
mod erase;
mod fixture;
mod meetings;
mod meetings_search;
mod mirror;
mod open_opportunities;
mod outbox;
mod outbox_groups;
mod outbox_jobs;
mod outbox_model;
mod outbox_plans;
mod paths;
mod people;
mod people_list;
mod people_times;
mod search;
mod secrecy;
mod user_tables;
mod voicemails;
mod webinars;
mod zoom_user;
