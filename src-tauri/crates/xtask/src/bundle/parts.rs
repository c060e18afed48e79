//! The texts of the package that are made and not kept: its description, its history, the list of what is in it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What the program loads, by the names of Debian 12 and Ubuntu 24.04; the ciphers of the database are OpenSSL's.
const DEPENDS: &str =
    "libc6 (>= 2.36), libgcc-s1, libgtk-3-0 | libgtk-3-0t64, libwebkit2gtk-4.1-0, libssl3 | libssl3t64";

/// The package's description.
pub fn control(version: &str, architecture: &str, kilobytes: u64) -> String {
    format!(
        "Package: liaison\nVersion: {version}\nArchitecture: {architecture}\nInstalled-Size: {kilobytes}\n\
         Maintainer: The Liaison authors <packages@liaison.invalid>\nSection: net\nPriority: optional\n\
         Depends: {DEPENDS}\nRecommends: gnome-keyring | libsecret-1-0\n\
         Description: Zoom and Salesforce in step, for sales reps\n \
         A desktop companion that shows the day's meetings with the people they are with,\n \
         gets its user into them on time, and logs meetings, calls and webinars in\n \
         Salesforce on the right record, once. Data stays on the computer, encrypted.\n"
    )
}

/// The history, which Debian wants; `date` as in mails.
pub fn changelog(version: &str, date: &str) -> String {
    format!(
        "liaison ({version}) stable; urgency=medium\n\n  * As in the history of the sources.\n\n \
         -- The Liaison authors <packages@liaison.invalid>  {date}\n"
    )
}

/// The list as CycloneDX: `crates` as cargo's tree prints them (`name v1.0.0 (…)|licence`), `packages` as npm's long
/// list does (`path:name@1.0.0:…`). It holds neither a time nor a number of its own, so that it is the same each time.
pub fn sbom(version: &str, crates: &str, packages: &str) -> String {
    let of_cargo = crates.lines().filter_map(|line| {
        let (package, licence) = line.split_once('|')?;
        let mut words = package.split(' ');
        let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
        // Our own crates are the program itself.
        (!name.starts_with("liaison")).then(|| component("cargo", name, version, licence.trim_end_matches(" (*)")))
    });
    let of_npm = packages.lines().filter_map(|line| {
        let named = line.split(':').nth(1)?;
        let at = named.rfind('@').filter(|at| *at > 0)?;
        let (name, version) = (&named[..at], &named[at + 1..]);
        (name != "liaison-ui").then(|| component("npm", name, version, ""))
    });
    let all: BTreeSet<String> = of_cargo.chain(of_npm).collect();
    let listed = all.into_iter().collect::<Vec<_>>().join(",\n");
    format!(
        "{{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n  \"metadata\": {{ \
         \"component\": {{ \"type\": \"application\", \"name\": \"liaison\", \"version\": {} }} }},\n  \"components\": \
         [\n{listed}\n  ]\n}}\n",
        quoted(version)
    )
}

fn component(kind: &str, name: &str, version: &str, licence: &str) -> String {
    let purl = format!("pkg:{kind}/{}@{version}", name.replacen('@', "%40", 1));
    let licences = if licence.is_empty() {
        String::new()
    } else {
        format!(", \"licenses\": [{{ \"expression\": {} }}]", quoted(licence))
    };
    format!(
        "    {{ \"type\": \"library\", \"name\": {}, \"version\": {}, \"purl\": {}{licences} }}",
        quoted(name),
        quoted(version),
        quoted(&purl)
    )
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                // Text is written into memory, which takes everything.
                let _ = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_each_part_once_and_not_ourselves() {
        let crates = "liaison v0.1.0 (/somewhere)|MIT\nserde v1.0.2|MIT OR Apache-2.0\nserde v1.0.2|MIT OR Apache-2.0 (*)\n\
                      serde_derive v1.0.2 (proc-macro)|MIT OR Apache-2.0\nliaison-engine v0.1.0 (/somewhere)|MIT\n";
        let packages =
            "/a:liaison-ui@0.1.0:\n/a/node_modules/svelte:svelte@5.57.3:\n/a/node_modules/@x/y:@x/y@1.0.0:\n";
        let list = sbom("0.1.0", crates, packages);
        assert_eq!(list.matches("pkg:cargo/serde@1.0.2").count(), 1);
        assert!(list.contains("pkg:npm/%40x/y@1.0.0") && list.contains("pkg:npm/svelte@5.57.3"));
        assert!(!list.contains("somewhere") && !list.contains("liaison-engine") && !list.contains("liaison-ui"));
        assert_eq!(list.matches('{').count(), list.matches('}').count());
        assert_eq!(quoted("a\"b\\\n"), r#""a\"b\\\u000a""#);
    }

    #[test]
    fn the_description_has_the_fields_that_packages_need() {
        let control = control("0.1.0", "amd64", 12);
        for field in ["Package", "Version", "Architecture", "Maintainer", "Description", "Depends"] {
            assert_eq!(control.lines().filter(|line| line.starts_with(&format!("{field}: "))).count(), 1, "{field}");
        }
        // What follows a field's first line is indented, or it would be another field.
        assert!(control.lines().all(|line| line.starts_with(' ') || line.contains(": ")));
        assert!(control.ends_with('\n'));
    }
}
