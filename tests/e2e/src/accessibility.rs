//! axe-core in the real window, with the tags of WCAG 2.2 AA.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use xtask::failure::{Failure, Outcome, Tried};
use xtask::places;

use crate::window::Window;

/// The default set leaves out the size of targets, so the tags are named.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

impl Window {
    /// Fails with every violation that axe finds in what is shown now.
    ///
    /// # Errors
    /// One line for each rule that is broken, with the elements that break it.
    pub async fn passes_axe(&self, view: &str) -> Outcome {
        self.settle().await?;
        let file = places::ui().join("node_modules/axe-core/axe.min.js");
        let there = self.script("return typeof window.axe", Vec::new()).await?;
        if there != "object" {
            let source = fs::read_to_string(&file).tried(|| format!("could not read {}", file.display()))?;
            self.script(&source, Vec::new()).await?;
            self.allow_scripts(Duration::from_mins(2)).await?;
        }
        let report = self
            .promise(
                "return await axe.run(document, given[0])",
                vec![json!({
                    "runOnly": { "type": "tag", "values": TAGS },
                    "resultTypes": ["violations"],
                })],
            )
            .await?
            .map_err(|error| Failure::new(format!("axe failed on {view}: {error}")))?;
        let checked = report.get("passes").and_then(Value::as_array).map_or(0, Vec::len);
        if checked == 0 {
            return Err(Failure::new(format!("axe checked nothing on {view}")));
        }
        let violations = report.get("violations").and_then(Value::as_array).cloned().unwrap_or_default();
        if violations.is_empty() {
            return Ok(());
        }
        let lines: Vec<String> = violations.iter().map(described).collect();
        Err(Failure::new(format!("axe on {view}:\n{}", lines.join("\n"))))
    }
}

fn described(violation: &Value) -> String {
    let word = |name: &str| violation.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let nodes = violation.get("nodes").and_then(Value::as_array).cloned().unwrap_or_default();
    let places: Vec<String> = nodes
        .iter()
        .map(|node| {
            let html = node.get("html").and_then(Value::as_str).unwrap_or_default();
            let why = node.get("failureSummary").and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
            format!("    {html}\n      {why}")
        })
        .collect();
    format!("  {} ({}): {}\n{}", word("id"), word("impact"), word("help"), places.join("\n"))
}
