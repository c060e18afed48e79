//! The rigs' command line: `prove simulate | kill`.

use std::path::PathBuf;
use std::time::Instant;

use super::{Blind, Proof, Rig, Temper};

pub const USAGE: &str = "\
prove simulate [--seeds N] [--seed S] [--blind faults|eyes] [--workers W] [--shorten]
prove kill [--rounds N] [--seed S] [--blind faults|eyes] [--workers W]

  --seeds    so many runs; --seed S is the first
  --rounds   so many ends by SIGKILL
  --blind    nothing goes wrong, or nothing is seen: the rig has to fail then, and counts as well when it does
  --until-found  ends with the first finding
  --temper   what every run is about, such as `calls`; docs/proving.md names them
  --shorten  the plan of a seed that fails, without the steps that it fails without too";

/// Does what the words ask for; answers whether all is well.
///
/// # Errors
/// Says which word is wrong, or why the rig can't work.
pub fn perform(words: &[String], program: PathBuf, say: impl Fn(&str) + Sync) -> Result<bool, String> {
    let mut words = words.iter().map(String::as_str);
    let (rig, count) = match words.next() {
        Some("simulate") => (Rig::Simulate, 200),
        Some("kill") => (Rig::Kill(program), 100),
        _ => return Err("`prove` needs the name of a rig".to_owned()),
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut proof = Proof { rig, count, seed: 1, blind: None, workers, until_found: false, temper: None };
    let mut shorten = false;
    while let Some(word) = words.next() {
        let mut number = || {
            let value = words.next().and_then(|value| value.parse::<u64>().ok());
            value.ok_or_else(|| format!("{word} needs a whole number after it"))
        };
        match word {
            "--seeds" | "--rounds" => proof.count = number()?,
            "--seed" => proof.seed = number()?,
            "--workers" => proof.workers = usize::try_from(number()?).unwrap_or(1),
            "--shorten" => shorten = true,
            "--temper" => {
                let named = words.next().and_then(Temper::named);
                proof.temper = Some(named.ok_or_else(|| "--temper needs the name of one after it".to_owned())?);
            }
            "--until-found" => proof.until_found = true,
            "--blind" => {
                proof.blind = Some(match words.next() {
                    Some("faults") => Blind::Faults,
                    Some("eyes") => Blind::Eyes,
                    _ => return Err("--blind needs `faults` or `eyes` after it".to_owned()),
                });
            }
            other => return Err(format!("there is no option `{other}`")),
        }
    }
    if shorten {
        say(&proof.minimised(proof.seed).map_err(|error| error.to_string())?);
        return Ok(true);
    }
    let begun = Instant::now();
    let quiet = proof.blind.is_some();
    let verdict = proof
        .play(|told| {
            if !quiet {
                say(told);
            }
        })
        .map_err(|error| error.to_string())?;
    let seconds = begun.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate to be read, of counts far below 2^52")]
    let rate = verdict.runs as f64 / seconds;
    say(&format!(
        "{} runs in {seconds:.1} s ({rate:.1} a second): {} ends by force, {} answers lost or wrong, {} rows, {} \
         effects, {} requests with several rows, {} runs with findings",
        verdict.runs,
        verdict.crashes,
        verdict.faults,
        verdict.rows,
        verdict.effects,
        verdict.several,
        verdict.failures.len(),
    ));
    Ok(match proof.blind {
        None => verdict.holds(),
        Some(_) if verdict.holds() => {
            say("a blind rig found everything in order: it proves nothing");
            false
        }
        Some(_) => {
            say("blind, it fails, as it has to");
            true
        }
    })
}
