# Buiten het venster gezegd: in de browser, door het systeem.
sign-in-done-title = Terug naar Liaison
sign-in-done-text = Je kunt deze pagina sluiten. Liaison zegt of het inloggen gelukt is.
copy-meeting-id = Meeting-ID
copy-passcode = Toegangscode
task-subject = Gesprek met {"{"}name{"}"}
mail-subject = Je link voor {"{"}topic{"}"}
mail-registrant =
    Hallo {"{"}name{"}"},

    Je bent aangemeld voor “{"{"}topic{"}"}”.
    {"{"}when{"}"}

    Met deze link doe je mee. Hij is alleen voor jou, dus geef hem niet door:
    {"{"}link{"}"}
    {""}
mail-panelist =
    Hallo {"{"}name{"}"},

    Je zit in het panel van “{"{"}topic{"}"}”.
    {"{"}when{"}"}

    Met deze link doe je mee als panellid. Hij is alleen voor jou, dus geef hem niet door:
    {"{"}link{"}"}
    {""}
invitation-subject = Uitnodiging: {"{"}topic{"}"}
invitation-text =
    Je bent uitgenodigd voor een Zoom-meeting.

    {"{"}topic{"}"}
    {"{"}when{"}"}

    Met deze link doe je mee:
    {"{"}link{"}"}

    {"{"}id{"}"}
    {""}
meeting-now = Meeting met {"{"}name{"}"}
block-held = Gehouden
block-came = Aanwezig
block-of = van
block-minutes = min
block-missed = Niet gekomen
block-guest = gast
block-recording = Opname
block-deleted-on = Zoom verwijdert de opname op
block-video = Video
block-audio = Alleen geluid
block-transcript = Transcript
block-captions = Ondertiteling
block-chat = Chat
block-file = Bestand
block-more = en nog {"{"}count{"}"}
campaign-part-topic = Onderwerp
campaign-part-agenda = Beschrijving
campaign-part-planned = Gepland
campaign-part-join = Deelnemen
campaign-part-registration = Aanmelden
campaign-part-open = Wie zich aanmeldt, mag komen
campaign-part-approved = De host bepaalt wie mag komen
campaign-part-without = Zonder aanmelding
campaign-part-settings = Instellingen
campaign-part-devices = meerdere apparaten
campaign-part-closes = inschrijving sluit na de datum
campaign-part-host-video = video van de host
campaign-part-panelists-video = video van het panel
campaign-part-practice = oefensessie
campaign-part-passcode = toegangscode
campaign-part-on-demand = on-demand
campaign-part-registered = Aangemeld: {"{"}approved{"}"}, in afwachting: {"{"}waiting{"}"}, afgewezen: {"{"}denied{"}"}
campaign-part-held = Gehouden
campaign-part-came = Aanwezig: {"{"}came{"}"}, langer dan de helft: {"{"}stayed{"}"}, afwezig: {"{"}absent{"}"}
campaign-part-recording = Opname
menu-quit = Stop Liaison
start-problem-title = Liaison kan niet starten
start-problem-folder = Er is geen map voor de gegevens van Liaison, of die is niet te gebruiken. Controleer of de schijf niet vol is en of je in je eigen appgegevens mag schrijven, en start Liaison opnieuw.
start-problem-sandbox = De beschrijving van de sandbox is niet te gebruiken.
start-problem-web-view = Microsoft Edge WebView2 ontbreekt. Installeer het via https://developer.microsoft.com/microsoft-edge/webview2 of vraag je beheerder, en start Liaison opnieuw.
start-problem-window = Het venster gaat niet open. Start Liaison opnieuw; komt dit terug, start dan de computer opnieuw op.
notice-meeting-hidden = Meeting
notice-meeting-in = { $minutes ->
    [one] Begint over 1 minuut
   *[other] Begint over { $minutes } minuten
}
notice-meeting-now = Begint nu
notice-meeting-began = { $minutes ->
    [one] 1 minuut geleden begonnen
   *[other] { $minutes } minuten geleden begonnen
}
notice-meetings = { $count } meetings om { $at }
notice-missed = { $count ->
    [one] Je hebt een meeting gemist
   *[other] Je hebt { $count } meetings gemist
}
notice-missed-hidden = Liaison kon je niet op tijd waarschuwen.
notice-recordings = { $count ->
    [one] Zoom verwijdert een opname
   *[other] Zoom verwijdert opnames van { $count } meetings
}
notice-recordings-when = { $days ->
    [0] Vandaag
    [1] Morgen
   *[other] Over { $days } dagen
}
notice-trial = Meldingen werken
notice-trial-text = Zo herinnert Liaison je aan een meeting. Klik hier.
notice-open = Open
notice-join = Deelnemen
notice-snooze = Over { $minutes } min opnieuw
tray-fault-locked = De gegevens van Liaison zijn vergrendeld
tray-fault-sign-in-zoom = Zoom: log opnieuw in
tray-fault-sign-in-salesforce = Salesforce: log opnieuw in
tray-fault-failing-zoom = Zoom antwoordt niet zoals het hoort
tray-fault-failing-salesforce = Salesforce antwoordt niet zoals het hoort
tray-fault-offline = Offline
tray-registering = Inschrijven: { $done } van { $total }
tray-next-in = { $title }, over { $minutes } min
tray-next-at = { $title }, om { $at }
tray-next-now = { $title }, nu
tray-later = { $at }  { $title }
tray-nothing = Vandaag geen meetings meer
tray-join = Nu deelnemen
tray-copy = Kopieer de link
tray-schedule = Plannen…
tray-calls = Gesprekken te koppelen ({ $count })
tray-outbox = Outbox: { $count ->
    [one] 1 heeft je nodig
   *[other] { $count } hebben je nodig
}
tray-hide-titles = Verberg titels
tray-pause = Pauzeer herinneringen
tray-pause-half = 30 minuten
tray-pause-hour = Een uur
tray-pause-tomorrow = Tot morgen
tray-resume = Hervat herinneringen (pauze tot { $at })
tray-open = Open Liaison
tray-settings = Instellingen
