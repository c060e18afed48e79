# Het planvenster.
schedule-title = Een meeting plannen
schedule-topic = Onderwerp
schedule-topic-placeholder = Waar gaat het over?
schedule-when = Wanneer
schedule-date = Datum
schedule-time = Tijd
schedule-minutes = Minuten
schedule-zone = Tijdzone
schedule-until = tot { $time }
schedule-your-time = { $time } voor jou ({ $city })
schedule-zoom = Zoom
schedule-after = Daarna
zone-none = Geen stad met deze naam
people-chosen = Gekozen personen
people-placeholder = Naam, bedrijf of e-mailadres
people-none = Niemand gevonden. Een volledig e-mailadres kan ook.
people-email = Enter voegt { $email } toe
opted-out = Wil geen e-mail
converted = Geconverteerd
agenda-placeholder = Niet verplicht
personal-meeting-id = Persoonlijk meeting-ID
log-event = Event vastleggen in Salesforce
log-event-hint = Onderwerp, tijd, persoon en deelnamelink worden weggeschreven. Nooit de toegangscode.
copy-invitation-after = Uitnodiging kopiëren
schedule-conflict = { $count ->
    [one] Op hetzelfde moment: { $meetings }.
   *[other] { $count } meetings op hetzelfde moment: { $meetings }.
}
schedule-opted-out = Wil geen e-mail: { $names }.
schedule-offline = Zoom is niet bereikbaar. Aanmaken kan alleen met internet.
schedule-not-connected = Zoom is niet gekoppeld. Aanmaken kan pas met een account.
schedule-signed-out = Log eerst opnieuw in bij Zoom; dan kun je aanmaken.
edits-left = { $count ->
    [one] Vandaag nog { $shown } van zo'n 100 Zoom-wijzigingen
   *[other] Vandaag nog { $shown } van zo'n 100 Zoom-wijzigingen
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
schedule-event-queued = Het Salesforce-event staat bij Uitgaand.
schedule-undo-event = Event ongedaan maken
discard-title = Deze meeting weggooien?
discard-text = Wat je hebt getypt, is nergens bewaard.
discard-keep = Verder bewerken

problem-missing = Dit ontbreekt.
problem-missing-topic = Geef de meeting een onderwerp.
problem-missing-date = Kies een datum.
problem-missing-time = Kies een tijd.
problem-missing-zone = Kies een tijdzone.
problem-missing-minutes = Vul in hoeveel minuten de meeting duurt.
problem-missing-client-id = Vul het client-ID van de app van je organisatie in.
problem-missing-login-host = Vul je Salesforce-adres in.
problem-too-long = { $length } tekens; Zoom accepteert er hoogstens { $max }.
problem-not-a-date = Dit is geen datum. Probeer 24 nov of 2026-11-24.
problem-not-a-time = Dit is geen tijd. Probeer 15:00 of 15u30.
problem-not-a-zone = Kies een stad uit de lijst.
problem-in-the-past = Deze tijd is voorbij.
problem-does-not-exist = Deze tijd bestaat niet, want de klok gaat dan vooruit. Het dichtst erbij: { $before } of { $after }.
problem-happens-twice = De klok gaat terug, dus deze tijd komt twee keer voor. Kies er een.
problem-out-of-range = Tussen { $min } en { $max }.
problem-not-an-email = { $value } is geen e-mailadres.
problem-unknown-person = { $name } staat niet meer in de lokale kopie.
problem-duplicate = { $value } staat er al.
problem-too-many = Hoogstens { $max }.
problem-not-allowed = Dit is hier niet toegestaan.
problem-login-host = Dit is geen Salesforce-adres.
