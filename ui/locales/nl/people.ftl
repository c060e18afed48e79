# De mensen.
room-people = Mensen
people-list-search = Naam, bedrijf, nummer
people-list-everyone = Iedereen
people-list-mine = Van mij
people-list-kind-all = Alle soorten
people-list-kind-leads = Leads
people-list-kind-contacts = Contactpersonen
people-list-kind-person-accounts = Persoonsaccounts
people-list-kind-converted = Geconverteerde leads
people-list-has-email = Met e-mail
people-list-touched = Laatste contact
people-list-touch-any = Wanneer dan ook
people-list-touch-within = { $days ->
    [one] Vandaag contact gehad
   *[other] Contact in de laatste { $days } dagen
}
people-list-touch-not = Al { $days } dagen geen contact
people-list-list = Salesforce-lijst
people-list-choose = Een lijst uit Salesforce kiezen
people-list-name = Naam van de lijstweergave, campagne of het rapport
people-list-lists-coming = Je lijsten worden opgehaald uit Salesforce…
people-list-no-lists = Er is geen lijstweergave, actieve campagne of recent rapport dat zo heet.
people-list-off = { $name }: niet langer alleen deze
people-list-not-here = { $count ->
    [one] { $shown } lid van de lijst staat niet op deze computer.
   *[other] { $shown } leden van de lijst staan niet op deze computer.
}
people-list-strangers = { $count ->
    [one] { $shown } adres erin is van niemand in Salesforce.
   *[other] { $shown } adressen erin zijn van niemand in Salesforce.
}
list-kind-campaign = Campagne
list-kind-leads = Lijstweergave van leads
list-kind-contacts = Lijstweergave van contactpersonen
list-kind-report = Rapport
list-unusable = ‘{ $name }’ is niet te gebruiken.
list-problem-no-query = Salesforce vertelt niet wie er in deze lijstweergave staan; misschien hoort ze bij een wachtrij.
list-problem-not-tabular = Alleen een rapport in tabelvorm heeft één persoon per regel. Sla het in Salesforce op zonder groepen.
list-problem-no-people = Het rapport heeft geen kolom met leads, contactpersonen of hun e-mailadressen. Voeg er in Salesforce een toe.
people-list-cut = De lijst is langer; dit zijn de eerste { $shown } leden.
people-list-here = { $count ->
    [one] { $shown } persoon
   *[other] { $shown } mensen
}
people-list-here-of = { $here } van { $there } staan hier
people-list-match = { $count ->
    [one] { $shown } gevonden, van { $here }
   *[other] { $shown } gevonden, van { $here }
}
people-list-fetching = Je leads en contactpersonen worden opgehaald uit Salesforce.
people-list-connect = Verbind Salesforce om je leads en contactpersonen te zien
people-list-connect-text = Ze staan versleuteld op deze computer, dus je vindt ze ook zonder netwerk.
people-list-connect-do = Salesforce verbinden
people-list-none-found = Niemand gevonden
people-list-nobody = Nog geen leads of contactpersonen
people-list-clear = Filters wissen
people-list-found = { $count ->
    [one] Nog { $shown } persoon gevonden in Salesforce.
   *[other] Nog { $shown } mensen gevonden in Salesforce.
}
people-list-found-nobody = Salesforce kent verder niemand met deze woorden. Het zoekt alleen op hele woorden.
people-list-copied = { $count ->
    [0] Geen adres gekopieerd.
    [one] { $shown } adres gekopieerd.
   *[other] { $shown } adressen gekopieerd.
}
people-list-without = { $count ->
    [one] { $shown } heeft er geen.
   *[other] { $shown } hebben er geen.
}
people-list-opted-out = { $count ->
    [one] { $shown } persoon die geen mail wil, is overgeslagen.
   *[other] { $shown } mensen die geen mail willen, zijn overgeslagen.
}

person-name = Naam
person-company = Bedrijf
person-title = Functie
person-email = E-mail
person-more-email = Andere e-mail
person-no-email = Geen e-mailadres
person-phone = Telefoon
person-owner = Eigenaar
person-status = Status
person-touched = Laatste contact
person-next = Volgende meeting
person-next-short = Volgende
person-numbers = Nummers
person-topics = Plan een meeting over
person-topics-choose = Tonen wat openstaat
person-register = Inschrijven
person-schedule = Plannen
person-salesforce = Salesforce
person-became = Deze lead is contactpersoon { $name } geworden.
person-show-contact = Contact tonen
person-colleagues = { $count ->
    [one] nog { $shown } daar
   *[other] nog { $shown } daar
}
record-person-account = Persoonsaccount
owner-you = Jij
mark-converted = Geconverteerd
mark-do-not-call = Niet bellen
mark-opted-out = Geen mail
touched-never = Nooit
touched-today = Vandaag

timeline-title = Alles met { $name }
timeline-empty = Nog niets: geen meeting, geen gesprek, geen webinar.
timeline-now = Nu
timeline-soon = Straks
timeline-meeting = Meeting
timeline-webinar = Webinar
timeline-copy-link = Persoonlijke link kopiëren
timeline-webinar-absent = Webinar, niet gekomen
timeline-webinar-minutes = { $count ->
    [one] Webinar, { $shown } minuut aanwezig
   *[other] Webinar, { $shown } minuten aanwezig
}
timeline-running = is bezig
timeline-call = Gesprek, { $length }
timeline-logged = In Salesforce
timeline-ahead = { $count ->
    [one] Nog { $shown } later
   *[other] Nog { $shown } later
}
timeline-older = { $count ->
    [one] { $shown } ouder
   *[other] { $shown } ouder
}

people-limit = Mensen op deze computer
people-limit-text = Van een grotere organisatie staan hier de mensen met wie het laatst iets gebeurde; naar de anderen vraagt het zoeken Salesforce. Na een wijziging wordt iedereen opnieuw gelezen.

command-people-open = In Salesforce openen
command-people-dial = Deze persoon bellen
command-people-find = Salesforce vragen
command-people-list = Beperken tot een lijst uit Salesforce
command-people-register = Inschrijven voor een webinar
command-people-copy = E-mailadressen kopiëren
