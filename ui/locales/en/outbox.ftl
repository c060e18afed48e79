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
outbox-empty-text = What goes to Salesforce shows up here first.
outbox-pause = Pause sending
outbox-resume = Resume sending
outbox-paused-title = Sending is paused
outbox-paused-text = Nothing goes to Salesforce until you resume. Nothing is lost.
outbox-create-meeting = New meeting
outbox-create-event = New event
outbox-update-event = Changed event
outbox-delete-event = Deleted event
outbox-sends-in = Sends in { $seconds } s
outbox-sending-now = Sending
outbox-sent-at = Sent { $time }
outbox-discarded-at = Discarded { $time }
outbox-undone = Taken back. It was not sent.
outbox-discarded = Discarded: { $title }.
undo-named = Undo { $title }
retry-named = Try again: { $title }

wait-turn = Next in line.
wait-network = Waiting for the network.
wait-rate-limit = { $provider } asked us to slow down.
wait-sign-in = Waiting until you sign in to { $provider }.
wait-paused = Sending is paused.
wait-trouble = { $provider } had trouble; it is tried again by itself.
wait-checking = Not sure it arrived; it is looked up first.
wait-other-account = Belongs to another account.
wait-until = Next try { $time }.

cause-refused = Salesforce refused it.
cause-refused-fix = Correct what it names in Salesforce, then try again.
cause-refused-fields-fix = It is about { $fields }. Correct it in Salesforce, then try again.
cause-record-gone = { $name } was deleted, merged or converted.
cause-record-gone-fix = Discard this, and schedule with the record that is there now.
cause-no-permission = You may not write this in Salesforce.
cause-no-permission-fix = Ask your Salesforce administrator for the right, then try again.
cause-unsure = We are not sure it arrived.
cause-unsure-fix = Look in Salesforce. Try again if it is not there, discard this if it is.
cause-several = Several records carry its key.
cause-several-fix = Keep one of them in Salesforce, then try again.
cause-deleted = It was deleted in Salesforce.
cause-deleted-fix = Discard this, or try again to write it anew.
cause-interrupted = Liaison was interrupted before Zoom made this meeting.
cause-interrupted-fix = Try again to make it now, or discard it.
cause-unreadable = This version can't read it.
cause-unreadable-fix = Update Liaison; nothing is lost until then.

will-be-written = Will be written
was-written = Was written
history = History
created = Created
attempts = Attempts
field-subject = Subject
field-start = Start
field-end = End
field-duration = Minutes
field-who = Person
field-what = Related to
field-owner = Owner
field-location = Location
field-description = Description
field-show-as = Shown as
field-type = Type
field-all-day = All day
field-key = Liaison key
field-masked = Written, not shown
