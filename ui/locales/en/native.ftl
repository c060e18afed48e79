# Said outside the window: in the browser, by the system.
sign-in-done-title = Back to Liaison
sign-in-done-text = You can close this page. Liaison says whether the sign-in worked.
copy-meeting-id = Meeting ID
copy-passcode = Passcode
task-subject = Call with {"{"}name{"}"}
mail-subject = Your link for {"{"}topic{"}"}
mail-registrant =
    Hello {"{"}name{"}"},

    You are registered for “{"{"}topic{"}"}”.
    {"{"}when{"}"}

    With this link you join. It is yours alone, so please don’t pass it on:
    {"{"}link{"}"}
    {""}
mail-panelist =
    Hello {"{"}name{"}"},

    You are on the panel of “{"{"}topic{"}"}”.
    {"{"}when{"}"}

    With this link you join as a panelist. It is yours alone, so please don’t pass it on:
    {"{"}link{"}"}
    {""}
block-held = Held
block-came = Came
block-of = of
block-minutes = min
block-missed = Did not come
block-guest = guest
block-recording = Recording
block-deleted-on = Zoom deletes the recording on
block-more = and {"{"}count{"}"} more
menu-quit = Quit Liaison
start-problem-title = Liaison can’t start
start-problem-folder = There is no folder for Liaison’s data, or it can’t be used. Check that the disk isn’t full and that you may write to your own application data, then start Liaison again.
start-problem-sandbox = The description of the sandbox can’t be used.
start-problem-web-view = Microsoft Edge WebView2 is missing. Install it from https://developer.microsoft.com/microsoft-edge/webview2 or ask your administrator, then start Liaison again.
start-problem-window = The window can’t be opened. Start Liaison again; if this comes back, restart the computer.
