//! Prints what `domain::phone` makes of written numbers, for a library that is not ours to compare with.
//!
//! Standard input has a text and a country (or nothing) in each line, with a tab between and JSON's escapes in the
//! text; standard output has the reading of each, in the notation of the golden table, with `!` in front of a number
//! that was read in another spelling. The time that the readings took goes to standard error.

use std::io::{BufWriter, Read, Write};
use std::process::ExitCode;
use std::time::Instant;

use liaison_domain::phone::{Certainty, PhoneNumber, Reading, Region, Regions, read};

fn main() -> ExitCode {
    match compare() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "phone_readings: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn compare() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = String::new();
    std::io::stdin().lock().read_to_string(&mut input)?;
    let mut written = Vec::new();
    for line in input.lines() {
        let (text, country) = line.split_once('\t').ok_or("a line without a tab")?;
        let regions = Regions { record: Region::from_iso(country), user: None };
        written.push((serde_json::from_str::<String>(text)?, regions));
    }
    // The library compiles the pattern of a country when it is first used.
    for (text, regions) in &written {
        read(text, *regions);
    }
    let begun = Instant::now();
    let readings: Vec<Vec<Reading>> = written.iter().map(|(text, regions)| read(text, *regions)).collect();
    let took = begun.elapsed();
    let mut output = BufWriter::new(std::io::stdout().lock());
    for readings in readings {
        let spoken: Vec<String> = readings.iter().map(spoken).collect();
        writeln!(output, "{}", spoken.join(" ; "))?;
    }
    let count = u32::try_from(written.len().max(1))?;
    writeln!(std::io::stderr(), "{count} texts, {} ns each", (took / count).as_nanos())?;
    Ok(())
}

fn spoken(reading: &Reading) -> String {
    match reading {
        Reading::Number(number) => one(number),
        Reading::Candidates(numbers) => numbers.iter().map(one).collect::<Vec<_>>().join(" , "),
        Reading::None(reason) => format!("-{reason:?}"),
    }
}

fn one(number: &PhoneNumber) -> String {
    let respelled = if number.respelled().is_some() { "!" } else { "" };
    let doubt = if matches!(number.certainty(), Certainty::Possible | Certainty::Local) { "?" } else { "" };
    let extension = number.extension().map(|extension| format!("x{extension}")).unwrap_or_default();
    format!("{respelled}{doubt}{}{extension}", number.e164())
}
