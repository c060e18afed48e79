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
people = Personen
people-count = { $count ->
    [one] { $count } persoon
   *[other] { $count } personen
}
people-more = { $count ->
    [one] nog { $count }
   *[other] nog { $count }
}
people-unknown = Zoom zegt niet wie is uitgenodigd.
their-time = { $time } in { $city }
their-time-inside = { $time } in { $city }
their-time-outside = { $time } in { $city }, buiten werktijd

event-held = Wordt over { $seconds } s verstuurd
event-waiting = Event wacht
event-sending = Event wordt verstuurd
event-synced = Event verstuurd
event-needs-you = Event vraagt actie
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
today-over = Vandaag niets meer.
today-empty = Geen meetings vandaag
day-empty = Geen meetings op deze dag
today-connect-title = Koppel Zoom om je meetings te zien
today-connect-text = Je dag, met wie, en één knop om binnen te komen.
connect-zoom = Zoom koppelen

meeting-id = Meeting-ID
join-link = Deelnamelink
passcode = Toegangscode
passcode-set = Ingesteld, gaat mee met het ID
passcode-none = Geen
waiting-room = Wachtruimte
series = Reeks
series-occurrence = Een van een terugkerende meeting
in-salesforce = In Salesforce
linked-to = Gekoppeld aan
why-linked = Waarom
basis-intent = Op { $date } voor deze persoon gepland
basis-remembered = Zoals de vorige keer, op { $date }
basis-phone = Zelfde telefoonnummer, gevonden op { $date }
basis-email = Zelfde e-mailadres, gevonden op { $date }
basis-manual = Met de hand gekozen op { $date }
not-linked-why = Een van de genodigden staat niet bij je Leads en contactpersonen.
matched-why = Nog niets. Iedereen die is uitgenodigd, heeft een record.
open-in-salesforce = Openen in Salesforce
open-named-in-salesforce = { $name } openen in Salesforce
show-in-outbox = Tonen bij Uitgaand
agenda = Agenda
