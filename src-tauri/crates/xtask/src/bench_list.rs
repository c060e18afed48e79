//! `cargo xtask bench list`: the virtual list over very many rows in a real window of the same Tauri.
//!
//! The page is in the bench build of the UI alone and does the work itself, frame by frame; this serves it on loopback,
//! opens the window at it, and takes what it counted. It asserts nothing: on a busy machine, or one without graphics,
//! frames are late whatever the list does.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::command_line::Listed;
use crate::demo::WINDOW;
use crate::desktop::Desktop;
use crate::failure::{Failure, Outcome, Tried};
use crate::packages::Need;
use crate::process::{Process, tethered};
use crate::report::{Steps, say};
use crate::{build, places, setup};

/// The work takes half a minute; a machine that is busy with others gets longer.
const PATIENCE: Duration = Duration::from_mins(5);
/// What the page tells is a few lines.
const LONGEST: usize = 64 * 1024;

pub fn perform(rows: u32, of: Listed) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new("the list is measured on Linux only"));
    }
    let mut steps = Steps::default();
    steps.step("setup", "what building and a virtual display need", || {
        setup::for_needs(&[Need::Build, Need::Headless])
    })?;
    steps.step("web view", "the UI, and the page that does the work", || {
        build::ui()?;
        build::bench_page()
    })?;
    steps.step("build", "a bare window of the same Tauri", build::bare_window)?;
    let desktop = steps.step("desktop", "a display, bus and keychain of this run's own", || Desktop::start(WINDOW))?;
    let told = steps.step("list", "mount, scroll, jump, select all", || measure(&desktop, rows, of))?;
    let (table, json) = told.split_once("\n\n").unwrap_or((&told, ""));
    let file = places::artifacts().join(format!("bench-list-{}.json", of.word()));
    fs::create_dir_all(places::artifacts())
        .and_then(|()| fs::write(&file, json))
        .tried(|| format!("could not write {}", file.display()))?;
    steps.summary();
    say(format_args!("\n{table}\n\n{}\nMeasured on a virtual display; kept in {}", json.trim(), file.display()));
    Ok(())
}

fn measure(desktop: &Desktop, rows: u32, of: Listed) -> Outcome<String> {
    let (port, results) = serve(places::ui().join("dist-bench"))?;
    let mut window = tethered(places::built("debug/examples", "bare_window")?);
    window.envs(desktop.environment());
    window.env("LIAISON_BENCH_PAGE", format!("http://127.0.0.1:{port}/bench.html?rows={rows}&of={}", of.word()));
    window.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut window = Process::start("the window", &mut window)?;
    let begun = Instant::now();
    loop {
        if let Ok(told) = results.recv_timeout(Duration::from_millis(200)) {
            return Ok(told);
        }
        window.still_running()?;
        if begun.elapsed() > PATIENCE {
            return Err(Failure::new(format!("the page told nothing within {PATIENCE:?}")));
        }
    }
}

/// Serves a folder on loopback until the program ends; what is posted comes through the channel.
fn serve(folder: PathBuf) -> Outcome<(u16, Receiver<String>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).tried(|| "no free port on loopback".to_owned())?;
    let port = listener.local_addr().tried(|| "no port".to_owned())?.port();
    let (sender, results) = channel();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let (folder, sender) = (folder.clone(), sender.clone());
            // A browser opens connections that it never uses; none may hold up the others.
            thread::spawn(move || answer(connection, &folder, &sender));
        }
    });
    Ok((port, results))
}

fn answer(mut connection: TcpStream, folder: &Path, results: &Sender<String>) -> Option<()> {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    let (head, mut body) = loop {
        let read = connection.read(&mut part).ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&part[..read]);
        if let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") {
            let body = request.split_off(end + 4);
            break (String::from_utf8(request).ok()?, body);
        }
        if request.len() > LONGEST {
            return None;
        }
    };
    let mut words = head.split_whitespace();
    let (method, target) = (words.next()?, words.next()?);
    if method == "POST" {
        let length = content_length(&head).filter(|length| *length <= LONGEST)?;
        while body.len() < length {
            let read = connection.read(&mut part).ok().filter(|read| *read > 0)?;
            body.extend_from_slice(&part[..read]);
        }
        respond(&mut connection, "204 No Content", "text/plain", &[])?;
        return results.send(String::from_utf8(body).ok()?).ok();
    }
    let path = target.split(['?', '#']).next()?.trim_start_matches('/');
    let inside = Path::new(path).components().all(|component| matches!(component, Component::Normal(_)));
    match fs::read(folder.join(path)) {
        Ok(file) if inside => respond(&mut connection, "200 OK", kind_of(path), &file),
        _ => respond(&mut connection, "404 Not Found", "text/plain", &[]),
    }
}

fn respond(connection: &mut TcpStream, status: &str, kind: &str, body: &[u8]) -> Option<()> {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    connection.write_all(head.as_bytes()).and_then(|()| connection.write_all(body)).ok()
}

fn content_length(head: &str) -> Option<usize> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
}

fn kind_of(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::Folder;

    fn ask(port: u16, request: &str) -> String {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("it listens");
        connection.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).expect("it answers in text");
        answer
    }

    #[test]
    fn the_page_is_served_and_nothing_beside_it() {
        let folder = Folder::create("serve").expect("a folder");
        let page = folder.path().join("page");
        fs::create_dir(&page).expect("a folder");
        fs::write(page.join("bench.html"), "<p>here</p>").expect("a file");
        fs::write(folder.path().join("secret.html"), "no").expect("a file");
        let (port, results) = serve(page).expect("a server");
        assert!(ask(port, "GET /bench.html?rows=5 HTTP/1.1\r\n\r\n").ends_with("<p>here</p>"));
        assert!(ask(port, "GET /../secret.html HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(ask(port, "POST /result HTTP/1.1\r\ncontent-length: 6\r\n\r\ncounts").starts_with("HTTP/1.1 204"));
        assert_eq!(results.recv(), Ok("counts".to_owned()));
    }
}
