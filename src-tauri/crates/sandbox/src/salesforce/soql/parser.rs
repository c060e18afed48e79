//! Tokens to a tree, refusing what Salesforce's grammar refuses: AND and OR in one row without
//! parentheses, NOT after AND, an alias for a plain field, clauses out of order.

mod clauses;
mod conditions;

use super::super::refusal::Refusal;
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
        Ok(Name { parts, at })
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
            if let Item::Field { alias: Some((_, at)), .. } = item
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
        if self.follows(1, &TokenKind::Symbol("(")) {
            return self.call();
        }
        let name = self.name()?;
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn valid_statements_are_read() {
        for source in VALID {
            assert!(parse(source).is_ok(), "{source}: {:?}", parse(source).err());
        }
    }

    #[test]
    fn invalid_statements_are_malformed() {
        for source in INVALID {
            let refusal = parse(source).expect_err(source);
            assert_eq!(refusal.code, "MALFORMED_QUERY", "{source}");
            assert!(refusal.message.contains("ERROR at Row:"), "{source}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(source in "(SELECT |FROM |WHERE |Id|Name|, |\\(|\\)|'|=| AND | OR | NOT | IN |[0-9]| LIMIT ){0,24}") {
            let _ = parse(&source);
        }
    }

    const VALID: [&str; 34] = [
        "SELECT Id FROM Lead",
        "select id from lead",
        "SELECT Id, Name, Account.Name FROM Contact",
        "SELECT COUNT() FROM Lead",
        "SELECT COUNT(Id) FROM Lead",
        "SELECT COUNT(Id) total, MAX(CreatedDate) FROM Lead GROUP BY Status",
        "SELECT Status s, COUNT(Id) n FROM Lead GROUP BY Status HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC",
        "SELECT Id FROM Lead WHERE Name = 'a'",
        "SELECT Id FROM Lead WHERE Name = 'O\\'Brien'",
        "SELECT Id FROM Lead WHERE Name != null AND Phone = NULL",
        "SELECT Id FROM Lead WHERE Name <> 'a'",
        "SELECT Id FROM Lead WHERE (Name = 'a' OR Name = 'b') AND Email LIKE '%x_'",
        "SELECT Id FROM Lead WHERE NOT Name = 'a'",
        "SELECT Id FROM Lead WHERE NOT (Name = 'a' OR Name = 'b')",
        "SELECT Id FROM Lead WHERE IsConverted = false AND (NOT Name LIKE 'a%')",
        "SELECT Id FROM Lead WHERE Name IN ('a','b')",
        "SELECT Id FROM Lead WHERE Name NOT IN ('a','b')",
        "SELECT Id FROM Lead WHERE CreatedDate >= 2026-01-01T00:00:00Z",
        "SELECT Id FROM Lead WHERE CreatedDate = TODAY",
        "SELECT Id FROM Lead WHERE CreatedDate > LAST_N_DAYS:30",
        "SELECT Id FROM Opportunity WHERE CloseDate < 2026-12-31 AND Amount >= 10.5",
        "SELECT Id FROM Lead ORDER BY Name",
        "SELECT Id FROM Lead ORDER BY Name DESC NULLS LAST, Id ASC",
        "SELECT Id FROM Lead LIMIT 10 OFFSET 5",
        "SELECT Id FROM Lead l WHERE l.Name = 'a'",
        "SELECT Lead.Id FROM Lead",
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
        "SELECT Id, (SELECT Id FROM Contacts WHERE Email != null ORDER BY Name LIMIT 1), (SELECT Id FROM Opportunities) FROM Account",
        "SELECT Id FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity WHERE IsWon = true)",
        "SELECT FIELDS(STANDARD) FROM Lead",
        "SELECT FIELDS(ALL) FROM Lead LIMIT 200",
        "SELECT TYPEOF What WHEN Account THEN Phone, Name WHEN Opportunity THEN Amount ELSE Name END FROM Event",
        "SELECT Id FROM Lead USING SCOPE mine WHERE Name = 'a' FOR VIEW",
        "SELECT Id FROM Lead WITH SECURITY_ENFORCED LIMIT 1",
    ];

    const INVALID: [&str; 36] = [
        "",
        "SELECT",
        "SELECT FROM Lead",
        "SELECT Id",
        "SELECT Id FROM",
        "SELECT Id, FROM Lead",
        "SELECT , Id FROM Lead",
        "SELECT Id Name FROM Lead",
        "SELECT * FROM Lead",
        "SELECT Id FROM Lead,",
        "SELECT Id FROM Lead WHERE",
        "SELECT Id FROM Lead WHERE Name",
        "SELECT Id FROM Lead WHERE Name =",
        "SELECT Id FROM Lead WHERE Name = a",
        "SELECT Id FROM Lead WHERE Name = \"a\"",
        "SELECT Id FROM Lead WHERE Name = 'a",
        "SELECT Id FROM Lead WHERE Name = 'a' AND",
        "SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
        "SELECT Id FROM Lead WHERE Name = 'a' OR Name = 'b' AND Name = 'c'",
        "SELECT Id FROM Lead WHERE Name = 'a' AND NOT Name = 'b'",
        "SELECT Id FROM Lead WHERE (Name = 'a'",
        "SELECT Id FROM Lead WHERE Name = 'a')",
        "SELECT Id FROM Lead WHERE Name IN ()",
        "SELECT Id FROM Lead WHERE Name IN 'a'",
        "SELECT Id FROM Lead WHERE Name IN ('a',)",
        "SELECT Id FROM Lead WHERE Name = 'a\\q'",
        "SELECT Id FROM Lead WHERE Name = :name",
        "SELECT Id FROM Lead WHERE CreatedDate > 2026-13-01",
        "SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01T00:00:00",
        "SELECT Id FROM Lead ORDER Name",
        "SELECT Id FROM Lead ORDER BY",
        "SELECT Id FROM Lead LIMIT",
        "SELECT Id FROM Lead LIMIT x",
        "SELECT Id FROM Lead LIMIT 1 WHERE Name = 'a'",
        "SELECT Id FROM Lead; DROP",
        "SELECT Id FROM Lead WHERE Name == 'a'",
    ];
}
