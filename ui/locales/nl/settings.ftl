# Instellingen en het overzicht van sneltoetsen.
settings-parts = Onderdelen van de instellingen
settings-appearance = Weergave
settings-meetings = Meetings
settings-shortcuts = Sneltoetsen
settings-about = Over
accounts = Accounts
accounts-demo = De demo heeft eigen, verzonnen accounts. Verlaat de demo om die van jou te koppelen; alleen de demogegevens verdwijnen.
usage-edits = { $count ->
    [one] Deze app deed vandaag { $shown } wijziging in Zoom; Zoom staat er zo'n { $limit } per dag toe.
   *[other] Deze app deed vandaag { $shown } wijzigingen in Zoom; Zoom staat er zo'n { $limit } per dag toe.
}
usage-edits-none = Zoom staat vandaag geen nieuwe of gewijzigde meetings meer toe. De volgende kunnen vanaf { $time }.
usage-calls = { $count ->
    [one] Deze app vroeg vandaag { $shown } keer iets aan Salesforce.
   *[other] Deze app vroeg vandaag { $shown } keer iets aan Salesforce.
}
usage-last-pull = { $count ->
    [one] De laatste synchronisatie kostte { $shown } aanroep.
   *[other] De laatste synchronisatie kostte { $shown } aanroepen.
}
usage-org = Je organisatie gebruikte { $used } van de { $limit } aanroepen in de laatste 24 uur.
usage-app = Je beheerder staat deze app { $limit } aanroepen per dag toe; { $used } zijn gebruikt.
usage-sparing = De meeste aanroepen zijn gebruikt; tot er weer meer zijn, worden personen elk half uur bijgewerkt.
theme = Thema
theme-light = Licht
theme-dark = Donker
theme-contrast = Hoog contrast
follow-system = Systeem
text-size = Tekstgrootte
text-size-text = Met { $larger } en { $smaller } verander je die overal.
percent = { $percent } %
language = Taal
language-text = Ook datums en tijden volgen de taal.
language-english = English
language-dutch = Nederlands
settings-minutes = Nieuwe meetings
settings-minutes-text = Zo lang duurt een meeting, tenzij je iets anders kiest.
settings-hold = Vasthouden voor versturen
settings-hold-text = Zo lang wachten items voor Salesforce, zodat je ze kunt terughalen.
hold-none = Niet
settings-letters = Sneltoetsen van één letter
settings-letters-text = C plant, J en K bladeren. Zet dit uit als je dicteert.
settings-all-shortcuts = Alle sneltoetsen
version = Versie { $version }
zone-rules = Tijdzoneregels { $release }. Plaatsnamen: GeoNames (CC BY 4.0).
about-text = Zoom en Salesforce in één venster. Je gegevens blijven in een versleuteld bestand op deze computer; Liaison heeft geen eigen server.

group-anywhere = Overal
group-lists = Lijsten
group-sheets = Vensters
command-palette = Opdrachten
command-schedule = Een meeting plannen
command-enter-next = De meeting van nu starten of eraan deelnemen
command-enter-selected = Gekozen meeting starten of eraan deelnemen
command-copy-link = Deelnamelink kopiëren
command-meeting-edit = Gekozen meeting wijzigen
command-meeting-cancel = Gekozen meeting annuleren
command-meeting-log = Gekozen meeting vastleggen in Salesforce
command-meeting-log-all = Alle meetings van deze dag in Salesforce vastleggen
command-outbox-reopen = Planvenster van de gekozen meeting weer openen
command-outbox-theirs = Laten staan wat er staat
command-outbox-mine = Die van mij wegschrijven
command-copy-invitation = Uitnodiging kopiëren
command-undo = Ongedaan maken
command-sync = Nu synchroniseren
command-settings = Instellingen
command-shortcuts = Sneltoetsen
command-sidebar = Zijbalk tonen of verbergen
command-text-larger = Grotere tekst
command-text-smaller = Kleinere tekst
command-text-normal = Normale tekstgrootte
command-back = Terug
command-forward = Vooruit
command-quit = Afsluiten
command-go = Naar { $room }
command-day-before = Vorige dag
command-day-after = Volgende dag
command-day-today = Terug naar vandaag
command-inspector = Details tonen of verbergen
command-outbox-undo = Gekozen item terughalen
command-outbox-retry = Gekozen item opnieuw proberen
command-outbox-open = Gekozen item openen in Salesforce
command-outbox-discard = Gekozen item weggooien
command-outbox-restore = Gekozen item terugzetten
command-outbox-pause = Versturen pauzeren
command-outbox-resume = Versturen hervatten
key-regions = Volgend of vorig deel van het venster
key-move = Bladeren
key-ends = Eerste of laatste
key-primary = Starten, deelnemen of openen
key-details = Details
key-commit = Aanmaken
key-close = Sluiten
palette-placeholder = Typ een opdracht, een meeting of een naam
palette-none = Niets gevonden
settings-recording-passcodes = Toegangscode van opnamen
settings-recording-passcodes-text = Bij de link naar een opname komt ook de toegangscode in het event. Wie het event kan lezen, kan de opname dan bekijken.
settings-recording-passcodes-on = In events zetten
