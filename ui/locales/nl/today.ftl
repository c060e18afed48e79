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

copy-join-link = Deelnamelink kopiëren
copy-invitation = Uitnodiging kopiëren
copy-id-and-passcode = Meeting-ID en toegangscode kopiëren
copied-join-link = Deelnamelink gekopieerd.
copied-invitation = Uitnodiging gekopieerd.
share = Delen
mail-invitation = De gasten mailen…
save-invitation = Opslaan als agendabestand…
invitation-mail-opened = { $count ->
    [one] In je mailprogramma staat een concept voor 1 gast klaar.
   *[other] In je mailprogramma staat een concept voor { $count } gasten klaar.
}
invitation-mail-nobody = In je mailprogramma staat een concept klaar. Van de gasten is geen adres bekend: vul zelf in naar wie het gaat.
invitation-mail-copied = { $count ->
    [one] 1 adres paste er niet meer bij. Het staat op het klembord: plak het in het concept.
   *[other] { $count } adressen pasten er niet meer bij. Ze staan op het klembord: plak ze in het concept.
}
invitation-saved = Agendabestand opgeslagen.
meet-now = Nu een meeting
meet-now-made = “{ $topic }” staat klaar.
meet-now-not-opened = Zoom ging niet open. Start de meeting vanuit de lijst van vandaag.
meeting-follow-up = Vervolg plannen
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
busy-untitled = Bezet
busy-all-day = Hele dag
busy-away = Afwezig
busy-webinar = Je webinar
busy-source = In je agenda in Salesforce
week-view = Week
week-number = Week { $number }
week-before = Vorige week
week-after = Volgende week
week-this = Deze week
week-open-day = { $day } openen
week-day-words = { $day }, { $booked }
week-free = Niets gepland
week-gap = { $time } vrij vanaf { $start }, plannen
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
meeting-setting-unknown = Niet bekend
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
cancel-zoom-date = Zoom verwijdert deze datum. De andere datums blijven staan en hun link blijft werken.
cancel-zoom-following = Zoom verwijdert deze datums. Eerdere datums blijven staan en de link van de reeks blijft werken.
cancel-zoom-to-come = { $count ->
    [one] Zoom verwijdert de enige datum van de reeks die nog komt.
   *[other] Zoom verwijdert alle { $count } datums van de reeks die nog komen.
}
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

# Wat er van een afgelopen meeting geworden is.
after-held = Gehouden { $time }, { $minutes } min
after-who-came = Wie er waren
after-who-came-of = Wie er waren: { $came } van { $of }
after-guests = { $count ->
    [one] en { $count } gast
   *[other] en { $count } gasten
}
after-you = Jij
after-nameless = Geen naam
after-used = als { $name }
after-missed = Niet gekomen
after-minutes-short = { $count } min
after-waiting = Zoom maakt de lijst van aanwezigen enkele minuten na afloop. Die komt hier vanzelf.
after-never-told = Zoom heeft niet verteld wie er was, en doet dat ook niet meer.
after-not-held = Zoom weet van niemand die er was.
after-provisional = Zoom kan deze lijst nog aanvullen.
after-nobody = Van een meeting waar maar één persoon was, houdt Zoom geen lijst bij.
after-you-said = Dat heb jij gezegd.
after-you-said-not = Je hebt gezegd dat het niet { $names } is.
after-take-back = Terugnemen
after-by-intent = Alleen met deze persoon gepland, en gekomen als { $name }.
after-may-be = { $guest } is misschien { $name }
after-may-be-gap = { $guest } is misschien { $name }: precies in het gat tussen twee keer aanwezig.
after-may-be-name = { $guest } is misschien { $name }: de namen hebben een woord gemeen.
after-may-be-only = { $guest } is misschien { $name }: verder ontbreekt er niemand.
after-is-them = Is { $name }
after-is-not = Nee, { $guest } is niet { $name }
after-recordings = Opnamen
after-recordings-gone = Verwijderd in Zoom
after-deleted-in = { $days ->
    [0] Wordt vandaag verwijderd
    [one] Wordt over { $days } dag verwijderd
   *[other] Wordt over { $days } dagen verwijderd
}
after-deleted-day = Zoom verwijdert ze op { $day }.
after-opens-in-zoom = Opent in Zoom.
after-open-file = Openen in Zoom: { $kind }
after-play-file = Afspelen in Zoom: { $kind }
after-play = Afspelen
after-not-ready = Zoom is ermee bezig
after-copy-passcode = Toegangscode kopiëren
after-passcode-copied = Toegangscode van de opnamen gekopieerd.
after-summary = Samenvatting van Zoom
after-scope-people = Wie er waren is niet te lezen: Liaisons app in Zoom mist de scope { $scope }. Je Zoom-beheerder kan die toevoegen; log daarna opnieuw in bij Zoom.
after-scope-recordings = Opnamen zijn niet te lezen: Liaisons app in Zoom mist de scope { $scope }. Je Zoom-beheerder kan die toevoegen; log daarna opnieuw in bij Zoom.
after-scope-summary = Samenvattingen zijn niet te lezen: Liaisons app in Zoom mist de scope { $scope }. Je Zoom-beheerder kan die toevoegen; log daarna opnieuw in bij Zoom.
after-refused-people = Zoom laat je niet zien wie er waren. Dat hoort niet bij je abonnement of je rol.
after-refused-recordings = Zoom laat je geen opnamen zien. Die horen niet bij je abonnement of je rol.
after-refused-summary = Zoom laat je hier geen samenvattingen zien. Je account deelt ze op een andere manier.
recording-screen-speaker = Gedeeld scherm en spreker
recording-screen-gallery = Gedeeld scherm en galerij
recording-screen = Gedeeld scherm
recording-speaker = Spreker
recording-gallery = Galerij
recording-video = Video
recording-audio = Alleen geluid
recording-transcript = Transcript
recording-captions = Ondertiteling
recording-chat = Chat
recording-poll = Polls
recording-summary = Samenvatting
recording-file = Bestand
size-kb = { $size } kB
size-mb = { $size } MB
past-meetings = Afgelopen meetings
past-view-day = Dag
past-view-past = Afgelopen
past-search = Onderwerp of persoon
past-count = { $count ->
    [one] { $shown } meeting
   *[other] { $shown } meetings
}
past-none = Nog geen afgelopen meetings
past-none-found = Geen afgelopen meeting gevonden
past-came = { $came } van { $of } aanwezig
past-recorded = Opgenomen
past-clear = Zoekopdracht wissen
past-when = Wanneer
past-topic = Onderwerp
past-people = Wie er waren
past-event = In Salesforce
after-no = Nee

# Wat Zoom en Salesforce verschillend zeggen

command-differences = Verschillen tussen Zoom en Salesforce tonen
differences-title = Verschillen
differences-view = Verschillen
differences-view-asks = Verschillen ({ $shown })
differences-count = { $count ->
    [0] Niets te beslissen
    [one] { $shown } verschil tussen Zoom en Salesforce
   *[other] { $shown } verschillen tussen Zoom en Salesforce
}
differences-look = Bekijken
differences-ask = Jij beslist
differences-stay = In Salesforce gewijzigd en behouden
differences-none = Zoom en Salesforce komen overeen
differences-none-text = Wat in Zoom verandert, wordt vanzelf in de events bijgewerkt. Wat iemand in Salesforce wijzigt, blijft staan.
difference-event = Event
difference-subject = Onderwerp
difference-time = Tijd
difference-place = Locatie
difference-notes = Beschrijving
difference-in-zoom = In Zoom
difference-in-salesforce = In Salesforce
difference-span = { $day }, { $start } tot { $end }
difference-zoom-there = De meeting gaat door
difference-zoom-gone = De meeting bestaat niet meer
difference-zoom-elsewhere = Iemand anders is nu host van de meeting
difference-zoom-hosted = { $who } is nu host van de meeting
difference-salesforce-there = Het event staat er nog
difference-salesforce-gone = Het event is verwijderd
difference-since = gezien { $when }
difference-take = Die van Zoom overnemen
difference-keep = Die van Salesforce houden
difference-delete-event = Event verwijderen
difference-keep-event = Event houden
difference-make-event = Opnieuw loggen
difference-leave-event = Verwijderd laten
difference-on-its-way = Onderweg naar Salesforce
difference-taken = Het event van { $topic } krijgt wat Zoom zegt
difference-taken-hint = Notities in de beschrijving blijven staan.
difference-deleted = Het event van { $topic } wordt verwijderd
difference-deleted-hint = Met alles wat erin staat.
difference-kept = { $topic } blijft zoals het in Salesforce staat
