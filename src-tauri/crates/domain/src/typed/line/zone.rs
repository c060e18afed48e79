//! On whose clocks: «15:00 Amsterdam time», «3pm EST», «15:00 Europe/Amsterdam», «Londense tijd».

use super::super::cursor::Cursor;
use super::super::token::{Kind, Token};
use super::dates::Read;
use super::{Meaning, Writer};
use crate::zones::{self, Zone};

/// Abbreviations with the zone whose clocks they are of, in summer and in winter, and another one where they are used
/// for two.
const SHORT: [(&str, &str, Option<&str>); 34] = [
    ("utc", "UTC", None),
    ("gmt", "UTC", Some("Europe/London")),
    ("bst", "Europe/London", None),
    ("wet", "Europe/Lisbon", None),
    ("west", "Europe/Lisbon", None),
    ("cet", "Europe/Brussels", None),
    ("cest", "Europe/Brussels", None),
    ("met", "Europe/Brussels", None),
    ("eet", "Europe/Helsinki", None),
    ("eest", "Europe/Helsinki", None),
    ("msk", "Europe/Moscow", None),
    ("est", "America/New_York", None),
    ("edt", "America/New_York", None),
    ("et", "America/New_York", None),
    ("cst", "America/Chicago", Some("Asia/Shanghai")),
    ("cdt", "America/Chicago", None),
    ("ct", "America/Chicago", None),
    ("mst", "America/Denver", None),
    ("mdt", "America/Denver", None),
    ("mt", "America/Denver", None),
    ("pst", "America/Los_Angeles", None),
    ("pdt", "America/Los_Angeles", None),
    ("pt", "America/Los_Angeles", None),
    ("akst", "America/Anchorage", None),
    ("hst", "Pacific/Honolulu", None),
    ("brt", "America/Sao_Paulo", None),
    ("ist", "Asia/Kolkata", Some("Asia/Jerusalem")),
    ("gst", "Asia/Dubai", None),
    ("sgt", "Asia/Singapore", None),
    ("hkt", "Asia/Hong_Kong", None),
    ("jst", "Asia/Tokyo", None),
    ("kst", "Asia/Seoul", None),
    ("aest", "Australia/Sydney", None),
    ("nzst", "Pacific/Auckland", None),
];
const MOST_WORDS: usize = 3;

/// The zone that the cursor stands at. `after_time`: directly behind a time.
pub(super) fn at(cursor: &mut Cursor<'_>, text: &str, writer: Writer, after_time: bool) -> Option<Read> {
    let mut ahead = *cursor;
    let found = id(&mut ahead, text)
        .or_else(|| abbreviation(&mut ahead, text, writer, after_time))
        .or_else(|| spoken(&mut ahead, text, writer, after_time))?;
    *cursor = ahead;
    Some(found)
}

fn meaning(zone: Zone, place: &str) -> Meaning {
    Meaning::Zone { zone, place: place.to_owned() }
}

/// `Europe/Amsterdam`.
fn id(cursor: &mut Cursor<'_>, text: &str) -> Option<Read> {
    let tokens = cursor.all();
    let begin = tokens.get(cursor.at)?;
    matches!(begin.kind, Kind::Word(_)).then_some(())?;
    let mut end = cursor.at + 1;
    while tokens.get(end).is_some_and(|token| token.span.start == tokens[end - 1].span.end) {
        end += 1;
    }
    let written = text.get(begin.span.start..tokens[end - 1].span.end)?.trim_end_matches([',', '.', ';']);
    written.contains('/').then_some(())?;
    let zone = zones::parse(written)?;
    cursor.at = end;
    Some((meaning(zone, zone.name()), None))
}

fn abbreviation(cursor: &mut Cursor<'_>, text: &str, writer: Writer, after_time: bool) -> Option<Read> {
    let word = cursor.word()?;
    let &(short, id, other) = SHORT.iter().find(|(short, ..)| *short == word)?;
    let written = text.get(cursor.all().get(cursor.at)?.span.clone())?;
    let in_capitals = written.chars().all(char::is_uppercase);
    // «15:00 met anna» is with her; «10:00 west» is a direction.
    let stands =
        if matches!(short, "met" | "west" | "wet") { false } else { after_time || (in_capitals && short.len() > 2) };
    stands.then_some(())?;
    cursor.step();
    cursor.eat(&["time", "tijd"]);
    // The name of where the writer's own clocks show the same.
    let own = writer.zone;
    let zone = zones::parse(id)?;
    let zone = if same_clocks(own, zone, writer) { own } else { zone };
    let label = written.to_uppercase();
    let other = other.and_then(zones::parse).filter(|_| zone != own).map(|zone| meaning(zone, zone.name()));
    Some((meaning(zone, &label), other))
}

/// The clocks of both show the same at each hour of the year to come.
fn same_clocks(own: Zone, other: Zone, writer: Writer) -> bool {
    use chrono::TimeDelta;
    let from = writer.now.and_utc();
    let shifts = |zone: Zone| zone.shifts(from, from + TimeDelta::days(366));
    own == other || shifts(own) == shifts(other)
}

/// «Amsterdam time», «tijd in New York», «Amsterdamse tijd», and right behind a time also «in New York» and «London».
fn spoken(cursor: &mut Cursor<'_>, text: &str, writer: Writer, after_time: bool) -> Option<Read> {
    let mut ahead = *cursor;
    let led = ahead.eat(&["time", "tijd"]) && after_time;
    let inside = ahead.eat(&["in"]) && (led || after_time);
    let begin = if led || inside { ahead } else { *cursor };
    if !after_time && !is_capital(begin, text) {
        return None;
    }
    (1..=MOST_WORDS).rev().find_map(|words| {
        let end = begin.at + words;
        let name = words_between(begin, end, text)?;
        let mut after = Cursor::from(begin.all(), end);
        let named = after.eat(&["time", "tijd"]);
        let place = if named { place(&name).or_else(|| place_of_adjective(&name)) } else { place(&name) }?;
        let (zone, label) = place;
        if named || led || inside {
            *cursor = after;
            return Some((meaning(zone, label), None));
        }
        // «15:00 London»: the clocks there, or the town they meet in.
        after_time.then_some(())?;
        *cursor = after;
        Some((meaning(zone, label), (zone != writer.zone).then(|| meaning(writer.zone, writer.zone.name()))))
    })
}

fn place(name: &str) -> Option<(Zone, &'static str)> {
    zones::named(name).map(|hit| (hit.zone, hit.place))
}

/// «Amsterdamse», «New Yorkse», «Parijse».
fn place_of_adjective(name: &str) -> Option<(Zone, &'static str)> {
    ["se", "e", "s"].iter().find_map(|ending| place(name.strip_suffix(ending)?))
}

fn words_between(begin: Cursor<'_>, end: usize, text: &str) -> Option<String> {
    let tokens: &[Token] = begin.all().get(begin.at..end)?;
    tokens.iter().all(|token| matches!(token.kind, Kind::Word(_) | Kind::Mark('-' | '.'))).then_some(())?;
    Some(text.get(tokens.first()?.span.start..tokens.last()?.span.end)?.to_lowercase())
}

fn is_capital(cursor: Cursor<'_>, text: &str) -> bool {
    cursor
        .all()
        .get(cursor.at)
        .and_then(|token| text.get(token.span.clone()))
        .and_then(|word| word.chars().next())
        .is_some_and(char::is_uppercase)
}
