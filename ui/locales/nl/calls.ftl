# De gesprekken.
room-calls = Gesprekken
badge-to-link = { $count ->
    [one] { $count } te koppelen
   *[other] { $count } te koppelen
}
calls-to-link = Te koppelen
calls-all = Alle
calls-missed = Gemist
calls-voicemail = Voicemail
calls-logged = Gelogd
calls-ledger = Overzicht
calls-search = Naam, bedrijf, nummer, notitie
calls-search-short = Gesprekken zoeken
calls-count = { $count ->
    [one] { $shown } gesprek
   *[other] { $shown } gesprekken
}
calls-triage = { $count ->
    [one] { $shown } koppelen
   *[other] { $shown } koppelen
}
calls-export = Exporteren
calls-exported = { $count ->
    [one] { $shown } gesprek geëxporteerd.
   *[other] { $shown } gesprekken geëxporteerd.
}
calls-file = Gesprekken { $date }
ledger-file = Gespreksoverzicht { $date }
ledger-exported = { $count ->
    [one] { $shown } dag geëxporteerd.
   *[other] { $shown } dagen geëxporteerd.
}
range-days = Laatste { $days } dagen
range-all = Alles
calls-fetching = Je gesprekken worden opgehaald uit Zoom, de nieuwste eerst.
calls-filled = Aangevuld tot { $date }
calls-filled-goal = op weg naar { $date }
calls-none = Geen gesprekken in deze periode: { $range }
calls-none-found = Geen gesprek gevonden
calls-widen = Alles bekijken
calls-show-all = Alle gesprekken tonen
calls-all-linked = Alle gesprekken gekoppeld
calls-all-linked-text = Gesprekken die nog bij niemand horen, verschijnen hier.
calls-late = { $count ->
    [one] { $shown } gesprek is later gekoppeld, omdat een persoon, nummer of land bekend werd.
   *[other] { $shown } gesprekken zijn later gekoppeld, omdat personen, nummers of het land bekend werden.
}
calls-late-show = Welke?
calls-late-accept = Prima
calls-late-undone = De latere koppelingen zijn teruggedraaid.
calls-late-more = { $count ->
    [one] en nog { $shown }
   *[other] en nog { $shown }
}
calls-link-chosen = Aan iemand koppelen
calls-ignore-chosen = Negeren
calls-too-many = Hoogstens { $max } tegelijk.
calls-linked = { $count ->
    [one] Gekoppeld aan { $name }.
   *[other] { $shown } gesprekken gekoppeld aan { $name }.
}
calls-ignored = { $count ->
    [one] { $shown } gesprek genegeerd.
   *[other] { $shown } gesprekken genegeerd.
}
call-ignored = Dit gesprek wordt genegeerd.
call-ignored-number = { $number } wordt voortaan genegeerd.
call-unlinked = De koppeling is weg.
call-taken-back = Teruggedraaid.
yesterday-at = Gisteren { $time }
today-at = vandaag { $time }

call-way = In/uit
call-who = Wie
call-when = Wanneer
call-length = Duur
call-link = Koppeling
call-in = Inkomend
call-out = Uitgaand
call-internal = Intern
call-no-number = Geen nummer
call-extension = tst. { $extension }
call-recording = Opgenomen
call-rang = { $time } overgegaan
call-talked = { $time } gesproken
call-spam = Waarschijnlijk spam
call-hidden = Nummer afgeschermd
call-open-zoom = Openen in Zoom
call-emergency = Noodoproep
call-recordings = { $count ->
    [one] { $shown } opname in Zoom
   *[other] { $shown } opnames in Zoom
}
call-summary = AI-samenvatting in Zoom
call-not-final = Zoom vult dit gesprek nog aan.

outcome-answered = Opgenomen
outcome-colleague = Een collega nam op
outcome-colleague-short = Collega
outcome-forwarded = Opgenomen na doorschakelen
outcome-voicemail = Voicemail
outcome-missed = Gemist
outcome-declined = Geweigerd
outcome-busy = In gesprek
outcome-cancelled = Afgebroken
outcome-no-answer = Geen gehoor
outcome-failed = Mislukt
outcome-blocked = Geblokkeerd
outcome-unknown = Nog niet bekend

standing-new = Nog niet gezocht
standing-new-text = Er wordt gezocht zodra de personen uit Salesforce er zijn.
standing-ask = { $count ->
    [0] Te koppelen
    [one] { $shown } mogelijk
   *[other] { $shown } mogelijk
}
standing-switchboard = Centrale
standing-nobody = Onbekend
standing-new-lead = Nieuwe lead, onderweg
standing-new-lead-needs-you = Nieuwe lead heeft je nodig
standing-ignored = Genegeerd
standing-internal = Intern
standing-internal-text = Een gesprek binnen het bedrijf. Het wordt alleen vastgelegd als je er iemand bij zoekt.
standing-no-number = Geen nummer
no-number-withheld = De beller verborg het nummer. Het hoort bij niemand.
no-number-unknown = Het netwerk gaf geen nummer door. Het hoort bij niemand.
no-number-code = Een servicecode of adres, geen telefoonnummer. Het hoort bij niemand.
no-number-short = Een alarmnummer, kort nummer of toestel. Het hoort bij niemand.
no-number-country = Het nummer heeft geen landcode en je land is niet bekend. Het hoort bij niemand.
no-number-impossible = Dit kan geen telefoonnummer zijn. Het hoort bij niemand.

call-whose = Van wie is dit nummer?
ask-several = { $count ->
    [one] Eén persoon heeft dit nummer. Klopt dat?
   *[other] { $count } personen hebben dit nummer.
}
ask-doubt = Het nummer lijkt erop, maar het is niet zeker.
ask-switchboard = { $count ->
    [one] De centrale van { $company }.
   *[other] De centrale van { $company }. { $count } personen delen die, dus jij kiest.
}
ask-nobody = Niemand in Salesforce heeft dit nummer.
doubt-extension = Maar één kant heeft een toestelnummer.
doubt-others-line = Het is de lijn van een assistent of een fax.
doubt-two-readings = Het nummer kan op twee manieren worden gelezen.
doubt-not-valid = Het nummer is voor zover bekend niet in gebruik.
doubt-short = Het nummer is heel kort.
doubt-ending = Alleen het einde van het nummer is gelijk.
doubt-its-people = Meerdere mensen van dit account delen het nummer.
phone-field = Telefoon
phone-field-mobile = Mobiel
phone-field-home = Telefoon thuis
phone-field-other = Andere telefoon
phone-field-assistant = Telefoon assistent
phone-field-fax = Fax
why-line = Dezelfde lijn als { $field }: { $number }.
why-intent = Je belde vanuit dit record, { $when }.
why-remembered = Voor dit nummer altijd deze persoon, sinds { $when }.
why-chosen = Je koos deze persoon, { $when }.
why-ignored = Je negeerde het, { $when }.
why-unlinked = Je haalde de koppeling weg, { $when }.
why-source = Dat beide op dezelfde lijn uitkomen, staat bij { $source }.
followed-converted = De lead is geconverteerd; dit is de contactpersoon ervan.
followed-merged = Het record is samengevoegd; dit is het record dat bleef.
never-touched = Nog nooit gesproken
candidate-opportunity = Open opportunity van jou
do-not-call = Niet bellen
remembered-always = Altijd { $name }
remembered-ignored = Altijd genegeerd
call-find = Iemand zoeken
call-someone-else = Iemand anders
call-new-lead = Nieuwe lead
lead-title = Nieuwe lead
lead-make = Lead aanmaken
lead-making = Bezig …
lead-back = Terug naar de velden
lead-required = { $field } (verplicht)
lead-none = Niets gekozen
lead-day-hint = Als jaar-maand-dag: 2026-12-31
lead-record-type = Soort lead
lead-made = { $name } staat nu als lead in Salesforce.
lead-not-made = Er is geen lead aangemaakt: { $name } is er al.
lead-waits = { $name } wordt een lead zodra Salesforce bereikbaar is.
lead-others =
    { $count ->
        [one] Eén ander gesprek met dit nummer wordt er ook aan gekoppeld.
       *[other] { $shown } andere gesprekken met dit nummer worden er ook aan gekoppeld.
    }
lead-spam = Zoom ziet deze beller als spam
lead-spam-text = Maak alleen een lead als je weet wie het was.
lead-not-known = Salesforce is nu niet bereikbaar. De lead wordt later vanzelf aangemaakt; misschien vraagt Salesforce dan nog om velden van je eigen organisatie.
lead-beyond = Je organisatie verplicht velden die je hier niet kunt invullen: { $fields }
lead-beyond-text = Ze staan in het formulier van Salesforce zelf. Het gesprek wordt gekoppeld zodra de lead hier bekend is.
lead-beyond-guest-text = Ze staan in het formulier van Salesforce zelf.
lead-open-form = Formulier in Salesforce openen
lead-form-not-opened = Het formulier kon niet worden geopend.
lead-field-refused = Salesforce nam dit niet aan.
lead-no-right = Je mag geen leads aanmaken
lead-no-right-text = Salesforce staat het je gebruiker niet toe. Je beheerder kan dat veranderen.
lead-no-right-ask = Wil je mijn Salesforce-gebruiker het recht ‘Maken’ op leads geven, in mijn profiel of met een machtigingenset? Ik wil leads aanmaken bij gesprekken met nummers die nog van niemand zijn.
lead-no-right-ask-guest = Wil je mijn Salesforce-gebruiker het recht ‘Maken’ op leads geven, in mijn profiel of met een machtigingenset? Ik wil leads aanmaken van mensen die bij een webinar waren en niet in Salesforce staan.
lead-on-its-way = { $name } is als nieuwe lead onderweg naar Salesforce.
lead-on-its-way-text = Dit gesprek is eraan gekoppeld. Vastleggen wacht tot de lead er staat.
lead-needs-you = De nieuwe lead { $name } heeft je nodig.
lead-needs-you-text = Onder Uitgaand staat wat er mis is en hoe je verder kunt.
lead-show-outbox = Onder Uitgaand bekijken
doubles-title = { $name } staat er misschien al
doubles-text = De regels van je organisatie vonden deze records. Er is niets aangemaakt.
doubles-hidden = Salesforce vond een record dat je niet mag zien.
doubles-use = Deze gebruiken
doubles-use-name = { doubles-use }: { $name }
doubles-beside = Toch aanmaken
doubles-barred = Je organisatie staat geen tweede toe.
call-ignore = Negeren
call-ignore-text = Negeert dit nummer voortaan. Het staat in de instellingen.
call-unlink = Ontkoppelen
unlink-title = Gesprek met { $name } ontkoppelen?
unlink-text = Het staat als taak in Salesforce. Laat de taak staan zoals die is, geef hem aan iemand anders of verwijder hem daar. Verwijderen kan alleen zolang niemand anders hem heeft gewijzigd.
unlink-text-old = Het staat als taak in Salesforce en is ouder dan een dag, dus anderen rekenen er misschien op. Laat de taak staan of geef hem aan iemand anders.
unlink-keep = Taak laten staan
unlink-change = Aan iemand anders koppelen
unlink-delete = Taak verwijderen
scope = Geldt voor
scope-call = Dit gesprek
scope-number = Alles van dit nummer
scope-always = Altijd

calls-find-title = Wie was het? { $who }
calls-find-placeholder = Zoek in leads en contactpersonen
calls-find-none = Niemand gevonden op deze computer.

call-ended = Gesprek met { $who } is voorbij, { $time }.
call-ended-note = Notitie schrijven
call-note = Notitie
call-note-hint = Blijft op deze computer tot het gesprek is gelogd.
call-note-saving = Wordt opgeslagen
call-disposition = Resultaat
call-will-be-written = Wordt als taak geschreven
call-not-logged-yet = Nog niet gelogd.
call-subject = Gesprek met { $name }
written-type = Soort gesprek
written-result = Resultaat
written-duration = Duur
written-date = Datum
call-earlier-with = Eerder met { $name }
call-earlier-number = Eerder met dit nummer
call-meetings-with = Meetings met { $name }
call-meetings-next = volgende
call-path = Route
call-times = Tijden
times-rang = Ging over
times-answered = Opgenomen
times-ended = Beëindigd
times-talk = Gesproken
times-hold = In de wacht
times-wait = Gewacht
times-caller = Beller
times-callee = Gebelde
times-through = Via
times-others = Ook erbij
times-result = Volgens Zoom
times-id = Gespreks-ID
because-rang-out = Het ging over tot Zoom ophield.
because-gave-up = De beller hing op.
because-other = Een collega nam op.
because-picked-up = Een collega nam het over.
path-incoming = kwam binnen
path-shared-line = kwam binnen op een gedeelde lijn
path-from-contact-centre = kwam van het contactcenter
path-outgoing = belde
path-call-me = gebeld op een eigen telefoon
path-to-contact-centre = belde naar het contactcenter
path-ring = ging over
path-answer = opgenomen
path-transfer = doorverbonden
path-warm-transfer = doorverbonden na overleg
path-forward = doorgeschakeld
path-overflow = doorgeschakeld, niemand was vrij
path-timeout = doorgeschakeld, niemand nam op tijd op
path-park = geparkeerd
path-pickup = overgenomen uit de parkeerstand
path-voicemail = voicemail
path-merge = gesprekken samengevoegd
path-conference = vergadergesprek
path-conference-barge = kwam bij het vergadergesprek
path-barge = kwam bij het gesprek
path-listen = luisterde mee
path-whisper = sprak alleen met de collega
path-takeover = nam het gesprek over
path-shared = gedeeld
voicemail-of = Voicemail, { $time }
voicemail-unread = Niet beluisterd
voicemails-alone = { $count ->
    [one] { $shown } bericht hoort hier bij geen gesprek.
   *[other] { $shown } berichten horen hier bij geen gesprek.
}
voicemails-alone-show = Tonen
voicemails-alone-title = Berichten zonder gesprek
voicemail-no-text = Zoom heeft het niet uitgeschreven. Luister het af in Zoom.

dial-number = { $number } bellen
dial-which = Welk nummer?
dial-which-text = In het veld staan meerdere nummers.
dial-do-not-call = { $name } mag niet worden gebeld
dial-holders-do-not-call = { $count ->
    [one] { $names } heeft dit nummer en mag niet worden gebeld
   *[other] { $names } hebben dit nummer en mogen niet worden gebeld
}
dial-do-not-call-text = In Salesforce staat ‘Niet bellen’ bij dit record.
dial-not = Niet bellen
dial-zoom = Zoom Phone
dial-system = Telefoon van deze computer
calls-dialling = { $number } wordt gebeld.

access-no-licence = Je hebt geen Zoom Phone-licentie
access-no-licence-text = Gesprekken komen uit Zoom Phone. Al het andere werkt zonder.
access-no-licence-ask = Wil je mijn gebruiker een Zoom Phone-licentie geven? Dat kan in het Zoom-beheerportaal, onder Gebruikers.
access-scope = Liaison mag je gesprekken niet lezen
access-voicemail-scope = Liaison mag niet al je voicemails lezen
access-voicemail-forbidden = Je rol in Zoom mag geen voicemails lezen
access-voicemail-forbidden-ask = Wil je mijn rol in Zoom Phone toestaan de eigen voicemails te zien?
access-scope-text = De app in Zoom mist een scope. Al het andere werkt zonder.
access-scope-ask = Wil je de scope { $scope } toevoegen aan de Liaison-app in de Zoom App Marketplace? Daarna log ik opnieuw in.
access-forbidden = Je rol mag geen gesprekken lezen
access-forbidden-text = Zoom weigerde je gesprekken. Al het andere werkt zonder.
access-forbidden-ask = Wil je mijn rol in Zoom toestaan de eigen Zoom Phone-gespreksgeschiedenis te bekijken?
access-not-connected = Koppel Zoom om je gesprekken te zien
access-not-connected-text = Gesprekken komen uit Zoom Phone.
access-for-administrator = Voor je Zoom-beheerder
access-copied = Gekopieerd voor je beheerder.

triage = Gesprekken koppelen
triage-place = { $place } van { $total }
triage-done = { $done } van { $total } gekoppeld
triage-question = Wie was het?
triage-zoom-name = In Zoom bekend als { $name }
triage-skip = Overslaan
triage-linked-meanwhile = Intussen gekoppeld aan { $name }.
triage-decided-meanwhile = Hierover is intussen beslist.
triage-next = Volgend gesprek
triage-then = Daarna
triage-nothing-to-undo = Er is niets om ongedaan te maken.
triage-done-text = { $count ->
    [one] { $shown } gesprek afgehandeld.
   *[other] { $shown } gesprekken afgehandeld.
}
triage-back = Terug naar de gesprekken
triage-skipped = { $count ->
    [one] { $shown } gesprek overgeslagen
   *[other] { $shown } gesprekken overgeslagen
}
triage-skipped-text = Ze wachten nog op je.
triage-again = Alsnog doorlopen

ledger-day = Dag
ledger-in-zoom = Gesprekken
ledger-linked = Gekoppeld
ledger-waiting = Wacht
ledger-aside = Terzijde
ledger-why = Waarom
ledger-missing-head = Ontbreekt
ledger-to-link = { $count ->
    [one] { $count } te koppelen
   *[other] { $count } te koppelen
}
ledger-ignored = { $count ->
    [one] { $count } genegeerd
   *[other] { $count } genegeerd
}
ledger-internal = { $count ->
    [one] { $count } intern
   *[other] { $count } intern
}
ledger-no-number = { $count ->
    [one] { $count } zonder nummer
   *[other] { $count } zonder nummer
}
ledger-not-mine = { $count ->
    [one] { $count } door een collega opgenomen of geblokkeerd
   *[other] { $count } door collega’s opgenomen of geblokkeerd
}
ledger-spam = { $count ->
    [one] { $count } spam volgens Zoom
   *[other] { $count } spam volgens Zoom
}
ledger-filled = { $count ->
    [one] { $count } regel van Zoom opgehaald bij het vergelijken
   *[other] { $count } regels van Zoom opgehaald bij het vergelijken
}
ledger-unreadable = { $count ->
    [one] { $count } regel van Zoom is onleesbaar
   *[other] { $count } regels van Zoom zijn onleesbaar
}
ledger-nothing-missing = Er ontbreekt niets.
ledger-compared = { $count ->
    [one] De laatste dag is vergeleken met Zoom, { $time }.
   *[other] De laatste { $count } dagen zijn vergeleken met Zoom, { $time }.
}
ledger-missing = { $count ->
    [one] { $shown } regel van Zoom is hier niet.
   *[other] { $shown } regels van Zoom zijn hier niet.
}
ledger-missing-text = Ze worden bij de volgende synchronisatie opgehaald.
ledger-missing-some-text = Wat ervan leesbaar is, wordt bij de volgende synchronisatie opgehaald.
ledger-missing-unreadable = Zoom geeft ze in een vorm die hier niet te lezen is.
ledger-not-compared = Nog niet vergeleken met Zoom.
ledger-sum = Gesprekken = gekoppeld + wacht + terzijde
chart-days-title = { $count ->
    [one] { $shown } gesprek in 14 dagen
   *[other] { $shown } gesprekken in 14 dagen
}
chart-days-text = waarvan { $answered } opgenomen
chart-out = Opgenomen, uit
chart-in = Opgenomen, in
chart-out-count = Opgenomen, uit { $shown }
chart-in-count = Opgenomen, in { $shown }
chart-missed-count = Gemist { $shown }
chart-best = { $day } { $from }–{ $to } werkt het best:
chart-best-text = { $percent } % van { $count } gesprekken werd opgenomen
chart-hours-title = Wanneer mensen opnemen
chart-hours-legend = % opgenomen, door jou gebeld
chart-few = Minder dan { $count } gesprekken
chart-weekday = Weekdag
chart-cell = { $percent } % van { $count }
show-as-table = Als tabel
show-as-chart = Als grafiek

settings-dial = Bellen met
settings-dial-text = Wat er opent als je op een nummer drukt.
settings-region = Land van je nummers
region-chosen = Je eigen keuze. Nummers zonder landcode worden gelezen als nummers van dit land.
region-zoom-number = Van je Zoom-nummer. Nummers zonder landcode worden gelezen als nummers van dit land.
region-organisation = Van je organisatie in Salesforce. Nummers zonder landcode worden gelezen als nummers van dit land.
region-computer = Van deze computer. Nummers zonder landcode worden gelezen als nummers van dit land.
region-none = Niet bekend. Nummers zonder landcode horen bij niemand totdat je een land kiest.
region-unknown = Dat land bestaat niet.
region-automatic = Automatisch
settings-numbers = Onthouden nummers
settings-numbers-none = Nog geen. Met ‘Altijd’ en ‘Negeren’ komen nummers hier.
forget-number = Vergeten
settings-calls-sms = Sms-berichten blijven in Zoom Phone. Ze worden hier niet getoond of gelogd.
forget-number-named = { forget-number }: { $number }

command-calls-triage = Gesprekken een voor een koppelen
command-calls-choose = De persoon met dit nummer kiezen
command-calls-find = Iemand anders zoeken
command-calls-new-lead = Nieuwe lead in Salesforce
command-calls-ignore = Dit nummer negeren
command-calls-scope = Dit gesprek, alles van dit nummer, of altijd
command-calls-write-ended = Een notitie schrijven bij het gesprek dat net voorbij is
command-calls-skip = Dit gesprek overslaan
command-calls-undo = De laatste beslissing terugdraaien
command-calls-open = In Salesforce openen
command-calls-dial = Dit nummer bellen
command-calls-unlink = Dit gesprek ontkoppelen
command-calls-ledger = Het overzicht tonen
command-calls-export = De gesprekken als CSV exporteren
command-calls-close = Stoppen met een voor een

# Vastleggen.
command-calls-log = Vastleggen in Salesforce
command-calls-unlog = Vastleggen terugdraaien
command-calls-next = Vervolgstap plannen
calls-log-chosen = Vastleggen
calls-due = Te doen
calls-logging = { $count ->
    [one] { $shown } gesprek is onderweg naar Salesforce.
   *[other] { $shown } gesprekken zijn onderweg naar Salesforce.
}
calls-left-out = { $count ->
    [one] { $shown } overgeslagen: { $why }
   *[other] { $shown } overgeslagen. Het eerste: { $why }
}
not-logged-not-linked = Het is nog aan niemand gekoppeld.
not-logged-lead-waits = De nieuwe lead staat nog niet in Salesforce.
not-logged-not-final = Zoom vult het nog aan. Zodra Zoom klaar is, kun je het vastleggen.
not-logged-internal = Een intern gesprek wordt pas vastgelegd als je er iemand bij hebt gezocht.
not-logged-not-mine = Een collega nam op, of het werd geblokkeerd. Het is niet aan jou om vast te leggen.
not-logged-by-others = Andere software heeft het al vastgelegd.
not-logged-already = Het is al zo vastgelegd.
not-logged-gone = Het staat hier niet meer.
unlogged-discarded = Teruggedraaid. Het was nog niet verstuurd.
unlogged-deleting = De taak wordt in Salesforce verwijderd.
unlogged-too-old = Het is langer dan een dag geleden vastgelegd. Verwijder het in Salesforce als het niet klopt.
unlogged-not-ours = Andere software heeft het vastgelegd. Draai het daar terug.
unlogged-not-logged = Het is niet vastgelegd.
call-log = Vastleggen
call-log-again = Wijziging opslaan
call-unlog = Terugdraaien
call-on-its-way = Onderweg naar Salesforce
call-log-needs-you = Vastleggen lukt niet zonder jou
call-log-needs-you-text = In de outbox staat wat er mis is en wat je eraan doet.
call-log-lacks = Wat je daarna hebt veranderd, zit er nog niet in.
call-log-differs = Sinds het vastleggen is er iets veranderd.
call-task-stays = De taak blijft in Salesforce staan, ook al is het gesprek hier aan niemand gekoppeld.
call-fields-left-out = Deze velden mag je niet invullen en blijven leeg: { $fields }. Je Salesforce-beheerder kan dat veranderen.
logged-by-own = Vanuit Liaison vastgelegd
logged-by-zoom = Vastgelegd door Zoom for Salesforce
logged-by-ringcentral = Vastgelegd door RingCentral
logged-by-einstein = Vastgelegd door Einstein
logged-by-name = Vastgelegd door { $name }
logged-by-somebody = Vastgelegd door andere software
call-topic = Gaat over
call-topic-choose = Kies een opportunity of case
call-topic-other = Kies een andere
call-topic-clear = Niets
call-topic-none = Je hebt geen open opportunity of case bij deze persoon of het account.
topic-opportunity = Opportunity
topic-case = Case
call-next = Vervolgstap
next-subject = { $name } terugbellen
next-when = Wanneer
next-tomorrow = Morgen
next-in-days = Over { $days } dagen
next-remind = Herinnering
next-plan = Plannen
next-planned = De taak is onderweg naar Salesforce.
due-title = Vandaag te doen
due-none = Er is niets te doen.
due-overdue = Te laat
settings-auto-log = Gesprekken vanzelf vastleggen
settings-auto-log-text = Gesprekken die gekoppeld zijn, beantwoord en langer dan 30 seconden, vanaf het moment dat je dit aanzet.
settings-auto-log-on = Aan
auto-log-preview = { $count ->
    [one] De afgelopen 7 dagen was { $shown } van { $all } gesprekken vastgelegd.
   *[other] De afgelopen 7 dagen waren { $shown } van { $all } gesprekken vastgelegd.
}
auto-log-which = Welke?
settings-call-subject = Onderwerp van een vastgelegd gesprek
settings-call-subject-text = { $name }, { $company }, { $number } en { $result } staan voor die van het gesprek.
