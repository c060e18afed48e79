//! What was measured, as a table.

use std::fmt;
use std::time::Duration;

/// How long something took each time, and how long something else did in the same run; in milliseconds.
pub struct Beside {
    pub what: String,
    pub times: Vec<f64>,
    pub floor: Vec<f64>,
}

/// What stands above the lines.
pub fn head() -> String {
    line("in milliseconds", ["times", "median", "p99", "beside: median", "p99", "ratio"])
}

pub fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

impl fmt::Display for Beside {
    /// The ratio is that of the middle values: a busy machine changes them little.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: f64| format!("{value:.1}");
        let ratio = at(&self.times, 50) / at(&self.floor, 50).max(f64::EPSILON);
        let cells = [
            self.times.len().to_string(),
            shown(at(&self.times, 50)),
            shown(at(&self.times, 99)),
            shown(at(&self.floor, 50)),
            shown(at(&self.floor, 99)),
            format!("{ratio:.2}"),
        ];
        formatter.write_str(&line(&self.what, cells.each_ref().map(String::as_str)))
    }
}

/// The value below which so many of a hundred are.
fn at(values: &[f64], hundredth: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() * hundredth / 100).copied().unwrap_or_default()
}

fn line(what: &str, [times, median, p99, floor, floor_p99, ratio]: [&str; 6]) -> String {
    format!("{what:<50}{times:>6}{median:>10}{p99:>10}{floor:>16}{floor_p99:>10}{ratio:>8}")
}
