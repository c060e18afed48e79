# Instellingen en het overzicht van sneltoetsen.
settings-parts = Onderdelen van de instellingen
settings-appearance = Weergave
settings-meetings = Meetings
settings-shortcuts = Sneltoetsen
settings-about = Over
accounts = Accounts
accounts-demo = De demo heeft eigen, verzonnen accounts. Verlaat de demo om die van jou te koppelen; alleen de demogegevens verdwijnen.
usage-edits = { $count ->
    [one] Deze app deed vandaag { $shown } wijziging in Zoom; Zoom staat er zo’n { $limit } per dag toe.
   *[other] Deze app deed vandaag { $shown } wijzigingen in Zoom; Zoom staat er zo’n { $limit } per dag toe.
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
settings-open-in = Meetings openen in
settings-open-in-text = De Zoom-app moet op deze computer staan. Persoonlijke links (zoom.us/my/…) en die van wie zich heeft aangemeld, openen altijd in de browser.
open-in-browser = de browser
open-in-app = de Zoom-app
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
command-series-rule = Herhaling van de reeks wijzigen
command-meeting-cancel = Gekozen meeting annuleren
command-meeting-log = Gekozen meeting vastleggen in Salesforce
command-meeting-log-all = Alle meetings van deze dag in Salesforce vastleggen
command-outbox-reopen = Planvenster van de gekozen meeting weer openen
command-outbox-theirs = Laten staan wat er staat
command-outbox-mine = Die van mij wegschrijven
command-copy-invitation = Uitnodiging kopiëren
command-mail-invitation = Uitnodiging naar de gasten mailen
command-save-invitation = Meeting als agendabestand opslaan
command-meeting-follow-up = Vervolg van de gekozen meeting plannen
command-meet-now = Nu een meeting starten met de gekozen persoon
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
command-view-day = De dag tonen
command-view-week = De week tonen
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
palette-placeholder = Typ een opdracht, een meeting, een naam of “plan …”
palette-used = Meest gebruikt
palette-commands = Opdrachten
# The second action of a call in the palette.
palette-call = { $number } bellen
palette-none = Niets gevonden
settings-log-meetings = Meetings vanzelf vastleggen
settings-log-meetings-text = Meetings die niet in Liaison gepland zijn, krijgen hun event zodra een genodigde precies het adres van één lead of contactpersoon heeft: die van de komende 7 dagen, en geen die al voorbij was toen je dit aanzette. Hebben meerdere leads of contactpersonen hetzelfde adres, dan leg je de meeting zelf vast. Wat je terugneemt, wordt niet opnieuw vastgelegd.
settings-recording-passcodes = Toegangscode van opnamen
settings-recording-passcodes-text = Bij de link naar een opname komt ook de toegangscode in het event. Wie het event kan lezen, kan de opname dan bekijken.
settings-recording-passcodes-on = In events zetten

settings-background = Als het dicht is
background-keep = Doorgaan als het venster dicht is
background-keep-text = Herinneringen en bijwerken gaan door; het pictogram naast de klok opent het venster weer.
background-no-tray = Dit systeem toont geen pictogrammen naast de klok, dus je zou niet terug kunnen: het venster sluiten stopt Liaison.
background-login = Starten als ik inlog
background-login-text = Zonder venster, klaar om je te waarschuwen.
settings-reminders = Herinneringen
reminders-on = Herinner me aan meetings
reminders-on-text = ‘Niet storen’ van je systeem blijft gelden.
reminders-paused = Gepauzeerd tot { $time }.
reminders-resume = Hervatten
reminders-before = Voor het begin
reminders-before-text = Hoogstens drie.
reminders-start = Bij het begin
reminders-start-text = Als je dan nog niet deelneemt.
reminders-after = Nog steeds niet binnen
reminders-after-text = Nog één keer, zo lang na het begin.
reminders-click = Een klik op een melding
reminders-click-text = De knoppen doen altijd wat ze zeggen.
reminders-click-join = Neemt deel
reminders-click-show = Toont de meeting
reminders-snooze = Uitstellen met
reminders-hide = Verberg titels
reminders-hide-text = Voor als je je scherm deelt: onderwerpen, namen van mensen en van bedrijven zijn verborgen in het venster, en meldingen en het menu van het pictogram zeggen ‘Meeting’. Wijs er een aan om hem te lezen.
reminders-test = Verschijnen er meldingen?
reminders-test-text = Toont er nu een. Klik erop.
reminders-test-do = Stuur een testmelding
reminder-test-waiting = Verstuurd. Wachten op je systeem…
reminder-test-shown = Je systeem heeft hem aangenomen. Zie je niets, kijk dan bij ‘Niet storen’ of bij Liaison in de meldingsinstellingen van je systeem.
reminder-test-clicked = Aangeklikt: meldingen werken.
reminder-test-blocked = Je systeem toont geen meldingen van Liaison. Sta ze toe in de instellingen van je systeem; tot dan verschijnen herinneringen in dit venster.
reminder-hidden = Meeting
reminder-missed = { $count ->
    [one] Je hebt een meeting gemist
   *[other] Je hebt { $count } meetings gemist
}
reminder-several = { $count } meetings tegelijk
reminder-seen = Gezien
reminder-show = Toon
reminder-snooze = Over { $minutes } min opnieuw
settings-search = Zoek in instellingen
settings-search-found = { $count ->
    [0] Geen instelling gevonden
    [one] 1 instelling
   *[other] { $count } instellingen
}
settings-privacy = Privacy en gegevens
privacy-retention = Bewaar wat voorbij is
privacy-retention-text = Voorbije meetings, gesprekken met hun notities, voicemails en wie er op webinars was. Wat nog niet verstuurd is, wordt nooit verwijderd.
privacy-retention-none = Tot ik het wis
privacy-days = { $days } dagen
privacy-erase = Alles wissen
privacy-erase-text = Logt uit bij Zoom en Salesforce en verwijdert dit alles van de computer. Daar verandert niets.
privacy-erase-do = Alles wissen
privacy-table = Wat er op deze computer staat
privacy-folder = In { $folder }. Liaison heeft zelf geen server.
privacy-what = Wat
privacy-from = Van
privacy-where = Waar
privacy-long = Hoelang
erase-title = Alles op deze computer wissen?
erase-text = Notities, koppelingen en keuzes staan alleen hier en komen niet terug. Zoom en Salesforce houden wat van hen is.
erase-text-unsent = { $count ->
    [one] 1 item is nog niet verstuurd en gaat verloren.
   *[other] { $count } items zijn nog niet verstuurd en gaan verloren.
} Notities, koppelingen en keuzes staan alleen hier en komen niet terug.
erase-not = Alles houden
erased = Alles op deze computer is gewist
source-zoom = Zoom
source-salesforce = Salesforce
source-you = Jou
source-liaison = Liaison
place-encrypted = Versleuteld bestand
place-sealed = Versleuteld bestand, en nog eens versleuteld
place-keychain = De sleutelhanger van je systeem
place-clear = Een eigen bestand
kept-days = { $days } dagen nadat het voorbij is
kept-account = Zolang het account verbonden is
kept-erased = Tot je het wist
kept-month = Een maand
kept-five-days = 5 dagen
data-meetings = Meetings, wie was uitgenodigd en wat ervan werd
data-meetings-why = Om je dag te tonen, je te waarschuwen en te weten wie je ontmoet.
data-secrets = Deelnamelinks en toegangscodes
data-secrets-why = Om ze te openen en te kopiëren als jij klikt. Startlinks worden nooit bewaard.
data-busy = Wat er verder in je agenda in Salesforce staat
data-busy-why = Om te tonen wanneer je bezet bent en vrije tijden voor te stellen. Links worden niet bewaard.
data-people = Contactpersonen, leads en accounts, en met wie je een open opportunity hebt
data-people-why = Om te weten wie er belt en wie je ontmoet, ook zonder netwerk.
data-calls = Gesprekken
data-calls-why = Om je gesprekken te tonen en in Salesforce vast te leggen.
data-voicemails = Voicemails en wat erin gezegd is
data-voicemails-why = Om ze naast het gesprek te lezen. Het geluid blijft bij Zoom.
data-notes = Je notities bij gesprekken
data-notes-why = Jij schreef ze; ze gaan met het gesprek mee als jij dat zegt.
data-call-links = Van wie een gesprek was
data-call-links-why = Zodat niemand het je twee keer vraagt.
data-numbers = Wat je voor nummers besloot
data-numbers-why = Zodat het volgende gesprek vanzelf gekoppeld of genegeerd wordt.
data-dialled = Nummers waarop je klikte
data-dialled-why = Om het gesprek dat volgt te koppelen.
data-webinars = Webinars
data-webinars-why = Om ze met hun instellingen en cijfers te tonen.
data-webinar-people = Wie zich aanmeldde, spreekt en er was
data-webinar-people-why = Om goed te keuren, te vergelijken en naar een campagne te brengen.
data-registrations = Waarom je iemand aanmeldde die geen mail wil
data-registrations-why = Jij gaf de reden; er kan later naar gevraagd worden.
data-outbox = Wat naar Zoom en Salesforce gaat
data-outbox-why = Zodat niets verloren gaat of dubbel verstuurd wordt, en je ziet wat ervan werd.
data-written = Wat daar geschreven is
data-written-why = Om het terug te vinden, te veranderen en terug te nemen.
data-links = Bij wie meetings horen
data-links-why = Jij koos, of een adres klopte.
data-accounts = Je accounts
data-accounts-why = Naam, adres en organisatie, om te tonen wie is ingelogd.
data-sign-ins = Aanmeldingen
data-sign-ins-why = Om Zoom en Salesforce uit jouw naam te vragen.
data-choices = Instellingen, herinneringen en waar je was
data-choices-why = Zodat Liaison eruitziet en doet zoals je het achterliet.
data-progress = Hoe ver het bijwerken is
data-progress-why = Om alleen te vragen wat nieuw is.
data-key = De sleutel van het versleutelde bestand
data-key-why = Zonder die kan niemand het bestand lezen.
data-logs = Logbestanden
data-logs-why = Om fouten te vinden. Er staan geen namen, titels, nummers of links in.
data-window = Grootte en plaats van het venster, thema en taal, wat sluiten betekent, toetsen van het systeem, namen van profielen
data-window-why = Die zijn nodig voordat het versleutelde bestand open is.
accent = Accentkleur
accent-contrast = Hoog contrast heeft eigen kleuren; de andere thema’s gebruiken deze.
accent-words = kleur tint
accent-system = Als mijn systeem
accent-untold = Je systeem geeft geen accentkleur door, dus dit is blauw.
accent-blue = Blauw
accent-violet = Violet
accent-magenta = Magenta
accent-rust = Roest
accent-green = Groen
accent-teal = Blauwgroen
density = Dichtheid
density-text = Compact toont meer rijen tegelijk.
density-comfortable = Ruim
density-compact = Compact
command-titles-hide = Titels verbergen
command-titles-show = Titels tonen
titles-hidden = Onderwerpen en namen zijn verborgen, ook in meldingen en naast de klok.
titles-shown = Onderwerpen en namen zijn weer te zien.
hotkeys = Toetsen die overal werken
hotkeys-none = Je systeem geeft programma’s geen toetsen. Koppel deze opdracht in de toetsenbordinstellingen aan een toets; hij neemt deel aan de meeting die aan de beurt is.
hotkey-command-copied = Gekopieerd. Plak het als opdracht van een eigen sneltoets.
hotkey-join = Overal deelnemen
hotkey-join-text = Start de meeting die aan de beurt is of neemt eraan deel, in welk programma je ook bent.
hotkey-open = Overal openen
hotkey-open-text = Opent Liaison met Opdrachten.
hotkey-use = { $keys } gebruiken
hotkey-record = Toets kiezen
hotkey-record-for = Toets kiezen: { $hotkey }
hotkey-press = Druk de toetsen in
hotkey-off = Uit
hotkey-off-for = { hotkey-off }: { $hotkey }
hotkey-lost = Het systeem of een ander programma heeft deze toets nu. Neem een andere op.
hotkey-no-key = { $keys } is geen toets die gebruikt kan worden.
hotkey-too-plain = { $keys } zou elk programma kwijtraken. Voeg Ctrl en Alt toe, of een andere toets.
hotkey-other = { $keys } is hier de andere toets.
hotkey-taken = Het systeem of een ander programma heeft { $keys } al.
hotkey-not-possible = Je systeem geeft programma’s geen toetsen.
hotkey-types = Op je toetsenbord typt dit { $character }; dat kun je dan niet meer typen.
hotkey-covers = In Liaison was dit ook: { $command }.
transfer-out = Exporteren voor een andere computer
transfer-out-text = Notities, koppelingen, beslissingen en instellingen die alleen deze computer kent, in één versleuteld bestand. Wat nog verstuurd moet worden blijft hier.
transfer-out-do = Exporteren
transfer-in = Importeren van een andere computer
transfer-in-text = Je ziet wat er in het bestand zit voordat er iets verandert. Wat hier nieuwer is blijft.
transfer-in-demo = De demo vergeet alles, dus er is niets om in te importeren.
transfer-in-do = Importeren
transfer-passphrase = Wachtzin
transfer-passphrase-hint = Minstens 10 tekens; een paar woorden is het best. Zonder wachtzin kan niemand het bestand openen, wij ook niet.
transfer-passphrase-of = De wachtzin waarmee het bestand is geëxporteerd.
transfer-again = Nog een keer
transfer-mistyped = De twee zijn niet gelijk.
transfer-twice = Typ twee keer dezelfde wachtzin.
transfer-write = Kies waar het bestand komt
transfer-file = Liaison { $day }
transfer-written = { $count ->
    [one] { $shown } gegeven staat in het bestand. Bewaar de wachtzin.
   *[other] { $shown } gegevens staan in het bestand. Bewaar de wachtzin.
}
transfer-choose = Kies het bestand
transfer-look = Bekijken
transfer-take = Importeren
transfer-made = Geëxporteerd { $time }. Er is nog niets veranderd.
transfer-taken = Geïmporteerd wat { $time } is geëxporteerd.
transfer-nothing = Alles wat erin zit is hier al.
transfer-fresh = { $count ->
    [one] { $shown } nieuw
   *[other] { $shown } nieuw
}
transfer-came = { $count ->
    [one] { $shown } geïmporteerd
   *[other] { $shown } geïmporteerd
}
transfer-newer = { $count ->
    [one] { $shown } nieuwer dan hier
   *[other] { $shown } nieuwer dan hier
}
transfer-stays = { $count ->
    [one] { $shown } blijft zoals hier
   *[other] { $shown } blijven zoals hier
}
transfer-unreadable = { $count ->
    [one] { $shown } kan niet gelezen worden
   *[other] { $shown } kunnen niet gelezen worden
}
transfer-call-notes = Notities van gesprekken
transfer-call-links = Van wie gesprekken zijn
transfer-numbers = Onthouden nummers
transfer-meeting-links = Met wie meetings zijn
transfer-guests = Wie gasten waren
transfer-topics = Waar meetings over gaan
transfer-meeting-templates = Meetingsjablonen
transfer-templates = Webinarsjablonen
transfer-pinned = Vastgezet webinar
transfer-reasons = Redenen om ondanks een opt-out in te schrijven
transfer-settings = Instellingen

# Who the user is in the services
zoom-user-account = Jij in Zoom
zoom-user-id = Zoom-ID
zoom-user-email = E-mail
zoom-user-plan = Abonnement
zoom-plan-basic = Basic
zoom-plan-licensed = Met licentie
zoom-plan-without = Zonder Zoom Meetings
zoom-capacity = { $count ->
    [one] tot { $shown } persoon
   *[other] tot { $shown } personen
}
zoom-user-services = Uitbreidingen
zoom-service-webinar = Webinars
zoom-service-phone = Zoom Phone
zoom-service-large = Grote meetings
zoom-service-events = Zoom Events
zoom-add-on-there = Ja
zoom-add-on-none = Niet in je abonnement
zoom-add-on-unknown = Zoom zegt het niet
zoom-phone-id = Zoom Phone-ID
zoom-phone-extension = Toestel
zoom-phone-number = Nummer
zoom-user-room = Je eigen vergaderruimte
room-passcode-set = Ingesteld; met de knop kopieer je hem
room-passcode-copied = Toegangscode van je eigen vergaderruimte gekopieerd.
room-link-copied = Link naar je eigen vergaderruimte gekopieerd. Wie hem heeft, heeft geen toegangscode nodig.
room-for-scheduled = Zooms eigen keuze voor geplande meetings
zoom-user-as-of = Stand volgens Zoom: { $time }. Wordt elke dag opnieuw gevraagd.
zoom-user-settings-scope = Liaison mag je Zoom-instellingen niet lezen
zoom-user-settings-forbidden = Je rol mag je Zoom-instellingen niet lezen
zoom-user-settings-forbidden-ask = Wil je mijn rol in Zoom toestaan mijn eigen instellingen te bekijken?
zoom-user-phone-scope = Liaison mag niet lezen wie je bent in Zoom Phone
zoom-user-phone-forbidden = Je rol mag niet lezen wie je bent in Zoom Phone
zoom-user-phone-forbidden-ask = Wil je mijn rol in Zoom toestaan mijn eigen Zoom Phone-profiel te bekijken?
granted-host = Domein
granted-changes = Mag lezen en wijzigen
granted-reads = Mag lezen
granted-also = Ook toegestaan
granted-meetings = je meetings
granted-webinars = je webinars
granted-recordings = je opnames
granted-calls = je gesprekken
granted-records = de records die je zelf mag zien en wijzigen
granted-profile = wie je bent
granted-stay = ingelogd blijven
granted-other = iets wat Liaison niet gebruikt

# Profiles
profile = Profiel
profiles = Profielen
profile-first = Eerste profiel
profiles-text = Eén voor elk paar accounts, zoals twee Salesforce-orgs of een sandbox. Elk heeft een eigen versleutelde database en een eigen sleutel, en niets van het ene is ooit in het andere te zien. Er is er steeds één open.
profiles-others = Andere profielen op deze computer
profiles-manage = Profielen beheren…
profile-open = In gebruik
profile-new = Nieuw profiel…
profile-make = Maken en openen
profile-name = Naam van het profiel
profile-name-hint = Het profiel dat nu open is, gaat dicht: herinneringen en versturen rusten tot je het weer opent.
profile-rename = Naam wijzigen
profile-rename-named = Naam wijzigen: { $name }
profile-remove = Verwijderen
profile-remove-named = Verwijderen: { $name }
profile-switch = Openen
profile-switch-to = Openen: { $name }
profile-switch-title = { $name } openen?
profile-switch-text = { $name } is zolang dicht: herinneringen, het menu van het pictogram en het synchroniseren rusten tot je het weer opent.
profile-switch-text-unsent = { $count ->
    [one] { $name } is zolang dicht: herinneringen en synchroniseren rusten tot je het weer opent. Ook één wijziging die nog niet verstuurd is.
   *[other] { $name } is zolang dicht: herinneringen en synchroniseren rusten tot je het weer opent. Ook { $count } wijzigingen die nog niet verstuurd zijn.
}
profile-switch-not = Hier blijven
profile-remove-title = { $name } verwijderen?
profile-remove-text = De database en de sleutel op deze computer worden gewist, met je notities en keuzes, en je wordt uitgelogd. Wat in Zoom en Salesforce staat, blijft. Dit is niet terug te draaien.
profile-remove-text-closed = De database en de sleutel op deze computer worden gewist, met je notities en keuzes en met wat nog niet verstuurd was. Wat in Zoom en Salesforce staat, blijft. Dit is niet terug te draaien.
profile-remove-text-unsent = { $count ->
    [one] De database en de sleutel op deze computer worden gewist, met je notities en keuzes. Eén wijziging die nog niet verstuurd is, gaat verloren. Wat in Zoom en Salesforce staat, blijft. Dit is niet terug te draaien.
   *[other] De database en de sleutel op deze computer worden gewist, met je notities en keuzes. { $count } wijzigingen die nog niet verstuurd zijn, gaan verloren. Wat in Zoom en Salesforce staat, blijft. Dit is niet terug te draaien.
}
profile-remove-not = Behouden
profile-removed = Verwijderd: { $name }.
profile-untold-title = Op deze computer uitgelogd
profile-untold-zoom = Zoom kon niet worden bereikt: de aanmelding blijft daar geldig tot ze verloopt. Niemand heeft de sleutel nog. Nu beëindigen: Zoom App Marketplace, Manage, Added Apps.
profile-untold-salesforce = Salesforce kon niet worden bereikt: de aanmelding blijft daar geldig tot ze verloopt. Niemand heeft de sleutel nog. Nu beëindigen: je instellingen in Salesforce, Geavanceerde gebruikersdetails, OAuth Connected Apps.
profile-untold-both = Zoom en Salesforce konden niet worden bereikt: de aanmeldingen blijven daar geldig tot ze verlopen. Niemand heeft de sleutels nog. Nu beëindigen: in de Zoom App Marketplace onder Manage, Added Apps; in Salesforce bij je instellingen onder Geavanceerde gebruikersdetails, OAuth Connected Apps.
profile-untold-heard = Begrepen
