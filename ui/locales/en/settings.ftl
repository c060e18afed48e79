# Settings and the shortcut sheet.
settings-parts = Parts of the settings
settings-appearance = Appearance
settings-meetings = Meetings
settings-shortcuts = Shortcuts
settings-about = About
accounts = Accounts
accounts-demo = The demo has its own invented accounts. Leave it to connect yours; only the demo’s data goes.
usage-edits = { $count ->
    [one] This app made { $shown } change in Zoom today; Zoom allows about { $limit } a day.
   *[other] This app made { $shown } changes in Zoom today; Zoom allows about { $limit } a day.
}
usage-edits-none = Zoom allows no more new or changed meetings today. The next ones are possible from { $time }.
usage-calls = { $count ->
    [one] This app made { $shown } Salesforce call today.
   *[other] This app made { $shown } Salesforce calls today.
}
usage-last-pull = { $count ->
    [one] The last update took { $shown } call.
   *[other] The last update took { $shown } calls.
}
usage-org = Your organisation used { $used } of its { $limit } calls in the last 24 hours.
usage-app = Your administrator allows this app { $limit } calls a day; { $used } are used.
usage-sparing = Most calls are used, so people are updated every half hour until there are more.
theme = Theme
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast
follow-system = System
text-size = Text size
text-size-text = { $larger } and { $smaller } change it anywhere.
percent = { $percent } %
language = Language
language-text = Dates and times follow the language too.
language-english = English
language-dutch = Nederlands
settings-minutes = New meetings
settings-minutes-text = How long a meeting is unless you say otherwise.
settings-open-in = Open meetings in
settings-open-in-text = The Zoom app has to be on this computer. Personal links (zoom.us/my/…) and those of registrants always open in the browser.
open-in-browser = the browser
open-in-app = the Zoom app
settings-hold = Hold before sending
settings-hold-text = Items for Salesforce wait this long, so that you can take them back.
hold-none = No hold
settings-letters = Single letters
settings-letters-text = C schedules, J and K move. Off if you dictate.
settings-all-shortcuts = All shortcuts
version = Version { $version }
zone-rules = Time zone rules { $release }. City names: GeoNames (CC BY 4.0).
about-text = Zoom and Salesforce in one window. Your data stays in an encrypted file on this computer; Liaison has no server of its own.

group-anywhere = Anywhere
group-lists = Lists
group-sheets = Sheets
command-palette = Command palette
command-schedule = Schedule a meeting
command-enter-next = Start or join the meeting that is due
command-enter-selected = Start or join the selected meeting
command-copy-link = Copy the join link
command-meeting-edit = Change the chosen meeting
command-series-rule = Change how the series repeats
command-meeting-cancel = Cancel the chosen meeting
command-meeting-log = Log the chosen meeting in Salesforce
command-meeting-log-all = Log all meetings of this day in Salesforce
command-outbox-reopen = Open the sheet of the chosen meeting again
command-outbox-theirs = Keep what is there
command-outbox-mine = Write mine
command-copy-invitation = Copy the invitation
command-mail-invitation = Mail the invitation to the guests
command-save-invitation = Save the meeting as a calendar file
command-meeting-follow-up = Plan a follow-up of the chosen meeting
command-meet-now = Start a meeting with the chosen person now
command-undo = Undo
command-sync = Sync now
command-settings = Settings
command-shortcuts = Keyboard shortcuts
command-sidebar = Show or hide the sidebar
command-text-larger = Larger text
command-text-smaller = Smaller text
command-text-normal = Normal text size
command-back = Back
command-forward = Forward
command-quit = Quit
command-go = Go to { $room }
command-day-before = Previous day
command-day-after = Next day
command-day-today = Back to today
command-view-day = Show the day
command-view-week = Show the week
command-inspector = Show or hide details
command-outbox-undo = Take back the selected item
command-outbox-retry = Try the selected item again
command-outbox-open = Open the selected item in Salesforce
command-outbox-discard = Discard the selected item
command-outbox-restore = Put the selected item back
command-outbox-pause = Pause sending
command-outbox-resume = Resume sending
key-regions = Next or previous part of the window
key-move = Move
key-ends = First or last
key-primary = Start, join or open
key-details = Details
key-commit = Create
key-close = Close
palette-placeholder = Type a command, a meeting, a name or “schedule …”
palette-used = Used most
palette-commands = Commands
# The second action of a call in the palette.
palette-call = Call { $number }
palette-none = Nothing found
settings-log-meetings = Log meetings by themselves
settings-log-meetings-text = Meetings that were not planned in Liaison get their event once somebody invited has the exact address of one Lead or Contact: those of the next 7 days, and none that was over when you switched it on. A meeting with an address that several Leads or Contacts have is left to you. What you take back is not logged again.
settings-recording-passcodes = Passcode of recordings
settings-recording-passcodes-text = With the link to a recording, its passcode goes into the Event too. Whoever can read the Event can then watch the recording.
settings-recording-passcodes-on = Write it into Events

settings-background = When it is closed
background-keep = Go on when the window is closed
background-keep-text = Reminders and updates go on; the icon beside the clock opens the window again.
background-no-tray = This system shows no icons beside the clock, so nobody could come back: closing the window quits Liaison.
background-login = Start when I log in
background-login-text = Without its window, ready to remind you.
settings-reminders = Reminders
reminders-on = Remind me of meetings
reminders-on-text = Your system’s Do not disturb still holds.
reminders-paused = Paused until { $time }.
reminders-resume = Resume
reminders-before = Before the start
reminders-before-text = Up to three.
reminders-start = At the start
reminders-start-text = If you have not joined by then.
reminders-after = Still not joined
reminders-after-text = Once more, this long after the start.
reminders-click = A click on a notification
reminders-click-text = Its buttons always do what they say.
reminders-click-join = Joins
reminders-click-show = Shows the meeting
reminders-snooze = Snooze for
reminders-hide = Hide titles
reminders-hide-text = For sharing your screen: topics, names of people and of companies are hidden in the window, and notifications and the menu of the icon say “Meeting”. Point at one to read it.
reminders-test = Do notifications appear?
reminders-test-text = Shows one now. Click on it.
reminders-test-do = Send test notification
reminder-test-waiting = Sent. Waiting for your system…
reminder-test-shown = Your system took it. If you don’t see it, look for Do not disturb, or for Liaison in your system’s settings for notifications.
reminder-test-clicked = Clicked: notifications work.
reminder-test-blocked = Your system shows no notifications from Liaison. Allow them in your system’s settings; until then reminders appear in this window.
reminder-hidden = Meeting
reminder-missed = { $count ->
    [one] You missed a meeting
   *[other] You missed { $count } meetings
}
reminder-several = { $count } meetings at once
reminder-seen = Seen
reminder-show = Show
reminder-snooze = In { $minutes } min again
settings-search = Search settings
settings-search-found = { $count ->
    [0] No setting found
    [one] 1 setting
   *[other] { $count } settings
}
settings-privacy = Privacy and data
privacy-retention = Keep what is over for
privacy-retention-text = Past meetings, calls with their notes, voicemails and who came to webinars. What is not sent yet is never removed.
privacy-retention-none = Until I erase it
privacy-days = { $days } days
privacy-erase = Erase everything
privacy-erase-text = Signs out of Zoom and Salesforce and removes all of this from the computer. Nothing there is changed.
privacy-erase-do = Erase everything
privacy-table = What is on this computer
privacy-folder = In { $folder }. Liaison has no server of its own.
privacy-what = What
privacy-from = From
privacy-where = Where
privacy-long = How long
erase-title = Erase everything on this computer?
erase-text = Notes, links and choices are only here and can’t be brought back. Zoom and Salesforce keep what is theirs.
erase-text-unsent = { $count ->
    [one] 1 item is not sent yet and will be lost.
   *[other] { $count } items are not sent yet and will be lost.
} Notes, links and choices are only here and can’t be brought back.
erase-not = Keep everything
erased = Everything on this computer is erased
source-zoom = Zoom
source-salesforce = Salesforce
source-you = You
source-liaison = Liaison
place-encrypted = Encrypted file
place-sealed = Encrypted file, and encrypted once more
place-keychain = Your system’s keychain
place-clear = A file of its own
kept-days = { $days } days after it is over
kept-account = While the account is connected
kept-erased = Until you erase it
kept-month = A month
kept-five-days = 5 days
data-meetings = Meetings, who was invited and what became of them
data-meetings-why = To show your day, to remind you, and to know who you meet.
data-secrets = Join links and passcodes
data-secrets-why = To open and copy them at your click. Start links are never kept.
data-busy = What else is in your Salesforce calendar
data-busy-why = To show when you are busy and to propose free times. Links are not kept.
data-people = Contacts, Leads and accounts, and with whom you have an open opportunity
data-people-why = To know who calls and who you meet, also without a network.
data-calls = Calls
data-calls-why = To show your calls and log them in Salesforce.
data-voicemails = Voicemails and what was said in them
data-voicemails-why = To read them beside the call. The sound stays at Zoom.
data-notes = Your notes on calls
data-notes-why = You wrote them; they are logged with the call when you say so.
data-call-links = Whose call it was
data-call-links-why = So that nobody asks you twice.
data-numbers = What you decided for numbers
data-numbers-why = So that the next call is linked or ignored by itself.
data-dialled = Numbers that you clicked on
data-dialled-why = To link the call that follows.
data-webinars = Webinars
data-webinars-why = To show them with their settings and figures.
data-webinar-people = Who registered, speaks and came
data-webinar-people-why = To approve, compare and bring them to a campaign.
data-registrations = Why you registered somebody who wants no mail
data-registrations-why = You gave the reason; it can be asked for later.
data-outbox = What leaves for Zoom and Salesforce
data-outbox-why = So that nothing is lost or sent twice, and you see what became of it.
data-written = What was written there
data-written-why = To find it again, change it and take it back.
data-links = Whom meetings belong to
data-links-why = You chose, or an address matched.
data-accounts = Your accounts
data-accounts-why = Name, address and organisation, to show who is signed in.
data-sign-ins = Sign-ins
data-sign-ins-why = To ask Zoom and Salesforce in your name.
data-choices = Settings, reminders and where you were
data-choices-why = So that Liaison looks and behaves as you left it.
data-progress = How far updates have come
data-progress-why = To ask only for what is new.
data-key = The key of the encrypted file
data-key-why = Without it nobody can read the file.
data-logs = Logs
data-logs-why = For finding faults. No names, titles, numbers or links are in them.
data-window = Size and place of the window, theme and language, what closing means, keys of the system, names of profiles
data-window-why = They are needed before the encrypted file is open.
accent = Accent colour
accent-contrast = High contrast has its own colours; this is used by the other themes.
accent-words = colour hue
accent-system = As my system
accent-untold = Your system tells no accent colour, so this is blue.
accent-blue = Blue
accent-violet = Violet
accent-magenta = Magenta
accent-rust = Rust
accent-green = Green
accent-teal = Teal
density = Density
density-text = Compact shows more rows at once.
density-comfortable = Comfortable
density-compact = Compact
command-titles-hide = Hide titles
command-titles-show = Show titles
titles-hidden = Topics and names are hidden, in notifications and beside the clock too.
titles-shown = Topics and names are shown again.
hotkeys = Keys that work everywhere
hotkeys-none = Your system gives keys to no program. Bind this command to a key in its own keyboard settings; it joins the meeting that is due.
hotkey-command-copied = Copied. Paste it as the command of a custom shortcut.
hotkey-join = Join from anywhere
hotkey-join-text = Starts or joins the meeting that is due, whatever program you are in.
hotkey-open = Open from anywhere
hotkey-open-text = Opens Liaison with the command palette.
hotkey-use = Use { $keys }
hotkey-record = Choose a key
hotkey-record-for = Choose a key: { $hotkey }
hotkey-press = Press the keys
hotkey-off = Off
hotkey-off-for = { hotkey-off }: { $hotkey }
hotkey-lost = The system or another program has this key now. Record another one.
hotkey-no-key = { $keys } is no key that can be used.
hotkey-too-plain = { $keys } would be taken from every program. Add Ctrl and Alt, or another one.
hotkey-other = { $keys } is the other key here.
hotkey-taken = The system or another program has { $keys } already.
hotkey-not-possible = Your system gives keys to no program.
hotkey-types = On your keyboard it types { $character }, which you can’t type any more.
hotkey-covers = In Liaison it was also: { $command }.
transfer-out = Export for another computer
transfer-out-text = Notes, links, decisions and settings that only this computer knows, in one encrypted file. What waits to be sent stays here.
transfer-out-do = Export
transfer-in = Import from another computer
transfer-in-text = You see what is in the file before anything changes. What is newer here stays.
transfer-in-demo = The demo forgets everything, so there is nothing to import into.
transfer-in-do = Import
transfer-passphrase = Passphrase
transfer-passphrase-hint = At least 10 characters; a few words are best. Nobody can open the file without it, and we can’t either.
transfer-passphrase-of = The one that the file was exported with.
transfer-again = The same again
transfer-mistyped = The two are not the same.
transfer-twice = Type the same passphrase twice.
transfer-write = Choose where to save
transfer-file = Liaison { $day }
transfer-written = { $count ->
    [one] { $shown } entry is in the file. Keep the passphrase.
   *[other] { $shown } entries are in the file. Keep the passphrase.
}
transfer-choose = Choose the file
transfer-look = Look into it
transfer-take = Import
transfer-made = Exported { $time }. Nothing has changed yet.
transfer-taken = Imported what was exported { $time }.
transfer-nothing = Everything in it is here already.
transfer-fresh = { $count ->
    [one] { $shown } new
   *[other] { $shown } new
}
transfer-came = { $count ->
    [one] { $shown } imported
   *[other] { $shown } imported
}
transfer-newer = { $count ->
    [one] { $shown } newer than here
   *[other] { $shown } newer than here
}
transfer-stays = { $count ->
    [one] { $shown } stays as it is here
   *[other] { $shown } stay as they are here
}
transfer-unreadable = { $count ->
    [one] { $shown } can’t be read
   *[other] { $shown } can’t be read
}
transfer-call-notes = Notes of calls
transfer-call-links = Whose calls they are
transfer-numbers = Remembered numbers
transfer-meeting-links = With whom meetings are
transfer-guests = Who guests were
transfer-topics = What meetings are about
transfer-meeting-templates = Meeting templates
transfer-templates = Webinar templates
transfer-pinned = Pinned webinar
transfer-reasons = Reasons for registering in spite of an opt-out
transfer-settings = Settings

# Who the user is in the services
zoom-user-account = You in Zoom
zoom-user-id = Zoom ID
zoom-user-email = Email
zoom-user-plan = Plan
zoom-plan-basic = Basic
zoom-plan-licensed = Licensed
zoom-plan-without = Without Zoom Meetings
zoom-capacity = { $count ->
    [one] up to { $shown } person
   *[other] up to { $shown } people
}
zoom-user-services = Add-ons
zoom-service-webinar = Webinars
zoom-service-phone = Zoom Phone
zoom-service-large = Large meetings
zoom-service-events = Zoom Events
zoom-add-on-there = Yes
zoom-add-on-none = Not in your plan
zoom-add-on-unknown = Not told by Zoom
zoom-phone-id = Zoom Phone ID
zoom-phone-extension = Extension
zoom-phone-number = Number
zoom-user-room = Your personal room
room-passcode-set = Set; the button copies it
room-passcode-copied = Passcode of your personal room copied.
room-link-copied = Link to your personal room copied. Whoever has it needs no passcode.
room-for-scheduled = Zoom’s own choice for scheduled meetings
zoom-user-as-of = As Zoom said it { $time }. Asked again every day.
zoom-user-settings-scope = Liaison may not read your Zoom settings
zoom-user-settings-forbidden = Your role may not read your Zoom settings
zoom-user-settings-forbidden-ask = Please allow my role in Zoom to view my own settings.
zoom-user-phone-scope = Liaison may not read who you are in Zoom Phone
zoom-user-phone-forbidden = Your role may not read who you are in Zoom Phone
zoom-user-phone-forbidden-ask = Please allow my role in Zoom to view my own Zoom Phone profile.
granted-host = Domain
granted-changes = May read and change
granted-reads = May read
granted-also = Allowed too
granted-meetings = your meetings
granted-webinars = your webinars
granted-recordings = your recordings
granted-calls = your calls
granted-records = the records that you may see and change yourself
granted-profile = who you are
granted-stay = stay signed in
granted-other = something Liaison does not use

# Profiles
profile = Profile
profiles = Profiles
profile-first = First profile
profiles-text = One for each pair of accounts, such as two Salesforce orgs or a sandbox. Each has its own encrypted database and its own key, and nothing of one ever shows in another. One is open at a time.
profiles-others = Other profiles on this computer
profiles-manage = Manage profiles…
profile-open = In use
profile-new = New profile…
profile-make = Make and open it
profile-name = Name of the profile
profile-name-hint = The profile that is open now is closed: its reminders and its sending rest until you open it again.
profile-rename = Rename
profile-rename-named = Rename { $name }
profile-remove = Remove
profile-remove-named = Remove { $name }
profile-switch = Open
profile-switch-to = Open { $name }
profile-switch-title = Open { $name }?
profile-switch-text = { $name } is closed for that time: its reminders, its entries in the icon’s menu and its sync rest until you open it again.
profile-switch-text-unsent = { $count ->
    [one] { $name } is closed for that time: its reminders and its sync rest until you open it again. So does one change that is not sent yet.
   *[other] { $name } is closed for that time: its reminders and its sync rest until you open it again. So do { $count } changes that are not sent yet.
}
profile-switch-not = Stay here
profile-remove-title = Remove { $name }?
profile-remove-text = Its database and its key on this computer are erased, with your notes and choices, and it is signed out. What is in Zoom and in Salesforce stays. This can’t be taken back.
profile-remove-text-closed = Its database and its key on this computer are erased, with your notes and choices, and with what was not sent yet. What is in Zoom and in Salesforce stays. This can’t be taken back.
profile-remove-text-unsent = { $count ->
    [one] Its database and its key on this computer are erased, with your notes and choices. One change that is not sent yet is lost. What is in Zoom and in Salesforce stays. This can’t be taken back.
   *[other] Its database and its key on this computer are erased, with your notes and choices. { $count } changes that are not sent yet are lost. What is in Zoom and in Salesforce stays. This can’t be taken back.
}
profile-remove-not = Keep it
profile-removed = Removed: { $name }.
profile-untold-title = Signed out on this computer
profile-untold-zoom = Zoom could not be told, so the sign-in still stands there until it expires. Nobody has its key any more. To end it now: Zoom App Marketplace, Manage, Added Apps.
profile-untold-salesforce = Salesforce could not be told, so the sign-in still stands there until it expires. Nobody has its key any more. To end it now: your settings in Salesforce, Advanced User Details, OAuth Connected Apps.
profile-untold-both = Zoom and Salesforce could not be told, so the sign-ins still stand there until they expire. Nobody has their keys any more. To end them now: in the Zoom App Marketplace under Manage, Added Apps; in Salesforce in your settings under Advanced User Details, OAuth Connected Apps.
profile-untold-heard = Got it
