//! Walks through tokens. A copy of it is the way back.

use super::token::{Kind, Token};

#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    tokens: &'a [Token],
    pub at: usize,
}

/// A number as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub value: u32,
    pub digits: usize,
    pub padded: bool,
}

impl<'a> Cursor<'a> {
    pub fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    /// From this token on, with those before it behind.
    pub fn from(tokens: &'a [Token], at: usize) -> Self {
        Self { tokens, at }
    }

    pub fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub fn word(&self) -> Option<&'a str> {
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub fn figure(&self) -> Option<Figure> {
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(&Kind::Number { value, digits, padded }) => Some(Figure { value, digits, padded }),
            _ => None,
        }
    }

    pub fn mark(&self) -> Option<char> {
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(&Kind::Mark(mark)) => Some(mark),
            _ => None,
        }
    }

    /// The next token stands directly behind the one before.
    pub fn glued(&self) -> bool {
        match (self.at.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(self.at)) {
            (Some(before), Some(next)) => before.span.end == next.span.start,
            _ => false,
        }
    }

    pub fn step(&mut self) {
        self.at += 1;
    }

    /// Takes one of these words.
    pub fn eat(&mut self, words: &[&str]) -> bool {
        let found = self.word().is_some_and(|word| words.contains(&word));
        self.at += usize::from(found);
        found
    }

    /// Takes these words, all of them in this order, or nothing.
    pub fn eat_all(&mut self, phrase: &[&str]) -> bool {
        let mut ahead = *self;
        let found = phrase.iter().all(|word| ahead.eat(&[word]));
        if found {
            *self = ahead;
        }
        found
    }

    /// Takes one of these marks.
    pub fn eat_mark(&mut self, marks: &[char]) -> bool {
        let found = self.mark().is_some_and(|mark| marks.contains(&mark));
        self.at += usize::from(found);
        found
    }

    /// Takes a figure of this many digits.
    pub fn eat_figure(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<Figure> {
        let figure = self.figure().filter(|figure| digits.contains(&figure.digits))?;
        self.step();
        Some(figure)
    }

    /// Takes what the table makes of the next word.
    pub fn eat_known<T>(&mut self, table: impl Fn(&str) -> Option<T>) -> Option<T> {
        let known = table(self.word()?)?;
        self.step();
        Some(known)
    }

    pub fn all(&self) -> &'a [Token] {
        self.tokens
    }

    /// What is still to come.
    pub fn rest(&self) -> &'a [Token] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// The token before this place.
    pub fn before(&self) -> Option<&'a Kind> {
        self.tokens.get(self.at.checked_sub(1)?).map(|token| &token.kind)
    }

    /// The words from here to there.
    pub fn words_until(self, end: usize) -> impl Iterator<Item = &'a str> {
        self.tokens.get(self.at..end).unwrap_or_default().iter().filter_map(|token| match &token.kind {
            Kind::Word(word) => Some(word.as_str()),
            _ => None,
        })
    }

    /// The token there stands directly behind the one before it.
    pub fn glued_at(&self, at: usize) -> bool {
        Self { at, ..*self }.glued()
    }
}
