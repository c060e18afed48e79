//! The environment of the programs that we start, when we run from an AppImage.
//!
//! An AppImage's start script points libraries, modules and data of every toolkit into the image. A browser that
//! inherits this loads foreign libraries and crashes, or runs without its plug-ins. So whatever leads into the image
//! goes; where the original value is known, it comes back. Pure: variables in, changes out.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// What has to change for a child: a new value, or removal.
pub type Changes = BTreeMap<OsString, Option<OsString>>;

/// What AppImage's own runtime says about itself; a child is not in the image.
const OWN: [&str; 5] = ["APPDIR", "APPIMAGE", "APPIMAGE_UUID", "ARGV0", "OWD"];

/// Set to plain values by the start script of the GTK plug-in, so no path gives them away.
const PLAIN: [&str; 4] = ["GDK_BACKEND", "GTK_THEME", "GTK_IM_MODULE", "PYTHONDONTWRITEBYTECODE"];

/// Under these names start scripts keep what was there before.
const ORIGINALS: [(&str, &str); 3] = [("APPIMAGE_ORIGINAL_", ""), ("APPRUN_ORIGINAL_", ""), ("", "_ORIG")];

/// What separates the entries of a list.
const SEPARATOR: char = ':';

/// Nothing outside an AppImage.
pub fn changes(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Changes {
    let all: BTreeMap<OsString, OsString> = variables.into_iter().collect();
    let Some(image) = all.get(OsStr::new("APPDIR")).filter(|image| Path::new(image).is_absolute()) else {
        return Changes::new();
    };
    let inside = |entry: &str| !entry.is_empty() && Path::new(entry).starts_with(image);
    let mut changes = Changes::new();
    for (name, value) in &all {
        let Some(text) = name.to_str() else { continue };
        if OWN.contains(&text) || original_of(text).is_some() {
            changes.insert(name.clone(), None);
        } else if let Some(original) = original(&all, text) {
            changes.insert(name.clone(), Some(original.clone()).filter(|original| !original.is_empty()));
        } else if PLAIN.contains(&text) {
            changes.insert(name.clone(), None);
        } else if let Some(value) = value.to_str()
            && value.split(SEPARATOR).any(inside)
        {
            let rest: Vec<&str> = value.split(SEPARATOR).filter(|entry| !inside(entry) && !entry.is_empty()).collect();
            changes.insert(name.clone(), Some(OsString::from(rest.join(":"))).filter(|rest| !rest.is_empty()));
        }
    }
    // What the script removed altogether comes back as well.
    for (name, value) in &all {
        if let Some(plain) = name.to_str().and_then(original_of)
            && !value.is_empty()
        {
            changes.insert(plain.into(), Some(value.clone()));
        }
    }
    changes
}

/// The variable whose earlier value `name` keeps.
fn original_of(name: &str) -> Option<&str> {
    ORIGINALS
        .iter()
        .find_map(|(prefix, suffix)| name.strip_prefix(prefix)?.strip_suffix(suffix))
        .filter(|plain| !plain.is_empty())
}

fn original<'a>(all: &'a BTreeMap<OsString, OsString>, name: &str) -> Option<&'a OsString> {
    ORIGINALS.iter().find_map(|(prefix, suffix)| all.get(OsStr::new(&format!("{prefix}{name}{suffix}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(variables: &[(&str, &str)]) -> BTreeMap<String, Option<String>> {
        let given = variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let text = |value: OsString| value.into_string().unwrap();
        changes(given).into_iter().map(|(name, value)| (text(name), value.map(text))).collect()
    }

    fn expected(changes: &[(&str, Option<&str>)]) -> BTreeMap<String, Option<String>> {
        changes.iter().map(|(name, value)| ((*name).to_owned(), value.map(str::to_owned))).collect()
    }

    #[test]
    fn outside_an_image_nothing_changes() {
        assert!(
            changed(&[("LD_LIBRARY_PATH", "/opt/lib"), ("GDK_BACKEND", "wayland"), ("HOME", "/home/r")]).is_empty()
        );
    }

    #[test]
    fn what_leads_into_the_image_goes_and_the_rest_stays() {
        let image = "/tmp/.mount_liaisonX";
        let inside = |path: &str| format!("{image}/{path}");
        let data = format!("{}:/usr/share:/usr/local/share:", inside("usr/share"));
        let libraries = inside("usr/lib");
        let near = format!("{image}-other/lib");
        let schemas = inside("usr/share/glib-2.0/schemas");
        let loaders = inside("usr/lib/gdk-pixbuf/loaders.cache");
        let found = changed(&[
            ("APPDIR", image),
            ("APPIMAGE", "/home/r/Liaison.AppImage"),
            ("ARGV0", "Liaison.AppImage"),
            ("OWD", "/home/r"),
            ("XDG_DATA_DIRS", &data),
            ("LD_LIBRARY_PATH", &libraries),
            ("GSETTINGS_SCHEMA_DIR", &schemas),
            ("GDK_PIXBUF_MODULE_FILE", &loaders),
            ("GIO_EXTRA_MODULES", &inside("usr/lib/gio")),
            ("GTK_PATH", &inside("usr/lib/gtk-3.0")),
            ("PYTHONHOME", &inside("usr")),
            ("QT_PLUGIN_PATH", &inside("usr/lib/qt5/plugins")),
            ("GDK_BACKEND", "x11"),
            ("PATH", &format!("{}:/usr/bin", inside("usr/bin"))),
            ("OTHER", &near),
            ("HOME", "/home/r"),
            ("DISPLAY", ":0"),
        ]);
        assert_eq!(
            found,
            expected(&[
                ("APPDIR", None),
                ("APPIMAGE", None),
                ("ARGV0", None),
                ("OWD", None),
                ("XDG_DATA_DIRS", Some("/usr/share:/usr/local/share")),
                ("LD_LIBRARY_PATH", None),
                ("GSETTINGS_SCHEMA_DIR", None),
                ("GDK_PIXBUF_MODULE_FILE", None),
                ("GIO_EXTRA_MODULES", None),
                ("GTK_PATH", None),
                ("PYTHONHOME", None),
                ("QT_PLUGIN_PATH", None),
                ("GDK_BACKEND", None),
                ("PATH", Some("/usr/bin")),
            ])
        );
    }

    #[test]
    fn a_value_that_was_kept_comes_back() {
        let found = changed(&[
            ("APPDIR", "/tmp/.mount_x"),
            ("LD_LIBRARY_PATH", "/tmp/.mount_x/usr/lib:/opt/lib"),
            ("LD_LIBRARY_PATH_ORIG", "/opt/lib:/opt/more"),
            ("GDK_BACKEND", "x11"),
            ("APPIMAGE_ORIGINAL_GDK_BACKEND", "wayland"),
            ("APPIMAGE_ORIGINAL_QT_QPA_PLATFORM", "wayland"),
            ("XDG_DATA_DIRS", "/tmp/.mount_x/usr/share"),
            ("APPRUN_ORIGINAL_XDG_DATA_DIRS", ""),
        ]);
        assert_eq!(found["LD_LIBRARY_PATH"].as_deref(), Some("/opt/lib:/opt/more"));
        assert_eq!(found["GDK_BACKEND"].as_deref(), Some("wayland"));
        assert_eq!(found["QT_QPA_PLATFORM"].as_deref(), Some("wayland"));
        assert_eq!(found["XDG_DATA_DIRS"], None);
        assert_eq!(found["LD_LIBRARY_PATH_ORIG"], None);
    }
}
