# The room of the calls.
room-calls = Calls
badge-to-link = { $count ->
    [one] { $count } to link
   *[other] { $count } to link
}
calls-to-link = To link
calls-all = All
calls-missed = Missed
calls-voicemail = Voicemail
calls-logged = Logged
calls-ledger = Ledger
calls-search = Name, company, number, note
calls-search-short = Search calls
calls-count = { $count ->
    [one] { $shown } call
   *[other] { $shown } calls
}
calls-triage = { $count ->
    [one] Link { $shown } call
   *[other] Link { $shown } calls
}
calls-export = Export CSV
calls-exported = { $count ->
    [one] { $shown } call exported.
   *[other] { $shown } calls exported.
}
calls-file = Calls { $date }
ledger-file = Call ledger { $date }
ledger-exported = { $count ->
    [one] { $shown } day exported.
   *[other] { $shown } days exported.
}
range-days = Last { $days } days
range-all = Everything
calls-fetching = Your calls are being fetched from Zoom. The newest come first.
calls-filled = Filled back to { $date }
calls-filled-goal = on the way to { $date }
calls-none = No calls in this range: { $range }
calls-none-found = No call matches
calls-widen = Look at everything
calls-show-all = Show all calls
calls-all-linked = All calls linked
calls-all-linked-text = Calls that nobody is linked with show up here.
calls-late = { $count ->
    [one] { $shown } call was linked later, because a person, number or country became known.
   *[other] { $shown } calls were linked later, because people, numbers or the country became known.
}
calls-late-show = Which?
calls-late-accept = Fine
calls-late-undone = The later links are taken back.
calls-late-more = { $count ->
    [one] and { $shown } more
   *[other] and { $shown } more
}
calls-link-chosen = Link to someone
calls-ignore-chosen = Ignore
calls-too-many = At most { $max } at once.
calls-linked = { $count ->
    [one] Linked to { $name }.
   *[other] { $shown } calls linked to { $name }.
}
calls-ignored = { $count ->
    [one] { $shown } call ignored.
   *[other] { $shown } calls ignored.
}
call-ignored = This call is ignored.
call-ignored-number = { $number } is ignored from now on.
call-unlinked = The link is taken away.
call-taken-back = Taken back.
yesterday-at = Yesterday { $time }
today-at = today { $time }

call-way = In/out
call-who = Who
call-when = When
call-length = Length
call-link = Link
call-in = Incoming
call-out = Outgoing
call-internal = Internal
call-no-number = No number
call-extension = ext. { $extension }
call-recording = Recorded
call-rang = rang { $time }
call-talked = talked { $time }
call-spam = Likely spam
call-hidden = Number withheld
call-open-zoom = Open in Zoom
call-emergency = Emergency call
call-recordings = { $count ->
    [one] { $shown } recording in Zoom
   *[other] { $shown } recordings in Zoom
}
call-summary = AI summary in Zoom
call-not-final = Zoom is still adding to this call.

outcome-answered = Answered
outcome-colleague = A colleague answered
outcome-colleague-short = Colleague
outcome-forwarded = Answered where it was sent on to
outcome-voicemail = Voicemail
outcome-missed = Missed
outcome-declined = Declined
outcome-busy = Busy
outcome-cancelled = Cancelled
outcome-no-answer = No answer
outcome-failed = Failed
outcome-blocked = Blocked
outcome-unknown = Not known yet

standing-new = Not matched yet
standing-new-text = It is matched as soon as the people from Salesforce are here.
standing-ask = { $count ->
    [0] To link
    [one] { $shown } match?
   *[other] { $shown } matches
}
standing-switchboard = Switchboard
standing-nobody = No match
standing-new-lead = New lead, on its way
standing-new-lead-needs-you = New lead needs you
standing-ignored = Ignored
standing-internal = Internal
standing-internal-text = A call inside the company. It is logged only if you find somebody for it.
standing-no-number = No number
no-number-withheld = The caller withheld the number. It matches nobody.
no-number-unknown = The network passed on no number. It matches nobody.
no-number-code = A service code or an address, no telephone number. It matches nobody.
no-number-short = An emergency number, a short code or an extension. It matches nobody.
no-number-country = The number has no country code, and your country is not known. It matches nobody.
no-number-impossible = This is no possible telephone number. It matches nobody.

call-whose = Whose number is it?
ask-several = { $count ->
    [one] One person has this number. Is it theirs?
   *[other] { $count } people have this number.
}
ask-doubt = The number is alike, but not certain.
ask-switchboard = { $count ->
    [one] The switchboard of { $company }.
   *[other] The switchboard of { $company }. { $count } people share it, so you choose.
}
ask-nobody = Nobody in Salesforce has this number.
doubt-extension = Only one side has an extension.
doubt-others-line = It is an assistant’s line or a fax.
doubt-two-readings = The number can be read in two ways.
doubt-not-valid = The number is not in use as far as is known.
doubt-short = The number is very short.
doubt-ending = Only the end of the number is the same.
doubt-its-people = Several of its people share the number.
phone-field = Phone
phone-field-mobile = Mobile
phone-field-home = Home Phone
phone-field-other = Other Phone
phone-field-assistant = Asst. Phone
phone-field-fax = Fax
why-line = Same line as { $field }: { $number }.
why-intent = You dialled from this record, { $when }.
why-remembered = Always this person for this number, since { $when }.
why-chosen = You chose this person, { $when }.
why-ignored = You ignored it, { $when }.
why-unlinked = You took the link away, { $when }.
why-source = That both ring the same line is said by { $source }.
followed-converted = The lead was converted; this is its contact.
followed-merged = The record was merged; this is the one that stayed.
never-touched = Never spoken to
candidate-opportunity = Open opportunity of yours
do-not-call = Do not call
remembered-always = Always { $name }
remembered-ignored = Always ignored
call-find = Find someone
call-someone-else = Someone else
call-new-lead = New lead
lead-title = New lead
lead-make = Make the lead
lead-making = Making it …
lead-back = Back to the fields
lead-required = { $field } (required)
lead-none = Nothing chosen
lead-day-hint = As year-month-day: 2026-12-31
lead-record-type = Kind of lead
lead-made = { $name } is a lead in Salesforce now.
lead-not-made = No lead was made: { $name } is there.
lead-waits = { $name } becomes a lead as soon as Salesforce can be reached.
lead-others =
    { $count ->
        [one] One other call of this number is linked with it as well.
       *[other] { $shown } other calls of this number are linked with it as well.
    }
lead-spam = Zoom takes this caller for spam
lead-spam-text = Make a lead only if you know who it was.
lead-not-known = Salesforce can’t be asked now. The lead is made later by itself; fields of your organisation’s own may be asked for then.
lead-beyond = Your organisation requires fields that can’t be filled in here: { $fields }
lead-beyond-text = Salesforce’s own form has them. The call is linked as soon as the lead is known here.
lead-beyond-guest-text = Salesforce’s own form has them.
lead-open-form = Open the form in Salesforce
lead-form-not-opened = The form could not be opened.
lead-field-refused = Salesforce did not take this.
lead-no-right = You may not make leads
lead-no-right-text = Salesforce does not allow it to your user. Your administrator can change that.
lead-no-right-ask = Please give my Salesforce user the right “Create” on Leads, in my profile or by a permission set: I want to make leads for calls from numbers that nobody has.
lead-no-right-ask-guest = Please give my Salesforce user the right “Create” on Leads, in my profile or by a permission set: I want to make leads of people who came to a webinar and are not in Salesforce.
lead-on-its-way = { $name } is on the way to Salesforce as a new lead.
lead-on-its-way-text = This call is linked with it. Logging waits until it is there.
lead-needs-you = The new lead { $name } needs you.
lead-needs-you-text = The outbox says what is wrong, and how to go on.
lead-show-outbox = Show in the outbox
doubles-title = { $name } may be there already
doubles-text = Your organisation’s rules found these records. Nothing was made.
doubles-hidden = Salesforce found a record that you may not see.
doubles-use = Use this one
doubles-use-name = { doubles-use }: { $name }
doubles-beside = Make it all the same
doubles-barred = Your organisation does not allow a second one.
call-ignore = Ignore
call-ignore-text = Ignores this number from now on. The settings list it.
call-unlink = Unlink
unlink-title = Unlink the call with { $name }?
unlink-text = It is logged as a task in Salesforce. Keep the task as it is, give it to somebody else, or delete it there. It is deleted only while nobody else has changed it.
unlink-text-old = It is logged as a task in Salesforce, and older than a day, so others may count on it. Keep the task as it is, or give it to somebody else.
unlink-keep = Keep the task
unlink-change = Link with somebody else
unlink-delete = Delete the task
scope = Applies to
scope-call = This call
scope-number = All of this number
scope-always = Always

calls-find-title = Who was it? { $who }
calls-find-placeholder = Search leads and contacts
calls-find-none = Nobody found on this computer.

call-ended = Call with { $who } has ended, { $time }.
call-ended-note = Write a note
call-note = Note
call-note-hint = Stays on this computer until it is logged.
call-note-saving = Saving
call-disposition = Result
call-will-be-written = Will be written, as a task
call-not-logged-yet = Not logged yet.
call-subject = Call with { $name }
written-type = Call type
written-result = Result
written-duration = Duration
written-date = Date
call-earlier-with = Earlier with { $name }
call-earlier-number = Earlier with this number
call-meetings-with = Meetings with { $name }
call-meetings-next = next
call-path = Path
call-times = Times
times-rang = Rang
times-answered = Answered
times-ended = Ended
times-talk = Talked
times-hold = On hold
times-wait = Waited
times-caller = Caller
times-callee = Called
times-through = Through
times-others = Also there
times-result = Zoom’s result
times-id = Call ID
because-rang-out = It rang until Zoom gave up.
because-gave-up = The caller gave up.
because-other = A colleague answered.
because-picked-up = A colleague picked it up.
path-incoming = came in
path-shared-line = came in on a shared line
path-from-contact-centre = came from the contact centre
path-outgoing = dialled
path-call-me = called on a telephone of their own
path-to-contact-centre = dialled to the contact centre
path-ring = rang
path-answer = answered
path-transfer = transferred
path-warm-transfer = transferred after a word
path-forward = sent on
path-overflow = sent on, nobody was free
path-timeout = sent on, nobody answered in time
path-park = parked
path-pickup = picked up
path-voicemail = voicemail
path-merge = calls joined
path-conference = conference
path-conference-barge = joined the conference
path-barge = joined the call
path-listen = listened in
path-whisper = spoke to the colleague only
path-takeover = took the call over
path-shared = shared
voicemail-of = Voicemail, { $time }
voicemail-unread = Not heard
voicemails-alone = { $count ->
    [one] { $shown } message belongs to no call here.
   *[other] { $shown } messages belong to no call here.
}
voicemails-alone-show = Show
voicemails-alone-title = Messages without a call
voicemail-no-text = Zoom has not written it out. Listen to it in Zoom.

dial-number = Call { $number }
dial-which = Which number?
dial-which-text = The field holds several numbers.
dial-do-not-call = { $name } is not to be called
dial-holders-do-not-call = { $count ->
    [one] { $names } has this number and is not to be called
   *[other] { $names } have this number and are not to be called
}
dial-do-not-call-text = The record in Salesforce says Do Not Call.
dial-not = Don’t call
dial-zoom = Zoom Phone
dial-system = This computer’s telephone
calls-dialling = Calling { $number }.

access-no-licence = You have no Zoom Phone licence
access-no-licence-text = Calls come from Zoom Phone. Everything else works without it.
access-no-licence-ask = Please assign a Zoom Phone licence to my user in the Zoom admin portal, under Users.
access-scope = Liaison may not read your calls
access-voicemail-scope = Liaison may not read all of your voicemails
access-voicemail-forbidden = Your role in Zoom may not read voicemails
access-voicemail-forbidden-ask = Please allow my role in Zoom Phone to see its own voicemails.
access-scope-text = The app in Zoom lacks a scope. Everything else works without it.
access-scope-ask = Please add the scope { $scope } to the Liaison app in the Zoom App Marketplace. After that I sign in again.
access-forbidden = Your role may not read calls
access-forbidden-text = Zoom refused your calls. Everything else works without them.
access-forbidden-ask = Please allow my role in Zoom to view its own Zoom Phone call history.
access-not-connected = Connect Zoom to see your calls
access-not-connected-text = Calls come from Zoom Phone.
access-for-administrator = For your Zoom administrator
access-copied = Copied for your administrator.

triage = Link calls
triage-place = { $place } of { $total }
triage-done = { $done } of { $total } linked
triage-question = Who was it?
triage-zoom-name = Zoom knows it as { $name }
triage-skip = Skip
triage-linked-meanwhile = Linked with { $name } meanwhile.
triage-decided-meanwhile = Decided meanwhile.
triage-next = Next call
triage-then = Then
triage-nothing-to-undo = There is nothing to undo.
triage-done-text = { $count ->
    [one] { $shown } call decided.
   *[other] { $shown } calls decided.
}
triage-back = Back to the calls
triage-skipped = { $count ->
    [one] { $shown } call skipped
   *[other] { $shown } calls skipped
}
triage-skipped-text = They still wait for you.
triage-again = Go through them

ledger-day = Day
ledger-in-zoom = Calls
ledger-linked = Linked
ledger-waiting = Waiting
ledger-aside = Set aside
ledger-why = Why
ledger-missing-head = Missing
ledger-to-link = { $count ->
    [one] { $count } to link
   *[other] { $count } to link
}
ledger-ignored = { $count ->
    [one] { $count } ignored
   *[other] { $count } ignored
}
ledger-internal = { $count ->
    [one] { $count } internal
   *[other] { $count } internal
}
ledger-no-number = { $count ->
    [one] { $count } without a number
   *[other] { $count } without a number
}
ledger-not-mine = { $count ->
    [one] { $count } taken by a colleague or blocked
   *[other] { $count } taken by colleagues or blocked
}
ledger-spam = { $count ->
    [one] { $count } spam, says Zoom
   *[other] { $count } spam, says Zoom
}
ledger-filled = { $count ->
    [one] { $count } entry of Zoom fetched by comparing
   *[other] { $count } entries of Zoom fetched by comparing
}
ledger-unreadable = { $count ->
    [one] { $count } entry of Zoom can’t be read
   *[other] { $count } entries of Zoom can’t be read
}
ledger-nothing-missing = Nothing is missing.
ledger-compared = { $count ->
    [one] The last day was compared with Zoom, { $time }.
   *[other] The last { $count } days were compared with Zoom, { $time }.
}
ledger-missing = { $count ->
    [one] { $shown } entry of Zoom is not here.
   *[other] { $shown } entries of Zoom are not here.
}
ledger-missing-text = They are fetched again with the next sync.
ledger-missing-some-text = What can be read of them is fetched again with the next sync.
ledger-missing-unreadable = Zoom lists them in a form that can’t be read here.
ledger-not-compared = Not compared with Zoom yet.
ledger-sum = Calls = linked + waiting + set aside
chart-days-title = { $count ->
    [one] { $shown } call in 14 days
   *[other] { $shown } calls in 14 days
}
chart-days-text = of which { $answered } answered
chart-out = Answered, out
chart-in = Answered, in
chart-out-count = Answered, out { $shown }
chart-in-count = Answered, in { $shown }
chart-missed-count = Missed { $shown }
chart-best = { $day } { $from }–{ $to } works best:
chart-best-text = { $percent } % of { $count } calls were answered
chart-hours-title = When people pick up
chart-hours-legend = % answered, calls you made
chart-few = Fewer than { $count } calls
chart-weekday = Weekday
chart-cell = { $percent } % of { $count }
show-as-table = Show as table
show-as-chart = Show as chart

settings-dial = Call with
settings-dial-text = What opens when you press a number.
settings-region = Country of your numbers
region-chosen = Your choice. Numbers without a country code are read as numbers of this country.
region-zoom-number = From your Zoom number. Numbers without a country code are read as numbers of this country.
region-organisation = From your organisation in Salesforce. Numbers without a country code are read as numbers of this country.
region-computer = From this computer. Numbers without a country code are read as numbers of this country.
region-none = Not known. Numbers without a country code match nobody until you choose one.
region-unknown = No such country.
region-automatic = Automatic
settings-numbers = Remembered numbers
settings-numbers-none = None yet. “Always” and “Ignore” put numbers here.
forget-number = Forget
settings-calls-sms = Text messages (SMS) stay in Zoom Phone. They are not shown or logged here.
forget-number-named = { forget-number }: { $number }

command-calls-triage = Link calls one by one
command-calls-choose = Choose the match with this number
command-calls-find = Find someone else
command-calls-new-lead = New lead in Salesforce
command-calls-ignore = Ignore this number
command-calls-scope = This call, all of this number, or always
command-calls-write-ended = Write a note on the call that has just ended
command-calls-skip = Skip this call
command-calls-undo = Take the last decision back
command-calls-open = Open in Salesforce
command-calls-dial = Call this number
command-calls-unlink = Unlink this call
command-calls-ledger = Show the ledger
command-calls-export = Export the calls as CSV
command-calls-close = Leave one by one

# Logging.
command-calls-log = Log in Salesforce
command-calls-unlog = Take the log back
command-calls-next = Plan a next step
calls-log-chosen = Log
calls-due = Due
calls-logging = { $count ->
    [one] { $shown } call is on its way to Salesforce.
   *[other] { $shown } calls are on their way to Salesforce.
}
calls-left-out = { $count ->
    [one] { $shown } left out: { $why }
   *[other] { $shown } left out. The first: { $why }
}
not-logged-not-linked = It is linked with nobody yet.
not-logged-lead-waits = Its new lead is not in Salesforce yet.
not-logged-not-final = Zoom is still adding to it. It can be logged when Zoom has finished.
not-logged-internal = A call inside the company is logged only when you have found somebody for it.
not-logged-not-mine = A colleague took it, or it was blocked. It is not yours to log.
not-logged-by-others = Other software has logged it already.
not-logged-already = It is logged as it is.
not-logged-gone = It is not here any more.
unlogged-discarded = Taken back. It was not sent.
unlogged-deleting = The task is being deleted in Salesforce.
unlogged-too-old = It was logged more than a day ago. Delete it in Salesforce if it is wrong.
unlogged-not-ours = Other software logged it. Take it back there.
unlogged-not-logged = It is not logged.
call-log = Log
call-log-again = Write the change
call-unlog = Take back
call-on-its-way = On its way to Salesforce
call-log-needs-you = Logging needs you
call-log-needs-you-text = The outbox says what is wrong and how to mend it.
call-log-lacks = What you have changed since is not in it yet.
call-log-differs = Something has changed since it was logged.
call-task-stays = The task stays in Salesforce, though nobody is linked with the call here.
call-fields-left-out = You may not write these fields, so they are left out: { $fields }. Your Salesforce administrator can change that.
logged-by-own = Logged from here
logged-by-zoom = Logged by Zoom for Salesforce
logged-by-ringcentral = Logged by RingCentral
logged-by-einstein = Logged by Einstein
logged-by-name = Logged by { $name }
logged-by-somebody = Logged by other software
call-topic = About
call-topic-choose = Choose an opportunity or case
call-topic-other = Choose another
call-topic-clear = Nothing
call-topic-none = You have no open opportunity or case with this person or their account.
topic-opportunity = Opportunity
topic-case = Case
call-next = Next step
next-subject = Call back { $name }
next-when = When
next-tomorrow = Tomorrow
next-in-days = In { $days } days
next-remind = Reminder
next-plan = Plan
next-planned = The task is on its way to Salesforce.
due-title = Due today
due-none = Nothing is due.
due-overdue = Overdue
settings-auto-log = Log calls by themselves
settings-auto-log-text = Calls that are linked, answered and longer than 30 seconds, from when you switch it on.
settings-auto-log-on = On
auto-log-preview = { $count ->
    [one] In the last 7 days it would have logged { $shown } of { $all } calls.
   *[other] In the last 7 days it would have logged { $shown } of { $all } calls.
}
auto-log-which = Which?
settings-call-subject = Subject of a logged call
settings-call-subject-text = { $name }, { $company }, { $number } and { $result } stand for those of the call.
