//! WHERE and HAVING: one kind of connective in a row, everything else in parentheses.

use super::super::super::refusal::Refusal;
use super::super::lexer::TokenKind;
use super::super::syntax::{Condition, Literal, Operator};
use super::Parser;

/// Parentheses and NOTs inside each other.
const DEEPEST: usize = 100;

impl Parser<'_> {
    pub(super) fn condition(&mut self) -> Result<Condition, Refusal> {
        self.condition_at(0)
    }

    fn condition_at(&mut self, depth: usize) -> Result<Condition, Refusal> {
        if depth > DEEPEST {
            return Err(self.unexpected());
        }
        let first = self.negatable(depth)?;
        let connective = if self.is_word("AND") {
            "AND"
        } else if self.is_word("OR") {
            "OR"
        } else {
            return Ok(first);
        };
        let mut parts = vec![first];
        while self.take_word(connective) {
            parts.push(self.simple(depth)?);
        }
        if self.is_word("AND") || self.is_word("OR") {
            return Err(self.unexpected());
        }
        Ok(if connective == "AND" { Condition::All(parts) } else { Condition::Any(parts) })
    }

    fn negatable(&mut self, depth: usize) -> Result<Condition, Refusal> {
        if self.take_word("NOT") {
            return Ok(Condition::Not(Box::new(self.simple(depth)?)));
        }
        self.simple(depth)
    }

    fn simple(&mut self, depth: usize) -> Result<Condition, Refusal> {
        if self.take_symbol("(") {
            let inner = self.condition_at(depth + 1)?;
            self.expect_symbol(")")?;
            return Ok(inner);
        }
        let subject = self.subject()?;
        if self.take_word("NOT") {
            self.expect_word("IN")?;
            return self.members(subject, true);
        }
        if self.take_word("IN") {
            return self.members(subject, false);
        }
        for (word, negated) in [("INCLUDES", false), ("EXCLUDES", true)] {
            if self.take_word(word) {
                self.expect_symbol("(")?;
                let values = self.values()?;
                return Ok(Condition::Includes { subject, negated, values });
            }
        }
        let operator = self.operator()?;
        let value = self.literal()?;
        Ok(Condition::Compare { subject, operator, value })
    }

    fn members(&mut self, subject: super::super::syntax::Subject, negated: bool) -> Result<Condition, Refusal> {
        self.expect_symbol("(")?;
        if self.is_word("SELECT") {
            let query = Box::new(self.query(false)?);
            self.expect_symbol(")")?;
            return Ok(Condition::Join { subject, negated, query });
        }
        let values = self.values()?;
        Ok(Condition::In { subject, negated, values })
    }

    /// Literals up to the closing parenthesis.
    fn values(&mut self) -> Result<Vec<Literal>, Refusal> {
        let mut values = vec![self.literal()?];
        while self.take_symbol(",") {
            values.push(self.literal()?);
        }
        self.expect_symbol(")")?;
        Ok(values)
    }

    fn operator(&mut self) -> Result<Operator, Refusal> {
        let operator = match self.peek() {
            TokenKind::Symbol("=") => Operator::Equal,
            TokenKind::Symbol("!=" | "<>") => Operator::NotEqual,
            TokenKind::Symbol("<") => Operator::Less,
            TokenKind::Symbol("<=") => Operator::LessOrEqual,
            TokenKind::Symbol(">") => Operator::Greater,
            TokenKind::Symbol(">=") => Operator::GreaterOrEqual,
            _ if self.is_word("LIKE") => Operator::Like,
            _ => return Err(self.unexpected()),
        };
        self.advance();
        Ok(operator)
    }

    fn literal(&mut self) -> Result<Literal, Refusal> {
        let literal = match self.peek().clone() {
            TokenKind::Text(text) => Literal::Text(text),
            TokenKind::Number(number) => Literal::Number(number),
            TokenKind::Day(day) => Literal::Day(day),
            TokenKind::Moment(moment) => Literal::Moment(moment),
            TokenKind::Word(word) => return self.literal_word(&word),
            _ => return Err(self.unexpected()),
        };
        self.advance();
        Ok(literal)
    }

    fn literal_word(&mut self, word: &str) -> Result<Literal, Refusal> {
        let upper = word.to_ascii_uppercase();
        match upper.as_str() {
            "NULL" => {
                self.advance();
                return Ok(Literal::Null);
            }
            "TRUE" | "FALSE" => {
                self.advance();
                return Ok(Literal::Flag(upper == "TRUE"));
            }
            _ => {}
        }
        let takes_count = super::super::literals::takes_count(&upper).ok_or_else(|| self.unexpected())?;
        self.advance();
        if !takes_count {
            return Ok(Literal::Span { name: upper, count: None });
        }
        self.expect_symbol(":")?;
        let TokenKind::Number(number) = *self.peek() else { return Err(self.unexpected()) };
        if number.fract() != 0.0 || !(0.0..=100_000.0).contains(&number) {
            return Err(self.unexpected());
        }
        self.advance();
        #[expect(clippy::cast_possible_truncation, reason = "checked to be a small whole number")]
        let count = number as i64;
        Ok(Literal::Span { name: upper, count: Some(count) })
    }
}
