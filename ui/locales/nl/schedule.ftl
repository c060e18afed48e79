# Het planvenster.
schedule-title = Een meeting plannen
schedule-topic = Onderwerp
schedule-topic-placeholder = Waar gaat het over?
schedule-when = Wanneer
schedule-date = Datum
schedule-time = Tijd
schedule-minutes = Duur
schedule-zone = Tijdzone
schedule-until = tot { $time }
schedule-your-time = { $time } voor jou ({ $city })
schedule-their-clock = Volgens het telefoonnummer is het voor { $name } dan { $time } ({ $city }).
schedule-take-clock = Plannen op die klok
schedule-zoom = Zoom
schedule-after = Daarna
zone-none = Geen stad met deze naam
people-chosen = Gekozen personen
people-placeholder = Naam, bedrijf of e-mailadres
people-none = Niemand gevonden. Een volledig e-mailadres kan ook.
people-email = Enter voegt { $email } toe
person-no-mark = Geen e-mailadres
opted-out = Wil geen e-mail
converted = Geconverteerd
agenda-placeholder = Niet verplicht
personal-meeting-id = Persoonlijk meeting-ID
log-event = Event vastleggen in Salesforce
log-event-kept = Salesforce is niet verbonden. Het event blijft bij Uitgaand staan en wordt verstuurd zodra { $account } weer verbonden is.
log-event-no-account = Verbind Salesforce bij Instellingen om events vast te leggen.
log-event-hint = Onderwerp, tijd, persoon en deelnamelink worden weggeschreven. Nooit de toegangscode.
copy-invitation-after = Uitnodiging kopiëren
schedule-conflict = { $count ->
    [one] Op hetzelfde moment: { $meetings }.
   *[other] { $count } meetings op hetzelfde moment: { $meetings }.
}
schedule-busy = Dan in je agenda: { $entries }.
schedule-outside-hours = Buiten werktijd in { $city }.
schedule-opted-out = Wil geen e-mail: { $names }.
edits-left = { $count ->
    [one] Vandaag nog { $shown } van zo’n 100 Zoom-wijzigingen
   *[other] Vandaag nog { $shown } van zo’n 100 Zoom-wijzigingen
}
create = Aanmaken
fold-earlier = De eerste keer ({ $offset })
fold-later = De tweede keer ({ $offset })
schedule-created = Meeting aangemaakt voor { $when }.
schedule-created-copied = Meeting aangemaakt voor { $when }. Uitnodiging gekopieerd.
schedule-event-held = { $seconds ->
    [one] Het Salesforce-event wordt { $seconds } seconde vastgehouden.
   *[other] Het Salesforce-event wordt { $seconds } seconden vastgehouden.
}
schedule-made-before = De meeting was al aangemaakt, voor { $when }.
schedule-since-held = Wat je daarna hebt ingevuld, gaat als wijziging naar Zoom.
schedule-since-partly = Wat daarvan nog te wijzigen is, gaat naar Zoom. De rest is zoals die is aangemaakt: bekijk de meeting.
schedule-since-not = Wat je daarna hebt ingevuld, kon niet meer worden gewijzigd. Open de meeting om die te wijzigen.
schedule-event-kept = Het event blijft bewaard tot Salesforce weer verbonden is.
schedule-event-queued = Het Salesforce-event staat bij Uitgaand.
change-title = Meeting wijzigen
change-held = Wijziging bewaard: { $topic }.
change-follows = Zoom krijgt hem zodra hij niet meer terug te halen is; een Salesforce-event volgt vanzelf.
change-nothing = Er is niets gewijzigd.
schedule-undo-both = Meeting en event ongedaan maken
schedule-undo-meeting = Meeting ongedaan maken
schedule-undone-both = Ongedaan gemaakt: Zoom verwijdert de meeting en het event verdwijnt mee.
schedule-undone-meeting = Ongedaan gemaakt: Zoom verwijdert de meeting.
draft-kept = Concept bewaard voor de volgende keer.
drafts-unfinished = Onvoltooide concepten
draft-restored = Je onvoltooide concept.
draft-anew = Opnieuw beginnen
draft-waiting = Nog niet af: { $topic }
draft-resume = Verdergaan
draft-resume-named = Verdergaan met { $topic }
draft-discard-named = Concept { $topic } weggooien
drafts-more = { $count ->
    [one] Nog één onvoltooid concept
   *[other] Nog { $count } onvoltooide concepten
}
draft-too-large = Dit concept is te groot om te bewaren. Kort de agenda in of maak het nu af.
draft-not-kept = Dit concept kon niet worden bewaard. Bij het sluiten gaat het verloren.
show-meeting = Tonen

problem-missing = Dit ontbreekt.
problem-missing-topic = Vul een onderwerp in.
problem-missing-date = Kies een datum.
problem-missing-time = Kies een tijd.
problem-missing-zone = Kies een tijdzone.
problem-missing-minutes = Vul in hoe lang het duurt.
problem-missing-client-id = Vul het client-ID van de app van je organisatie in.
problem-missing-login-host = Vul je Salesforce-adres in.
problem-too-long = { $length } tekens; Zoom accepteert er hoogstens { $max }.
problem-not-a-date = Dit is geen datum. Probeer 24 nov, morgen of volgende week dinsdag.
problem-no-such-day = Er zijn maar { $days } dagen in { $month }.
problem-not-a-time = Dit is geen tijd. Probeer 15:00, 9u30 of half drie.
problem-no-such-time = Zo laat bestaat niet. Een dag loopt van 0:00 tot 23:59.
problem-not-a-length = Dit is geen duur. Probeer 45, 1u30 of 1,5 u.
problem-not-whole-minutes = Alleen hele minuten. Anderhalf uur is 1,5 u.
problem-not-a-zone = Kies een stad uit de lijst.
problem-in-the-past = Deze tijd is voorbij.
problem-day-passed = Deze dag is voorbij.
problem-does-not-exist = De klok slaat deze tijd over. Dichtstbij: { $before } of { $after }.
problem-happens-twice = De klok gaat terug: deze tijd komt twee keer.
problem-out-of-range = Tussen { $min } en { $max }.
problem-length-out-of-range = Een meeting duurt tussen { $min } en { $max }.
problem-not-an-email = { $value } is geen e-mailadres.
problem-unknown-person = { $name } staat niet meer in de lokale kopie.
problem-duplicate = { $value } staat er al.
problem-too-many = Hoogstens { $max }.
problem-not-allowed = Dit is hier niet toegestaan.
problem-not-separable = In ‘{ $value }’ staat een komma: in een antwoord met meer keuzes is dan niet te zien waar de ene ophoudt.
problem-login-host = Dit is geen Salesforce-adres.

# De ene regel: wat erin herkend wordt, en wat erover gevraagd wordt.
line-label = De afspraak in één regel
line-placeholder = Demo met Anna morgen 15:00 45 min
line-with = met { $name }
line-topic = Onderwerp
line-day = Dag
line-time = Tijd
line-length = Duur
line-zone = Zone
line-person = Persoon
line-series = Reeks
line-asked = { $what }?
line-which = Wat is het
line-which-day = Welke dag
line-which-time = Welke tijd
line-which-zone = Welke zone
line-both-ways = “{ $words }” is op twee manieren te lezen. De andere kies je met één klik.
line-lasts = Duurt { $length }
line-clocks = Tijd in { $city }
line-there = { $time } in { $city }
line-outside = buiten werktijd daar
line-free = Deze zijn vrij voor je in { $city }.
line-free-both = Deze zijn vrij voor je en binnen werktijd in { $city }.
line-full = Deze dag heeft binnen werktijd niets vrij. Typ een tijd.
line-who = Wie wordt er bedoeld met “{ $words }”?
line-nobody = Niemand die “{ $words }” heet is hier bekend. De woorden blijven in het onderwerp staan.
line-plan = Plan “{ $line }”
# Het woord voor een regel in het palet; één woord in kleine letters.
palette-plan = plan

# Hoe een afspraak zich herhaalt.
repeats = Herhaalt
repeats-never = Eenmalig
repeats-daily = Dagelijks
repeats-workdays = Elke werkdag
repeats-weekly = Wekelijks
repeats-month-day = Maandelijks op dag { $day }
repeats-month-weekday = Maandelijks op de { $week ->
    [1] eerste
    [2] tweede
    [3] derde
    [4] vierde
   *[last] laatste
} { $day }
repeats-days = Op
repeats-every = Elke
repeats-unit-day = { $count ->
    [one] dag
   *[other] dagen
}
repeats-unit-week = { $count ->
    [one] week
   *[other] weken
}
repeats-unit-month = { $count ->
    [one] maand
   *[other] maanden
}
repeats-ends = Eindigt
repeats-end-times = Na een aantal keer
repeats-end-until = Op een dag
repeats-end-never = Geen einde
repeats-times = Aantal keer
repeats-until = Laatste dag
repeats-summary-all = { $count } datums: { $first }.
repeats-summary-more = { $count } datums: { $first }, … De laatste is { $last }.
repeats-cut = Zoom plant niet verder dan 50 datums.
repeats-skipped = De klok slaat deze tijd over op { $days }: daar is het een uur later.
schedule-created-series = { $count ->
    [one] Meeting gemaakt voor { $when }.
   *[other] { $count } meetings gemaakt, de eerste voor { $when }.
}
dates-scope = Welke datums
dates-one = Alleen deze
dates-following = Deze en volgende ({ $count })
dates-all = Alles wat nog komt ({ $count })
dates-moves = { $count ->
    [one] Eén datum wordt gewijzigd, één wijziging in Zoom.
   *[other] { $count } datums worden een voor een gewijzigd, elk als een wijziging in Zoom. De laatste is { $last }; wat al eerder verplaatst of geannuleerd is, blijft zo.
}
dates-held = { $count } datums: { $topic }.
problem-missing-days = Kies minstens één dag.
problem-no-dates = Hier valt geen enkele datum in. Kies een later einde.
problem-same-for-all = Dit is voor alle datums hetzelfde. Kies “Alles wat nog komt” om het te wijzigen.
problem-zone-of-series = Alle datums van een reeks hebben dezelfde tijdzone. Wijzig die met “Herhaling en tijdzone…”.
problem-dates-in-the-past = { $count ->
    [one] Een andere datum van de reeks zou al begonnen zijn. Kies een latere tijd, of “Deze en volgende”.
   *[other] { $count } andere datums van de reeks zouden al begonnen zijn. Kies een latere tijd, of “Deze en volgende”.
}
problem-not-a-page = Schrijf een webadres dat met https:// begint.

# Hoe een reeks die er al is zich herhaalt.
series-rule-open = Herhaling en tijdzone…
series-rule-first = Bewaar of herstel eerst wat je hier hebt gewijzigd.
series-rule-title = Herhaling en tijdzone
series-rule-from = Vanaf
series-rule-follows = Zoom maakt de datums opnieuw als de tijd voor ongedaan maken om is; events in Salesforce volgen.
rule-outlook = Wat er met de datums gebeurt
rule-unchanged = Zo herhaalt het zich nu.
rule-counts = Van de komende datums { $parts }.
rule-same = { $count ->
    [one] blijft er 1
   *[other] blijven er { $count }
}
rule-moved = { $count ->
    [one] krijgt er 1 een andere tijd
   *[other] krijgen er { $count } een andere tijd
}
rule-added = { $count ->
    [one] is er 1 nieuw
   *[other] zijn er { $count } nieuw
}
rule-gone = { $count ->
    [one] vervalt er 1
   *[other] vervallen er { $count }
}
rule-anew = Zoom maakt alle datums opnieuw. Wat los verplaatst of geannuleerd was, volgt weer de regel:
rule-alone-moved = { $day }, verplaatst naar { $to }: wordt { $becomes }.
rule-alone-moved-gone = { $day }, verplaatst naar { $to }: vervalt.
rule-alone-back = { $day }, geannuleerd: gaat weer door, { $becomes }.
rule-alone-away = { $day }, geannuleerd: blijft geannuleerd.
rule-alone-more = { $count ->
    [one] Nog één datum.
   *[other] Nog { $count } datums.
}
rule-events = { $count ->
    [one] Het event in Salesforce volgt zijn datum en houdt zijn notities.
   *[other] { $count } events in Salesforce volgen hun datum en houden hun notities.
}
rule-events-gone = Events van vervallen datums worden verwijderd; heeft iemand er iets in geschreven, dan wordt het je eerst gevraagd.

# Twee klokken boven elkaar.
clocks-label = Begin, op beide klokken
clocks-at = { $time } in { $city }
clocks-at-work = binnen de werktijd van beide
clocks-outside = buiten werktijd
clocks-taken = er staat al iets anders
clocks-forward = In { $city } gaat de klok op deze dag vooruit: er valt een uur weg.
clocks-back = In { $city } gaat de klok op deze dag terug: een uur komt twee keer.
