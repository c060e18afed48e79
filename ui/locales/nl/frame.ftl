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
undo = Ongedaan maken
discard = Weggooien
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
length-hours-minutes = { $hours } u { $minutes }
seconds = { $seconds } s
as-of = stand van { $time }

environment-production = Productie
environment-sandbox = Sandbox
environment-demo = Demo
record-lead = Lead
record-contact = Contactpersoon
record-none = Niet in Salesforce

badge-needs-you = { $count ->
    [one] { $count } vraagt actie
   *[other] { $count } vragen actie
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
   *[other] nu, { $minutes } min bezig
}
next-ended = { $minutes ->
    [0] net afgelopen
   *[other] { $minutes } min geleden afgelopen
}
next-several = { $count } meetings nu

status-title = Verbinding
status-up-to-date = Bijgewerkt
status-syncing = Synchroniseren
status-syncing-of = { $done } van { $total } gesynchroniseerd
status-waiting = { $count ->
    [one] { $count } wachtend
   *[other] { $count } wachtend
}
status-offline = Offline
status-offline-waiting = { $count ->
    [one] Offline. { $count } wachtend.
   *[other] Offline. { $count } wachtend.
}
status-sign-in = { $provider }: log in
status-paused = Versturen gepauzeerd
status-failing = { $provider } hapert
sync-now = Nu synchroniseren

account-not-connected = Niet gekoppeld
account-connecting = Wacht op de browser
account-sign-in = Log opnieuw in
account-connected = Gekoppeld
account-never-synced = Gekoppeld, eerste synchronisatie volgt
account-synced = Laatst gesynchroniseerd { $time }
account-skipped-zoom = { $count ->
    [one] Eén vergadering kon niet worden gelezen en ontbreekt.
   *[other] { $count } vergaderingen konden niet worden gelezen en ontbreken.
}
account-skipped-salesforce = { $count ->
    [one] Eén persoon kon niet worden gelezen en ontbreekt.
   *[other] { $count } personen konden niet worden gelezen en ontbreken.
}
account-unseen = Niet alles kon worden bekeken: er ontbreekt een machtiging. Vraag het je beheerder.
