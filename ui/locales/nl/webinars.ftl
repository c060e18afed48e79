# Webinars.
room-webinars = Webinars
webinars-upcoming = Komend
webinars-past = Afgelopen
webinars-search = Zoek op onderwerp
webinars-count = { $count ->
    [one] { $shown } webinar
   *[other] { $shown } webinars
}
webinars-fetching = Je webinars worden opgehaald uit Zoom.
webinars-none = Geen komende webinars
webinars-none-past = Nog geen webinars geweest
webinars-none-found = Geen webinar gevonden
webinars-none-text = Wat je in Zoom of hier plant, komt in deze lijst.
webinars-back = Terug naar de lijst
webinar-new = Nieuw webinar
webinar-topic = Onderwerp
webinar-when = Wanneer
webinar-registered = Ingeschreven
webinar-approval = Inschrijving
webinar-going = Nog
webinar-attended = Aanwezig
webinar-no-time = Geen vaste tijd
webinar-no-time-short = Geen vaste tijd
webinar-running = Nu
webinar-over = Voorbij
days-to-go = { $count ->
    [0] Vandaag
    [one] { $shown } dag
   *[other] { $shown } dagen
}
in-days = { $count ->
    [0] Vandaag
    [one] Over { $shown } dag
   *[other] Over { $shown } dagen
}
webinar-series = Een reeks
webinar-is-pinned = Vastgezet om met één klik in te schrijven
webinar-being-changed = Wordt gewijzigd
webinar-being-deleted = Wordt verwijderd
pending-count = { $count ->
    [one] { $shown } wacht
   *[other] { $shown } wachten
}
attended-unknown = Niet bekend
attended-count = { $count ->
    [one] { $shown } aanwezig
   *[other] { $shown } aanwezig
}
fill-none = Zonder inschrijving
fill-unknown = Nog niet geteld
fill-of = { $count } van { $capacity }
registered-words = { $fill } ingeschreven
approval-automatic = Automatisch
approval-manual = Met goedkeuring
approval-none = Geen
approval-unknown = Nog niet bekend
webinars-no-licence = Je hebt geen webinarlicentie
webinars-no-licence-text = Webinars zijn een uitbreiding van je Zoom-abonnement. Al het andere werkt zonder.
webinars-no-licence-ask = Wil je mijn gebruiker een Zoom Webinars-licentie geven? Dat kan in het Zoom-beheerportaal, onder Gebruikers.
webinars-scope = Liaison mag je webinars niet lezen
webinars-forbidden = Je rol mag geen webinars lezen
webinars-forbidden-text = Zoom weigerde je webinars. Al het andere werkt zonder.
webinars-forbidden-ask = Wil je mijn rol in Zoom toestaan de eigen webinars te bekijken en te bewerken?
webinars-not-connected = Koppel Zoom om je webinars te zien
webinars-not-connected-text = Webinars komen uit Zoom.
webinar-open = Openen
webinar-more = Meer
webinar-parts = Delen van het webinar
webinar-add-people = Mensen inschrijven
webinar-start = Starten
webinar-join = Deelnemen als kijker
webinar-starting = Zoom opent met een verse startlink.
webinar-joining = Zoom opent.
webinar-join-link = Deelnamelink
webinar-registration-link = Inschrijflink
webinar-passcode = Toegangscode
webinar-copy-join = Deelnamelink kopiëren
webinar-copy-registration = Inschrijflink kopiëren
webinar-copy-passcode = Toegangscode kopiëren
webinar-link-copied = Deelnamelink gekopieerd.
webinar-registration-link-copied = Inschrijflink gekopieerd.
webinar-passcode-copied = Toegangscode gekopieerd.
webinar-pin = Vastzetten om met één klik in te schrijven
webinar-unpin = Losmaken
webinar-pinned = Vastgezet: { $topic }. Met R op een persoon schrijf je die in.
webinar-unpinned = Er is nu geen webinar vastgezet.
webinar-campaign = Naar een campagne brengen
webinar-edit = Bewerken
webinar-delete-ask = Webinar verwijderen
webinar-delete = Webinar verwijderen
webinar-delete-title = { $topic } verwijderen?
webinar-delete-series = De hele reeks wordt verwijderd.
webinar-delete-people = { $count ->
    [one] { $shown } ingeschreven persoon raakt de link kwijt.
   *[other] { $shown } ingeschreven mensen raken hun link kwijt.
}
webinar-delete-nobody = Er is niemand ingeschreven.
webinar-keep = Bewaren
webinar-delete-held = Verwijdering klaargezet: { $topic }.
webinar-delete-hint = Zoom hoort het als de tijd om het terug te draaien voorbij is.
tab-registrants = Inschrijvingen
tab-panelists = Panel
tab-questions = Vragen
tab-attendance = Aanwezigheid
tab-history = Via Liaison
tab-details = Gegevens
curve-registered = { $count ->
    [one] { $shown } ingeschreven.
   *[other] { $shown } ingeschreven.
}
curve-of = { $count ->
    [one] { $shown } van { $capacity } ingeschreven.
   *[other] { $shown } van { $capacity } ingeschreven.
}
curve-more = { $count ->
    [one] { $shown } meer dan vorige keer op deze dag.
   *[other] { $shown } meer dan vorige keer op deze dag.
}
curve-fewer = { $count ->
    [one] { $shown } minder dan vorige keer op deze dag.
   *[other] { $shown } minder dan vorige keer op deze dag.
}
curve-same = Evenveel als vorige keer op deze dag.
curve-capacity = Capaciteit { $capacity }
curve-start = Begin
curve-days = Voor het begin
curve-this = Dit webinar
funnel-title = { $percent } % van de inschrijvingen was er
funnel-caption = Ingeschreven, aanwezig, gebleven
funnel-registered = Ingeschreven
funnel-attended = Aanwezig
funnel-stayed = Meer dan de helft gebleven
funnel-unregistered = { $count ->
    [one] En { $shown } persoon van wie geen inschrijving bekend is.
   *[other] En { $shown } mensen van wie geen inschrijving bekend is.
}
standing-approved = Goedgekeurd
standing-pending = Wacht
standing-denied = Geweigerd
standing-cancelled = Geannuleerd
being-approved = Wordt goedgekeurd
being-denied = Wordt geweigerd
being-cancelled = Wordt geannuleerd
registrants-all = Alle
registrants-search = Zoek op naam en e-mail
registrants-none = Nog niemand ingeschreven
registrants-none-found = Niemand gevonden
registrant-name = Naam
registrant-company = Bedrijf
registrant-standing = Status
registered-at = Ingeschreven
registered-through = Via
registrant-id = Registrant-ID
through-liaison = Liaison
through-form = Formulier
registrant-several = Meerdere records
registrant-several-text = Meerdere leads of contactpersonen hebben dit adres.
registrant-nobody = Geen lead of contactpersoon op deze computer heeft dit adres.
guest-lead = Lead aanmaken
registrant-registration = Inschrijving
registrant-answers = Antwoorden
registrant-in-salesforce = In Salesforce
registrant-approve = Goedkeuren
registrant-approve-again = Opnieuw goedkeuren
registrant-deny = Weigeren
registration-cancel = Inschrijving annuleren
open-lead = Lead openen
open-contact = Contactpersoon openen
copy-as-table = Kopiëren als tabel
save-as-table = Opslaan als CSV
table-saved = { $count ->
    [one] { $shown } rij opgeslagen.
   *[other] { $shown } rijen opgeslagen.
}
registrants-file = Aanmeldingen { $topic }
attendance-file = Aanwezigheid { $topic }
results-file = Resultaat aanmelden { $topic }
table-copied = { $count ->
    [one] { $shown } regel gekopieerd.
   *[other] { $shown } regels gekopieerd.
}
table-copied-hint = Plak het in een spreadsheet.
personal-link = Persoonlijke link
personal-link-text = Hiermee komt deze persoon binnen. Geef hem aan niemand anders.
personal-link-copy = Link kopiëren
personal-link-mail = Mailen
personal-link-mail-to = { personal-link-mail }: { $name }
personal-link-mailing = Er opent een mail aan { $name } in je mailprogramma.
personal-link-of = { personal-link-copy }: { $name }
personal-link-copied = Persoonlijke link van { $name } gekopieerd.
approve-title = { $count ->
    [one] { $name } goedkeuren?
   *[other] { $shown } mensen goedkeuren?
}
approve-text = Ze krijgen hun persoonlijke link.
approve-sure = { $count ->
    [one] Goedkeuren
   *[other] { $shown } goedkeuren
}
deny-title = { $count ->
    [one] { $name } weigeren?
   *[other] { $shown } mensen weigeren?
}
deny-text = Ze kunnen zich niet zelf opnieuw inschrijven; jij kunt ze later goedkeuren.
deny-sure = { $count ->
    [one] Weigeren
   *[other] { $shown } weigeren
}
cancel-registration-title = { $count ->
    [one] De inschrijving van { $name } annuleren?
   *[other] { $shown } inschrijvingen annuleren?
}
cancel-registration-text = Hun persoonlijke link werkt niet meer, en ze kunnen zich niet zelf opnieuw inschrijven.
cancel-registration-sure = { $count ->
    [one] Inschrijving annuleren
   *[other] { $shown } inschrijvingen annuleren
}
decide-not = Nu niet
approve-held = { $count ->
    [one] Wordt goedgekeurd: { $name }.
   *[other] { $shown } mensen worden goedgekeurd.
}
deny-held = { $count ->
    [one] Wordt geweigerd: { $name }.
   *[other] { $shown } mensen worden geweigerd.
}
cancel-registration-held = { $count ->
    [one] Inschrijving wordt geannuleerd: { $name }.
   *[other] { $shown } inschrijvingen worden geannuleerd.
}
decide-nothing = Dat waren ze al.
decide-left-out = { $count ->
    [one] { $shown } was dat al en blijft zo.
   *[other] { $shown } waren dat al en blijven zo.
}
zoom-tells-them = Zoom laat het per e-mail weten.
zoom-mails-count = { $count ->
    [one] Zoom stuurt een e-mail.
   *[other] Zoom stuurt { $shown } mensen een e-mail.
}
zoom-mails-them = Zoom mailt ze hun link.
zoom-mails-nobody = E-mail van Zoom staat uit voor dit webinar.
zoom-will-email = { $count ->
    [one] Zoom stuurt { $shown } persoon een e-mail.
   *[other] Zoom stuurt { $shown } mensen een e-mail.
}
webinar-plan = Gepland
webinar-links = Links
webinar-actual = Zoals het was
webinar-settings = Instellingen
webinar-settings-unknown = De instellingen zijn nog niet uit Zoom gelezen.
webinar-dates = Datums
webinar-number = Webinar-ID
webinar-host = Host
webinar-made = Gemaakt op
webinar-limit = Maximum
masked = Niet getoond
setting-close-registration = Inschrijving sluiten na de datum
setting-multiple-devices = Op meerdere apparaten deelnemen
setting-host-video = Video van de host
setting-panelists-video = Video van het panel
setting-practice = Oefensessie
setting-questions = Vragen en antwoorden
setting-on-demand = Achteraf te bekijken
setting-recording = Opname
setting-survey = Enquête aan het eind
setting-sign-in = Alleen mensen die bij Zoom inloggen
setting-confirmation = Bevestiging per e-mail
setting-notify = Beslissingen per e-mail melden
setting-share = Deelknoppen op het formulier
setting-alternative-hosts = Andere hosts
setting-alternative-hosts-hint = E-mailadressen van collega’s, met komma’s ertussen.
setting-contact = Contact
setting-contact-name = Naam
recording-none = Uit
recording-local = Op de computer
recording-cloud = In de cloud
webinar-sources = Waar mensen vandaan kwamen
source-name = Link
source-visitors = Bezoekers
source-registered = Ingeschreven
actual-start = Begonnen
actual-end = Geëindigd
actual-derived = naar wie als laatste wegging; Zoom zegt het niet
actual-people = Mensen
actual-times = Gehouden
actual-instances = { $count ->
    [one] { $shown } keer; het is opnieuw gestart
   *[other] { $shown } keer; het is opnieuw gestart
}
presence-attended = Aanwezig
presence-absent = Afwezig
presence-unknown = Onbekend
presence-staff = Host en panel
attendance-presence = Aanwezigheid
attendance-stayed = Gebleven
attendance-when = Van begin tot eind
attendance-none = Niemand te tonen
attendance-not-yet = Het is nog niet voorbij.
attendance-waiting = Zoom heeft nog geen lijst. Die komt enkele uren na afloop.
attendance-provisional = Zoom kan deze lijst nog wijzigen; hij wordt dan opnieuw gelezen
attendance-provisional-short = Kan nog wijzigen
attendance-settled = Definitief
attendance-no-right = Liaison mag niet lezen wie er was. Vraag je Zoom-beheerder om de scope.
attendee-sessions = Sessies
session-unknown = Tijden niet bekend
attendee-unknown-text = Niemand weet wie dit was. Het telt voor niemand.
attendee-namesakes = { $count ->
    [one] Een ingeschrevene heet hetzelfde: { $names }. Een naam alleen bewijst niets.
   *[other] Ingeschrevenen heten hetzelfde: { $names }. Een naam alleen bewijst niets.
}
attendee-find = Zeggen wie het was
attendee-who = Wie was { $name }?
attendee-linked = { $called } is { $name }.
attendee-linked-text = Jij hebt gezegd wie dit was.
attendee-unlink = Dat klopt niet
attendee-unlinked = Het is weer van niemand.
follow-up = { $count ->
    [one] { $shown } afwezige opvolgen
   *[other] { $shown } afwezigen opvolgen
}
follow-up-held = { $count ->
    [one] { $shown } taak voor wie er niet was.
   *[other] { $shown } taken voor wie er niet waren.
}
follow-up-title = Wie { $topic } heeft gemist, opvolgen
follow-up-subject = Webinar gemist: { $topic }
follow-up-who = Wie krijgt een taak
follow-up-there = Heeft er al een
follow-up-nobody = Er is niemand meer om een taak voor te maken.
follow-up-hint = Ze worden in Salesforce gemaakt, één per persoon.
panelists-none = Behalve de host spreekt er nog niemand.
panelist-id = Panellid-ID
panelist-name = Naam
panelist-add = Panellid toevoegen
panelist-adding = Wordt toegevoegd
panelist-removing = Wordt verwijderd
panelist-invited = Zoom nodigt ze per e-mail uit.
panelist-no-mail = De uitnodiging van Zoom staat uit voor dit webinar: stuur ze hun link.
panelist-add-held = Wordt aan het panel toegevoegd: { $name }.
panelist-remove-held = Wordt uit het panel verwijderd: { $name }.
panelist-link-ends = Hun link werkt daarna niet meer.
questions-known = Velden van het Zoom-formulier
questions-own = Je eigen vragen
questions-always = Voornaam en e-mailadres worden altijd gevraagd.
questions-none = Het formulier vraagt alleen naar voornaam en e-mailadres.
ask-not = Niet vragen
ask-optional = Optioneel
ask-required = Verplicht
question-number = Vraag { $number }
question-kind = Soort antwoord
question-text = In woorden
question-one = Eén keuze
question-many = Meerdere keuzes
question-dropdown = Als keuzelijst
question-choices = Keuzes
question-choices-hint = Eén per regel.
question-needs-words = Schrijf de vraag.
question-twice = Deze vraag staat er al.
question-needs-choices = Geef minstens één keuze.
question-add = Vraag toevoegen
question-remove = Vraag { $number } verwijderen
questions-held = Het formulier wordt gewijzigd.
questions-held-hint = Wie al ingeschreven is, wordt niet opnieuw gevraagd.
questions-changing = Het formulier wordt gewijzigd
form-first-name = Voornaam
form-last-name = Achternaam
form-email = E-mail
form-org = Organisatie
form-job-title = Functie
form-phone = Telefoon
form-industry = Branche
form-employees = Aantal medewerkers
form-time-frame = Wanneer ze willen kopen
form-role = Rol bij de aankoop
form-country = Land
form-city = Plaats
form-address = Adres
form-zip = Postcode
form-state = Provincie
form-comments = Opmerkingen
webinar-new-title = Webinar plannen
webinar-edit-title = Webinar wijzigen
webinar-weekly = Elke week
webinar-weeks = Aantal keer
webinar-manual-hint = Iedereen wacht tot je ze goedkeurt.
webinar-no-registration-hint = Wie de link heeft kan komen, en niemand weet wie er was.
webinar-registration = Bij het inschrijven
webinar-limit-hint = Leeg: alleen de grens van je licentie.
webinar-during = Tijdens
webinar-needs-network = Een webinar wordt gemaakt terwijl je erbij bent: daar is netwerk voor nodig.
webinar-created = Webinar gemaakt: { $topic }.
webinar-change-held = Wijziging klaargezet: { $topic }.
webinar-change-hint = Zoom krijgt het als de tijd om het terug te draaien voorbij is.
leave-title = Sluiten en kwijtraken wat je hebt ingevuld?
leave-text = Er is niets van naar Zoom of Salesforce gegaan.
leave-not = Verdergaan
leave-sure = Sluiten
register-title = Inschrijven voor { $topic }
register-pick = Kiezen
register-check = Controleren
register-check-them = Controleren
register-pick-first = Kies eerst iemand.
register-nobody-ready = Niemand is klaar.
register-none = Inschrijven
register-people = { $count ->
    [one] { $shown } persoon inschrijven
   *[other] { $shown } mensen inschrijven
}
register-approval = Ze wachten op je goedkeuring.
register-hold = Eerst { $seconds } s vastgehouden.
register-held = { $count ->
    [one] { $shown } persoon wordt ingeschreven voor { $topic }.
   *[other] { $shown } mensen worden ingeschreven voor { $topic }.
}
register-one-held = { $name } wordt ingeschreven voor { $topic }.
register-one-mails = Zoom stuurt een e-mail naar { $email }.
register-one-there = { $name } is al ingeschreven voor { $topic }.
register-one-blocked = Voor { $topic } kan nu niemand worden ingeschreven.
pick-people = Leads en contactpersonen
pick-list = Salesforce-lijst
pick-pasted = Geplakte adressen
pick-file = CSV-bestand
pick-selected = { $count ->
    [one] { $shown } persoon, zoals geselecteerd in Mensen
   *[other] { $shown } mensen, zoals geselecteerd in Mensen
}
pick-selected-off = Selectie weglaten
pick-list-coming = Salesforce wordt gevraagd wie er in { $name } staan…
pick-list-members = { $count ->
    [one] { $shown } lead of contactpersoon
   *[other] { $shown } leads en contactpersonen
}
pick-list-strangers = { $count ->
    [one] { $shown } adres erin is van niemand in Salesforce; het wordt gecontroleerd alsof je het had geplakt.
   *[other] { $shown } adressen erin zijn van niemand in Salesforce; ze worden gecontroleerd alsof je ze had geplakt.
}
register-which = Voor welk webinar inschrijven?
register-which-none = Er komt geen webinar dat zo heet.
register-more = { $count ->
    [one] Niemand is ingeschreven: er staat nu { $shown } persoon klaar, meer dan de knop zei. Kijk nog eens en schrijf dan in.
   *[other] Niemand is ingeschreven: er staan nu { $shown } mensen klaar, meer dan de knop zei. Kijk nog eens en schrijf dan in.
}
register-beyond = { $count ->
    [one] { $shown } persoon is weggelaten: er worden er hooguit 10.000 tegelijk ingeschreven.
   *[other] { $shown } mensen zijn weggelaten: er worden er hooguit 10.000 tegelijk ingeschreven.
}
pick-search = Mensen zoeken
pick-search-hint = Op een deel van naam, bedrijf of e-mail.
pick-pasted-label = Adressen
pick-pasted-hint = Eén per regel, of met komma’s ertussen. Een naam voor het adres wordt gebruikt: Anna de Vries <anna@…>
pick-pasted-placeholder = Anna de Vries <anna@acme.example>
pick-file-choose = Bestand kiezen
pick-file-other = Ander bestand kiezen
pick-file-hint = Elk scheidingsteken en elke codering. Je ziet de kolommen voordat er iets wordt gebruikt.
file-rows = { $count ->
    [one] { $shown } regel
   *[other] { $shown } regels
}
file-delimiter = gescheiden door { $delimiter }
delimiter-tab = tab
file-skipped = { $count ->
    [one] { $shown } overgeslagen
   *[other] { $shown } overgeslagen
}
file-no-email = Geen kolom bevat e-mailadressen. Zeg welke het is.
file-column = Kolom
file-column-number = Kolom { $number }
file-example = Voorbeeld
file-meaning = Betekent
file-meaning-of = Betekenis van { $column }
column-email = E-mail
column-first-name = Voornaam
column-last-name = Achternaam
column-full-name = Hele naam
column-ignored = Niet gebruikt
check-under-way = Iedereen wordt gecontroleerd.
check-ready-count = { $count ->
    [one] { $shown } persoon is klaar.
   *[other] { $shown } mensen zijn klaar.
}
check-picked = { $count ->
    [one] { $shown } gekozen
   *[other] { $shown } gekozen
}
check-doubled = { $count ->
    [one] { $shown } adres kwam nog eens voor. Het telt één keer.
   *[other] { $shown } adressen kwamen nog eens voor. Elk telt één keer.
}
check-room = { $count ->
    [one] nog { $shown } plaats
   *[other] nog { $shown } plaatsen
}
check-one-by-one-series = Bij een reeks neemt Zoom ze één voor één, dus het duurt langer.
check-one-by-one-questions = Vanwege de antwoorden neemt Zoom ze één voor één, dus het duurt langer.
check-one-by-one-source = Onder een trackinglink neemt Zoom ze één voor één, dus het duurt langer.
check-source = Ze tellen mee onder
check-source-none = Geen trackinglink
check-more = { $count ->
    [one] en nog { $shown }
   *[other] en nog { $shown }
}
check-approve-again = Goedkeuren
check-register-again = Opnieuw inschrijven
check-put-back = Terugzetten
check-put-all-back = Alles terugzetten
check-this-one = Deze
check-leave-out = Weglaten
check-leave-out-named = { check-leave-out }: { $name }
check-include-ask = Toch inschrijven
check-include = Inschrijven
check-fill = Invullen
check-fill-first = Vul het eerst in.
check-field-of = { $field } van { $name }
check-email-of = Adres van { $name }
opt-out-reason = Reden, die bewaard wordt
answer-for-all = Antwoord voor allemaal
answer-choose = Kies
missing-count = { $count ->
    [one] { $shown } heeft geen antwoord
   *[other] { $shown } hebben geen antwoord
}
missing-filled = Ingevuld voor wie het miste
sort-ready = Klaar
sort-answers-missing = Antwoorden ontbreken
sort-answers-missing-note = vul ze hierboven in, één keer voor allemaal
sort-same-email = Twee keer dezelfde e-mail
sort-several-records = Meerdere records
sort-choose-record = kies welke
sort-no-first-name = Geen voornaam
sort-no-first-name-note = Zoom vraagt erom; hij wordt nooit verzonnen
sort-no-email = Geen e-mail
sort-email-invalid = Adres klopt niet
sort-opted-out = Wil geen e-mail
sort-left-out-note = weggelaten
sort-denied = Eerder geweigerd
sort-denied-note = kan niet opnieuw; keur ze goed
sort-cancelled = Eerder geannuleerd
sort-host = Host of panellid
sort-host-note = weggelaten, ze hebben hun link
sort-registered = Al ingeschreven
sort-registered-note = weggelaten, ze hebben hun link
sort-waiting = Wacht op goedkeuring
sort-waiting-note = weggelaten
sort-on-its-way = Al onderweg
sort-on-its-way-note = staat bij Uitgaand
sort-quota = Vandaag al drie keer
sort-quota-note = Zoom neemt een adres drie keer per dag; probeer het morgen
sort-no-room = Geen plaats
sort-no-room-note = er zijn er zoveel als er passen
sort-left-out = Weggelaten
block-no-registration = Voor dit webinar is geen inschrijving nodig: wie de link heeft kan komen.
block-closed = De inschrijving is gesloten.
block-deleted = Het is in Zoom verwijderd.
block-not-connected = Koppel eerst Zoom.
block-no-licence = Er is geen webinarlicentie.
block-scope = Liaison mag niemand inschrijven: er ontbreekt een scope.
block-forbidden = Je rol in Zoom mag niemand inschrijven.
block-full = Het is vol.
job-panel = Inschrijving bezig
job-title = { $count ->
    [one] { $shown } persoon inschrijven voor { $topic }
   *[other] { $shown } mensen inschrijven voor { $topic }
}
job-title-done = { $count ->
    [one] { $shown } persoon voor { $topic }
   *[other] { $shown } mensen voor { $topic }
}
job-of = { $done } van { $total }
job-seconds-left = nog ongeveer { $seconds } s
job-time-left = nog ongeveer { $time }
job-paused = Gepauzeerd
job-pause = Pauzeren
job-resume = Verdergaan
job-stop = Stoppen
job-show = Resultaten
job-hide = Verbergen
job-retry = { $count ->
    [one] { $shown } mislukte opnieuw
   *[other] { $shown } mislukte opnieuw
}
job-registered = { $count ->
    [one] { $shown } ingeschreven
   *[other] { $shown } ingeschreven
}
job-done = { $shown } klaar
job-already-there = { $count ->
    [one] { $shown } was er al
   *[other] { $shown } waren er al
}
job-cancelled = { $shown } sindsdien geannuleerd
job-denied = { $shown } sindsdien geweigerd
job-waiting = { $count ->
    [one] { $shown } wacht op goedkeuring
   *[other] { $shown } wachten op goedkeuring
}
job-failed = { $count ->
    [one] { $shown } mislukt
   *[other] { $shown } mislukt
}
job-not-sent = { $count ->
    [one] { $shown } teruggehaald
   *[other] { $shown } teruggehaald
}
job-left = { $count ->
    [one] nog { $shown }
   *[other] nog { $shown }
}
history-which = Ingeschreven
outcome-registered = Ingeschreven
outcome-already-there = Was er al
outcome-not-sent = Teruggehaald
outcome-failed-short = Mislukt
result-cause = Waarom
result-do = Doen
result-approve-there = Heeft je goedkeuring nodig.
campaign-title = Naar een campagne brengen
campaign-which = Campagne
campaign-existing = Een bestaande
campaign-new = Een nieuwe
campaign-name = Naam van de campagne
campaign-search = Campagne in Salesforce
campaign-none = Geen campagne met deze naam
campaign-statuses = Lidstatussen
campaign-status-none = Niet geschreven
campaign-status-new = { $status } (nieuw)
campaign-add-statuses = Ontbrekende statussen toevoegen
campaign-planning = Er wordt met Salesforce vergeleken.
campaign-dry-run = Wat er gaat gebeuren
campaign-calls = { $count ->
    [one] { $shown } aanroep naar Salesforce
   *[other] { $shown } aanroepen naar Salesforce
}
campaign-run-itself = Campagne bijwerken
campaign-held-itself = ‘{ $name }’ wordt bijgewerkt.
campaign-run = { $count ->
    [one] { $shown } lid schrijven
   *[other] { $shown } leden schrijven
}
campaign-no-members = Je mag geen leden aan campagnes toevoegen.
campaign-choose-first = Kies eerst een campagne.
campaign-name-first = Geef de campagne eerst een naam.
campaign-no-right = Je mag geen campagnes maken
campaign-none-here = In jouw Salesforce zijn geen campagnes voor je
campaign-none-here-text = Al het andere van het webinar werkt. Gebruikt je bedrijf campagnes, vraag dan je beheerder:
campaign-read-ask = Wil je mijn profiel in Salesforce campagnes laten lezen en er leden aan laten toevoegen?
campaign-right-ask = Wil je bij mijn gebruiker in Salesforce “Marketinggebruiker” aanvinken, en mijn profiel campagnes laten maken en bewerken?
campaign-missing = De campagne heeft geen status { $statuses }. Kies andere, of laat ze toevoegen.
campaign-nothing = Er zou niets veranderen.
campaign-instead = Dit webinar heeft al een campagne: ‘{ $name }’
campaign-instead-text = De mensen gaan daarheen; er komt geen tweede.
campaign-same-name = Er is al een campagne met deze naam en dag: ‘{ $name }’
campaign-same-name-text = Mensen zouden daaraan worden toegevoegd.
campaign-changed = Er zou inmiddels iets anders gebeuren
campaign-changed-text = Er is niets geschreven. Bekijk wat er gaat gebeuren en schrijf het dan.
campaign-held = { $count ->
    [one] { $shown } lid wordt naar { $name } geschreven.
   *[other] { $shown } leden worden naar { $name } geschreven.
}
campaign-held-hint = Iemand houdt één lidmaatschap, ook na samenvoegen.
plan-create = nieuw
plan-change = gewijzigd
plan-leave = blijft zo
plan-unknown = niet in Salesforce
plan-rest = { $count ->
    [one] En nog { $shown }: { $kinds }.
   *[other] En nog { $shown }: { $kinds }.
}
plan-member-fields = Bij elk lid ook: { $fields }.
plan-campaign-fields = Bij de campagne: { $fields }.
plan-field-registrant = inschrijvings-ID
plan-field-standing = status van de inschrijving
plan-field-link = de eigen deelnamelink
plan-field-attendance = aanwezigheid
plan-field-joined = eerste binnenkomst
plan-field-left = laatste vertrek
plan-field-minutes = minuten aanwezig
plan-field-start = werkelijk begin
plan-field-end = werkelijk einde
plan-field-participants = deelnemers
plan-field-recording = opnamelink
plan-block = een deel van de beschrijving dat alleen zichzelf vervangt
plan-what = Wat
plan-status = Status
command-webinars-new = Nieuw webinar
command-webinars-add = Mensen inschrijven
command-webinars-add-pinned = Mensen inschrijven voor { $topic }
command-webinars-start = Webinar starten
command-webinars-join = Deelnemen aan het webinar
command-webinars-copy = Deelnamelink kopiëren
command-webinars-edit = Webinar wijzigen
command-webinars-pin = Vastzetten om met één klik in te schrijven
command-webinars-campaign = Naar een campagne brengen
command-webinars-delete = Webinar verwijderen
command-webinars-approve = Inschrijvingen goedkeuren
command-webinars-deny = Inschrijvingen weigeren
command-webinars-link = Persoonlijke link kopiëren
command-webinars-open = In Salesforce openen
command-webinars-back = Terug naar de lijst
tab-left = Opnames en vragen
left-recordings = Opnames
left-questions = Vragen
left-polls = Peilingen
left-viewers = Later bekeken
left-waiting = Zoom heeft nog niets.
left-no-right = Liaison mag dit niet lezen. Vraag je Zoom-beheerder om de scope.
left-not-offered = Dit webinar is niet terug te kijken.
left-unanswered = Niet beantwoord
left-answered-live = Live beantwoord
left-not-registered = Niet aangemeld
recording-play = Afspelen
recording-playing = De opname opent in Zoom.
recording-being-made = Wordt gemaakt
recording-deleted-on = Zoom verwijdert dit op { $date }
presence-on-demand = Later bekeken
template = Begin met
template-none = Niets
template-own = Mijn sjablonen
template-zoom = Sjablonen van Zoom
template-zoom-hint = Het sjabloon van Zoom bepaalt de aanmelding en alles hieronder. Je kunt het wijzigen als het webinar er is.
template-zoom-unknown = De sjablonen van Zoom zijn nu niet te lezen.
template-keep = Bewaren als sjabloon
template-name = Naam van het sjabloon
template-needs-name = Geef het een naam.
template-kept = Sjabloon { $name } bewaard.
template-forget = Dit sjabloon vergeten
template-forgotten = Sjabloon { $name } vergeten.
setting-audio = Geluid
audio-both = Computer en telefoon
audio-computer = Alleen computer
audio-telephone = Alleen telefoon
audio-third-party = Een andere dienst
setting-mail-language = Taal van Zooms mail
setting-mail-language-usual = Zoals in Zoom
setting-invite-panelists = Panelleden per mail uitnodigen
left-poll-people = { $count ->
    [one] { $shown } antwoordde
   *[other] { $shown } antwoordden
}
webinar-no-limit = Geen maximum
setting-contact-email = E-mailadres van het contact
setting-reminder = Herinnering per e-mail
reminder-hour = 1 uur van tevoren
reminder-day = 1 dag van tevoren
reminder-week = 1 week van tevoren
setting-thanks = E-mail aan wie er was
setting-missed = E-mail aan wie er niet was
mail-days-after = { $count ->
    [one] { $shown } dag erna
   *[other] { $shown } dagen erna
}
setting-survey-page = Pagina van je eigen enquête
setting-survey-page-hint = Leeg voor de enquête van Zoom zelf.
attendee-doubtful = Niemand zag deze persoon komen, maar volgens Zoom was die niet afwezig. Misschien onder een andere naam gekomen, of pas achteraf ingeschreven. Telt niet als wegblijver.
