//! The system ends the program by a signal: at a sign-out, at a shutdown, or from a terminal.

use tauri::{AppHandle, Wry};
use tokio::signal::unix::{SignalKind, signal};

/// Ends in order, as after Quit. Nobody is asked: who leaves the computer reads no question, and what is in the outbox
/// goes at the next start.
pub fn listen(app: AppHandle<Wry>) {
    tauri::async_runtime::spawn(async move {
        let (Ok(mut terminate), Ok(mut hang_up), Ok(mut interrupt)) =
            (signal(SignalKind::terminate()), signal(SignalKind::hangup()), signal(SignalKind::interrupt()))
        else {
            tracing::warn!("signals can't be waited for: they end the program at once");
            return;
        };
        let first = tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = hang_up.recv() => "SIGHUP",
            _ = interrupt.recv() => "SIGINT",
        };
        tracing::info!(signal = first, "the system ends the program");
        app.exit(0);
        // systemd sends SIGHUP right behind SIGTERM: only who presses Ctrl+C again has no patience.
        interrupt.recv().await;
        std::process::exit(1);
    });
}
