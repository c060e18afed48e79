//! The TypeScript that the window uses is generated from Rust, committed, and compared here.

use std::path::Path;

use specta_typescript::Typescript;

const HEADER: &str = "// Generated from Rust (src-tauri/src/commands) by `cargo xtask bindings`. Do not edit.\n";

#[test]
fn committed_bindings_are_current() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings/index.ts");
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("index.ts");
    let language = Typescript::default().header(HEADER);
    liaison::commands::specta_builder::<tauri::Wry>().export(language, &fresh).unwrap();
    let fresh = std::fs::read_to_string(fresh).unwrap();
    if std::env::var_os("LIAISON_WRITE_BINDINGS").is_some() {
        std::fs::write(&committed, &fresh).unwrap();
    }
    let committed = std::fs::read_to_string(&committed).unwrap_or_default();
    assert!(committed == fresh, "out of date: run `cargo xtask bindings` and commit the result");
}
