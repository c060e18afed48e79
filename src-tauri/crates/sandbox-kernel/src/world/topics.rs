//! What a sales rep's meetings are called and what their agendas say.

/// Topics of conversations with one company; `{}` stands for its name.
pub(super) const WITH_COMPANY: [&str; 14] = [
    "Discovery call with {}",
    "Product demo for {}",
    "{}: renewal conversation",
    "Proposal walkthrough with {}",
    "{} security questions",
    "Pricing follow-up, {}",
    "{} onboarding check-in",
    "Quarterly business review with {}",
    "{}: scope of the pilot",
    "Contract review with {}",
    "Intro: Northwind and {}",
    "{} integration workshop",
    "Success plan for {}",
    "{}: next steps",
];

/// Topics of meetings among colleagues.
pub(super) const INTERNAL: [&str; 6] = [
    "Pipeline review",
    "Deal desk",
    "Marketing and sales sync",
    "Partner check-in",
    "Product news for sales",
    "One-on-one with Mila",
];

/// Agendas; an empty one means that a meeting has none.
pub(super) const AGENDAS: [&str; 8] = [
    "Goals for the quarter, current tools, who decides and by when.",
    "1. What changed since last time\n2. Walk through the proposal\n3. Open questions\n4. Next step",
    "Show the reporting part first, then the import. Leave ten minutes for questions.",
    "",
    "Renewal date, usage of the last twelve months, seats that can go or come.",
    "Single sign-on, data residency, retention. Their security officer joins for the first half.",
    "",
    "Confirm scope, dates and success criteria of the pilot; agree on who reports to whom.",
];

/// Topics that a careless program stumbles over, with the days after today on which they lie.
pub(super) const HOSTILE: [(i64, &str); 6] = [
    (2, "<img src=x onerror=\"alert(1)\"> Intro call"),
    (2, "🚀 Kick-off 👩🏽‍💻 مرحبا بالعالم"),
    (3, "Invoice review \u{202E}fdp.exe\u{202C} with finance"),
    (3, "=HYPERLINK(\"http://example.com\";\"Quote\")"),
    (4, "Re: Re: \"Quotes\" & 'apostrophes' \\ back\\slashes; DROP TABLE meetings; --"),
    (4, "   leading, trailing and\tcontrol\u{7} characters   "),
];
