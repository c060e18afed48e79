//! Finds the phrases of a line, from left to right.

use std::ops::Range;

use super::super::cursor::Cursor;
use super::super::token::{Kind, Token};
use super::super::tokens;
use super::moments::{Clock, Found, part, part_of_today};
use super::{DayPart, Meaning, Span, Writer, dates, moments, people, recurrence, zone};

/// A phrase as places of tokens.
struct Phrase {
    core: Range<usize>,
    whole: Range<usize>,
    what: What,
    /// The half of the day that its words say.
    part: Option<DayPart>,
}

enum What {
    Read(Meaning, Option<Meaning>),
    /// Settled when the half of the day is known.
    Clock(Clock),
}

impl What {
    fn is_day(&self) -> bool {
        matches!(self, Self::Read(Meaning::Date(_) | Meaning::Part(_) | Meaning::Recurrence(_), _))
    }

    fn is_time(&self) -> bool {
        matches!(self, Self::Clock(_) | Self::Read(Meaning::Time(_), _))
    }
}

/// The spans, and the half of the day that the line is about.
pub(super) fn spans(text: &str, writer: Writer) -> (Vec<Span>, Option<DayPart>) {
    let tokens = parted(tokens(text), text);
    let mut scan = Scan { text, tokens: &tokens, writer, found: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        let from = scan.found.len();
        scan.step(at);
        at = scan.found[from..].iter().map(|phrase| phrase.whole.end).max().unwrap_or(at + 1).max(at + 1);
    }
    scan.finish()
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    writer: Writer,
    found: Vec<Phrase>,
}

impl Scan<'_> {
    fn cursor(&self, at: usize) -> Cursor<'_> {
        Cursor::from(self.tokens, at)
    }

    /// Looks for a phrase that begins here.
    fn step(&mut self, at: usize) {
        if !self.begins(at) {
            return;
        }
        if let Some(core) = people::address(self.tokens, at) {
            self.person(core.clone(), core);
            return;
        }
        let named = people::after_with(self.tokens, at, |place| self.begins(place) && !self.phrase(place).is_empty());
        if !named.is_empty() {
            for named in named {
                self.person(named.whole, named.core);
            }
            return;
        }
        let found = self.phrase(at);
        self.found.extend(found);
    }

    fn person(&mut self, whole: Range<usize>, core: Range<usize>) {
        let name = self.written(&core).to_owned();
        self.found.push(Phrase { core, whole, what: What::Read(Meaning::Person(name), None), part: None });
    }

    fn written(&self, core: &Range<usize>) -> &str {
        let bytes = self.bytes(core);
        self.text.get(bytes).unwrap_or_default()
    }

    fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let of = |at: usize| self.tokens.get(at).map(|token| token.span.clone());
        match (of(range.start), range.end.checked_sub(1).and_then(of)) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The date, time, length, series, half of the day or zone that begins here; a word may say two of them.
    fn phrase(&self, at: usize) -> Vec<Phrase> {
        let halves = self.half(at);
        if !halves.is_empty() {
            return halves;
        }
        let mut cursor = self.cursor(at);
        if let Some(found) = recurrence::at(&mut cursor).filter(|_| self.ends(cursor.at)) {
            return vec![self.plain(at..cursor.at, Meaning::Recurrence(found), None)];
        }
        let mut cursor = self.cursor(at);
        if let Some((meaning, other)) = dates::at(&mut cursor, self.writer).filter(|_| self.ends(cursor.at)) {
            return vec![self.plain(at..cursor.at, meaning, other)];
        }
        let mut cursor = self.cursor(at);
        if let Some(found) = moments::at(&mut cursor, self.writer, self.follows(at, What::is_day))
            && self.ends(cursor.at)
        {
            return self.moment(at..cursor.at, &found);
        }
        let mut cursor = self.cursor(at);
        zone::at(&mut cursor, self.text, self.writer, self.follows(at, What::is_time))
            .filter(|_| self.ends(cursor.at))
            .map(|(meaning, other)| self.plain(at..cursor.at, meaning, other))
            .into_iter()
            .collect()
    }

    fn moment(&self, range: Range<usize>, found: &Found) -> Vec<Phrase> {
        match *found {
            Found::Clock(clock) => vec![self.with_leads(range, What::Clock(clock))],
            Found::Length(minutes) => vec![self.plain(range, Meaning::Length(minutes), None)],
            Found::Moment(at) => vec![self.plain(range, Meaning::Moment(at), None)],
            Found::Range(clock, minutes, second) => {
                let start = self.with_leads(range.start..second, What::Clock(clock));
                let core = second + 1..range.end;
                let what = What::Read(Meaning::Length(minutes), None);
                let end = Phrase { core, whole: second..range.end, what, part: None };
                vec![start, end]
            }
        }
    }

    /// «tomorrow morning», «vanmiddag», «this evening», «afternoon at 7».
    fn half(&self, at: usize) -> Vec<Phrase> {
        let mut cursor = self.cursor(at);
        let today = self.writer.now.date();
        let of_today = |range, part| vec![Phrase { part: Some(part), ..self.plain(range, Meaning::Date(today), None) }];
        if let Some(part) = cursor.word().and_then(part_of_today) {
            return of_today(at..at + 1, part);
        }
        if cursor.eat(&["this", "deze"])
            && let Some(part) =
                cursor.word().and_then(|word| if word == "morgen" { Some(DayPart::Morning) } else { part(word) })
        {
            return of_today(at..at + 2, part);
        }
        let mut cursor = self.cursor(at);
        let led = cursor.eat_all(&["in", "the"]) || cursor.eat_all(&["in", "de"]) || cursor.eat(&["s"]);
        let after_day = self.follows(at, What::is_day);
        let Some(part) = cursor.word().and_then(|word| match part(word) {
            None if word == "morgen" && after_day => Some(DayPart::Morning),
            None if led => match word {
                "morgens" | "ochtends" => Some(DayPart::Morning),
                "middags" => Some(DayPart::Afternoon),
                "avonds" => Some(DayPart::Evening),
                "nachts" => Some(DayPart::Night),
                _ => None,
            },
            found => found,
        }) else {
            return Vec::new();
        };
        cursor.step();
        let before_time = cursor.word().is_some_and(|word| matches!(word, "at" | "om")) || cursor.figure().is_some();
        if !(led || after_day || before_time || self.follows(at, What::is_time)) || !self.ends(cursor.at) {
            return Vec::new();
        }
        vec![Phrase { part: Some(part), ..self.plain(at..cursor.at, Meaning::Part(part), None) }]
    }

    fn plain(&self, range: Range<usize>, meaning: Meaning, other: Option<Meaning>) -> Phrase {
        self.with_leads(range, What::Read(meaning, other))
    }

    /// The small words before a phrase belong to it, but are not what it is recognised by.
    fn with_leads(&self, range: Range<usize>, what: What) -> Phrase {
        let leads: &[&str] = match &what {
            What::Clock(Clock { length: Some(_), .. }) => &["at", "om", "for", "voor"],
            What::Clock(_) | What::Read(Meaning::Time(_) | Meaning::NoSuchTime, _) => &[
                "at",
                "om",
                "from",
                "van",
                "around",
                "about",
                "rond",
                "tegen",
                "omstreeks",
                "circa",
                "between",
                "tussen",
            ],
            What::Read(Meaning::Date(_) | Meaning::NoSuchDay { .. }, _) => {
                &["on", "op", "for", "voor", "vanaf", "from", "per", "at"]
            }
            What::Read(Meaning::Length(_), _) => &["for", "voor", "gedurende", "van"],
            What::Read(Meaning::Zone { .. }, _) => &["in"],
            What::Read(..) => &[],
        };
        let is_lead = |at: usize| match self.tokens.get(at).map(|token| &token.kind) {
            Some(Kind::Word(word)) => leads.contains(&word.as_str()),
            Some(Kind::Mark(mark)) => *mark == '@' && !leads.is_empty(),
            _ => false,
        };
        let mut core = range.clone();
        while core.start + 1 < core.end && is_lead(core.start) {
            core.start += 1;
        }
        let taken = self.found.last().map_or(0, |phrase| phrase.whole.end);
        let mut whole = range;
        while whole.start > taken && is_lead(whole.start - 1) {
            whole.start -= 1;
        }
        Phrase { core, whole, what, part: None }
    }

    /// The phrase before ends here, or one comma before.
    fn follows(&self, at: usize, kind: impl Fn(&What) -> bool) -> bool {
        self.found.iter().rev().take(2).any(|phrase| {
            let comma = matches!(self.tokens.get(phrase.whole.end).map(|token| &token.kind), Some(Kind::Mark(',')));
            (phrase.whole.end == at || (comma && phrase.whole.end + 1 == at)) && kind(&phrase.what)
        })
    }

    /// A phrase may begin here: not within a word, a number or an amount.
    fn begins(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|before| self.tokens.get(before)) else { return true };
        let glued = self.cursor(at).glued();
        match before.kind {
            Kind::Mark('€' | '$' | '£' | '#' | '~') => false,
            Kind::Mark('(' | '[' | ',' | '@' | ';' | '«' | '"' | '\u{201C}' | '\u{2013}' | '\u{2014}' | '|') => true,
            Kind::Word(_) if glued => self.is_half(at),
            _ => !glued,
        }
    }

    /// And end before this.
    fn ends(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at) else { return true };
        if !self.cursor(at).glued() {
            return !matches!(next.kind, Kind::Mark('%' | '€'));
        }
        match next.kind {
            Kind::Word(_) => self.is_half(at),
            Kind::Number { .. } | Kind::Mark('%' | '€' | '°') => false,
            Kind::Mark('-' | '/' | '.' | ':' | '_' | '&' | '+') => {
                let after = self.cursor(at + 1);
                !after.glued() || after.rest().is_empty()
            }
            Kind::Mark(_) => true,
        }
    }

    /// The second half of «zondagmiddag».
    fn is_half(&self, at: usize) -> bool {
        self.cursor(at).word().is_some_and(|word| word == "morgen" || part(word).is_some())
            && self.cursor(at - 1).word().is_some_and(splits)
    }

    fn finish(self) -> (Vec<Span>, Option<DayPart>) {
        let part = self.found.iter().find_map(|phrase| phrase.part);
        let spans = self.found.iter().map(|phrase| {
            let (meaning, other) = match &phrase.what {
                What::Read(meaning, other) => (meaning.clone(), other.clone()),
                What::Clock(clock) => clock.meaning(part),
            };
            Span { bytes: self.bytes(&phrase.core), utf16: 0..0, meaning, other, whole: self.bytes(&phrase.whole) }
        });
        (spans.collect(), part)
    }
}

/// What stands before the half of a day in one word.
fn splits(word: &str) -> bool {
    matches!(word, "morgen" | "overmorgen") || dates::weekday(word).is_some()
}

/// «zondagmiddag» is two words.
fn parted(tokens: Vec<Token>, text: &str) -> Vec<Token> {
    let mut all = Vec::with_capacity(tokens.len());
    for token in tokens {
        let parts = match &token.kind {
            Kind::Word(word)
                if text
                    .get(token.span.clone())
                    .is_some_and(|written| written.is_ascii() && written.len() == word.len()) =>
            {
                ["ochtend", "morgen", "middag", "avond", "nacht"].iter().find_map(|half| {
                    let day = word.strip_suffix(half).filter(|day| splits(day))?;
                    Some((day.to_owned(), (*half).to_owned()))
                })
            }
            _ => None,
        };
        match parts {
            Some((day, half)) => {
                let middle = token.span.start + day.len();
                all.push(Token { kind: Kind::Word(day), span: token.span.start..middle });
                all.push(Token { kind: Kind::Word(half), span: middle..token.span.end });
            }
            None => all.push(token),
        }
    }
    all
}
