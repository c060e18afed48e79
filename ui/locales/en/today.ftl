# Today, the details of a meeting, and copying.
meetings = Meetings
booked = { $time } booked
schedule = Schedule
schedule-with = Schedule with { $name }
calendar = Calendar
month-before = Previous month
month-after = Next month

start = Start
join = Join
start-named = Start { $topic }
join-named = Join { $topic }
start-meeting = Start meeting
join-meeting = Join meeting
opening-zoom = Opening { $topic } in Zoom.

copy-join-link = Copy the join link
copy-invitation = Copy the invitation
copy-id-and-passcode = Copy meeting ID and passcode
copied-join-link = Join link copied.
copied-invitation = Invitation copied.
share = Share
mail-invitation = Mail the guests…
save-invitation = Save as calendar file…
invitation-mail-opened = { $count ->
    [one] Your mail program has a draft for 1 guest.
   *[other] Your mail program has a draft for { $count } guests.
}
invitation-mail-nobody = Your mail program has a draft. No guest’s address is known, so fill in the recipients.
invitation-mail-copied = { $count ->
    [one] 1 address didn’t fit. It is on the clipboard: paste it into the draft.
   *[other] { $count } addresses didn’t fit. They are on the clipboard: paste them into the draft.
}
invitation-saved = Calendar file saved.
meet-now = Meet now
meet-now-made = “{ $topic }” is ready.
meet-now-not-opened = Zoom could not be opened. Start it from today’s list.
meeting-follow-up = Follow up
copied-id-and-passcode = Meeting ID and passcode copied.

no-topic = No topic
until = to
host = Host
recurring = Recurring
cancelled = Cancelled
running = Now
overlaps = Overlaps
outside-hours = Outside working hours
internal = Internal
not-linked = Not linked
not-linked-hint = Somebody who takes part is not in Salesforce. The details say who, and what to do.
people = People
people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
people-more = { $count ->
    [one] { $count } more
   *[other] { $count } more
}
people-unknown = Only the host can see who is invited.
people-nobody = Nobody is invited through Zoom. Whoever has the link can join; Copy has the invitation to send.
their-time = { $time } in { $city }
their-time-inside = { $time } in { $city }
their-time-outside = { $time } in { $city }, outside working hours

event-held = Sends in { $seconds } s
event-waiting = Event waiting
event-sending = Sending event
event-synced = Event sent
event-needs-you = Event needs you
event-discarded = Event discarded
event-none = No event logged
event = Event

gap = { $time } free
gap-schedule = Schedule at { $time }
busy-untitled = Busy
busy-all-day = All day
busy-away = Out of office
busy-webinar = Your webinar
busy-source = In your Salesforce calendar
week-view = Week
week-number = Week { $number }
week-before = Previous week
week-after = Next week
week-this = This week
week-open-day = Open { $day }
week-day-words = { $day }, { $booked }
week-free = Nothing booked
week-gap = { $time } free from { $start }, schedule
tomorrow-count = { $count ->
    [0] Tomorrow: no meetings
    [one] Tomorrow: { $count } meeting
   *[other] Tomorrow: { $count } meetings
}
next-day-count = { $count ->
    [0] The day after: no meetings
    [one] The day after: { $count } meeting
   *[other] The day after: { $count } meetings
}
today-next = Next: { $when }, { $topic }.
today-over = Nothing more today.
today-empty = No meetings today
today-fetching = Fetching your day…
day-empty = No meetings on this day
today-connect-title = Connect Zoom to see your meetings
today-connect-text = Your day, who it is with, and one button to get in.
connect-zoom = Connect Zoom

meeting-id = Meeting ID
join-link = Join link
passcode = Passcode
passcode-set = Set, copied with the ID
passcode-none = None
waiting-room = Waiting room
meeting-setting-unknown = Not known
series = Series
series-occurrence = One of a recurring meeting
in-salesforce = In Salesforce
linked-to = Linked to
why-linked = Why
basis-intent = Scheduled for this person on { $date }
basis-remembered = Linked like the last time, on { $date }
basis-phone = Same phone number, found on { $date }
basis-email = Same e-mail address, found on { $date }
basis-manual = Chosen by hand on { $date }
not-linked-why = Not among your Leads and Contacts: { $names }.
not-linked-todo = Add them in Salesforce as a Lead or Contact with this address; they show here after the next sync.
belongs-to = Found as
link-fetching = Your Leads and Contacts are still being fetched.
link-connect = Connect Salesforce to see who it is.
matched-why = Same e-mail address. Nothing is written there unless an event is logged.
open-in-salesforce = Open in Salesforce
open-named-in-salesforce = Open { $name } in Salesforce
show-in-outbox = Show in Outbox
agenda = Agenda
pending-moved = Moves to { $time }
pending-until = Will last until { $time }
pending-edited = Changes when sent
pending-cancelled = Will be cancelled

cancel-meeting = Cancel meeting
cancel-title = Cancel { $topic }?
cancel-zoom = Zoom deletes the meeting, and its link stops working.
cancel-zoom-date = Zoom deletes this date. The other dates stay, and the link keeps working for them.
cancel-zoom-following = Zoom deletes these dates. Earlier ones stay, and the link of the series keeps working.
cancel-zoom-to-come = { $count ->
    [one] Zoom deletes the only date of the series that is still to come.
   *[other] Zoom deletes all { $count } dates of the series that are still to come.
}
cancel-event = Its event in Salesforce is deleted once Zoom has done so.
cancel-tells-nobody = Zoom tells none of the people invited; let them know yourself.
cancel-hold = { $seconds ->
    [one] You have { $seconds } second to undo this; once it is sent it can’t be undone.
   *[other] You have { $seconds } seconds to undo this; once it is sent it can’t be undone.
}
cancel-at-once = This is sent at once and can’t be undone.
cancel-keep = Keep meeting
cancel-held = Cancelled: { $topic }.
cancel-until-sent = It can be undone until Zoom has been told.
log-in-salesforce = Log in Salesforce
log-held = Event in line: { $topic }.
log-all-held = { $count ->
    [one] { $shown } event in line.
   *[other] { $shown } events in line.
}

# What became of a meeting that is over.
after-held = Held { $time }, { $minutes } min
after-who-came = Who came
after-who-came-of = Who came: { $came } of { $of }
after-guests = { $count ->
    [one] and { $count } guest
   *[other] and { $count } guests
}
after-you = You
after-nameless = No name
after-used = as { $name }
after-missed = Did not come
after-minutes-short = { $count } min
after-waiting = Zoom makes the list of who came some minutes after the end. It comes here by itself.
after-never-told = Zoom has not told who came, and no longer will.
after-not-held = Zoom knows of nobody who came.
after-provisional = Zoom may still add to this list.
after-nobody = Zoom keeps no list of a meeting that only one person came to.
after-you-said = You said so.
after-you-said-not = You said that it is not { $names }.
after-take-back = Take back
after-by-intent = Planned with them alone, and came as { $name }.
after-may-be = { $guest } may be { $name }
after-may-be-gap = { $guest } may be { $name }: it filled the gap between two sessions.
after-may-be-name = { $guest } may be { $name }: the names agree in a word.
after-may-be-only = { $guest } may be { $name }: nobody else is missing.
after-is-them = Is { $name }
after-is-not = No, { $guest } is not { $name }
after-recordings = Recordings
after-recordings-gone = Deleted in Zoom
after-deleted-in = { $days ->
    [0] Deleted today
    [one] Deleted in { $days } day
   *[other] Deleted in { $days } days
}
after-deleted-day = Zoom deletes them on { $day }.
after-opens-in-zoom = Opens in Zoom.
after-open-file = Open in Zoom: { $kind }
after-play-file = Play in Zoom: { $kind }
after-play = Play
after-not-ready = Zoom is making it
after-copy-passcode = Copy passcode
after-passcode-copied = Passcode of the recordings copied.
after-summary = Summary by Zoom
after-scope-people = Who came can’t be read: Liaison’s app in Zoom lacks the scope { $scope }. Your Zoom administrator can add it; then sign in to Zoom again.
after-scope-recordings = Recordings can’t be read: Liaison’s app in Zoom lacks the scope { $scope }. Your Zoom administrator can add it; then sign in to Zoom again.
after-scope-summary = Summaries can’t be read: Liaison’s app in Zoom lacks the scope { $scope }. Your Zoom administrator can add it; then sign in to Zoom again.
after-refused-people = Zoom doesn’t let you see who came. Your plan or your role doesn’t include it.
after-refused-recordings = Zoom doesn’t let you see recordings. Your plan or your role doesn’t include them.
after-refused-summary = Zoom doesn’t let you see summaries here. Your account shares them in another way.
recording-screen-speaker = Shared screen and speaker
recording-screen-gallery = Shared screen and gallery
recording-screen = Shared screen
recording-speaker = Speaker
recording-gallery = Gallery
recording-video = Video
recording-audio = Audio only
recording-transcript = Transcript
recording-captions = Captions
recording-chat = Chat
recording-poll = Polls
recording-summary = Summary
recording-file = File
size-kb = { $size } kB
size-mb = { $size } MB
past-meetings = Past meetings
past-view-day = Day
past-view-past = Past
past-search = Topic or person
past-count = { $count ->
    [one] { $shown } meeting
   *[other] { $shown } meetings
}
past-none = No past meetings yet
past-none-found = No past meeting matches
past-came = { $came } of { $of } came
past-recorded = Recorded
past-clear = Clear search
past-when = When
past-topic = Topic
past-people = Who came
past-event = In Salesforce
after-no = No

# What Zoom and Salesforce say differently

command-differences = Show differences between Zoom and Salesforce
differences-title = Differences
differences-view = Differences
differences-view-asks = Differences ({ $shown })
differences-count = { $count ->
    [0] Nothing to decide
    [one] { $shown } difference between Zoom and Salesforce
   *[other] { $shown } differences between Zoom and Salesforce
}
differences-look = Look at them
differences-ask = You decide
differences-stay = Changed in Salesforce, and kept
differences-none = Zoom and Salesforce agree
differences-none-text = What changes in Zoom follows in the Events by itself. What somebody changes in Salesforce stays.
difference-event = Event
difference-subject = Subject
difference-time = Time
difference-place = Location
difference-notes = Description
difference-in-zoom = In Zoom
difference-in-salesforce = In Salesforce
difference-span = { $day }, { $start } to { $end }
difference-zoom-there = The meeting takes place
difference-zoom-gone = The meeting is gone
difference-zoom-elsewhere = Somebody else hosts the meeting now
difference-zoom-hosted = { $who } hosts the meeting now
difference-salesforce-there = The Event is there
difference-salesforce-gone = The Event was deleted
difference-since = seen { $when }
difference-take = Take Zoom’s
difference-keep = Keep Salesforce’s
difference-delete-event = Delete the Event
difference-keep-event = Keep the Event
difference-make-event = Log it again
difference-leave-event = Leave it deleted
difference-on-its-way = On its way to Salesforce
difference-taken = The Event of { $topic } gets what Zoom says
difference-taken-hint = Notes in the description stay.
difference-deleted = The Event of { $topic } is deleted
difference-deleted-hint = With everything that is written in it.
difference-kept = { $topic } stays as it is in Salesforce
