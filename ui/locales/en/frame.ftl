# The frame of the window and what every view shares.
product = Liaison
navigation = Main navigation
room-today = Today
room-outbox = Outbox
settings = Settings
inspector = Details
inspector-close = Close details
notices = Notices
close = Close
cancel = Cancel
back = Back
retry = Try again
edit = Edit
save = Save
undo = Undo
discard = Discard
restore = Put back
open = Open
show = Show
copy = Copy
copy-link = Copy link
on = On
off = Off
or = or
loading = Loading
results = { $count ->
    [0] No results
    [one] { $count } result
   *[other] { $count } results
}
remove = Remove { $name }

length-minutes = { $minutes } min
length-hours = { $hours } h
length-hours-minutes = { $hours } h { $minutes }
seconds = { $seconds } s
as-of = as of { $time }

environment-production = Production
environment-sandbox = Sandbox
environment-demo = Demo
record-lead = Lead
record-contact = Contact
record-account = Account
record-none = Not in Salesforce

badge-needs-you = { $count ->
    [one] { $count } needs you
   *[other] { $count } need you
}
badge-unsent = { $count ->
    [0] Nothing to send
    [one] { $count } not sent yet
   *[other] { $count } not sent yet
}

demo = Demo
demo-ribbon = Demo data. Nothing is sent.
demo-leave = Leave the demo
demo-leave-connect = Leave the demo and connect accounts

next-up = Next up
next-in = in { $time }
next-in-seconds = in { $seconds } s
next-now = { $minutes ->
    [0] now
   *[other] now, { $minutes } min in
}
next-ended = { $minutes ->
    [0] just ended
   *[other] ended { $minutes } min ago
}
next-several = { $count } meetings now
next-choose = Choose from { $count }
join-early-title = Nothing to join yet
join-early-text = Next is { $topic }, { $when }.
join-early-start = Start anyway
join-early-join = Join anyway
join-early-wait = Not yet
join-nothing = There is no meeting left to join today.

status-title = Connection
status-up-to-date = Up to date
status-syncing = Syncing
status-syncing-of = Syncing { $done } of { $total }
status-waiting = { $count ->
    [one] { $count } waiting
   *[other] { $count } waiting
}
status-offline = Offline
status-offline-waiting = { $count ->
    [one] Offline. { $count } waiting.
   *[other] Offline. { $count } waiting.
}
status-sign-in = { $provider }: sign in
status-paused = Sending paused
status-paused-count = Sending paused. { $count } waiting.
status-not-connected = Not connected
status-behind = Not updated since
status-failing = { $provider } has trouble
sync-now = Sync now

account-not-connected = Not connected
account-connecting = Waiting for the browser
account-sign-in = Sign in again
account-connected = Connected
account-never-synced = Connected, first sync to come
account-synced = Last synced { $time }
account-skipped-zoom = { $count ->
    [one] One meeting could not be read and is left out.
   *[other] { $count } meetings could not be read and are left out.
}
account-skipped-salesforce = { $count ->
    [one] One person could not be read and is left out.
   *[other] { $count } people could not be read and are left out.
}
account-unseen = Not everything could be looked at: a permission is missing. Ask your administrator.

quit-title = Quit Liaison?
quit-text = { $count ->
    [one] { $count } change is not sent yet. It is sent at the next start.
   *[other] { $count } changes are not sent yet. They are sent at the next start.
}
quit-stay = Stay
quit-anyway = Quit anyway
close-title = Liaison goes on without its window
close-text = It stays beside the clock, keeps your meetings up to date and reminds you of them. You can change this in Settings.
close-not = Leave it open
close-keep = Keep it running
close-quit = Quit instead
first-steps = First steps
first-steps-count = { $done } of { $all }
first-steps-away = Put the first steps away
first-steps-all = All done. Liaison is yours now.
first-steps-text = Five things worth doing once. They tick themselves when you do them.
first-steps-show = Show in the sidebar
step-meeting = Join a meeting or copy its link
step-call = Link a call
step-palette = Open the command palette
step-schedule = Schedule a meeting
step-hotkey = Set a key to join from anywhere
step-ticked = done
step-done = Done: { $step }. { $done } of { $all } first steps.
command-first-steps = Show the first steps
simulate = Simulate
trouble-none = Back to normal
trouble-nothing = Everything works
trouble-offline = Offline
trouble-slow = Slow network
trouble-rate-limit = Too many requests
trouble-sign-in = Sign-in lost
trouble-server = Server errors
trouble-answer = Lost answers
trouble-clock = Clock jump
trouble-offline-shown = Simulated: no network. What you change waits in the outbox.
trouble-slow-shown = Simulated: every answer takes four seconds.
trouble-rate-limit-shown = Simulated: Zoom and Salesforce ask to slow down.
trouble-sign-in-shown = Simulated: both sign-ins are lost. Sign in again, or go back to normal.
trouble-server-shown = Simulated: Zoom and Salesforce answer with errors.
trouble-answer-shown = Simulated: changes arrive, but their answers are lost. Liaison looks before it sends again.
trouble-clock-shown = Simulated: the services are three hours ahead of this computer.
