# The Schedule sheet.
schedule-title = Schedule a meeting
schedule-topic = Topic
schedule-topic-placeholder = What is it about?
schedule-when = When
schedule-date = Date
schedule-time = Time
schedule-minutes = Minutes
schedule-zone = Time zone
schedule-until = until { $time }
schedule-your-time = { $time } for you ({ $city })
schedule-zoom = Zoom
schedule-after = Afterwards
zone-none = No city of this name
people-chosen = Chosen people
people-placeholder = Name, company or e-mail address
people-none = Nobody found. A full e-mail address works too.
people-email = Enter adds { $email }
opted-out = No e-mail wanted
converted = Converted
agenda-placeholder = Optional
personal-meeting-id = Personal meeting ID
log-event = Log an event in Salesforce
log-event-hint = Subject, time, person and join link are written. Never the passcode.
copy-invitation-after = Copy the invitation
schedule-conflict = { $count ->
    [one] At the same time: { $meetings }.
   *[other] { $count } meetings at the same time: { $meetings }.
}
schedule-opted-out = Asked not to get e-mail: { $names }.
schedule-offline = Zoom can't be reached. Creating needs the network.
schedule-not-connected = Zoom is not connected. Creating needs an account.
schedule-signed-out = Zoom asks you to sign in again before it takes a meeting.
edits-left = { $count ->
    [one] { $shown } of about 100 Zoom edits left today
   *[other] { $shown } of about 100 Zoom edits left today
}
create = Create
fold-earlier = The first time ({ $offset })
fold-later = The second time ({ $offset })
schedule-created = Meeting created for { $when }.
schedule-created-copied = Meeting created for { $when }. Invitation copied.
schedule-event-held = { $seconds ->
    [one] The Salesforce event is held for { $seconds } second.
   *[other] The Salesforce event is held for { $seconds } seconds.
}
schedule-event-queued = The Salesforce event is in the outbox.
schedule-undo-event = Undo event
discard-title = Discard this meeting?
discard-text = What you typed is not stored anywhere.
discard-keep = Keep editing

problem-missing = This is missing.
problem-missing-topic = Give the meeting a topic.
problem-missing-date = Choose a date.
problem-missing-time = Choose a time.
problem-missing-zone = Choose a time zone.
problem-missing-minutes = Say how many minutes it takes.
problem-missing-client-id = Fill in the client ID of your organisation's app.
problem-missing-login-host = Fill in your Salesforce address.
problem-too-long = { $length } characters; Zoom takes { $max } at most.
problem-not-a-date = This is not a date. Try 24 Nov or 2026-11-24.
problem-not-a-time = This is not a time. Try 15:00 or 3pm.
problem-not-a-zone = Choose a city from the list.
problem-in-the-past = This time has passed.
problem-does-not-exist = The clocks skip this time. Nearest: { $before } or { $after }.
problem-happens-twice = The clocks go back, so this time comes twice. Choose one.
problem-out-of-range = Between { $min } and { $max }.
problem-not-an-email = { $value } is not an e-mail address.
problem-unknown-person = { $name } is no longer in the local copy.
problem-duplicate = { $value } is already in the list.
problem-too-many = { $max } at most.
problem-not-allowed = This can't be used here.
problem-login-host = This is not a Salesforce address.
