# Uitgaand.
outbox-needs-you = Actie nodig
outbox-held = Vastgehouden
outbox-sending = Wordt verstuurd
outbox-waiting = Wachtend
outbox-sent = Verstuurd
outbox-discarded-group = Weggegooid
outbox-sent-today = { $count ->
    [one] { $count } vandaag verstuurd
   *[other] { $count } vandaag verstuurd
}
outbox-empty = Niets te versturen
outbox-empty-text = Wat naar Salesforce gaat, verschijnt eerst hier.
outbox-pause = Versturen pauzeren
outbox-resume = Versturen hervatten
outbox-paused-title = Versturen is gepauzeerd
outbox-paused-text = Er gaat niets naar Salesforce tot je hervat. Er gaat niets verloren.
outbox-create-meeting = Nieuwe meeting
outbox-create-event = Nieuw event
outbox-update-event = Gewijzigd event
outbox-delete-event = Verwijderd event
outbox-sends-in = Wordt over { $seconds } s verstuurd
outbox-sending-now = Wordt verstuurd
outbox-sent-at = Verstuurd { $time }
outbox-discarded-at = Weggegooid { $time }
outbox-undone = Teruggehaald. Het is niet verstuurd.
outbox-discarded = Weggegooid: { $title }.
undo-named = { $title } ongedaan maken
retry-named = Opnieuw proberen: { $title }

wait-turn = Straks aan de beurt.
wait-network = Wacht op netwerk.
wait-rate-limit = { $provider } vroeg om rustiger aan te doen.
wait-sign-in = Wacht tot je inlogt bij { $provider }.
wait-paused = Versturen is gepauzeerd.
wait-trouble = { $provider } haperde; het wordt vanzelf opnieuw geprobeerd.
wait-checking = Niet zeker of het is aangekomen; dat wordt eerst nagekeken.
wait-other-account = Hoort bij een ander account.
wait-until = Volgende poging { $time }.

cause-refused = Salesforce weigerde het.
cause-refused-fix = Herstel in Salesforce wat het noemt en probeer het opnieuw.
cause-refused-fields-fix = Het gaat om { $fields }. Herstel het in Salesforce en probeer het opnieuw.
cause-record-gone = { $name } is verwijderd, samengevoegd of geconverteerd.
cause-record-gone-fix = Gooi dit weg en plan met het record dat er nu is.
cause-no-permission = Je mag dit niet in Salesforce schrijven.
cause-no-permission-fix = Vraag je Salesforce-beheerder om het recht en probeer het opnieuw.
cause-unsure = We weten niet zeker of het is aangekomen.
cause-unsure-fix = Kijk in Salesforce. Probeer opnieuw als het er niet is, gooi dit weg als het er wel is.
cause-several = Meerdere records hebben deze sleutel.
cause-several-fix = Houd er in Salesforce één over en probeer het opnieuw.
cause-deleted = Het is in Salesforce verwijderd.
cause-deleted-fix = Gooi dit weg, of probeer opnieuw om het nog eens te schrijven.
cause-interrupted = Liaison werd onderbroken voordat Zoom deze meeting maakte.
cause-interrupted-fix = Probeer het opnieuw om hem nu te maken, of gooi hem weg.
cause-unreadable = Deze versie kan het niet lezen.
cause-unreadable-fix = Werk Liaison bij; tot dan gaat er niets verloren.

will-be-written = Wordt geschreven
was-written = Is geschreven
history = Verloop
created = Gemaakt
attempts = Pogingen
field-subject = Onderwerp
field-start = Begin
field-end = Einde
field-duration = Minuten
field-who = Persoon
field-what = Hoort bij
field-owner = Eigenaar
field-location = Plaats
field-description = Beschrijving
field-show-as = Getoond als
field-type = Soort
field-all-day = Hele dag
field-key = Liaison-sleutel
field-masked = Geschreven, niet getoond
