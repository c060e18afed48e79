//! The clauses after FROM, in their fixed order.

use super::super::super::refusal::Refusal;
use super::super::lexer::{TokenKind, malformed};
use super::super::syntax::{Order, Query, Subject};
use super::Parser;

impl Parser<'_> {
    pub(super) fn clauses(&mut self, query: &mut Query) -> Result<(), Refusal> {
        if self.take_word("USING") {
            self.expect_word("SCOPE")?;
            let scope = self.word()?;
            query.mine = scope.eq_ignore_ascii_case("mine");
        }
        if self.take_word("WHERE") {
            query.filter = Some(self.condition()?);
        }
        if self.take_word("WITH") && !self.take_word("SECURITY_ENFORCED") && !self.take_word("USER_MODE") {
            return Err(self.unexpected());
        }
        if self.take_word("GROUP") {
            self.expect_word("BY")?;
            query.group_by = vec![self.field()?];
            while self.take_symbol(",") {
                query.group_by.push(self.field()?);
            }
        }
        if self.take_word("HAVING") {
            query.having = Some(self.condition()?);
        }
        if self.take_word("ORDER") {
            self.expect_word("BY")?;
            query.order_by = vec![self.order()?];
            while self.take_symbol(",") {
                query.order_by.push(self.order()?);
            }
        }
        if self.take_word("LIMIT") {
            query.limit = Some(self.count()?.0);
        }
        if self.take_word("OFFSET") {
            query.offset = Some(self.count()?);
        }
        if self.take_word("FOR") && !self.take_word("VIEW") && !self.take_word("REFERENCE") && !self.take_word("UPDATE")
        {
            return Err(self.unexpected());
        }
        Ok(())
    }

    fn order(&mut self) -> Result<Order, Refusal> {
        let by = self.subject()?;
        let descending = if self.take_word("DESC") {
            true
        } else {
            self.take_word("ASC");
            false
        };
        let nulls_last = if self.take_word("NULLS") {
            let last = self.take_word("LAST");
            if !last {
                self.expect_word("FIRST")?;
            }
            last
        } else {
            false
        };
        Ok(Order { by, descending, nulls_last })
    }

    /// A field or an aggregate of one.
    pub(super) fn subject(&mut self) -> Result<Subject, Refusal> {
        if self.follows(1, &TokenKind::Symbol("(")) && !self.is_field_function() {
            return Ok(Subject::Aggregate(self.aggregate()?));
        }
        Ok(Subject::Field(self.field()?))
    }

    fn count(&mut self) -> Result<(usize, usize), Refusal> {
        let at = self.at();
        let TokenKind::Number(number) = *self.peek() else { return Err(self.unexpected()) };
        if number.fract() != 0.0 || !(0.0..=2_147_483_647.0).contains(&number) {
            return Err(malformed(self.source, at, "invalid number of rows"));
        }
        self.advance();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be a small whole number"
        )]
        let count = number as usize;
        Ok((count, at))
    }
}
