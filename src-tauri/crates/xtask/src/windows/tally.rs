//! What the test programs said, one line for each, and the table that a person reads.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::failure::{Outcome, Tried};

/// One test program's run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub package: String,
    pub target: String,
    pub count: Count,
    /// Left out by the list.
    pub skipped: u32,
    pub took: Duration,
}

/// What a test program counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub ignored: u32,
}

impl Count {
    /// From `test result: ok. 40 passed; 0 failed; 1 ignored; …`.
    pub fn from_line(line: &str) -> Option<Self> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let of =
            |what: &str| counts.split(';').find_map(|part| part.trim().strip_suffix(what)?.trim().parse::<u32>().ok());
        Some(Self { passed: of("passed")?, failed: of("failed")?, ignored: of("ignored")? })
    }
}

#[derive(Debug, Default)]
pub struct Tally(Vec<Row>);

impl From<Vec<Row>> for Tally {
    fn from(mut rows: Vec<Row>) -> Self {
        rows.sort_by(|one, other| (&one.package, &one.target).cmp(&(&other.package, &other.target)));
        Self(rows)
    }
}

impl Tally {
    /// Of the last run: what can't be read says nothing of it.
    pub fn read(path: &Path) -> Self {
        fs::read_to_string(path).unwrap_or_default().lines().filter_map(row).collect::<Vec<_>>().into()
    }

    /// For the next run.
    pub fn write(&self, path: &Path) -> Outcome {
        fs::write(path, self.0.iter().map(Row::line).collect::<String>())
            .tried(|| format!("could not write {}", path.display()))
    }

    /// How long a test program took, if it ran.
    pub fn took(&self, package: &str, target: &str) -> Option<Duration> {
        self.0.iter().find(|row| row.package == package && row.target == target).map(|row| row.took)
    }

    /// Columns for the terminal, with a sum.
    pub fn table(&self) -> String {
        let mut text =
            format!("{:<36} {:>7} {:>7} {:>8} {:>8}\n", "test program", "passed", "failed", "skipped", "seconds");
        let mut sum = (Count::default(), 0, Duration::ZERO);
        for row in self.0.iter().filter(|row| row.count != Count::default() || row.skipped > 0) {
            let name = format!("{} {}", row.package, row.target);
            line(&mut text, &name, row.count, row.skipped, row.took);
            sum.0.passed += row.count.passed;
            sum.0.failed += row.count.failed;
            sum.1 += row.skipped;
            sum.2 += row.took;
        }
        line(&mut text, "together", sum.0, sum.1, sum.2);
        text
    }
}

fn line(text: &mut String, name: &str, count: Count, skipped: u32, took: Duration) {
    let seconds = took.as_secs_f64();
    // Writing to a string can't fail.
    let _ = writeln!(text, "{name:<36} {:>7} {:>7} {skipped:>8} {seconds:>8.1}", count.passed, count.failed);
}

impl Row {
    fn line(&self) -> String {
        let Self { package, target, count: Count { passed, failed, ignored }, skipped, took } = self;
        format!("{package}\t{target}\t{passed}\t{failed}\t{ignored}\t{skipped}\t{}\n", took.as_millis())
    }
}

fn row(line: &str) -> Option<Row> {
    let mut words = line.split('\t');
    let (package, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut number = || words.next()?.parse::<u32>().ok();
    let count = Count { passed: number()?, failed: number()?, ignored: number()? };
    Some(Row { package, target, count, skipped: number()?, took: Duration::from_millis(number()?.into()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::Folder;

    #[test]
    fn counts_are_those_of_the_last_line() {
        let line = "test result: FAILED. 49 passed; 1 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.41s";
        assert_eq!(Count::from_line(line), Some(Count { passed: 49, failed: 1, ignored: 2 }));
        assert_eq!(Count::from_line("test result of something"), None);
        assert_eq!(Count::from_line("test a::b ... ok"), None);
    }

    #[test]
    fn what_is_written_is_read_and_summed() {
        let folder = Folder::create("xt").expect("made");
        let path = folder.path().join("tally");
        let row = |target: &str, passed| Row {
            package: "liaison-store".to_owned(),
            target: target.to_owned(),
            count: Count { passed, ..Count::default() },
            skipped: 1,
            took: Duration::from_millis(1_500),
        };
        Tally::from(vec![row("liaison_store", 2), row("it", 40)]).write(&path).expect("written");
        let tally = Tally::read(&path);
        assert_eq!(tally.took("liaison-store", "it"), Some(Duration::from_millis(1_500)));
        assert_eq!(tally.took("liaison-engine", "it"), None);
        let sum =
            tally.table().lines().last().map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(sum.expect("a line"), ["together", "42", "0", "2", "3.0"]);
    }
}
