//! One test function for each scenario file, so that a file that is added is a test of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// From this crate to the project.
const ROOT: &str = "../../..";

fn main() -> io::Result<()> {
    let folder = &Path::new(ROOT).join("tests/scenarios");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut code = String::new();
    for area in sorted(folder)? {
        println!("cargo:rerun-if-changed={}", area.display());
        for file in sorted(&area)?.into_iter().filter(|path| is_scenario(path)) {
            let name = format!("{}_{}", name_of(&area), name_of(&file));
            let path = file.strip_prefix(ROOT).unwrap_or(&file);
            // Writing to a text can't fail.
            let _ = writeln!(code, "#[test]\nfn {name}() {{\n    holds({:?});\n}}\n", path.display().to_string());
        }
    }
    let target = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default().join("scenarios.rs");
    fs::write(target, code)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: Result<Vec<_>, _> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = entries?;
    paths.sort();
    paths.retain(|path| path.is_file() || path.is_dir());
    Ok(paths)
}

fn is_scenario(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json" || ending == "toml")
}

fn name_of(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    stem.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect()
}
