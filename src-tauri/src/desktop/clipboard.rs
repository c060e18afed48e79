//! Text and HTML on the clipboard at once, kept out of clipboard histories where that is wanted. The plugin has a way for
//! each of the two, and none for both.

use arboard::{Clipboard, Error, Set};

/// # Errors
/// There is no clipboard, or it refuses.
pub fn write_both(text: &str, html: &str, secret: bool) -> Result<(), Error> {
    // On X11 what is copied stays as long as some handle of this program does; the plugin keeps one.
    let mut clipboard = Clipboard::new()?;
    let set = clipboard.set();
    let set = if secret { out_of_histories(set) } else { set };
    set.html(html, Some(text))
}

#[cfg(windows)]
fn out_of_histories(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_monitoring()
}

#[cfg(target_os = "macos")]
fn out_of_histories(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtApple;
    set.exclude_from_history()
}

#[cfg(not(any(windows, target_os = "macos")))]
fn out_of_histories(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtLinux;
    set.exclude_from_history()
}
