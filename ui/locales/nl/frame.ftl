# Het raamwerk van het venster en wat elk scherm deelt.
product = Liaison
navigation = Hoofdnavigatie
room-today = Vandaag
room-outbox = Uitgaand
settings = Instellingen
inspector = Details
inspector-close = Details sluiten
notices = Meldingen
close = Sluiten
cancel = Annuleren
back = Terug
retry = Opnieuw proberen
edit = Bewerken
save = Opslaan
undo = Ongedaan maken
discard = Weggooien
restore = Terugzetten
open = Openen
show = Tonen
copy = Kopiëren
copy-link = Link kopiëren
on = Aan
off = Uit
or = of
loading = Laden
results = { $count ->
    [0] Geen resultaten
    [one] { $count } resultaat
   *[other] { $count } resultaten
}
remove = { $name } verwijderen

length-minutes = { $minutes } min
length-hours = { $hours } u
length-hours-minutes = { $hours } u { $minutes } min
seconds = { $seconds } s
as-of = stand van { $time }

environment-production = Productie
environment-sandbox = Sandbox
environment-demo = Demo
record-lead = Lead
record-contact = Contactpersoon
record-account = Account
record-none = Niet in Salesforce

badge-needs-you = { $count ->
    [one] { $count } vraagt je aandacht
   *[other] { $count } vragen je aandacht
}
badge-unsent = { $count ->
    [0] Niets te versturen
    [one] { $count } nog niet verstuurd
   *[other] { $count } nog niet verstuurd
}

demo = Demo
demo-ribbon = Demogegevens. Er wordt niets verstuurd.
demo-leave = Demo verlaten
demo-leave-connect = Demo verlaten en accounts koppelen

next-up = Hierna
next-in = over { $time }
next-in-seconds = over { $seconds } s
next-now = { $minutes ->
    [0] nu
   *[other] nu, al { $minutes } min bezig
}
next-ended = { $minutes ->
    [0] net afgelopen
   *[other] { $minutes } min geleden afgelopen
}
next-several = { $count } meetings nu
next-choose = Kies uit { $count }
join-early-title = Er is nog niets bezig
join-early-text = De volgende is { $topic }, { $when }.
join-early-start = Toch starten
join-early-join = Toch deelnemen
join-early-wait = Nog niet
join-nothing = Vandaag is er geen meeting meer om aan deel te nemen.

status-title = Verbinding
status-up-to-date = Bijgewerkt
status-syncing = Synchroniseren
status-syncing-of = { $done } van { $total } gesynchroniseerd
status-waiting = { $count ->
    [one] { $count } wacht nog
   *[other] { $count } wachten nog
}
status-offline = Offline
status-offline-waiting = { $count ->
    [one] Offline. { $count } wacht nog.
   *[other] Offline. { $count } wachten nog.
}
status-sign-in = { $provider }: log in
status-paused = Versturen gepauzeerd
status-paused-count = { $count ->
    [one] Gepauzeerd, { $count } wacht nog
   *[other] Gepauzeerd, { $count } wachten nog
}
status-not-connected = Niet gekoppeld
status-behind = Niet bijgewerkt sinds
status-failing = Storing bij { $provider }
sync-now = Nu synchroniseren

account-not-connected = Niet gekoppeld
account-connecting = Wacht op de browser
account-sign-in = Log opnieuw in
account-connected = Gekoppeld
account-never-synced = Gekoppeld, eerste synchronisatie volgt
account-synced = Laatst gesynchroniseerd { $time }
account-skipped-zoom = { $count ->
    [one] Eén meeting kon niet worden gelezen en ontbreekt.
   *[other] { $count } meetings konden niet worden gelezen en ontbreken.
}
account-skipped-salesforce = { $count ->
    [one] Eén persoon kon niet worden gelezen en ontbreekt.
   *[other] { $count } personen konden niet worden gelezen en ontbreken.
}
account-unseen = Niet alles kon worden bekeken: er ontbreekt een machtiging. Vraag het je beheerder.

quit-title = Liaison afsluiten?
quit-text = { $count ->
    [one] { $count } wijziging is nog niet verstuurd. Dat gebeurt bij de volgende start.
   *[other] { $count } wijzigingen zijn nog niet verstuurd. Dat gebeurt bij de volgende start.
}
quit-stay = Blijven
quit-anyway = Toch afsluiten
close-title = Liaison gaat door zonder venster
close-text = Het blijft naast de klok staan, houdt je meetings bij en herinnert je eraan. In Instellingen kun je dit veranderen.
close-not = Laat het open
close-keep = Laat het draaien
close-quit = Toch stoppen
first-steps = Eerste stappen
first-steps-count = { $done } van { $all }
first-steps-away = Eerste stappen opbergen
first-steps-all = Alles gedaan. Liaison is nu van jou.
first-steps-text = Vijf dingen om één keer te doen. Ze worden vanzelf afgevinkt als je ze doet.
first-steps-show = In de zijbalk tonen
step-meeting = Neem deel aan een meeting of kopieer de link
step-call = Koppel een gesprek
step-palette = Open Opdrachten
step-schedule = Plan een meeting
step-hotkey = Stel een toets in om overal deel te nemen
step-ticked = gedaan
step-done = Gedaan: { $step }. { $done } van { $all } eerste stappen.
command-first-steps = Eerste stappen tonen
simulate = Simuleren
trouble-none = Terug naar normaal
trouble-nothing = Alles werkt
trouble-offline = Offline
trouble-slow = Traag netwerk
trouble-rate-limit = Te veel verzoeken
trouble-sign-in = Aanmelding kwijt
trouble-server = Serverfouten
trouble-answer = Antwoorden kwijt
trouble-clock = Kloksprong
trouble-offline-shown = Gesimuleerd: geen netwerk. Wat je wijzigt wacht bij Uitgaand.
trouble-slow-shown = Gesimuleerd: elk antwoord duurt vier seconden.
trouble-rate-limit-shown = Gesimuleerd: Zoom en Salesforce vragen om het rustiger aan te doen.
trouble-sign-in-shown = Gesimuleerd: beide aanmeldingen zijn kwijt. Meld je opnieuw aan of ga terug naar normaal.
trouble-server-shown = Gesimuleerd: Zoom en Salesforce antwoorden met fouten.
trouble-answer-shown = Gesimuleerd: wijzigingen komen aan, maar de antwoorden raken kwijt. Liaison kijkt eerst voordat er opnieuw wordt verstuurd.
trouble-clock-shown = Gesimuleerd: de diensten lopen drie uur voor op deze computer.
