# The room of the people.
room-people = People
people-list-search = Name, company, number
people-list-everyone = Everyone
people-list-mine = Mine
people-list-kind-all = All types
people-list-kind-leads = Leads
people-list-kind-contacts = Contacts
people-list-kind-person-accounts = Person accounts
people-list-kind-converted = Converted leads
people-list-has-email = With e-mail
people-list-touched = Last touch
people-list-touch-any = Whenever
people-list-touch-within = { $days ->
    [one] Touched today
   *[other] Touched in the last { $days } days
}
people-list-touch-not = Not touched for { $days } days
people-list-list = Salesforce list
people-list-choose = Choose a list of Salesforce
people-list-name = Name of the list view, campaign or report
people-list-lists-coming = Asking Salesforce for your lists…
people-list-no-lists = No list view, active campaign or recent report is called that.
people-list-off = { $name }: no longer only these
people-list-not-here = { $count ->
    [one] { $shown } member of the list is not on this computer.
   *[other] { $shown } members of the list are not on this computer.
}
people-list-strangers = { $count ->
    [one] { $shown } address in it is nobody’s in Salesforce.
   *[other] { $shown } addresses in it are nobody’s in Salesforce.
}
list-kind-campaign = Campaign
list-kind-leads = List view of leads
list-kind-contacts = List view of contacts
list-kind-report = Report
list-unusable = “{ $name }” can’t be used.
list-problem-no-query = Salesforce doesn’t tell who is in this list view; it may be one of a queue.
list-problem-not-tabular = Only a tabular report has one person on each line. Save it in Salesforce without groups.
list-problem-no-people = The report has no column with leads, contacts or their e-mail addresses. Add one in Salesforce.
people-list-cut = The list is longer; these are its first { $shown } members.
people-list-here = { $count ->
    [one] { $shown } person
   *[other] { $shown } people
}
people-list-here-of = { $here } of { $there } are here
people-list-match = { $count ->
    [one] { $shown } matches, of { $here }
   *[other] { $shown } match, of { $here }
}
people-list-fetching = Your leads and contacts are being fetched from Salesforce.
people-list-connect = Connect Salesforce to see your leads and contacts
people-list-connect-text = They are kept on this computer, encrypted, so you find them without a network.
people-list-connect-do = Connect Salesforce
people-list-none-found = Nobody matches
people-list-nobody = No leads or contacts yet
people-list-clear = Clear filters
people-list-found = { $count ->
    [one] { $shown } more person found in Salesforce.
   *[other] { $shown } more people found in Salesforce.
}
people-list-found-nobody = Salesforce knows nobody else by these words. It finds whole words only.
people-list-copied = { $count ->
    [0] No address copied.
    [one] { $shown } address copied.
   *[other] { $shown } addresses copied.
}
people-list-without = { $count ->
    [one] { $shown } has none.
   *[other] { $shown } have none.
}
people-list-opted-out = { $count ->
    [one] { $shown } who wants no mail was left out.
   *[other] { $shown } who want no mail were left out.
}

person-name = Name
person-company = Company
person-title = Title
person-email = E-mail
person-more-email = Other e-mail
person-no-email = No e-mail address
person-phone = Phone
person-owner = Owner
person-status = Status
person-touched = Last touch
person-next = Next meeting
person-next-short = Next
person-numbers = Numbers
person-topics = Plan a meeting about
person-topics-choose = Show what is open
person-schedule = Schedule
person-register = Register
person-salesforce = Salesforce
person-became = This lead became the contact { $name }.
person-show-contact = Show contact
person-colleagues = { $count ->
    [one] { $shown } more there
   *[other] { $shown } more there
}
record-person-account = Person account
owner-you = You
mark-converted = Converted
mark-do-not-call = Do not call
mark-opted-out = Opted out
touched-never = Never
touched-today = Today

timeline-title = Everything with { $name }
timeline-empty = Nothing yet: no meeting, no call, no webinar.
timeline-now = Now
timeline-soon = Soon
timeline-meeting = Meeting
timeline-webinar = Webinar
timeline-copy-link = Copy their join link
timeline-webinar-absent = Webinar, didn’t come
timeline-webinar-minutes = { $count ->
    [one] Webinar, there for { $shown } minute
   *[other] Webinar, there for { $shown } minutes
}
timeline-running = runs now
timeline-call = Call, { $length }
timeline-logged = In Salesforce
timeline-ahead = { $count ->
    [one] { $shown } more to come
   *[other] { $shown } more to come
}
timeline-older = { $count ->
    [one] { $shown } older
   *[other] { $shown } older
}

people-limit = People on this computer
people-limit-text = Of a larger organisation, those who were touched last are kept; the search asks Salesforce for the others. When this is changed they are read anew.

command-people-open = Open in Salesforce
command-people-dial = Call this person
command-people-find = Ask Salesforce
command-people-list = Narrow to a list of Salesforce
command-people-register = Register for a webinar
command-people-copy = Copy e-mail addresses
