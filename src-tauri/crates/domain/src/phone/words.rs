//! The words that stand in fields for numbers, in the languages of customers so far.

use super::NoNumber;

/// What stands between two numbers of a field, as a word.
pub(super) const BETWEEN: &[&str] = &["or", "of", "oder", "ou", "and", "en", "und", "et"];

/// What announces an extension. Source: the patterns of libphonenumber, and Dutch and German habit.
pub(super) const EXTENSION: &[&str] = &[
    "x",
    "×",
    "ext",
    "extn",
    "xtn",
    "extension",
    "extensión",
    "extensão",
    "int",
    "anexo",
    "poste",
    "toestel",
    "tst",
    "dw",
    "durchwahl",
    "klappe",
    "доб",
];

/// Words beside a number; they never spell one.
pub(super) const LABELS: &[&str] = &[
    "mobile",
    "mobiel",
    "mobil",
    "mob",
    "cell",
    "cellphone",
    "cel",
    "gsm",
    "handy",
    "portable",
    "phone",
    "telephone",
    "telefoon",
    "telefon",
    "tel",
    "fon",
    "fax",
    "home",
    "thuis",
    "privat",
    "private",
    "prive",
    "work",
    "werk",
    "office",
    "kantoor",
    "buro",
    "main",
    "direct",
    "direkt",
    "doorkiesnr",
    "desk",
    "other",
    "nummer",
    "number",
    "call",
    "only",
    "after",
    "before",
    "ask",
    "for",
    "callto",
    "zoomphonecall",
    "whatsapp",
    "primary",
    "assistant",
    "new",
    "old",
    "nieuw",
    "oud",
    "neu",
    "alt",
];

/// Caller ids that say that the caller hid the number. Source: what Zoom, Teams, Cisco and Asterisk put there.
pub(super) const WITHHELD: &[&str] = &[
    "anonymous",
    "anonym",
    "anonyme",
    "anoniem",
    "anonimo",
    "withheld",
    "restricted",
    "private",
    "privé",
    "prive",
    "blocked",
    "hidden",
    "afgeschermd",
    "geheim",
    "verborgen",
    "unterdrückt",
    "masqué",
    "oculto",
    "privado",
    "no caller id",
];

/// Caller ids that say that the network had none.
pub(super) const UNKNOWN: &[&str] = &[
    "unknown",
    "unavailable",
    "onbekend",
    "unbekannt",
    "inconnu",
    "desconocido",
    "sconosciuto",
    "not available",
    "out of area",
    "null",
];

/// The same words as some exchanges send them, as digits of the keypad: ANONYMOUS, RESTRICTED, UNAVAILABLE.
pub(super) const SPELLED: &[(&str, NoNumber)] =
    &[("266696687", NoNumber::Withheld), ("7378742833", NoNumber::Withheld), ("86282452253", NoNumber::Unknown)];

/// What stands for a name that the network did not have, beside [`WITHHELD`] and [`UNKNOWN`]: what carriers show for
/// numbers without an entry and for suspected spam, and the words of Zoom and of mobile telephones in the languages here.
pub(super) const NOBODY: &[&str] = &[
    "caller",
    "wireless",
    "cellular",
    "toll",
    "spam",
    "scam",
    "telemarketer",
    "robocall",
    "anonieme",
    "onbekende",
    "beller",
    "privénummer",
    "privenummer",
    "anonymer",
    "unbekannte",
    "unbekannter",
    "anrufer",
    "rufnummer",
    "unterdrueckt",
    "inconnue",
    "appelant",
    "masque",
    "numéro",
    "numero",
    "número",
    "desconocida",
    "sconosciuta",
    "chiamante",
];

/// Words that say nothing more beside those.
pub(super) const NOBODY_BESIDE: &[&str] = &[
    "id",
    "name",
    "no",
    "not",
    "free",
    "likely",
    "risk",
    "potential",
    "suspected",
    "user",
    "gesprek",
    "anruf",
    "appel",
    "llamada",
    "chiamata",
];

/// Names that only as a whole stand for nobody.
pub(super) const NOBODY_WHOLE: &[&str] =
    &["not available", "out of area", "no name", "no number", "unknown name", "unknown number", "geen nummer"];
