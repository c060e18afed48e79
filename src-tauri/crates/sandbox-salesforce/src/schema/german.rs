//! An org that was set up in German: labels, and picklists whose very values are German. API names
//! never change.

use super::Definition;
use super::field::{Choice, Default, Field, choice, labelled};

const OBJECTS: [(&str, &str, &str); 8] = [
    ("Contact", "Kontakt", "Kontakte"),
    ("Event", "Ereignis", "Ereignisse"),
    ("Task", "Aufgabe", "Aufgaben"),
    ("Campaign", "Kampagne", "Kampagnen"),
    ("CampaignMember", "Kampagnenmitglied", "Kampagnenmitglieder"),
    ("CampaignMemberStatus", "Status des Kampagnenmitglieds", "Status der Kampagnenmitglieder"),
    ("Case", "Kundenvorgang", "Kundenvorgänge"),
    ("User", "Benutzer", "Benutzer"),
];

/// The same label on every object that has the field.
const FIELDS: [(&str, &str); 20] = [
    ("Subject", "Betreff"),
    ("Location", "Ort"),
    ("Priority", "Priorität"),
    ("Description", "Beschreibung"),
    ("LastName", "Nachname"),
    ("FirstName", "Vorname"),
    ("Company", "Firma"),
    ("Title", "Titel"),
    ("Phone", "Telefon"),
    ("MobilePhone", "Mobiltelefon"),
    ("Email", "E-Mail"),
    ("CallType", "Anruftyp"),
    ("CallDurationInSeconds", "Anrufdauer"),
    ("WhoId", "Namens-ID"),
    ("WhatId", "ID von \"Bezug auf\""),
    ("ShowAs", "Zeit anzeigen als"),
    ("StartDateTime", "Startdatum und -uhrzeit"),
    ("EndDateTime", "Enddatum und -uhrzeit"),
    ("OwnerId", "Inhaber-ID"),
    ("ActivityDate", "Fälligkeitsdatum"),
];

const TASK_STATUSES: &[Choice] = &[
    choice("Nicht begonnen"),
    choice("In Bearbeitung"),
    choice("Abgeschlossen"),
    choice("Wartet auf jemand anderen"),
    choice("Zurückgestellt"),
];
const PRIORITIES: &[Choice] = &[choice("Hoch"), choice("Normal"), choice("Niedrig")];
const LEAD_STATUSES: &[Choice] = &[
    choice("Offen - Nicht kontaktiert"),
    choice("In Bearbeitung - Kontaktiert"),
    choice("Geschlossen - Konvertiert"),
    choice("Geschlossen - Nicht konvertiert"),
];
const CAMPAIGN_STATUSES: &[Choice] =
    &[choice("Geplant"), choice("In Bearbeitung"), choice("Abgeschlossen"), choice("Abgebrochen")];
const MEMBER_STATUSES: &[Choice] = &[choice("Gesendet"), choice("Beantwortet")];
/// Picklists of the platform keep their values.
const CALL_TYPES: &[Choice] =
    &[labelled("Internal", "Intern"), labelled("Inbound", "Eingehend"), labelled("Outbound", "Ausgehend")];
const SHOW_AS: &[Choice] =
    &[labelled("Busy", "Gebucht"), labelled("OutOfOffice", "Abwesend"), labelled("Free", "Verfügbar")];

type Translation = (&'static str, &'static str, &'static [Choice], Option<&'static str>);

/// Object, field, its choices, its default.
const CHOICES: [Translation; 7] = [
    ("Task", "Status", TASK_STATUSES, Some("Nicht begonnen")),
    ("Task", "Priority", PRIORITIES, Some("Normal")),
    ("Task", "CallType", CALL_TYPES, None),
    ("Event", "ShowAs", SHOW_AS, None),
    ("Lead", "Status", LEAD_STATUSES, Some("Offen - Nicht kontaktiert")),
    ("Campaign", "Status", CAMPAIGN_STATUSES, Some("Geplant")),
    ("CampaignMember", "Status", MEMBER_STATUSES, None),
];

/// Puts German in place of English.
pub(super) fn translate(definition: &mut Definition, fields: &mut [Field]) {
    if let Some((_, label, plural)) = OBJECTS.iter().find(|(name, ..)| *name == definition.name) {
        definition.label = label;
        definition.plural = plural;
    }
    for field in fields {
        if let Some((_, label)) = FIELDS.iter().find(|(name, _)| *name == field.name) {
            field.label = label;
        }
        let own = CHOICES.iter().find(|(object, name, ..)| *object == definition.name && *name == field.name);
        if let Some((_, _, choices, default)) = own {
            field.picklist = choices;
            if let Some(default) = default {
                field.default = Default::Choice(default);
            }
        }
    }
}
