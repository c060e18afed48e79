# Vandaag, de details van een meeting, en kopiëren.
meetings = Meetings
booked = { $time } bezet
schedule = Plannen
schedule-with = Plannen met { $name }
calendar = Kalender
month-before = Vorige maand
month-after = Volgende maand

start = Starten
join = Deelnemen
start-named = { $topic } starten
join-named = Deelnemen aan { $topic }
start-meeting = Meeting starten
join-meeting = Deelnemen aan meeting
opening-zoom = { $topic } wordt in Zoom geopend.

copy-join-link = Deelnamelink
copy-invitation = Uitnodiging
copy-id-and-passcode = Meeting-ID en toegangscode
copied-join-link = Deelnamelink gekopieerd.
copied-invitation = Uitnodiging gekopieerd.
copied-id-and-passcode = Meeting-ID en toegangscode gekopieerd.

no-topic = Geen onderwerp
until = tot
host = Host
recurring = Terugkerend
cancelled = Geannuleerd
running = Nu
overlaps = Overlapt
outside-hours = Buiten werktijd
internal = Intern
not-linked = Niet gekoppeld
not-linked-hint = Een van de deelnemers staat niet in Salesforce. In de details staat wie, en wat je kunt doen.
people = Deelnemers
people-count = { $count ->
    [one] { $count } persoon
   *[other] { $count } personen
}
people-more = { $count ->
    [one] nog { $count }
   *[other] nog { $count }
}
people-unknown = Alleen de host ziet wie is uitgenodigd.
people-nobody = Via Zoom is niemand uitgenodigd. Wie de link heeft, kan deelnemen; onder Kopiëren vind je de uitnodiging om te versturen.
their-time = { $time } in { $city }
their-time-inside = { $time } in { $city }
their-time-outside = { $time } in { $city }, buiten werktijd

event-held = Wordt over { $seconds } s verstuurd
event-waiting = Event in de wacht
event-sending = Event wordt verstuurd
event-synced = Event verstuurd
event-needs-you = Event: actie nodig
event-discarded = Event weggegooid
event-none = Geen event vastgelegd
event = Event

gap = { $time } vrij
gap-schedule = Plannen om { $time }
tomorrow-count = { $count ->
    [0] Morgen: geen meetings
    [one] Morgen: { $count } meeting
   *[other] Morgen: { $count } meetings
}
next-day-count = { $count ->
    [0] De dag erna: geen meetings
    [one] De dag erna: { $count } meeting
   *[other] De dag erna: { $count } meetings
}
today-next = Hierna: { $when }, { $topic }.
today-over = Vandaag staat er niets meer.
today-empty = Vandaag geen meetings
today-fetching = Je dag wordt opgehaald…
day-empty = Geen meetings op deze dag
today-connect-title = Koppel Zoom om je meetings te zien
today-connect-text = Je hele dag, met wie je spreekt, en één knop om deel te nemen.
connect-zoom = Zoom koppelen

meeting-id = Meeting-ID
join-link = Deelnamelink
passcode = Toegangscode
passcode-set = Ingesteld; wordt samen met het ID gekopieerd
passcode-none = Geen
waiting-room = Wachtruimte
series = Reeks
series-occurrence = Hoort bij een terugkerende meeting
in-salesforce = In Salesforce
linked-to = Gekoppeld aan
why-linked = Waarom
basis-intent = Op { $date } voor deze persoon gepland
basis-remembered = Net als de vorige keer, op { $date }
basis-phone = Zelfde telefoonnummer, gevonden op { $date }
basis-email = Zelfde e-mailadres, gevonden op { $date }
basis-manual = Zelf gekozen op { $date }
not-linked-why = Niet bij je Leads en contactpersonen: { $names }.
not-linked-todo = Maak er in Salesforce een Lead of contactpersoon met dit adres van; na de volgende synchronisatie staat die hier.
belongs-to = Gevonden als
link-fetching = Je Leads en contactpersonen worden nog opgehaald.
link-connect = Koppel Salesforce om te zien wie het is.
matched-why = Zelfde e-mailadres. Daar wordt niets vastgelegd zolang er geen event is.
open-in-salesforce = Openen in Salesforce
open-named-in-salesforce = { $name } openen in Salesforce
show-in-outbox = Bekijken bij Uitgaand
agenda = Agenda
pending-moved = Verschuift naar { $time }
pending-until = Duurt straks tot { $time }
pending-edited = Wijzigt na verzending
pending-cancelled = Wordt geannuleerd

cancel-meeting = Meeting annuleren
cancel-title = { $topic } annuleren?
cancel-zoom = Zoom verwijdert de meeting en de link werkt dan niet meer.
cancel-event = Het event in Salesforce wordt verwijderd zodra Zoom dat heeft gedaan.
cancel-tells-nobody = Zoom laat de genodigden niets weten; dat doe je zelf.
cancel-hold = { $seconds ->
    [one] Je hebt { $seconds } seconde om dit ongedaan te maken; na het versturen kan het niet meer.
   *[other] Je hebt { $seconds } seconden om dit ongedaan te maken; na het versturen kan het niet meer.
}
cancel-at-once = Dit wordt meteen verstuurd en is niet terug te draaien.
cancel-keep = Meeting behouden
cancel-held = Geannuleerd: { $topic }.
cancel-until-sent = Je kunt het ongedaan maken tot Zoom het weet.
log-in-salesforce = Vastleggen in Salesforce
log-held = Event staat klaar: { $topic }.
log-all-held = { $count ->
    [one] { $shown } event staat klaar.
   *[other] { $shown } events staan klaar.
}
