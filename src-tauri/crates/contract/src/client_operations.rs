//! The operations that a typed client can make, as its source names them.
//!
//! Each call is built with a name such as `GET /meetings/{meetingId}`; the names are read from the source, so that an
//! operation that no journey makes cannot be forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::template::Template;

/// Every operation named in the sources below `folder`, tests left out.
///
/// # Errors
/// A folder or file that cannot be read.
pub fn operations(folder: &Path) -> Result<BTreeSet<Template>, Failure> {
    let mut found = BTreeSet::new();
    read_folder(folder, &mut found)?;
    if found.is_empty() {
        return Err(Failure::new(format!("no operation is named in {}", folder.display())));
    }
    Ok(found)
}

fn read_folder(folder: &Path, found: &mut BTreeSet<Template>) -> Result<(), Failure> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| Failure::reading(folder, error))? {
        let path = entry.map_err(|error| Failure::reading(folder, error))?.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "tests") {
                read_folder(&path, found)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).map_err(|error| Failure::reading(&path, error))?;
            sources.push((path, text));
        }
    }
    let tests: BTreeSet<String> = sources.iter().flat_map(|(_, text)| test_modules(text)).map(str::to_owned).collect();
    for (path, text) in &sources {
        let module = path.file_stem().unwrap_or_default().to_string_lossy();
        if !tests.contains(module.as_ref()) {
            found.extend(named_in(text));
        }
    }
    Ok(())
}

/// The files that a source declares for tests alone.
fn test_modules(source: &str) -> impl Iterator<Item = &str> {
    let declared = source.split("#[cfg(test)]").skip(1);
    declared
        .filter_map(|rest| rest.trim_start().strip_prefix("mod ")?.split_once(';'))
        .map(|(name, _)| name)
        .filter(|name| !name.contains('{'))
}

/// The operations named in a source. A test module stands at the end of its file.
fn named_in(source: &str) -> impl Iterator<Item = Template> + '_ {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"'))
        .filter_map(Template::parse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_code_and_not_from_tests_or_comments() {
        let source = r#"
            /// Not "GET /comment".
            fn a() { get("GET /a/{id}", format!("/a/{id}")); post("POST /a", "/a"); }
            #[cfg(test)]
mod tests { fn b() { get("GET /test", "/test") } }"#;
        let found: Vec<String> = named_in(source).map(|template| template.to_string()).collect();
        assert_eq!(found, ["GET /a/{}", "POST /a"]);
        let declared = "mod a;\n#[cfg(test)]\nmod malformed;\n#[cfg(test)]\nmod tests { fn b() {} }\n";
        assert_eq!(test_modules(declared).collect::<Vec<_>>(), ["malformed"]);
    }
}
