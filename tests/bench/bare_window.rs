//! A window of the same Tauri that shows one static page, to measure the app's start against.
//!
//! It does what the app does at its start and nothing else: the window is made hidden, is shown when its page is
//! there, and then the file that `LIAISON_PAINTED_FILE` names is written. With an address in `LIAISON_BENCH_PAGE` it
//! shows that page instead: a benchmark of the web view itself.

use std::{env, fs};

use tauri::webview::PageLoadEvent;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(|app| {
            let page = env::var("LIAISON_BENCH_PAGE").ok().map(|address| address.parse()).transpose()?;
            WebviewWindowBuilder::new(app, "main", page.map_or_else(WebviewUrl::default, WebviewUrl::External))
                .title("Bare window")
                .inner_size(1180.0, 760.0)
                .visible(false)
                .on_page_load(|window, load| {
                    if load.event() == PageLoadEvent::Finished {
                        let shown = window.show();
                        if let (Ok(()), Some(file)) = (shown, env::var_os("LIAISON_PAINTED_FILE")) {
                            // A file that cannot be written is noticed by the one who waits for it.
                            let _ = fs::write(file, "painted\n");
                        }
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!("tests/bench/tauri.conf.json"))
}
