# Settings and the shortcut sheet.
settings-parts = Parts of the settings
settings-appearance = Appearance
settings-meetings = Meetings
settings-shortcuts = Shortcuts
settings-about = About
accounts = Accounts
accounts-demo = The demo has its own invented accounts. Leave it to connect yours; only the demo's data goes.
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
command-meeting-cancel = Cancel the chosen meeting
command-meeting-log = Log the chosen meeting in Salesforce
command-meeting-log-all = Log all meetings of this day in Salesforce
command-outbox-reopen = Open the sheet of the chosen meeting again
command-outbox-theirs = Keep what is there
command-outbox-mine = Write mine
command-copy-invitation = Copy the invitation
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
palette-placeholder = Type a command, a meeting or a name
palette-none = Nothing found
settings-recording-passcodes = Passcode of recordings
settings-recording-passcodes-text = With the link to a recording, its passcode goes into the Event too. Whoever can read the Event can then watch the recording.
settings-recording-passcodes-on = Write it into Events
