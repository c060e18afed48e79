# The room Webinars.
room-webinars = Webinars
webinars-upcoming = Upcoming
webinars-past = Past
webinars-search = Search topics
webinars-count = { $count ->
    [one] { $shown } webinar
   *[other] { $shown } webinars
}
webinars-fetching = Your webinars are being fetched from Zoom.
webinars-none = No upcoming webinars
webinars-none-past = No past webinars
webinars-none-found = No webinar matches
webinars-none-text = What you schedule in Zoom or here shows up in this list.
webinars-back = Back to the list
webinar-new = New webinar
webinar-topic = Topic
webinar-when = When
webinar-registered = Registered
webinar-approval = Registration
webinar-going = To go
webinar-attended = Came
webinar-no-time = No fixed time
webinar-no-time-short = Any time
webinar-running = Now
webinar-over = Over
days-to-go = { $count ->
    [0] Today
    [one] { $shown } day
   *[other] { $shown } days
}
in-days = { $count ->
    [0] Today
    [one] In { $shown } day
   *[other] In { $shown } days
}
webinar-series = A series
webinar-is-pinned = Pinned for one-click registration
webinar-being-changed = Being changed
webinar-being-deleted = Being deleted
pending-count = { $count ->
    [one] { $shown } waiting
   *[other] { $shown } waiting
}
attended-unknown = Not known
attended-count = { $count ->
    [one] { $shown } came
   *[other] { $shown } came
}
fill-none = No registration
fill-unknown = Not counted yet
fill-of = { $count } of { $capacity }
registered-words = { $fill } registered
approval-automatic = Automatic
approval-manual = By hand
approval-none = None
approval-unknown = Not known yet
webinars-no-licence = You have no webinar licence
webinars-no-licence-text = Webinars are an add-on to your Zoom plan. Everything else works without it.
webinars-no-licence-ask = Could you assign a Zoom Webinars licence to my user? It is in the Zoom admin portal, under Users.
webinars-scope = Liaison may not read your webinars
webinars-forbidden = Your role may not read webinars
webinars-forbidden-text = Zoom refused your webinars. Everything else works without them.
webinars-forbidden-ask = Could you allow my role in Zoom to view and edit its own webinars?
webinars-not-connected = Connect Zoom to see your webinars
webinars-not-connected-text = Webinars come from Zoom.
webinar-open = Open
webinar-more = More
webinar-parts = Parts of the webinar
webinar-add-people = Add people
webinar-start = Start
webinar-join = Join as attendee
webinar-starting = Zoom opens with a fresh start link.
webinar-joining = Zoom opens.
webinar-join-link = Join link
webinar-registration-link = Registration link
webinar-passcode = Passcode
webinar-copy-join = Copy the join link
webinar-copy-registration = Copy the registration link
webinar-copy-passcode = Copy the passcode
webinar-link-copied = Join link copied.
webinar-registration-link-copied = Registration link copied.
webinar-passcode-copied = Passcode copied.
webinar-pin = Pin for one-click registration
webinar-unpin = Unpin
webinar-pinned = Pinned: { $topic }. R on a person registers them.
webinar-unpinned = No webinar is pinned now.
webinar-campaign = Bring to a campaign
webinar-edit = Edit
webinar-delete-ask = Delete the webinar
webinar-delete = Delete webinar
webinar-delete-title = Delete { $topic }?
webinar-delete-series = The whole series is deleted.
webinar-delete-people = { $count ->
    [one] { $shown } registered person loses the link.
   *[other] { $shown } registered people lose their links.
}
webinar-delete-nobody = Nobody is registered.
webinar-keep = Keep it
webinar-delete-held = Deletion kept: { $topic }.
webinar-delete-hint = Zoom is told when the time to undo is over.
tab-registrants = Registrants
tab-panelists = Panel
tab-questions = Questions
tab-attendance = Attendance
tab-history = Done from here
tab-details = Details
curve-registered = { $count ->
    [one] { $shown } registered.
   *[other] { $shown } registered.
}
curve-of = { $count ->
    [one] { $shown } of { $capacity } registered.
   *[other] { $shown } of { $capacity } registered.
}
curve-more = { $count ->
    [one] { $shown } more than on this day last time.
   *[other] { $shown } more than on this day last time.
}
curve-fewer = { $count ->
    [one] { $shown } fewer than on this day last time.
   *[other] { $shown } fewer than on this day last time.
}
curve-same = As many as on this day last time.
curve-capacity = Capacity { $capacity }
curve-start = Start
curve-days = Before the start
curve-this = This webinar
funnel-title = { $percent } % of the registered came
funnel-caption = Registered, came, stayed
funnel-registered = Registered
funnel-attended = Came
funnel-stayed = Stayed more than half
funnel-unregistered = { $count ->
    [one] And { $shown } person whom no registration is known of.
   *[other] And { $shown } people whom no registration is known of.
}
standing-approved = Approved
standing-pending = Waiting
standing-denied = Denied
standing-cancelled = Cancelled
being-approved = Being approved
being-denied = Being denied
being-cancelled = Being cancelled
registrants-all = All
registrants-search = Search names and e-mail
registrants-none = Nobody registered yet
registrants-none-found = Nobody matches
registrant-name = Name
registrant-company = Company
registrant-standing = Status
registered-at = Registered
registered-through = Through
registrant-id = Registrant ID
through-liaison = Liaison
through-form = Form
registrant-several = Several records
registrant-several-text = Several Leads or Contacts have this address.
registrant-nobody = No Lead or Contact on this computer has this address.
guest-lead = Make a lead
registrant-registration = Registration
registrant-answers = Answers
registrant-in-salesforce = In Salesforce
registrant-approve = Approve
registrant-approve-again = Approve again
registrant-deny = Deny
registration-cancel = Cancel registration
open-lead = Open lead
open-contact = Open contact
copy-as-table = Copy as table
save-as-table = Save as CSV
table-saved = { $count ->
    [one] { $shown } row saved.
   *[other] { $shown } rows saved.
}
registrants-file = Registrants { $topic }
attendance-file = Attendance { $topic }
results-file = Registrations { $topic }
table-copied = { $count ->
    [one] { $shown } row copied.
   *[other] { $shown } rows copied.
}
table-copied-hint = Paste it into a spreadsheet.
personal-link = Personal link
personal-link-text = It lets this person in, and nobody else should have it.
personal-link-copy = Copy link
personal-link-mail = E-mail it
personal-link-mail-to = { personal-link-mail }: { $name }
personal-link-mailing = A mail to { $name } opens in your mail program.
personal-link-of = { personal-link-copy }: { $name }
personal-link-copied = Personal link of { $name } copied.
approve-title = { $count ->
    [one] Approve { $name }?
   *[other] Approve { $shown } people?
}
approve-text = They get their personal link.
approve-sure = { $count ->
    [one] Approve
   *[other] Approve { $shown }
}
deny-title = { $count ->
    [one] Deny { $name }?
   *[other] Deny { $shown } people?
}
deny-text = They can’t register again by themselves; you can approve them later.
deny-sure = { $count ->
    [one] Deny
   *[other] Deny { $shown }
}
cancel-registration-title = { $count ->
    [one] Cancel the registration of { $name }?
   *[other] Cancel { $shown } registrations?
}
cancel-registration-text = Their personal link stops working, and they can’t register again by themselves.
cancel-registration-sure = { $count ->
    [one] Cancel registration
   *[other] Cancel { $shown } registrations
}
decide-not = Not now
approve-held = { $count ->
    [one] Being approved: { $name }.
   *[other] { $shown } people are being approved.
}
deny-held = { $count ->
    [one] Being denied: { $name }.
   *[other] { $shown } people are being denied.
}
cancel-registration-held = { $count ->
    [one] Registration being cancelled: { $name }.
   *[other] { $shown } registrations are being cancelled.
}
decide-nothing = They stand so already.
decide-left-out = { $count ->
    [one] { $shown } stands so already and is left out.
   *[other] { $shown } stand so already and are left out.
}
zoom-tells-them = Zoom tells them by e-mail.
zoom-mails-count = { $count ->
    [one] Zoom will e-mail them.
   *[other] Zoom will e-mail { $shown } people.
}
zoom-mails-them = Zoom e-mails them their link.
zoom-mails-nobody = Zoom’s e-mail is off for this webinar.
zoom-will-email = { $count ->
    [one] Zoom will e-mail { $shown } person.
   *[other] Zoom will e-mail { $shown } people.
}
webinar-plan = Planned
webinar-links = Links
webinar-actual = As it was
webinar-settings = Settings
webinar-settings-unknown = The settings have not been read from Zoom yet.
webinar-dates = Dates
webinar-number = Webinar ID
webinar-host = Host
webinar-made = Made on
webinar-limit = Limit
masked = Not shown
setting-close-registration = Close registration after the date
setting-multiple-devices = Join on several devices
setting-host-video = Host video
setting-panelists-video = Panelists’ video
setting-practice = Practice session
setting-questions = Questions and answers
setting-on-demand = Watch afterwards
setting-recording = Recording
setting-survey = Survey at the end
setting-sign-in = Only people signed in to Zoom
setting-confirmation = Confirmation by e-mail
setting-notify = Tell about decisions by e-mail
setting-share = Share buttons on the form
setting-alternative-hosts = Alternative hosts
setting-alternative-hosts-hint = E-mail addresses of colleagues, separated by commas.
setting-contact = Contact
setting-contact-name = Name
recording-none = Off
recording-local = On the computer
recording-cloud = In the cloud
webinar-sources = Where people came from
source-name = Link
source-visitors = Visitors
source-registered = Registered
actual-start = Began
actual-end = Ended
actual-derived = by the last to leave; Zoom doesn’t tell
actual-people = People
actual-times = Held
actual-instances = { $count ->
    [one] { $shown } time; it was restarted
   *[other] { $shown } times; it was restarted
}
presence-attended = Came
presence-absent = Absent
presence-unknown = Unknown
presence-staff = Host and panel
attendance-presence = Presence
attendance-stayed = Stayed
attendance-when = From start to end
attendance-none = Nobody to show
attendance-not-yet = It is not over yet.
attendance-waiting = Zoom has no list yet. It comes some hours after the end.
attendance-provisional = Zoom may still change this list, and it is read again
attendance-provisional-short = May still change
attendance-settled = Final
attendance-no-right = Liaison may not read who came. Ask your Zoom administrator for the scope.
attendee-sessions = Sessions
session-unknown = Times not known
attendee-unknown-text = Nobody knows who this was. It counts for nobody.
attendee-namesakes = { $count ->
    [one] A registrant is called the same: { $names }. A name alone proves nothing.
   *[other] Registrants are called the same: { $names }. A name alone proves nothing.
}
attendee-find = Say who it was
attendee-who = Who was { $name }?
attendee-linked = { $called } is { $name }.
attendee-linked-text = You said who this was.
attendee-unlink = That’s not right
attendee-unlinked = It is nobody’s again.
follow-up = { $count ->
    [one] Follow up { $shown } absent
   *[other] Follow up { $shown } absent
}
follow-up-held = { $count ->
    [one] { $shown } task for somebody who stayed away.
   *[other] { $shown } tasks for those who stayed away.
}
follow-up-title = Follow up those who missed { $topic }
follow-up-subject = Missed the webinar: { $topic }
follow-up-who = Who gets a task
follow-up-there = Has one
follow-up-nobody = Nobody is left to write a task for.
follow-up-hint = They are made in Salesforce, one for each person.
panelists-none = Nobody speaks yet but the host.
panelist-id = Panelist ID
panelist-name = Name
panelist-add = Add panelist
panelist-adding = Being added
panelist-removing = Being removed
panelist-invited = Zoom invites them by e-mail.
panelist-no-mail = Zoom’s invitation is off for this webinar: send them their link.
panelist-add-held = Being added to the panel: { $name }.
panelist-remove-held = Being removed from the panel: { $name }.
panelist-link-ends = Their link stops working.
questions-known = Fields of Zoom’s form
questions-own = Your own questions
questions-always = First name and e-mail address are always asked.
questions-none = The form asks for first name and e-mail address only.
ask-not = Not asked
ask-optional = Optional
ask-required = Required
question-number = Question { $number }
question-kind = Kind of answer
question-text = In words
question-one = One choice
question-many = Several choices
question-dropdown = As a list that opens
question-choices = Choices
question-choices-hint = One on each line.
question-needs-words = Write the question.
question-twice = This question is asked already.
question-needs-choices = Give at least one choice.
question-add = Add a question
question-remove = Remove question { $number }
questions-held = The form is being changed.
questions-held-hint = Those who registered already are not asked again.
questions-changing = The form is being changed
form-first-name = First name
form-last-name = Last name
form-email = E-mail
form-org = Organisation
form-job-title = Job title
form-phone = Phone
form-industry = Industry
form-employees = Number of employees
form-time-frame = When they mean to buy
form-role = Role in the purchase
form-country = Country
form-city = City
form-address = Address
form-zip = Postal code
form-state = State or province
form-comments = Comments
webinar-new-title = Schedule a webinar
webinar-edit-title = Change the webinar
webinar-weekly = Every week
webinar-weeks = Times
webinar-manual-hint = Everybody waits until you approve them.
webinar-no-registration-hint = Whoever has the link may come, and nobody knows who came.
webinar-registration = On registering
webinar-limit-hint = Empty for no limit but that of your licence.
webinar-during = During it
webinar-needs-network = A webinar is made while you watch: this needs the network.
webinar-created = Webinar created: { $topic }.
webinar-change-held = Change kept: { $topic }.
webinar-change-hint = Zoom gets it when the time to undo is over.
leave-title = Close and lose what you filled in?
leave-text = Nothing of it has gone to Zoom or Salesforce.
leave-not = Go on
leave-sure = Close
register-title = Register for { $topic }
register-pick = Pick
register-check = Check
register-check-them = Check
register-pick-first = Pick somebody first.
register-nobody-ready = Nobody is ready.
register-none = Register
register-people = { $count ->
    [one] Register { $shown } person
   *[other] Register { $shown } people
}
register-approval = They wait for your approval.
register-hold = Held { $seconds } s first.
register-held = { $count ->
    [one] { $shown } person is being registered for { $topic }.
   *[other] { $shown } people are being registered for { $topic }.
}
register-one-held = { $name } is being registered for { $topic }.
register-one-mails = Zoom will e-mail { $email }.
register-one-there = { $name } is registered for { $topic } already.
register-one-blocked = Nobody can be registered for { $topic } now.
pick-people = Leads and contacts
pick-list = Salesforce list
pick-pasted = Pasted addresses
pick-file = CSV file
pick-selected = { $count ->
    [one] { $shown } person, as selected in People
   *[other] { $shown } people, as selected in People
}
pick-selected-off = Drop the selection
pick-list-coming = Asking Salesforce who is in { $name }…
pick-list-members = { $count ->
    [one] { $shown } lead or contact
   *[other] { $shown } leads and contacts
}
pick-list-strangers = { $count ->
    [one] { $shown } address in it is nobody’s in Salesforce; it is checked as if it were pasted.
   *[other] { $shown } addresses in it are nobody’s in Salesforce; they are checked as if they were pasted.
}
register-which = Register for which webinar?
register-which-none = No webinar to come is called that.
register-more = { $count ->
    [one] Nobody was registered: { $shown } person is ready by now, more than the button said. Look once more, then register.
   *[other] Nobody was registered: { $shown } people are ready by now, more than the button said. Look once more, then register.
}
register-beyond = { $count ->
    [one] { $shown } more was left out: at most 10,000 are registered at once.
   *[other] { $shown } more were left out: at most 10,000 are registered at once.
}
pick-search = Search people
pick-search-hint = By any part of name, company or e-mail.
pick-pasted-label = Addresses
pick-pasted-hint = One on each line, or separated by commas. A name before the address is used: Anna de Vries <anna@…>
pick-pasted-placeholder = Anna de Vries <anna@acme.example>
pick-file-choose = Choose a file
pick-file-other = Choose another file
pick-file-hint = Any delimiter and encoding. The columns are shown before anything is used.
file-rows = { $count ->
    [one] { $shown } row
   *[other] { $shown } rows
}
file-delimiter = separated by { $delimiter }
delimiter-tab = tab
file-skipped = { $count ->
    [one] { $shown } left out
   *[other] { $shown } left out
}
file-no-email = No column holds e-mail addresses. Say which one does.
file-column = Column
file-column-number = Column { $number }
file-example = Example
file-meaning = Means
file-meaning-of = Meaning of { $column }
column-email = E-mail
column-first-name = First name
column-last-name = Last name
column-full-name = Whole name
column-ignored = Not used
check-under-way = Everybody is being checked.
check-ready-count = { $count ->
    [one] { $shown } person is ready.
   *[other] { $shown } people are ready.
}
check-picked = { $count ->
    [one] { $shown } picked
   *[other] { $shown } picked
}
check-doubled = { $count ->
    [one] { $shown } address came again. It counts once.
   *[other] { $shown } addresses came again. Each counts once.
}
check-room = { $count ->
    [one] { $shown } place left
   *[other] { $shown } places left
}
check-one-by-one-series = Zoom takes one at a time for a series, so it takes longer.
check-one-by-one-questions = Zoom takes one at a time because there are answers, so it takes longer.
check-one-by-one-source = Zoom takes one at a time under a tracking link, so it takes longer.
check-source = They count under
check-source-none = No tracking link
check-more = { $count ->
    [one] and { $shown } more
   *[other] and { $shown } more
}
check-approve-again = Approve instead
check-register-again = Register again
check-put-back = Put back
check-put-all-back = Put all back
check-this-one = This one
check-leave-out = Leave out
check-leave-out-named = { check-leave-out }: { $name }
check-include-ask = Include all the same
check-include = Include
check-fill = Fill in
check-fill-first = Fill it in first.
check-field-of = { $field } of { $name }
check-email-of = Address of { $name }
opt-out-reason = Reason, which is kept
answer-for-all = Answer for all of them
answer-choose = Choose
missing-count = { $count ->
    [one] { $shown } has no answer
   *[other] { $shown } have no answer
}
missing-filled = Filled in for all who had none
sort-ready = Ready
sort-answers-missing = Answers missing
sort-answers-missing-note = fill them above, once for all
sort-same-email = Same e-mail twice
sort-several-records = Several records
sort-choose-record = choose which one
sort-no-first-name = No first name
sort-no-first-name-note = Zoom asks for one; it is never made up
sort-no-email = No e-mail
sort-email-invalid = Address not valid
sort-opted-out = Opted out of e-mail
sort-left-out-note = left out
sort-denied = Denied before
sort-denied-note = can’t register again; approve them instead
sort-cancelled = Cancelled before
sort-host = Host or panelist
sort-host-note = left out, they have their link
sort-registered = Already registered
sort-registered-note = left out, they have their link
sort-waiting = Waiting for approval
sort-waiting-note = left out
sort-on-its-way = On its way already
sort-on-its-way-note = waits in the outbox
sort-quota = Three times today
sort-quota-note = Zoom takes an address three times a day; try tomorrow
sort-no-room = No room
sort-no-room-note = as many as fit are registered
sort-left-out = Left out
block-no-registration = This webinar needs no registration: whoever has the link may come.
block-closed = Registration is closed.
block-deleted = It was deleted in Zoom.
block-not-connected = Connect Zoom first.
block-no-licence = There is no webinar licence.
block-scope = Liaison may not register people: a scope is missing.
block-forbidden = Your role in Zoom may not register people.
block-full = It is full.
job-panel = Registration under way
job-title = { $count ->
    [one] Registering { $shown } person for { $topic }
   *[other] Registering { $shown } people for { $topic }
}
job-title-done = { $count ->
    [one] { $shown } person for { $topic }
   *[other] { $shown } people for { $topic }
}
job-of = { $done } of { $total }
job-seconds-left = about { $seconds } s left
job-time-left = about { $time } left
job-paused = Paused
job-pause = Pause
job-resume = Go on
job-stop = Stop
job-show = Results
job-hide = Hide
job-retry = { $count ->
    [one] Retry { $shown } failed
   *[other] Retry { $shown } failed
}
job-registered = { $count ->
    [one] { $shown } registered
   *[other] { $shown } registered
}
job-done = { $shown } done
job-already-there = { $count ->
    [one] { $shown } was there already
   *[other] { $shown } were there already
}
job-cancelled = { $shown } cancelled since
job-denied = { $shown } denied since
job-waiting = { $count ->
    [one] { $shown } waiting for approval
   *[other] { $shown } waiting for approval
}
job-failed = { $count ->
    [one] { $shown } failed
   *[other] { $shown } failed
}
job-not-sent = { $count ->
    [one] { $shown } taken back
   *[other] { $shown } taken back
}
job-left = { $count ->
    [one] { $shown } left
   *[other] { $shown } left
}
history-which = Registered
outcome-registered = Registered
outcome-already-there = Was there already
outcome-not-sent = Taken back
outcome-failed-short = Failed
result-cause = Why
result-do = Do
result-approve-there = Needs your approval.
campaign-title = Bring to a campaign
campaign-which = Campaign
campaign-existing = One that is there
campaign-new = A new one
campaign-name = Name of the campaign
campaign-search = Campaign in Salesforce
campaign-none = No campaign of this name
campaign-statuses = Member statuses
campaign-status-none = Not written
campaign-status-new = { $status } (new)
campaign-add-statuses = Add the missing statuses
campaign-planning = Salesforce is being compared.
campaign-dry-run = What will be done
campaign-calls = { $count ->
    [one] { $shown } call to Salesforce
   *[other] { $shown } calls to Salesforce
}
campaign-run-itself = Update the campaign
campaign-held-itself = “{ $name }” is being updated.
campaign-run = { $count ->
    [one] Write { $shown } member
   *[other] Write { $shown } members
}
campaign-no-members = You may not add members to campaigns.
campaign-choose-first = Choose a campaign first.
campaign-name-first = Give the campaign a name first.
campaign-no-right = You may not make campaigns
campaign-none-here = Your Salesforce has no campaigns for you
campaign-none-here-text = Everything else about the webinar works. If your company uses campaigns, ask your administrator:
campaign-read-ask = Could you allow my profile in Salesforce to read campaigns, and to add members to them?
campaign-right-ask = Could you tick “Marketing User” on my user in Salesforce, and allow my profile to create and edit campaigns?
campaign-missing = The campaign has no status { $statuses }. Choose others, or have them added.
campaign-nothing = Nothing would change.
campaign-instead = This webinar has a campaign already: “{ $name }”
campaign-instead-text = Its people go there; no second one is made.
campaign-same-name = A campaign with this name and day is there: “{ $name }”
campaign-same-name-text = People would be added to it.
campaign-changed = Something else would be done by now
campaign-changed-text = Nothing was written. Look at what will be done, then write it.
campaign-held = { $count ->
    [one] { $shown } member is being written to { $name }.
   *[other] { $shown } members are being written to { $name }.
}
campaign-held-hint = A person keeps one membership, also after a merge.
plan-create = new
plan-change = changed
plan-leave = left as they are
plan-unknown = not in Salesforce
plan-rest = { $count ->
    [one] And { $shown } more: { $kinds }.
   *[other] And { $shown } more: { $kinds }.
}
plan-member-fields = For each member also: { $fields }.
plan-campaign-fields = On the campaign: { $fields }.
plan-field-registrant = registrant ID
plan-field-standing = registration status
plan-field-link = their own join link
plan-field-attendance = attendance
plan-field-joined = first joined
plan-field-left = last left
plan-field-minutes = minutes attended
plan-field-start = actual start
plan-field-end = actual end
plan-field-participants = participants
plan-field-recording = recording link
plan-block = a part of the description that replaces only itself
plan-what = What
plan-status = Status
command-webinars-new = New webinar
command-webinars-add = Register people
command-webinars-add-pinned = Register people for { $topic }
command-webinars-start = Start the webinar
command-webinars-join = Join the webinar
command-webinars-copy = Copy the join link
command-webinars-edit = Change the webinar
command-webinars-pin = Pin for one-click registration
command-webinars-campaign = Bring to a campaign
command-webinars-delete = Delete the webinar
command-webinars-approve = Approve registrants
command-webinars-deny = Deny registrants
command-webinars-link = Copy the personal link
command-webinars-open = Open in Salesforce
command-webinars-back = Back to the list
tab-left = Recordings, Q&A
left-recordings = Recordings
left-questions = Questions
left-polls = Polls
left-viewers = Watched afterwards
left-waiting = Zoom has nothing yet.
left-no-right = Liaison may not read this. Ask your Zoom administrator for the scope.
left-not-offered = This webinar can’t be watched afterwards.
left-unanswered = Not answered
left-answered-live = Answered live
left-not-registered = Not registered
recording-play = Play
recording-playing = The recording opens in Zoom.
recording-being-made = Being made
recording-deleted-on = Zoom deletes it on { $date }
presence-on-demand = Watched later
template = Begin from
template-none = Nothing
template-own = My templates
template-zoom = Zoom’s templates
template-zoom-hint = Zoom’s template sets registration and everything below. You can change it after the webinar is made.
template-zoom-unknown = Zoom’s templates can’t be read now.
template-keep = Keep as template
template-name = Name of the template
template-needs-name = Give it a name.
template-kept = Template { $name } kept.
template-forget = Forget this template
template-forgotten = Template { $name } forgotten.
setting-audio = Sound
audio-both = Computer and telephone
audio-computer = Computer only
audio-telephone = Telephone only
audio-third-party = Another service
setting-mail-language = Language of Zoom’s mail
setting-mail-language-usual = As in Zoom
setting-invite-panelists = Invite panelists by e-mail
left-poll-people = { $count ->
    [one] { $shown } answered
   *[other] { $shown } answered
}
webinar-no-limit = No limit
setting-contact-email = Contact’s e-mail address
setting-reminder = Reminder by e-mail
reminder-hour = 1 hour before
reminder-day = 1 day before
reminder-week = 1 week before
setting-thanks = E-mail to who came
setting-missed = E-mail to who didn’t come
mail-days-after = { $count ->
    [one] { $shown } day after
   *[other] { $shown } days after
}
setting-survey-page = Page of your own survey
setting-survey-page-hint = Empty for Zoom’s own survey.
attendee-doubtful = Nobody saw them come, yet Zoom does not list them as absent. They may have come under another name, or registered afterwards. They are not counted as a no-show.
