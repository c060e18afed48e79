//! The commands as the window calls them, through Tauri's mock runtime.
