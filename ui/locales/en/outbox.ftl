# The outbox.
outbox-needs-you = Needs you
outbox-held = Held
outbox-sending = Sending
outbox-waiting = Waiting
outbox-sent = Sent
outbox-discarded-group = Discarded
outbox-sent-today = { $count ->
    [one] { $count } sent today
   *[other] { $count } sent today
}
outbox-empty = Nothing to send
outbox-empty-text = What goes to Zoom or Salesforce shows up here first.
outbox-pause = Pause sending
outbox-resume = Resume sending
outbox-paused-title = Sending is paused
outbox-paused-text = Nothing in this list goes out until you resume. Nothing is lost.
outbox-create-meeting = New meeting
outbox-create-event = New event
outbox-update-event = Changed event
outbox-delete-event = Deleted event
outbox-sends-in = Sends in { $seconds } s
outbox-sending-now = Sending
outbox-sent-at = Sent { $time }
outbox-sent-without = { $count ->
    [one] Sent { $time }, without one person
   *[other] Sent { $time }, without { $shown } people
}
outbox-discarded-at = Discarded { $time }
outbox-undone = Taken back. It was not sent.
outbox-discarded = Discarded: { $title }.
outbox-restored = Back in line.
outbox-discard-title = Discard { $title }?
outbox-discard-text = It may have reached { $provider } already. Discarding it here takes nothing back there.
outbox-discard-keep = Keep it
restore-named = { restore }: { $title }
undo-named = { undo }: { $title }
retry-named = Try again: { $title }

wait-turn = Next in line.
wait-network = Waiting for the network.
wait-rate-limit = { $provider } asked us to slow down.
wait-sign-in = Waiting until you sign in to { $provider }.
wait-paused = Sending is paused.
wait-trouble = { $provider } had trouble; it is tried again by itself.
wait-checking = It is looked for before anything is sent again.
wait-other-account = Belongs to another account.
wait-until = Next try { $time }.

cause-series-changed = Somebody has changed this series in Zoom since you decided; Zoom would have undone that.
cause-series-changed-fix = Discard this and open the series again: it shows what is there now.
cause-start-passed = The time it was to begin at is over, and Zoom would start it at another.
cause-refused = { $provider } refused it.
cause-refused-fix = Correct what it names in { $provider }, then try again.
cause-refused-about = It is about { $fields }.
cause-refused-new-fix = Nothing was made in { $provider } yet. Let your administrator change the rule, then try again.
cause-record-gone = { $name } was deleted, merged or converted.
cause-record-gone-fix = Discard this, and schedule with the record that is there now.
cause-no-permission = You may not write this in { $provider }.
cause-no-permission-fix = Ask your { $provider } administrator for the right, then try again.
cause-unsure = We are not sure it arrived.
cause-unsure-fix = Look in { $provider }. Try again if it is not there, discard this if it is.
cause-several = Several records carry its key.
cause-several-fix = Keep one of them in Salesforce, then try again.
cause-deleted = It was deleted in { $provider }.
cause-deleted-fix = Discard this, or try again to write it anew.
cause-interrupted = This meeting was not made.
cause-interrupted-fix = Press Try again to make it now, open its sheet again, or discard it. A meeting is never made without you.
cause-unreadable = This version can’t read it.
cause-unreadable-fix = Update Liaison; nothing is lost until then.

outbox-update-meeting = Changed meeting
outbox-delete-meeting = Cancelled meeting
outbox-unknown = From a newer version
outbox-for-account = for { $account }
outbox-undoing = Being undone; the change back is in line.
outbox-undo-title = Undo { $title }?
outbox-undo-create-meeting = It was made. Zoom deletes the meeting, and its link stops working. Its event in Salesforce goes with it.
outbox-undo-create-event = It was made. The event is deleted in Salesforce.
outbox-undo-update = It was changed. What was there before is written back to { $provider }.
outbox-undo-delete-event = It was deleted. The event is made again in Salesforce.
outbox-reopen = Open the sheet again
outbox-reopen-named = Open the sheet again: { $title }
outbox-save = Save and send
outbox-decided-mine = Yours is written.
outbox-decided-theirs = Theirs is kept.
may-have-arrived = May have arrived
may-have-arrived-text = It is looked for before anything is sent again, so nothing is made twice.
conflict-field = Field
conflict-there = In { $provider }
conflict-ours = Yours
conflict-theirs = Keep theirs
conflict-mine = Use mine
field-empty = Empty
wait-other-account-named = Waits until { $account } is signed in again.
wait-behind = Waits for what is before it.
wait-behind-first = Waits for what is before it, which needs you first.
wait-behind-parent = Waits for { $title }.
wait-behind-needs-you = Waits for { $title }, which needs you first.
cause-refused-edit = Correct the texts here, or let your { $provider } administrator change the rule and try again.
cause-refused-reopen = Nothing was made in { $provider }. Open the sheet again and correct it there.
cause-deleted-meeting-fix = There is nothing left to change. Discard this.
cause-limited = Not made: Zoom took no more. It is possible again from { $time }.
cause-limited-fix = Press Try again then. A meeting is never made without you.
cause-offline = Not made: there was no network.
cause-offline-fix = Press Try again when you are connected. A meeting is never made without you.
cause-differs = Somebody changed the same in { $provider }.
cause-differs-fix = Choose which of the two stays. Nothing is written until then.

will-be-written = Will be written
was-written = Was written
would-be-written = Would have been written
history = History
created = Created
attempts = Attempts
field-subject = Subject
field-start = Start
field-end = End
field-last-date = Last date
field-duration = Minutes
field-who = Person
field-others = Also
field-invitees = Invited
left-out-title = Not everybody is in the event
left-out = { $names }: { $why }
left-out-not-shared = in this organisation an event is about one person.
left-out-lead-alone = an event is about one lead or about contacts, not about both.
left-out-too-many = an event is about 50 contacts at most.
left-out-gone = deleted, merged or converted in Salesforce.
left-out-refused = Salesforce refused: { $message }
field-what = Related to
field-owner = Owner
field-location = Location
field-description = Description
field-show-as = Shown as
field-type = Type
field-all-day = All day
field-key = Liaison key
field-masked = Not shown

# Rows that belong together.
outbox-groups = Together
outbox-group-log-meetings = { $count ->
    [one] Log { $shown } meeting
   *[other] Log { $shown } meetings
}
outbox-group-change-dates = { $count ->
    [one] Change { $shown } date
   *[other] Change { $shown } dates
}
outbox-group-cancel-dates = { $count ->
    [one] Cancel { $shown } date
   *[other] Cancel { $shown } dates
}
outbox-group-undo = { $count ->
    [one] Undo { $shown } entry
   *[other] Undo { $shown } entries
}
outbox-group-unknown = { $count ->
    [one] { $shown } entry from a newer version
   *[other] { $shown } entries from a newer version
}
outbox-group-progress = { $done } of { $total } sent
outbox-group-done = { $count ->
    [one] { $shown } sent
   *[other] { $shown } sent
}
outbox-group-left = { $shown } left
outbox-group-needs-you = { $count ->
    [one] { $shown } needs you
   *[other] { $shown } need you
}
outbox-group-discarded = { $shown } discarded
outbox-group-paused = Paused
outbox-group-stopping = Stopping
outbox-group-pause = Pause
outbox-group-resume = Resume
outbox-group-stop = Stop
outbox-group-undo-all = Undo all
outbox-group-retry = { $count ->
    [one] Try { $shown } again
   *[other] Try { $shown } again
}
outbox-group-show = Show its rows
outbox-group-back = All of the outbox
outbox-group-named = { $action }: { $title }
outbox-group-undo-title = Undo all of it?
outbox-group-undo-text = What has not been sent is discarded. What has been sent is taken back in Salesforce and Zoom, one by one.
outbox-group-stopped = Stopped. What was under way is finished.

# Tasks.
outbox-create-task = Logged call or next step
outbox-update-task = Changed task
outbox-delete-task = Deleted task
outbox-group-log-calls = { $count ->
    [one] Log { $shown } call
   *[other] Log { $shown } calls
}
left-out-not-writable = you may not write this field. Your Salesforce administrator can change that.
left-out-fields-title = Some fields were left out
cause-logged-by = { $name } has logged this call already.
cause-logged-by-others = Other software has logged this call already.
cause-logged-by-others-fix = Discard this: the call stands in Salesforce.
field-reminder = Reminder
outbox-undo-create-task = It was sent. The task is deleted in Salesforce.
outbox-undo-create-lead = It was sent. The lead is deleted in Salesforce, unless somebody has changed or converted it.
outbox-sent-without-fields = { $count ->
    [one] Sent { $time }, without one field
   *[other] Sent { $time }, without { $shown } fields
}

# Webinars.
outbox-register-person = Registration
outbox-cancel-registration = Cancelled registration
outbox-approve-registrant = Approved registrant
outbox-deny-registrant = Denied registrant
outbox-add-panelist = New panelist
outbox-remove-panelist = Removed panelist
outbox-create-webinar = New webinar
outbox-update-webinar = Changed webinar
outbox-delete-webinar = Deleted webinar
outbox-update-questions = Changed registration form
outbox-group-register-people = { $count ->
    [one] Register { $shown } person
   *[other] Register { $shown } people
}
outbox-group-decide-registrants = { $count ->
    [one] Decide about { $shown } registrant
   *[other] Decide about { $shown } registrants
}
cause-webinar-started = The webinar began before this could leave.
cause-webinar-started-fix = Try again to register them all the same, or discard this.
cause-registrant-denied = They were denied before, and Zoom takes no new registration.
cause-registrant-approve-fix = Approve them on the page of the webinar instead.
cause-webinar-full = The webinar is full.
cause-webinar-full-fix = Raise its limit or cancel somebody, then try again.
cause-registration-closed = Registration is closed.
cause-registration-off = The webinar takes no registrations.
cause-registration-closed-fix = Open the registration in the webinar’s settings, then try again.
cause-webinar-licence = The Zoom plan of this account has no webinars any more.
outbox-create-campaign = New campaign
outbox-update-campaign = Change campaign
outbox-create-lead = New lead
outbox-delete-lead = Delete lead
outbox-put-campaign-member = Campaign member
outbox-group-follow-up = { $count ->
    [one] Follow up { $shown } absent
   *[other] Follow up { $shown } absent
}
outbox-group-fill-campaign = { $count ->
    [one] { $shown } campaign member
   *[other] { $shown } campaign members
}
cause-campaign-status = The campaign has no such status for members.
cause-campaign-status-fix = Add the status in Salesforce, or choose another one for this webinar, then try again.
left-out-edited = somebody has written into the part that Liaison keeps there. It stays as it is.
field-actual-start = Actual start
field-actual-end = Actual end
field-participants = Participants
field-attendance = Attendance
field-minutes-attended = Minutes attended
field-recording-link = Recording
cause-doubles = It may be there already. Nothing was made.
cause-doubles-fix = Use one of those that were found, or make it all the same where your organisation allows it.
cause-lead-in-use = Somebody has changed or converted the lead, so it was not deleted.
cause-lead-in-use-fix = Discard this, or delete the lead in Salesforce.
