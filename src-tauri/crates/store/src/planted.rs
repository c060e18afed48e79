//! Mistakes that are planted to see whether the rigs find them (docs/proving.md). They exist only in a build with
//! `--cfg bugs` (see `build.rs`), where `LIAISON_BUG` names the one that is made; everywhere else this is a constant.

/// Whether this mistake is to be made.
#[cfg(not(bugs))]
pub const fn planted(_bug: u32) -> bool {
    false
}

/// Whether this mistake is to be made.
#[cfg(bugs)]
pub fn planted(bug: u32) -> bool {
    static CHOSEN: std::sync::OnceLock<Option<u32>> = std::sync::OnceLock::new();
    *CHOSEN.get_or_init(|| std::env::var("LIAISON_BUG").ok()?.parse().ok()) == Some(bug)
}
