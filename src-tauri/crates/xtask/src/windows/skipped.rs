//! The lists of tests that a run leaves out, each line with package, test program, test and reason: what Wine can't
//! show (`tests/windows/skipped.txt`), and what takes long (`tests/windows/heavy.txt`).

use std::fs;

use crate::failure::{Failure, Outcome, Tried};
use crate::places;

/// What Wine can't show, from the project's root.
pub const FILE: &str = "tests/windows/skipped.txt";
/// What only a full run runs, from the project's root.
pub const HEAVY: &str = "tests/windows/heavy.txt";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub package: String,
    /// The test program without its hash: `it`, or the crate's name for its unit tests.
    pub target: String,
    pub test: String,
    pub reason: String,
}

#[derive(Debug, Default)]
pub struct List(Vec<Entry>);

impl List {
    pub fn read(file: &str) -> Outcome<Self> {
        let path = places::root().join(file);
        let text = fs::read_to_string(&path).tried(|| format!("could not read {}", path.display()))?;
        Self::parse(&text).tried(|| file.to_owned())
    }

    fn parse(text: &str) -> Outcome<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(entry).collect::<Outcome<_>>().map(Self)
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The entries of one test program.
    pub fn of(&self, package: &str, target: &str) -> Vec<&Entry> {
        self.0.iter().filter(|entry| entry.package == package && entry.target == target).collect()
    }

    /// Package and name of every test program that has an entry.
    pub fn programs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|entry| (entry.package.as_str(), entry.target.as_str()))
    }
}

fn entry(line: &str) -> Outcome<Entry> {
    let mut words = line.split_whitespace();
    let mut word = || words.next().map(str::to_owned);
    let (Some(package), Some(target), Some(test)) = (word(), word(), word()) else {
        return Err(Failure::new(format!("`{line}` is not package, test program, test and reason")));
    };
    let reason = words.collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err(Failure::new(format!("{test} has no reason")));
    }
    Ok(Entry { package, target, test, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_names_its_test_and_says_why() {
        let list = List::parse("# list\n\nstore it locks::one  Wine has no such lock\n").expect("read");
        let found = list.of("store", "it");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].test.as_str(), found[0].reason.as_str()), ("locks::one", "Wine has no such lock"));
        assert!(list.of("store", "store").is_empty() && list.of("engine", "it").is_empty());
        assert_eq!(list.programs().collect::<Vec<_>>(), [("store", "it")]);
    }

    #[test]
    fn an_entry_without_a_reason_is_refused() {
        assert!(List::parse("store it locks::one").is_err_and(|failure| failure.to_string().contains("locks::one")));
        assert!(List::parse("store it").is_err());
    }

    #[test]
    fn the_lists_can_be_read() {
        List::read(FILE).expect("read");
        List::read(HEAVY).expect("read");
    }
}
