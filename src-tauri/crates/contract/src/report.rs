//! The table of one service: a line for each operation, and each violation below it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::template::Template;
use crate::violation::Violation;

/// What was seen of one operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub requests: usize,
    /// Answers by status.
    pub answers: BTreeMap<u16, usize>,
    /// How often it was told, where it is an event.
    pub told: usize,
    /// What the checks say, each once.
    pub violations: Vec<Violation>,
    /// How many violations the list of exceptions allows.
    pub allowed: usize,
    /// Whether a document or record describes the operation.
    pub described: bool,
}

/// The lines of one service.
#[derive(Debug, Default)]
pub struct Table {
    title: String,
    lines: BTreeMap<Template, Line>,
}

impl Table {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), lines: BTreeMap::new() }
    }

    /// The line of an operation.
    pub fn line(&mut self, operation: &Template) -> &mut Line {
        self.lines.entry(operation.clone()).or_default()
    }

    /// All violations that no exception allows.
    pub fn violations(&self) -> usize {
        self.lines.values().map(|line| line.violations.len()).sum()
    }

    /// As text, with a sum at the end.
    pub fn text(&self) -> String {
        let width = self.lines.keys().map(|operation| operation.to_string().len()).max().unwrap_or_default();
        let mut text =
            format!("\n{}\n{:width$}  requests  answers               violations  allowed\n", self.title, "operation");
        for (operation, line) in &self.lines {
            let mut statuses: Vec<String> =
                line.answers.iter().map(|(status, count)| format!("{status}×{count}")).collect();
            if line.told > 0 {
                statuses.push(format!("told×{}", line.told));
            }
            let described = if line.described { "" } else { "  (in no document)" };
            let (violations, allowed) = (line.violations.len(), line.allowed);
            let _ = writeln!(
                text,
                "{:width$}  {:>8}  {:<20}  {violations:>10}  {allowed:>7}{described}",
                operation.to_string(),
                line.requests,
                statuses.join(" "),
            );
            for violation in &line.violations {
                let _ = writeln!(text, "    ! {violation}");
            }
        }
        let requests: usize = self.lines.values().map(|line| line.requests).sum();
        let answers: usize = self.lines.values().flat_map(|line| line.answers.values()).sum();
        let told: usize = self.lines.values().map(|line| line.told).sum();
        let allowed: usize = self.lines.values().map(|line| line.allowed).sum();
        let _ = writeln!(
            text,
            "{} operations, {requests} requests, {answers} answers, {told} events, {} violations, {allowed} allowed",
            self.lines.len(),
            self.violations()
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violation::{Check, Side};

    #[test]
    fn the_table_counts_and_names() {
        let mut table = Table::new("Zoom");
        let operation = Template::new("GET", "/a");
        let line = table.line(&operation);
        line.requests = 3;
        line.answers = [(200, 2), (404, 1)].into();
        line.violations.push(Violation {
            check: Check::Openapi,
            operation: operation.clone(),
            side: Side::Answer,
            place: "/x".to_owned(),
            problem: "is wrong".to_owned(),
        });
        let text = table.text();
        assert!(text.contains("200×2 404×1"), "{text}");
        assert!(text.contains("! GET /a · answer · /x: is wrong"), "{text}");
        assert!(text.ends_with("1 operations, 3 requests, 3 answers, 0 events, 1 violations, 0 allowed\n"), "{text}");
        assert_eq!(table.violations(), 1);
    }
}
