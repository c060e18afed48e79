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
invitation-subject = Invitation: {"{"}topic{"}"}
invitation-text =
    You are invited to a Zoom meeting.

    {"{"}topic{"}"}
    {"{"}when{"}"}

    With this link you join:
    {"{"}link{"}"}

    {"{"}id{"}"}
    {""}
meeting-now = Meeting with {"{"}name{"}"}
block-held = Held
block-came = Came
block-of = of
block-minutes = min
block-missed = Did not come
block-guest = guest
block-recording = Recording
block-deleted-on = Zoom deletes the recording on
block-video = Video
block-audio = Audio only
block-transcript = Transcript
block-captions = Captions
block-chat = Chat
block-file = File
block-more = and {"{"}count{"}"} more
campaign-part-topic = Topic
campaign-part-agenda = Description
campaign-part-planned = Planned
campaign-part-join = Join
campaign-part-registration = Registration
campaign-part-open = Whoever registers may come
campaign-part-approved = The host approves who may come
campaign-part-without = Without registration
campaign-part-settings = Settings
campaign-part-devices = several devices
campaign-part-closes = registration closes after the date
campaign-part-host-video = host video
campaign-part-panelists-video = panelists’ video
campaign-part-practice = practice session
campaign-part-passcode = passcode
campaign-part-on-demand = on demand
campaign-part-registered = Registered: {"{"}approved{"}"}, waiting: {"{"}waiting{"}"}, denied: {"{"}denied{"}"}
campaign-part-held = Held
campaign-part-came = Came: {"{"}came{"}"}, stayed more than half: {"{"}stayed{"}"}, absent: {"{"}absent{"}"}
campaign-part-recording = Recording
menu-quit = Quit Liaison
start-problem-title = Liaison can’t start
start-problem-folder = There is no folder for Liaison’s data, or it can’t be used. Check that the disk isn’t full and that you may write to your own application data, then start Liaison again.
start-problem-sandbox = The description of the sandbox can’t be used.
start-problem-web-view = Microsoft Edge WebView2 is missing. Install it from https://developer.microsoft.com/microsoft-edge/webview2 or ask your administrator, then start Liaison again.
start-problem-window = The window can’t be opened. Start Liaison again; if this comes back, restart the computer.
notice-meeting-hidden = Meeting
notice-meeting-in = { $minutes ->
    [one] Starts in 1 minute
   *[other] Starts in { $minutes } minutes
}
notice-meeting-now = Starts now
notice-meeting-began = { $minutes ->
    [one] Began 1 minute ago
   *[other] Began { $minutes } minutes ago
}
notice-meetings = { $count } meetings at { $at }
notice-missed = { $count ->
    [one] You missed a meeting
   *[other] You missed { $count } meetings
}
notice-missed-hidden = Liaison could not remind you in time.
notice-recordings = { $count ->
    [one] Zoom will delete a recording
   *[other] Zoom will delete recordings of { $count } meetings
}
notice-recordings-when = { $days ->
    [0] Today
    [1] Tomorrow
   *[other] In { $days } days
}
notice-trial = Notifications work
notice-trial-text = This is how Liaison reminds you of a meeting. Click here.
notice-open = Open
notice-join = Join
notice-snooze = Snooze { $minutes } min
tray-fault-locked = Liaison’s data is locked
tray-fault-sign-in-zoom = Zoom: sign in again
tray-fault-sign-in-salesforce = Salesforce: sign in again
tray-fault-failing-zoom = Zoom doesn’t answer as it should
tray-fault-failing-salesforce = Salesforce doesn’t answer as it should
tray-fault-offline = Offline
tray-registering = Registering { $done } of { $total }
tray-next-in = { $title }, in { $minutes } min
tray-next-at = { $title }, at { $at }
tray-next-now = { $title }, now
tray-later = { $at }  { $title }
tray-nothing = No more meetings today
tray-join = Join now
tray-copy = Copy link
tray-schedule = Schedule…
tray-calls = Calls to link ({ $count })
tray-outbox = Outbox: { $count ->
    [one] 1 needs you
   *[other] { $count } need you
}
tray-hide-titles = Hide titles
tray-pause = Pause reminders
tray-pause-half = For 30 minutes
tray-pause-hour = For an hour
tray-pause-tomorrow = Until tomorrow
tray-resume = Resume reminders (paused until { $at })
tray-open = Open Liaison
tray-settings = Settings
