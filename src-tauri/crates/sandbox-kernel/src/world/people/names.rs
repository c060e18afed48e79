//! Names that are the same everywhere: companies, titles, and how a name becomes part of an address.

pub(super) const COMPANY_FIRST: &[&str] = &[
    "Aurora",
    "Blue Heron",
    "Cedar",
    "Delta",
    "Evergreen",
    "Falcon",
    "Granite",
    "Harbour",
    "Indigo",
    "Juniper",
    "Keystone",
    "Lumen",
    "Meridian",
    "Nimbus",
    "Orchard",
    "Polaris",
    "Quarry",
    "Ridge",
    "Saffron",
    "Tidewater",
    "Umber",
    "Vantage",
    "Willow",
    "Yarrow",
    "Zenith",
    "Ångström",
    "Café",
    "Élan",
    "Über",
    "Vermeer",
];

pub(super) const COMPANY_SECOND: &[&str] = &[
    "Logistics",
    "Foods",
    "Optics",
    "Energy",
    "Textiles",
    "Robotics",
    "Health",
    "Analytics",
    "Bikes",
    "Paper",
    "Marine",
    "Lighting",
    "Seeds",
    "Software",
    "Travel",
    "Instruments",
    "Ceramics",
    "Insurance",
    "Dairy",
    "Print",
    "Glass",
    "Packaging",
    "Tools",
    "Consulting",
];

pub(super) const TITLES: &[&str] = &[
    "Head of Procurement",
    "Chief Financial Officer",
    "IT Manager",
    "Operations Director",
    "Office Manager",
    "Buyer",
    "VP Engineering",
    "Founder",
    "Marketing Lead",
    "Facility Manager",
    "Managing Director",
    "Product Owner",
    "Directrice commerciale",
    "Leiter Einkauf",
    "Inkoper",
    "Plant Manager",
    "Sr. Analyst",
    "CEO & co-founder",
];

/// Lower-case ASCII letters and digits only; letters with marks become their plain form.
pub(super) fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' => plain.push(character),
            'à' | 'á' | 'â' | 'ã' | 'å' => plain.push('a'),
            'ä' => plain.push_str("ae"),
            'ç' => plain.push('c'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'ì' | 'í' | 'î' | 'ï' => plain.push('i'),
            'ñ' => plain.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' => plain.push('o'),
            'ö' | 'œ' => plain.push_str("oe"),
            'ù' | 'ú' | 'û' => plain.push('u'),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            _ => {}
        }
    }
    plain
}
