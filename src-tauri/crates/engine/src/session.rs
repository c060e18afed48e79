//! The session: who is signed in, what the user chose, how the services are doing.

pub(crate) mod accounts;
mod administrators;
pub mod appearance;
mod granted;
pub(crate) mod profiles;
pub(crate) mod rights;
pub(crate) mod settings;
mod simulation;
pub(crate) mod status;
pub(crate) mod stored;
pub(crate) mod usage;
pub(crate) mod view;

pub use administrators::ZOOM_SCOPES;
