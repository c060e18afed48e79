//! The crate over real sockets: broken answers, retries, the loopback listener,
//! signing in and refreshing.
//!
//! The attribute on each module lets helper functions unwrap as tests may.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod listener;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod raw;
#[cfg(test)]
mod refresh;
#[cfg(test)]
mod sign_in;
