# The Schedule sheet.
schedule-title = Schedule a meeting
schedule-topic = Topic
schedule-topic-placeholder = What is it about?
schedule-when = When
schedule-date = Date
schedule-time = Time
schedule-minutes = Length
schedule-zone = Time zone
schedule-until = until { $time }
schedule-your-time = { $time } for you ({ $city })
schedule-their-clock = By the phone number it is { $time } for { $name } ({ $city }).
schedule-take-clock = Plan on that clock
schedule-zoom = Zoom
schedule-after = Afterwards
zone-none = No city of this name
people-chosen = Chosen people
people-placeholder = Name, company or e-mail address
people-none = Nobody found. A full e-mail address works too.
people-email = Enter adds { $email }
person-no-mark = No e-mail address
opted-out = No e-mail wanted
converted = Converted
agenda-placeholder = Optional
personal-meeting-id = Personal meeting ID
log-event = Log an event in Salesforce
log-event-kept = Salesforce isn’t connected. The event is kept in the outbox and sent once { $account } is connected again.
log-event-no-account = Connect Salesforce in Settings to log events.
log-event-hint = Subject, time, person and join link are written. Never the passcode.
copy-invitation-after = Copy the invitation
schedule-conflict = { $count ->
    [one] At the same time: { $meetings }.
   *[other] { $count } meetings at the same time: { $meetings }.
}
schedule-busy = In your calendar at that time: { $entries }.
schedule-outside-hours = Outside working hours in { $city }.
schedule-opted-out = Asked not to get e-mail: { $names }.
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
schedule-made-before = The meeting had been made already, for { $when }.
schedule-since-held = What you typed since then is sent to Zoom as a change.
schedule-since-partly = What can be changed of what you typed since then is sent to Zoom. The rest is as it was made: look at the meeting.
schedule-since-not = What you typed since then could not be changed. Open the meeting to change it.
schedule-event-kept = The event is kept until Salesforce is connected again.
schedule-event-queued = The Salesforce event is in the outbox.
change-title = Change meeting
change-held = Change kept: { $topic }.
change-follows = Zoom gets it when the time to undo is over; a Salesforce event follows.
change-nothing = Nothing was changed.
schedule-undo-both = Undo meeting and event
schedule-undo-meeting = Undo meeting
schedule-undone-both = Taken back: Zoom deletes the meeting, and its event goes with it.
schedule-undone-meeting = Taken back: Zoom deletes the meeting.
draft-kept = Draft kept for the next time.
drafts-unfinished = Unfinished drafts
draft-restored = Your unfinished draft.
draft-anew = Start anew
draft-waiting = Unfinished: { $topic }
draft-resume = Continue
draft-resume-named = Continue { $topic }
draft-discard-named = Discard the draft { $topic }
drafts-more = { $count ->
    [one] One more unfinished draft
   *[other] { $count } more unfinished drafts
}
draft-too-large = This draft is too large to be kept. Shorten the agenda or finish it now.
draft-not-kept = This draft could not be kept. It is lost when the sheet closes.
show-meeting = Show

problem-missing = This is missing.
problem-missing-topic = Give it a topic.
problem-missing-date = Choose a date.
problem-missing-time = Choose a time.
problem-missing-zone = Choose a time zone.
problem-missing-minutes = Say how long it takes.
problem-missing-client-id = Fill in the client ID of your organisation’s app.
problem-missing-login-host = Fill in your Salesforce address.
problem-too-long = { $length } characters; Zoom takes { $max } at most.
problem-not-a-date = This is not a date. Try 24 Nov, tomorrow or next Tue.
problem-no-such-day = There are only { $days } days in { $month }.
problem-not-a-time = This is not a time. Try 15:00, 3pm or half past two.
problem-no-such-time = No clock shows this. Times go from 0:00 to 23:59.
problem-not-a-length = This is not a length. Try 45, 1h30 or 1.5 h.
problem-not-whole-minutes = Whole minutes only. An hour and a half is 1.5 h.
problem-not-a-zone = Choose a city from the list.
problem-in-the-past = This time has passed.
problem-day-passed = This day has passed.
problem-does-not-exist = The clocks skip this time. Nearest: { $before } or { $after }.
problem-happens-twice = The clocks go back, so this time comes twice. Choose one.
problem-out-of-range = Between { $min } and { $max }.
problem-length-out-of-range = A meeting takes from { $min } to { $max }.
problem-not-an-email = { $value } is not an e-mail address.
problem-unknown-person = { $name } is no longer in the local copy.
problem-duplicate = { $value } is already in the list.
problem-too-many = { $max } at most.
problem-not-allowed = This can’t be used here.
problem-not-separable = “{ $value }” has a comma: in an answer of several choices nobody could tell them apart.
problem-login-host = This is not a Salesforce address.

# The one line: what is recognised in it, and what is asked about it.
line-label = The meeting in one line
line-placeholder = Demo with Anna tomorrow 3pm 45m
line-with = with { $name }
line-topic = Topic
line-day = Day
line-time = Time
line-length = Length
line-zone = Zone
line-person = Person
line-series = Series
line-asked = { $what }?
line-which = Which one
line-which-day = Which day
line-which-time = Which time
line-which-zone = Which zone
line-both-ways = “{ $words }” can be read both ways. The other stays one press away.
line-lasts = { $length } long
line-clocks = { $city } time
line-there = { $time } in { $city }
line-outside = outside working hours there
line-free = These are free for you in { $city }.
line-free-both = These are free for you and inside working hours in { $city }.
line-full = This day has nothing free within working hours. Type a time.
line-who = Who is meant with “{ $words }”?
line-nobody = Nobody called “{ $words }” is known here. The words stay in the topic.
line-plan = Schedule “{ $line }”
# The word before a line in the palette; one word in small letters.
palette-plan = schedule

# How a meeting repeats.
repeats = Repeats
repeats-never = Once
repeats-daily = Daily
repeats-workdays = Every working day
repeats-weekly = Weekly
repeats-month-day = Monthly on day { $day }
repeats-month-weekday = Monthly on the { $week ->
    [1] first
    [2] second
    [3] third
    [4] fourth
   *[last] last
} { $day }
repeats-days = On
repeats-every = Every
repeats-unit-day = { $count ->
    [one] day
   *[other] days
}
repeats-unit-week = { $count ->
    [one] week
   *[other] weeks
}
repeats-unit-month = { $count ->
    [one] month
   *[other] months
}
repeats-ends = Ends
repeats-end-times = After a number of times
repeats-end-until = On a day
repeats-end-never = No end
repeats-times = Number of times
repeats-until = Last day
repeats-summary-all = { $count } dates: { $first }.
repeats-summary-more = { $count } dates: { $first }, … The last one is { $last }.
repeats-cut = Zoom plans no further than 50 dates.
repeats-skipped = The clocks skip this time on { $days }: it is an hour later there.
schedule-created-series = { $count ->
    [one] Meeting created for { $when }.
   *[other] { $count } meetings created, the first for { $when }.
}
dates-scope = Which dates
dates-one = This one
dates-following = This and the next ones ({ $count })
dates-all = All to come ({ $count })
dates-moves = { $count ->
    [one] One date is changed, one Zoom edit.
   *[other] { $count } dates are changed one by one, each as a Zoom edit. The last one is { $last }; dates that were moved or cancelled before stay so.
}
dates-held = { $count } dates: { $topic }.
problem-missing-days = Choose at least one day.
problem-no-dates = No date falls into this. Choose a later end.
problem-same-for-all = This is the same for all dates. Choose “All to come” to change it.
problem-zone-of-series = All dates of a series have its zone. Change it with “Repetition and time zone…”.
problem-dates-in-the-past = { $count ->
    [one] Another date of the series would begin before now. Choose a later time, or “This and the next ones”.
   *[other] { $count } other dates of the series would begin before now. Choose a later time, or “This and the next ones”.
}
problem-not-a-page = Write a web address that begins with https://.

# How a series that is there repeats.
series-rule-open = Repetition and time zone…
series-rule-first = Save or undo what you have changed here first.
series-rule-title = Repetition and time zone
series-rule-from = From
series-rule-follows = Zoom makes the dates anew when the time to undo is over; events in Salesforce follow.
rule-outlook = What becomes of the dates
rule-unchanged = This is how it repeats now.
rule-counts = Of the dates to come { $parts }.
rule-same = { $count ->
    [one] 1 stays
   *[other] { $count } stay
}
rule-moved = { $count ->
    [one] 1 gets another time
   *[other] { $count } get another time
}
rule-added = { $count ->
    [one] 1 is new
   *[other] { $count } are new
}
rule-gone = { $count ->
    [one] 1 is dropped
   *[other] { $count } are dropped
}
rule-anew = Zoom makes all dates anew. What was moved or cancelled one by one follows the rule again:
rule-alone-moved = { $day }, moved to { $to }: it will be { $becomes }.
rule-alone-moved-gone = { $day }, moved to { $to }: it is dropped.
rule-alone-back = { $day }, cancelled: it takes place again, { $becomes }.
rule-alone-away = { $day }, cancelled: it stays cancelled.
rule-alone-more = { $count ->
    [one] One more date.
   *[other] { $count } more dates.
}
rule-events = { $count ->
    [one] The event in Salesforce follows its date and keeps its notes.
   *[other] { $count } events in Salesforce follow their dates and keep their notes.
}
rule-events-gone = Events of dropped dates are deleted; you are asked first where somebody has written into one.

# Two clocks above each other.
clocks-label = Start, by both clocks
clocks-at = { $time } in { $city }
clocks-at-work = within working hours of both
clocks-outside = outside working hours
clocks-taken = something else is planned
clocks-forward = In { $city } the clocks go forward on this day: an hour is missing.
clocks-back = In { $city } the clocks go back on this day: an hour comes twice.
