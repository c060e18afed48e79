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
block-held = Gehouden
block-came = Aanwezig
block-of = van
block-minutes = min
block-missed = Niet gekomen
block-guest = gast
block-recording = Opname
block-deleted-on = Zoom verwijdert de opname op
block-more = en nog {"{"}count{"}"}
menu-quit = Stop Liaison
start-problem-title = Liaison kan niet starten
start-problem-folder = Er is geen map voor de gegevens van Liaison, of die is niet te gebruiken. Controleer of de schijf niet vol is en of je in je eigen appgegevens mag schrijven, en start Liaison opnieuw.
start-problem-sandbox = De beschrijving van de sandbox is niet te gebruiken.
start-problem-web-view = Microsoft Edge WebView2 ontbreekt. Installeer het via https://developer.microsoft.com/microsoft-edge/webview2 of vraag je beheerder, en start Liaison opnieuw.
start-problem-window = Het venster gaat niet open. Start Liaison opnieuw; komt dit terug, start dan de computer opnieuw op.
