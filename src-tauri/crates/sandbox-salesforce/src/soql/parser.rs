//! Tokens to a tree, refusing what Salesforce's grammar refuses: AND and OR in one row without
//! parentheses, NOT after AND, an alias for a plain field, clauses out of order.

mod clauses;
mod conditions;
#[cfg(test)]
mod corpus;

use super::super::refusal::Refusal;
use super::functions::FieldFunction;
use super::lexer::{Token, TokenKind, malformed, tokens};
use super::syntax::{AggregateCall, FieldSet, Function, Item, Name, Query};

/// Words that end a name and can be no alias.
const RESERVED: [&str; 24] = [
    "SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "ASC",
    "DESC", "NULLS", "WITH", "USING", "FOR", "NULL", "TRUE", "FALSE", "UPDATE", "ALL",
];

/// Reads a whole statement.
pub fn parse(source: &str) -> Result<Query, Refusal> {
    let mut parser = Parser { source, tokens: tokens(source)?, place: 0 };
    let query = parser.query(true)?;
    match parser.peek() {
        TokenKind::End => Ok(query),
        _ => Err(parser.unexpected()),
    }
}

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    place: usize,
}

impl Parser<'_> {
    fn token(&self) -> &Token {
        &self.tokens[self.place.min(self.tokens.len() - 1)]
    }

    fn peek(&self) -> &TokenKind {
        &self.token().kind
    }

    fn at(&self) -> usize {
        self.token().at
    }

    fn advance(&mut self) {
        self.place += 1;
    }

    fn unexpected(&self) -> Refusal {
        let token = self.token();
        let shown = if token.kind == TokenKind::End { "<EOF>" } else { &self.source[token.at..token.end] };
        malformed(self.source, token.at, &format!("unexpected token: '{shown}'"))
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), TokenKind::Word(own) if own.eq_ignore_ascii_case(word))
    }

    fn follows(&self, ahead: usize, kind: &TokenKind) -> bool {
        self.tokens.get(self.place + ahead).is_some_and(|token| token.kind == *kind)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is = self.is_word(word);
        if is {
            self.advance();
        }
        is
    }

    fn expect_word(&mut self, word: &str) -> Result<(), Refusal> {
        if self.take_word(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn take_symbol(&mut self, symbol: &'static str) -> bool {
        let is = *self.peek() == TokenKind::Symbol(symbol);
        if is {
            self.advance();
        }
        is
    }

    fn expect_symbol(&mut self, symbol: &'static str) -> Result<(), Refusal> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn is_reserved(&self) -> bool {
        RESERVED.iter().any(|word| self.is_word(word))
    }

    /// One word that is no keyword.
    fn word(&mut self) -> Result<String, Refusal> {
        match self.peek().clone() {
            TokenKind::Word(word) if !self.is_reserved() => {
                self.advance();
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// A name with dots.
    fn name(&mut self) -> Result<Name, Refusal> {
        let at = self.at();
        let mut parts = vec![self.word()?];
        while self.take_symbol(".") {
            match self.peek().clone() {
                TokenKind::Word(word) => {
                    self.advance();
                    parts.push(word);
                }
                _ => return Err(self.unexpected()),
            }
        }
        Ok(Name { parts, at, function: None })
    }

    /// A name, or a function of one.
    fn field(&mut self) -> Result<Name, Refusal> {
        let TokenKind::Word(word) = self.peek().clone() else { return Err(self.unexpected()) };
        let function = FieldFunction::named(&word).filter(|_| self.follows(1, &TokenKind::Symbol("(")));
        let Some(function) = function else { return self.name() };
        let at = self.at();
        self.place += 2;
        let zoned = self.is_word("convertTimezone") && self.follows(1, &TokenKind::Symbol("("));
        let function = match function {
            FieldFunction::Part { part, .. } if zoned => {
                self.place += 2;
                FieldFunction::Part { part, local: true }
            }
            function => function,
        };
        let parts = self.name()?.parts;
        if zoned {
            self.expect_symbol(")")?;
        }
        self.expect_symbol(")")?;
        Ok(Name { parts, at, function: Some(function) })
    }

    /// Whether a function of one field comes next.
    fn is_field_function(&self) -> bool {
        self.follows(1, &TokenKind::Symbol("("))
            && matches!(self.peek(), TokenKind::Word(word) if FieldFunction::named(word).is_some())
    }

    fn alias(&mut self) -> Option<String> {
        let TokenKind::Word(word) = self.peek().clone() else { return None };
        if self.is_reserved() {
            return None;
        }
        self.advance();
        Some(word)
    }

    fn query(&mut self, outermost: bool) -> Result<Query, Refusal> {
        self.expect_word("SELECT")?;
        let select = self.items(outermost)?;
        self.expect_word("FROM")?;
        let from = self.name()?;
        let alias = self.alias();
        if *self.peek() == TokenKind::Symbol(",") {
            return Err(self.unexpected());
        }
        let mut query = Query {
            select,
            from,
            alias,
            mine: false,
            filter: None,
            group_by: Vec::new(),
            having: None,
            order_by: Vec::new(),
            limit: None,
            offset: None,
        };
        self.clauses(&mut query)?;
        self.check_aliases(&query)?;
        Ok(query)
    }

    fn check_aliases(&self, query: &Query) -> Result<(), Refusal> {
        let aggregated =
            !query.group_by.is_empty() || query.select.iter().any(|item| matches!(item, Item::Aggregate { .. }));
        for item in &query.select {
            if let Item::Field { alias: Some((_, at)), name } = item
                && name.function.is_none()
                && !aggregated
            {
                return Err(malformed(self.source, *at, "only aggregate expressions use field aliasing"));
            }
        }
        Ok(())
    }

    fn items(&mut self, outermost: bool) -> Result<Vec<Item>, Refusal> {
        let mut items = vec![self.item(outermost)?];
        while self.take_symbol(",") {
            items.push(self.item(outermost)?);
        }
        if items.len() > 1
            && let Some(position) = items.iter().position(|item| *item == Item::Count)
        {
            let text = format!("unexpected token: 'COUNT' (item {})", position + 1);
            return Err(malformed(self.source, self.at(), &text));
        }
        Ok(items)
    }

    fn item(&mut self, outermost: bool) -> Result<Item, Refusal> {
        if *self.peek() == TokenKind::Symbol("(") {
            if !outermost {
                return Err(self.unexpected());
            }
            self.advance();
            let query = self.query(false)?;
            self.expect_symbol(")")?;
            return Ok(Item::Children(Box::new(query)));
        }
        if self.is_word("TYPEOF")
            && matches!(self.tokens.get(self.place + 1).map(|token| &token.kind), Some(TokenKind::Word(_)))
        {
            return self.type_of();
        }
        if self.follows(1, &TokenKind::Symbol("(")) && !self.is_field_function() {
            return self.call();
        }
        let name = self.field()?;
        let at = self.at();
        let alias = self.alias().map(|alias| (alias, at));
        Ok(Item::Field { name, alias })
    }

    fn call(&mut self) -> Result<Item, Refusal> {
        let at = self.at();
        if self.take_word("FIELDS") {
            self.expect_symbol("(")?;
            let which = if self.take_word("ALL") {
                FieldSet::All
            } else if self.take_word("STANDARD") {
                FieldSet::Standard
            } else if self.take_word("CUSTOM") {
                FieldSet::Custom
            } else {
                return Err(self.unexpected());
            };
            self.expect_symbol(")")?;
            return Ok(Item::Fields { which, at });
        }
        if self.is_word("COUNT") && self.follows(2, &TokenKind::Symbol(")")) {
            self.place += 3;
            return Ok(Item::Count);
        }
        let call = self.aggregate()?;
        let alias = self.alias();
        Ok(Item::Aggregate { call, alias })
    }

    fn aggregate(&mut self) -> Result<AggregateCall, Refusal> {
        let at = self.at();
        let TokenKind::Word(word) = self.peek().clone() else { return Err(self.unexpected()) };
        let function = match word.to_ascii_uppercase().as_str() {
            "COUNT" => Function::Count,
            "COUNT_DISTINCT" => Function::CountDistinct,
            "SUM" => Function::Sum,
            "AVG" => Function::Average,
            "MIN" => Function::Least,
            "MAX" => Function::Greatest,
            _ => return Err(self.unexpected()),
        };
        self.advance();
        self.expect_symbol("(")?;
        let field = self.name()?;
        self.expect_symbol(")")?;
        Ok(AggregateCall { function, field, at })
    }

    fn type_of(&mut self) -> Result<Item, Refusal> {
        self.expect_word("TYPEOF")?;
        let lookup = self.name()?;
        let mut branches = Vec::new();
        while self.take_word("WHEN") {
            let object = self.name()?;
            self.expect_word("THEN")?;
            branches.push((object, self.names_before_keyword()?));
        }
        if branches.is_empty() {
            return Err(self.unexpected());
        }
        let otherwise = if self.take_word("ELSE") { self.names_before_keyword()? } else { Vec::new() };
        self.expect_word("END")?;
        Ok(Item::TypeOf { lookup, branches, otherwise })
    }

    fn names_before_keyword(&mut self) -> Result<Vec<Name>, Refusal> {
        let mut names = vec![self.name()?];
        while self.take_symbol(",") {
            names.push(self.name()?);
        }
        Ok(names)
    }
}
