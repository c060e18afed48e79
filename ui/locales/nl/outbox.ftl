# Uitgaand.
outbox-needs-you = Actie nodig
outbox-held = Nog terug te halen
outbox-sending = Wordt verstuurd
outbox-waiting = In de wacht
outbox-sent = Verstuurd
outbox-discarded-group = Weggegooid
outbox-sent-today = { $count ->
    [one] { $count } vandaag verstuurd
   *[other] { $count } vandaag verstuurd
}
outbox-empty = Niets te versturen
outbox-empty-text = Wat naar Zoom of Salesforce gaat, verschijnt eerst hier.
outbox-pause = Versturen pauzeren
outbox-resume = Versturen hervatten
outbox-paused-title = Versturen is gepauzeerd
outbox-paused-text = Niets uit deze lijst gaat weg tot je het hervat. Er gaat niets verloren.
outbox-create-meeting = Nieuwe meeting
outbox-create-event = Nieuw event
outbox-update-event = Gewijzigd event
outbox-delete-event = Verwijderd event
outbox-sends-in = Wordt over { $seconds } s verstuurd
outbox-sending-now = Wordt verstuurd
outbox-sent-at = Verstuurd { $time }
outbox-sent-without = { $count ->
    [one] Verstuurd { $time }, zonder één persoon
   *[other] Verstuurd { $time }, zonder { $shown } personen
}
outbox-discarded-at = Weggegooid { $time }
outbox-undone = Teruggehaald. Het is niet verstuurd.
outbox-discarded = Weggegooid: { $title }.
outbox-restored = Staat weer klaar om te versturen.
outbox-discard-title = { $title } weggooien?
outbox-discard-text = Misschien is het al aangekomen bij { $provider }. Weggooien haalt daar niets terug.
outbox-discard-keep = Bewaren
restore-named = { restore }: { $title }
undo-named = { undo }: { $title }
retry-named = Opnieuw proberen: { $title }

wait-turn = Is zo aan de beurt.
wait-network = Wacht op netwerk.
wait-rate-limit = { $provider } heeft even te veel aanvragen gekregen.
wait-sign-in = Wacht tot je inlogt bij { $provider }.
wait-paused = Versturen is gepauzeerd.
wait-trouble = Storing bij { $provider }; het wordt vanzelf opnieuw geprobeerd.
wait-checking = Er wordt eerst gekeken of het er al staat.
wait-other-account = Hoort bij een ander account.
wait-until = Volgende poging { $time }.

cause-series-changed = Iemand heeft deze reeks in Zoom gewijzigd nadat jij besliste; Zoom zou dat ongedaan maken.
cause-series-changed-fix = Gooi dit weg en open de reeks opnieuw: dan zie je wat er nu staat.
cause-start-passed = De begintijd is voorbij; Zoom zou een andere tijd kiezen.
cause-refused = { $provider } heeft het geweigerd.
cause-refused-fix = Pas in { $provider } aan wat er genoemd wordt en probeer het opnieuw.
cause-refused-about = Het gaat om { $fields }.
cause-refused-new-fix = Er staat nog niets in { $provider }. Laat je beheerder de regel aanpassen en probeer het opnieuw.
cause-record-gone = { $name } is verwijderd, samengevoegd of geconverteerd.
cause-record-gone-fix = Gooi dit weg en plan met het record dat er nu is.
cause-no-permission = Je hebt geen recht om dit in { $provider } te zetten.
cause-no-permission-fix = Vraag je { $provider }-beheerder om dat recht en probeer het opnieuw.
cause-unsure = We weten niet zeker of het is aangekomen.
cause-unsure-fix = Kijk in { $provider }. Staat het er niet, probeer het dan opnieuw; staat het er wel, gooi dit dan weg.
cause-several = Er zijn meerdere records met deze sleutel.
cause-several-fix = Houd er in Salesforce één over en probeer het opnieuw.
cause-deleted = Het is in { $provider } verwijderd.
cause-deleted-fix = Gooi dit weg, of probeer opnieuw om het nog eens te schrijven.
cause-interrupted = Deze meeting is niet aangemaakt.
cause-interrupted-fix = Druk op Opnieuw proberen om hem alsnog aan te maken, open het planvenster weer, of gooi hem weg. Een meeting wordt nooit zonder jou aangemaakt.
cause-unreadable = Deze versie kan het niet lezen.
cause-unreadable-fix = Werk Liaison bij; tot dan gaat er niets verloren.

outbox-update-meeting = Gewijzigde meeting
outbox-delete-meeting = Geannuleerde meeting
outbox-unknown = Van een nieuwere versie
outbox-for-account = voor { $account }
outbox-undoing = Wordt ongedaan gemaakt; het terugdraaien staat klaar om te versturen.
outbox-undo-title = { $title } ongedaan maken?
outbox-undo-create-meeting = De meeting is aangemaakt. Zoom verwijdert hem en de link werkt dan niet meer. Het event in Salesforce verdwijnt mee.
outbox-undo-create-event = Het event is aangemaakt. Het wordt in Salesforce verwijderd.
outbox-undo-update = De wijziging is verstuurd. In { $provider } komt weer te staan wat er eerst stond.
outbox-undo-delete-event = Het event is verwijderd. Het wordt in Salesforce opnieuw aangemaakt.
outbox-reopen = Planvenster weer openen
outbox-reopen-named = Planvenster weer openen: { $title }
outbox-save = Opslaan en versturen
outbox-decided-mine = Die van jou wordt weggeschreven.
outbox-decided-theirs = Die van hen blijft staan.
may-have-arrived = Misschien al aangekomen
may-have-arrived-text = Er wordt eerst gekeken of het er al staat voordat er iets opnieuw wordt verstuurd, dus er komt niets dubbel.
conflict-field = Veld
conflict-there = In { $provider }
conflict-ours = Van jou
conflict-theirs = Hun versie houden
conflict-mine = Mijn versie gebruiken
field-empty = Leeg
wait-other-account-named = Wacht tot { $account } weer is ingelogd.
wait-behind = Wacht op wat ervoor staat.
wait-behind-first = Wacht op wat ervoor staat; daar moet jij eerst iets doen.
wait-behind-parent = Wacht op { $title }.
wait-behind-needs-you = Wacht op { $title }; daar moet jij eerst iets doen.
cause-refused-edit = Pas de teksten hier aan, of laat je { $provider }-beheerder de regel aanpassen en probeer het opnieuw.
cause-refused-reopen = Er is niets aangemaakt in { $provider }. Open het planvenster weer en pas het daar aan.
cause-deleted-meeting-fix = Er valt niets meer te wijzigen. Gooi dit weg.
cause-limited = Niet aangemaakt: Zoom nam er geen meer aan. Vanaf { $time } kan het weer.
cause-limited-fix = Druk dan op Opnieuw proberen. Een meeting wordt nooit zonder jou aangemaakt.
cause-offline = Niet aangemaakt: er was geen netwerk.
cause-offline-fix = Druk op Opnieuw proberen als je weer verbinding hebt. Een meeting wordt nooit zonder jou aangemaakt.
cause-differs = Iemand heeft hetzelfde gewijzigd in { $provider }.
cause-differs-fix = Kies welke van de twee blijft. Tot die tijd wordt er niets weggeschreven.

will-be-written = Wordt vastgelegd
was-written = Is vastgelegd
would-be-written = Zou zijn vastgelegd
history = Geschiedenis
created = Aangemaakt
attempts = Pogingen
field-subject = Onderwerp
field-start = Begin
field-end = Einde
field-last-date = Laatste datum
field-duration = Minuten
field-who = Persoon
field-others = Ook met
field-invitees = Uitgenodigd
left-out-title = Niet iedereen staat in het event
left-out = { $names }: { $why }
left-out-not-shared = in deze organisatie gaat een event over één persoon.
left-out-lead-alone = een event gaat over één Lead of over contactpersonen, niet over allebei.
left-out-too-many = een event gaat over hooguit 50 contactpersonen.
left-out-gone = verwijderd, samengevoegd of geconverteerd in Salesforce.
left-out-refused = Salesforce weigerde: { $message }
field-what = Hoort bij
field-owner = Eigenaar
field-location = Plaats
field-description = Beschrijving
field-show-as = Weergeven als
field-type = Soort
field-all-day = Hele dag
field-key = Liaison-sleutel
field-masked = Niet getoond

# Rijen die bij elkaar horen.
outbox-groups = Samen verstuurd
outbox-group-log-meetings = { $count ->
    [one] { $shown } meeting vastleggen
   *[other] { $shown } meetings vastleggen
}
outbox-group-change-dates = { $count ->
    [one] { $shown } datum wijzigen
   *[other] { $shown } datums wijzigen
}
outbox-group-cancel-dates = { $count ->
    [one] { $shown } datum annuleren
   *[other] { $shown } datums annuleren
}
outbox-group-undo = { $count ->
    [one] { $shown } wijziging ongedaan maken
   *[other] { $shown } wijzigingen ongedaan maken
}
outbox-group-unknown = { $count ->
    [one] { $shown } regel uit een nieuwere versie
   *[other] { $shown } regels uit een nieuwere versie
}
outbox-group-progress = { $done } van { $total } verstuurd
outbox-group-done = { $count ->
    [one] { $shown } verstuurd
   *[other] { $shown } verstuurd
}
outbox-group-left = nog { $shown }
outbox-group-needs-you = { $count ->
    [one] { $shown } wacht op jou
   *[other] { $shown } wachten op jou
}
outbox-group-discarded = { $shown } weggegooid
outbox-group-paused = Gepauzeerd
outbox-group-stopping = Wordt gestopt
outbox-group-pause = Pauzeren
outbox-group-resume = Hervatten
outbox-group-stop = Stoppen
outbox-group-undo-all = Alles ongedaan maken
outbox-group-retry = { $count ->
    [one] { $shown } opnieuw proberen
   *[other] { $shown } opnieuw proberen
}
outbox-group-show = Regels bekijken
outbox-group-back = Alles wat uitgaat
outbox-group-named = { $action }: { $title }
outbox-group-undo-title = Alles ongedaan maken?
outbox-group-undo-text = Wat nog niet is verstuurd, wordt weggegooid. Wat al is verstuurd, wordt een voor een teruggedraaid in Salesforce en Zoom.
outbox-group-stopped = Gestopt. Wat al onderweg was, is afgemaakt.

# Tasks.
outbox-create-task = Vastgelegd gesprek of vervolgstap
outbox-update-task = Gewijzigde taak
outbox-delete-task = Verwijderde taak
outbox-group-log-calls = { $count ->
    [one] { $shown } gesprek vastleggen
   *[other] { $shown } gesprekken vastleggen
}
left-out-not-writable = dit veld mag je niet invullen. Je Salesforce-beheerder kan dat veranderen.
left-out-fields-title = Enkele velden zijn leeg gelaten
cause-logged-by = { $name } heeft dit gesprek al vastgelegd.
cause-logged-by-others = Andere software heeft dit gesprek al vastgelegd.
cause-logged-by-others-fix = Gooi dit weg: het gesprek staat in Salesforce.
field-reminder = Herinnering
outbox-undo-create-task = Het is verstuurd. De taak wordt in Salesforce verwijderd.
outbox-undo-create-lead = Het is verstuurd. De lead wordt in Salesforce verwijderd, tenzij iemand die heeft gewijzigd of geconverteerd.
outbox-sent-without-fields = { $count ->
    [one] Verstuurd { $time }, zonder één veld
   *[other] Verstuurd { $time }, zonder { $shown } velden
}

# Webinars.
outbox-register-person = Inschrijving
outbox-cancel-registration = Geannuleerde inschrijving
outbox-approve-registrant = Goedgekeurde inschrijving
outbox-deny-registrant = Geweigerde inschrijving
outbox-add-panelist = Nieuw panellid
outbox-remove-panelist = Verwijderd panellid
outbox-create-webinar = Nieuw webinar
outbox-update-webinar = Gewijzigd webinar
outbox-delete-webinar = Verwijderd webinar
outbox-update-questions = Gewijzigd aanmeldformulier
outbox-group-register-people = { $count ->
    [one] { $shown } persoon inschrijven
   *[other] { $shown } mensen inschrijven
}
outbox-group-decide-registrants = { $count ->
    [one] Beslissing over { $shown } inschrijving
   *[other] Beslissing over { $shown } inschrijvingen
}
cause-webinar-started = Het webinar begon voordat dit weg kon.
cause-webinar-started-fix = Probeer het opnieuw om ze toch in te schrijven, of gooi dit weg.
cause-registrant-denied = Deze persoon is eerder geweigerd, en Zoom neemt geen nieuwe inschrijving aan.
cause-registrant-approve-fix = Keur de inschrijving goed op de pagina van het webinar.
cause-webinar-full = Het webinar is vol.
cause-webinar-full-fix = Verhoog het maximum of annuleer iemand en probeer het opnieuw.
cause-registration-closed = De inschrijving is gesloten.
cause-registration-off = Voor dit webinar kan niemand worden ingeschreven.
cause-registration-closed-fix = Open de inschrijving in de instellingen van het webinar en probeer het opnieuw.
cause-webinar-licence = Het Zoom-abonnement van dit account heeft geen webinars meer.
outbox-create-campaign = Nieuwe campagne
outbox-update-campaign = Campagne wijzigen
outbox-create-lead = Nieuwe lead
outbox-delete-lead = Lead verwijderen
outbox-put-campaign-member = Campagnelid
outbox-group-follow-up = { $count ->
    [one] { $shown } afwezige opvolgen
   *[other] { $shown } afwezigen opvolgen
}
outbox-group-fill-campaign = { $count ->
    [one] { $shown } campagnelid
   *[other] { $shown } campagneleden
}
cause-campaign-status = De campagne heeft deze status voor leden niet.
cause-campaign-status-fix = Voeg de status in Salesforce toe of kies een andere voor dit webinar, en probeer het opnieuw.
left-out-edited = iemand heeft geschreven in het stuk dat Liaison daar bijhoudt. Dat blijft zoals het is.
field-actual-start = Werkelijk begin
field-actual-end = Werkelijk einde
field-participants = Aanwezigen
field-attendance = Aanwezigheid
field-minutes-attended = Minuten aanwezig
field-recording-link = Opname
cause-doubles = Het record staat er misschien al. Er is niets aangemaakt.
cause-doubles-fix = Gebruik een van de gevonden records, of maak het toch aan als je organisatie dat toestaat.
cause-lead-in-use = Iemand heeft de lead gewijzigd of geconverteerd; die is daarom niet verwijderd.
cause-lead-in-use-fix = Gooi dit weg, of verwijder de lead in Salesforce.
