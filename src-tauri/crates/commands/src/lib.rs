//! The one list of what the window may ask: each command's name, arguments, answer, and what the answer is made of.
//!
//! It is tokens and nothing else, so that all who need it can make theirs of it: the build script (permissions and the
//! capability), the shell (the commands, the bindings and the tags in TypeScript), the scenario runner (calls by
//! name). Types and work mean what they mean to whoever reads the list. What a command does is the engine's.

/// Gives the whole list to the macro that is named.
///
/// A line is `name(argument: type, …) -> answer [tags] => work;`. The tags are those of `view::Tag` whose change makes
/// the answer stale; without them nobody keeps the answer. The work answers `Result<answer, liaison_engine::Error>`
/// and uses `engine` or `window`; both names come first, for a macro can't see a name that it didn't give.
#[macro_export]
macro_rules! commands {
    ($consumer:ident) => {
        $consumer! { engine, window:

            // The session: first screen, accounts, settings.

            get_app_state() -> view::AppState [Session, Settings, Outbox, Progress] => engine.app_state().await;

            update_settings(settings: view::Settings) -> () => engine.update_settings(settings).await;

            retry_unlock() -> () => engine.retry_unlock().await;

            start_demo() -> () => engine.start_demo().await;

            leave_demo() -> () => engine.leave_demo().await;

            /// One for each set of accounts.
            list_profiles() -> Vec<view::ProfileRow> [Session] => engine.list_profiles().await;

            /// Closes the one that is open, with its reminders and its sending, and opens a new one.
            new_profile(name: String) -> () => engine.new_profile(name).await;

            name_profile(id: String, name: String) -> () => engine.name_profile(id, name).await;

            /// As with a new one; what was open is open again where the other can't be.
            switch_profile(id: String) -> () => engine.open_other_profile(id).await;

            /// Signs out and erases its database and its key.
            remove_profile(id: String) -> view::Removal => engine.erase_other_profile(id).await;

            /// Answers when the sign-in in the browser has ended, well or not.
            connect_account(provider: view::Provider) -> () => engine.connect(provider).await;

            reopen_sign_in(provider: view::Provider) -> () => engine.reopen_sign_in(provider).await;

            copy_sign_in_link(provider: view::Provider) -> () => engine.copy_sign_in_link(provider).await;

            cancel_sign_in(provider: view::Provider) -> () => engine.cancel_sign_in(provider).await;

            /// `erase` also removes the local copy of what the service holds; what is not sent yet stays.
            disconnect_account(provider: view::Provider, erase: bool) -> Vec<view::Provider> => engine.disconnect(provider, erase).await;

            sync_now() -> () => engine.sync_now().await;

            /// Where a service's app leads back to and which scopes it needs: for a request to an administrator.
            get_app_facts(provider: view::Provider) -> view::AppFacts => Ok(engine.app_facts(provider));

            /// What Zoom says of the user: plan, add-ons, telephone, own room.
            get_zoom_user() -> Option<view::ZoomUser> [Session] => engine.zoom_user().await;

            /// Of the user's own room, onto the clipboard; the text never reaches the window.
            copy_room(what: view::RoomCopy) -> () => engine.copy_room(what).await;

            /// A text of the window's own, onto the clipboard.
            copy_text(text: String) -> () => engine.copy_text(&text);

            // The first steps, and the troubles of the demo.

            get_first_steps() -> view::FirstSteps [Settings, Session] => engine.first_steps().await;

            show_first_steps(shown: bool) -> () => engine.show_first_steps(shown).await;

            /// The trouble that the demo shows now.
            get_simulation() -> Option<view::Trouble> [Session] => engine.simulation().await;

            /// Shows a trouble in the demo, in place of the one there is; none goes back to normal.
            simulate(trouble: Option<view::Trouble>) -> () => engine.simulate(trouble).await;

            get_ui_state(key: String) -> Option<String> => engine.ui_state(key).await;

            set_ui_state(key: String, value: String) -> () => engine.set_ui_state(key, value).await;

            // Today: the day, one meeting, what is next, opening them, and what can be done with a meeting that is
            // there.

            /// `offset` is in days from today.
            get_day(offset: i32) -> view::Day [Meetings, People, Outbox, Session, Webinars] => engine.day(offset).await;

            /// `offset` is in weeks from this one; `begins` the weekday with which they begin, 1 Monday to 7 Sunday.
            get_week(offset: i32, begins: u8) -> view::Week [Meetings, People, Outbox, Session, Webinars] =>
                engine.week(offset, begins).await;

            get_meeting(id: String) -> view::MeetingDetail [Meetings, People, Outbox] => engine.meeting(id).await;

            get_next_up() -> Option<view::NextUp> [Meetings, People, Outbox] => engine.next_up().await;

            /// Meetings of the local copy that match every word, in the topic or in who takes part.
            search_meetings(query: String, limit: u32) -> Vec<view::MeetingHit> [Meetings, People] =>
                engine.search_meetings(query, limit).await;

            /// Meetings that are over, the latest first, by topic or by who took part.
            list_past_meetings(query: String, offset: u32, limit: u32) -> view::PastMeetings [Meetings, People, Outbox] =>
                engine.list_past_meetings(query, offset, limit).await;

            /// Plays a recording in Zoom.
            open_recording(id: String) -> () => engine.open_recording(id).await;

            /// The passcode of a meeting's recordings, onto the clipboard.
            copy_recording_passcode(meeting: String) -> () => engine.copy_recording_passcode(meeting).await;

            /// Whether a guest was somebody who was expected.
            answer_guest(meeting: String, guest: String, expected: String, is_them: bool) -> () =>
                engine.answer_guest(meeting, guest, expected, is_them).await;

            forget_guest(meeting: String, guest: String) -> () => engine.forget_guest(meeting, guest).await;

            join_meeting(id: String) -> () => engine.join_meeting(id).await;

            /// Fetches a fresh start link and opens it; the link never reaches the window.
            start_meeting(id: String) -> () => engine.start_meeting(id).await;

            /// Puts it on the clipboard; the text never reaches the window.
            copy_meeting(id: String, what: view::CopyWhat) -> () => engine.copy_meeting(id, what).await;

            /// Opens a new mail to a meeting's guests with its invitation in the user's mail program.
            mail_invitation(id: String) -> view::InvitationMail => engine.mail_invitation(id).await;

            /// A file for calendars that the user chooses; whether there is one now, for the dialog may be closed.
            save_invitation(id: String, name: String) -> bool => engine.save_invitation(id, name).await;

            /// Opens the Lead's or Contact's page in the browser.
            open_person(id: String) -> () => engine.open_person(id).await;

            /// The sheet of a meeting that is there, to change it.
            edit_meeting(id: String) -> view::ScheduleDraft => engine.edit_meeting(id).await;

            /// Held, then sent to Zoom; the Event follows.
            change_meeting(id: String, draft: view::ScheduleDraft, scope: Option<view::SeriesScope>) -> view::Changed =>
                engine.change_meeting(id, draft, scope).await;

            /// Held, then deleted in Zoom; the Event follows.
            cancel_meeting(id: String, scope: Option<view::SeriesScope>) -> view::Changed =>
                engine.cancel_meeting(id, scope).await;

            /// The series that a meeting is a date of.
            get_meeting_series(id: String) -> Option<view::MeetingSeries> [Meetings] => engine.meeting_series(id).await;

            /// The user's clock and that of the meeting's zone above each other; nothing where both show the same.
            get_two_clocks(asked: view::ClocksAsked) -> Option<view::TwoClocks> [Meetings, Session, Webinars] =>
                engine.two_clocks(asked).await;

            /// How a series repeats, by one of its dates, to change that.
            series_rule(id: String) -> view::SeriesRule => engine.series_rule(id).await;

            /// What another rule or zone would make of a series; nothing is sent.
            check_series_rule(id: String, draft: view::RuleDraft) -> view::RuleCheck =>
                engine.check_series_rule(id, draft).await;

            /// Held, then sent to Zoom, which makes all dates anew; their Events follow.
            change_series_rule(id: String, draft: view::RuleDraft) -> view::Changed =>
                engine.change_series_rule(id, draft).await;

            /// Takes back a meeting that was just scheduled, and its Event.
            undo_scheduling(id: String) -> () => engine.undo_scheduling(id).await;

            /// Logs an Event for a meeting that is there.
            log_event(id: String) -> view::Changed => engine.log_event(id).await;

            /// Logs Events of many meetings as one group of the outbox.
            log_meetings(ids: Vec<String>) -> view::LoggedMany => engine.log_meetings(ids).await;

            // Where Zoom and Salesforce say different things.

            list_differences() -> view::MeetingDifferences [Meetings, Outbox] => engine.differences().await;

            /// Held, then written into the Event; a description keeps all notes.
            take_from_zoom(meeting: String, part: view::DifferencePart) -> view::Changed =>
                engine.take_from_zoom(meeting, part).await;

            /// Salesforce's stays until Zoom says something else; or is asked about again.
            keep_in_salesforce(meeting: String, part: view::DifferencePart, keep: bool) -> () =>
                engine.keep_in_salesforce(meeting, part, keep).await;

            // Reminders.

            get_reminders() -> view::Reminders [Reminders, Meetings, People, Settings] => engine.reminders().await;

            update_reminders(settings: view::ReminderSettings) -> () => engine.update_reminders(settings).await;

            /// Nothing is said for a while.
            pause_reminders(pause: view::ReminderPause) -> () => engine.pause_reminders(pause).await;

            /// Shows a notification, so that the user sees whether they appear; what became of it is in `get_reminders`.
            test_notification() -> () => engine.test_notification().await;

            join_reminder(id: String) -> () => engine.join_reminder(id).await;

            snooze_reminder(id: String, minutes: u32) -> () => engine.snooze_reminder(id, minutes).await;

            /// No more of what it was about, until that is moved.
            dismiss_reminder(id: String) -> () => engine.dismiss_reminder(id).await;

            get_meeting_reminder(meeting: String) -> view::MeetingReminder [Meetings, Reminders] =>
                engine.meeting_reminder(meeting).await;

            /// Whether, and how long before, this meeting is announced.
            set_meeting_bell(meeting: String, bell: view::MeetingBell) -> () =>
                engine.set_meeting_bell(meeting, bell).await;

            /// No reminders of this meeting until it is moved, or again.
            dismiss_meeting(meeting: String, dismissed: bool) -> () =>
                engine.dismiss_meeting(meeting, dismissed).await;

            /// The user is in it already, by another way than from here.
            mark_joined(meeting: String) -> () => engine.mark_joined(meeting).await;

            // What is kept on this computer.

            get_privacy() -> view::Privacy [Settings] => engine.privacy().await;

            /// What is over is kept for so many days, or until it is erased.
            keep_for(days: Option<u32>) -> () => engine.keep_for(days).await;

            /// Signs out everywhere and removes everything, also what is not sent.
            erase_everything() -> view::Removal => engine.erase_everything().await;

            /// Everything that only this computer knows, into a file that the user chooses, sealed with the passphrase;
            /// how many entries, nothing when the dialog was closed.
            export_known(name: String, passphrase: String) -> Option<u32> =>
                engine.export_known(name, passphrase.into()).await;

            /// The file's bytes: what is in it, and what taking it in would do. Nothing changes.
            read_transfer(bytes: Vec<u8>, passphrase: String) -> view::Transfer =>
                engine.read_transfer(bytes, passphrase.into()).await;

            /// Takes it in; what is newer here stays.
            take_transfer(bytes: Vec<u8>, passphrase: String) -> view::Transfer =>
                engine.take_transfer(bytes, passphrase.into()).await;

            // Planning a meeting.

            /// A draft for the first free time or for a moment to come, with a person when the sheet is opened from
            /// one.
            new_draft(person: Option<String>, at: Option<view::UtcMs>) -> view::ScheduleDraft =>
                engine.new_draft(person, at).await;

            /// A draft with the people and the topic of a meeting, for the first free time after it.
            follow_up_draft(meeting: String) -> view::ScheduleDraft => engine.follow_up_draft(meeting).await;

            /// Makes a meeting with a person for now and opens it as its host.
            meet_now(person: String) -> view::MetNow => engine.meet_now(person).await;

            /// What a typed date, time or length says.
            read_when(asked: view::WhenText) -> view::WhenRead => Ok(engine.read_when(&asked));

            /// What the one line of the sheet says, as far as it was typed.
            read_schedule_line(asked: view::LineText) -> view::LineRead => engine.read_schedule_line(asked).await;

            check_schedule(draft: view::ScheduleDraft) -> view::ScheduleCheck [Meetings, People, Session, Webinars] =>
                engine.check_schedule(draft).await;

            schedule_meeting(draft: view::ScheduleDraft) -> view::Scheduled => engine.schedule_meeting(draft).await;

            /// What the user's settings in Zoom say of new meetings.
            get_scheduling_presets() -> view::SchedulingPresets [Session] => engine.scheduling_presets().await;

            /// The account's templates in Zoom and the user's own.
            list_meeting_templates() -> view::MeetingTemplates [Meetings, Session] => engine.meeting_templates().await;

            /// The sheet with what a template of the user's own sets.
            fill_meeting(draft: view::ScheduleDraft, template: String) -> view::ScheduleDraft =>
                engine.fill_meeting(draft, template).await;

            keep_meeting_template(name: String, draft: view::ScheduleDraft) -> () =>
                engine.keep_meeting_template(name, draft).await;

            rename_meeting_template(template: String, name: String) -> () =>
                engine.rename_meeting_template(template, name).await;

            forget_meeting_template(template: String) -> () => engine.forget_meeting_template(template).await;

            /// What a meeting with these people may be about.
            list_topics(people: Vec<String>) -> Vec<view::Topic> => engine.topics(people).await;

            /// What a meeting is about; its Event follows.
            choose_meeting_topic(id: String, topic: Option<view::Topic>) -> view::Changed =>
                engine.choose_meeting_topic(id, topic).await;

            search_people(query: String, limit: u32) -> Vec<view::PersonHit> [People] =>
                engine.search_people(query, limit).await;

            /// Zones by city, country or id.
            list_zones(query: String) -> Vec<view::ZoneHit> => Ok(engine.search_zones(&query));

            // The outbox.

            /// A page; without a question the first one of everything.
            list_outbox(query: Option<view::OutboxQuery>) -> view::Outbox [Outbox, Session] =>
                engine.outbox(query.unwrap_or_default()).await;

            undo_outbox_item(id: String) -> view::TakenBack => engine.undo_outbox_item(id).await;

            retry_outbox_item(id: String) -> () => engine.retry_outbox_item(id).await;

            discard_outbox_item(id: String) -> () => engine.discard_outbox_item(id).await;

            /// Takes a discarded item back into line; it is held again.
            restore_outbox_item(id: String) -> () => engine.restore_outbox_item(id).await;

            /// Other texts for what was refused or has not left; it goes back in line.
            edit_outbox_item(id: String, texts: Vec<view::FieldText>) -> () => engine.edit_outbox_item(id, texts).await;

            /// Whether ours is written over what somebody else changed since.
            decide_outbox_item(id: String, mine: bool) -> () => engine.decide_outbox_item(id, mine).await;

            /// The sheet of a meeting that was not made, as it was.
            reopen_outbox_item(id: String) -> view::ScheduleDraft => engine.reopen_outbox_item(id).await;

            pause_outbox(paused: bool) -> () => engine.pause_outbox(paused).await;

            /// None of its rows begins while it is paused; what is under way ends.
            pause_outbox_group(id: String, paused: bool) -> () => engine.pause_outbox_group(id, paused).await;

            stop_outbox_group(id: String) -> () => engine.stop_outbox_group(id).await;

            /// What has not left is discarded, what has is undone there.
            undo_outbox_group(id: String) -> () => engine.undo_outbox_group(id).await;

            retry_outbox_group(id: String) -> () => engine.retry_outbox_group(id).await;

            /// Opens the Event's page in the browser.
            open_event(id: String) -> () => engine.open_event(id).await;

            // Calls.

            /// A page of at most 200, latest first.
            list_calls(filter: view::CallFilter, offset: u32, limit: u32) -> view::CallList
                [Calls, People, Outbox, Session] => engine.list_calls(filter, offset, limit).await;

            get_call(id: String) -> view::CallDetail [Calls, People, Outbox, Settings] => engine.call(id).await;

            /// Tasks of calls in Salesforce; of several, as one group of the outbox.
            log_calls(ids: Vec<String>) -> view::LoggedCalls => engine.log_calls(ids).await;

            /// Takes the Task of a call back, for a day.
            unlog_call(id: String) -> view::Unlogged => engine.unlog_call(id).await;

            /// How calls end, in the organisation's words or the user's own.
            list_call_dispositions() -> Vec<String> [Calls] => engine.call_dispositions().await;

            /// Salesforce is asked what a call may be about.
            list_call_topics(id: String) -> Vec<view::Topic> => engine.call_topics(id).await;

            choose_call_topic(id: String, topic: Option<view::Topic>) -> () =>
                engine.choose_call_topic(id, topic).await;

            /// An open Task with a date, for what is to be done after a call.
            plan_follow_up(id: String, follow_up: view::FollowUp) -> view::Changed =>
                engine.plan_follow_up(id, follow_up).await;

            /// Salesforce is asked for the user's open Tasks that are due.
            list_due_tasks() -> Vec<view::DueTask> => engine.due_tasks().await;

            /// Opens a Task's page in the browser.
            open_task(id: String) -> () => engine.open_task(id).await;

            /// Opens the page of a call's Task in the browser.
            open_call_task(id: String) -> () => engine.open_call_task(id).await;

            /// The sheet of a new Lead for a call. Salesforce is asked which fields it has.
            get_lead_sheet(call: String) -> view::LeadSheet => engine.lead_sheet(call).await;

            /// Makes a Lead now or when Salesforce can be reached; the calls of the number of one for a call are linked with it.
            make_lead(draft: view::LeadDraft) -> view::LeadMade => engine.make_lead(draft).await;

            /// Somebody whom a new Lead would double takes its place.
            use_lead_double(item: String, record: String) -> view::CallDecision =>
                engine.use_lead_double(item, record).await;

            /// A Lead that would double somebody is made all the same.
            make_lead_beside(item: String) -> () => engine.make_lead_beside(item).await;

            /// Opens Salesforce's own form for a new Lead, with the call's number and name in it.
            new_lead(call: String) -> () => engine.new_lead(call).await;

            /// What the rule would have logged in the last seven days.
            get_auto_log_preview() -> view::AutoLogPreview [Calls] => engine.auto_log_preview().await;

            /// Those of the last month that belong to no call that is here, latest first.
            list_voicemails() -> Vec<view::CallVoicemail> [Calls] => engine.voicemails().await;

            /// Opens Zoom's own pages of the telephone, where messages and recordings are played.
            open_zoom_phone() -> () => engine.open_zoom_phone().await;

            /// A call belongs to a Lead, a Contact or an account.
            link_call(id: String, person: String, scope: view::CallScope) -> view::CallDecision =>
                engine.link_call(id, person, scope).await;

            /// A call, or all of its number, is nobody's.
            ignore_call(id: String, scope: view::CallScope) -> view::CallDecision =>
                engine.ignore_call(id, scope).await;

            /// Takes a link away; no rule makes it again.
            unlink_call(id: String) -> view::CallDecision => engine.unlink_call(id).await;

            undo_call_decision(undo: String) -> () => engine.undo_call_decision(undo).await;

            /// What was decided for numbers once and for all.
            list_remembered_numbers() -> Vec<view::RememberedNumber> [Calls] => engine.remembered_numbers().await;

            forget_number(id: String) -> () => engine.forget_number(id).await;

            /// Links that came later than their calls, because somebody, a number or the country became known.
            list_late_links() -> Vec<view::LateLinks> [Calls] => engine.late_links().await;

            accept_late_links(id: String) -> () => engine.accept_late_links(id).await;

            undo_late_links(id: String) -> view::CallDecision => engine.undo_late_links(id).await;

            keep_call_note(id: String, note: view::CallNote) -> () => engine.keep_call_note(id, note).await;

            /// What would be dialled, for the user to see before.
            dial_choices(text: String, person: Option<String>) -> Vec<view::DialChoice> =>
                engine.dial_choices(text, person).await;

            dial(number: String, extension: Option<String>, person: Option<String>, program: view::DialWith) -> () =>
                engine.dial(number, extension, person, program).await;

            /// The last days, latest first.
            get_call_ledger(days: u32) -> Vec<view::LedgerDay> [Calls] => engine.call_ledger(days).await;

            get_call_charts() -> view::CallCharts [Calls] => engine.call_charts().await;

            /// Writes the calls that match to a file that the user chooses; how many, nothing when the dialog was closed.
            export_calls(filter: view::CallFilter, name: String) -> Option<u32> =>
                engine.export_calls(filter, name).await;

            /// The same for the last days of the ledger.
            export_call_ledger(days: u32, name: String) -> Option<u32> => engine.export_call_ledger(days, name).await;

            /// In which country a number without a country code is read.
            get_call_region() -> view::CallRegion [Settings, Calls] => engine.call_region().await;

            choose_call_region(region: Option<String>) -> () => engine.choose_call_region(region).await;

            // Webinars.

            list_webinars(filter: view::WebinarFilter, offset: u32, limit: u32) -> view::WebinarList
                [Webinars, Outbox, Session] => engine.list_webinars(filter, offset, limit).await;

            get_webinar(id: String) -> view::WebinarDetail [Webinars, Outbox] => engine.webinar(id).await;

            /// Registrants, panel and who came are read now.
            refresh_webinar(id: String) -> () => engine.refresh_webinar(id).await;

            get_pinned_webinar() -> Option<view::PinnedWebinar> [Webinars] => engine.pinned_webinar().await;

            pin_webinar(id: Option<String>) -> () => engine.pin_webinar(id).await;

            list_registrants(webinar: String, filter: view::RegistrantFilter, offset: u32, limit: u32)
                -> view::RegistrantList [Webinars, People, Outbox] =>
                engine.list_registrants(webinar, filter, offset, limit).await;

            list_attendance(webinar: String, filter: view::AttendanceFilter, offset: u32, limit: u32)
                -> view::AttendanceList [Webinars, People] =>
                engine.list_attendance(webinar, filter, offset, limit).await;

            /// Recordings, questions, polls, and who watched.
            get_webinar_left(webinar: String) -> view::WebinarLeft [Webinars, People] =>
                engine.webinar_left(webinar).await;

            /// Opens Zoom's page that plays it; the link never reaches the window.
            play_webinar_recording(webinar: String, recording: String) -> () =>
                engine.play_webinar_recording(webinar, recording).await;

            copy_webinar_passcode(webinar: String, recording: String) -> () =>
                engine.copy_webinar_passcode(webinar, recording).await;

            /// The user says who somebody was that nobody knew; without a person, it is taken back.
            link_attendee(webinar: String, attendee: String, person: Option<String>) -> () =>
                engine.link_attendee(webinar, attendee, person).await;

            /// Sorts everybody who is to be registered; the people of one group, or of all.
            check_registration(
                ask: view::RegistrationAsk,
                sort: Option<view::RegistrationSort>,
                offset: u32,
                limit: u32
            ) -> view::RegistrationCheck [Webinars, People, Outbox, Session] =>
                engine.check_registration(ask, sort, offset, limit).await;

            /// One click, for the pinned webinar where none is named.
            register_person(person: String, webinar: Option<String>) -> view::OneClick =>
                engine.register_person(person, webinar).await;

            /// All who are ready: one as a row of the outbox, more as a group.
            register_people(ask: view::RegistrationAsk) -> view::Registering => engine.register_people(ask).await;

            list_registration_results(group: String, offset: u32, limit: u32) -> view::RegistrationResults
                [Webinars, Outbox] => engine.registration_results(group, offset, limit).await;

            /// The file's bytes; `meanings` says what each column is, else its header does.
            read_people_file(webinar: String, bytes: Vec<u8>, meanings: Option<Vec<view::ColumnMeaning>>)
                -> view::PeopleFile => engine.read_people_file(webinar, bytes, meanings).await;

            /// The form as it is to be; held, then sent.
            set_registration_questions(webinar: String, questions: Vec<view::RegistrationQuestion>)
                -> view::QuestionsDecided => engine.set_registration_questions(webinar, questions).await;

            decide_registrants(
                webinar: String,
                registrants: Vec<String>,
                decision: view::RegistrantDecision
            ) -> view::RegistrantsDecided => engine.decide_registrants(webinar, registrants, decision).await;

            add_panelists(webinar: String, people: Vec<view::NewPanelistRow>) -> view::WebinarDecided =>
                engine.add_panelists(webinar, people).await;

            remove_panelist(webinar: String, panelist: String) -> view::WebinarDecided =>
                engine.remove_panelist(webinar, panelist).await;

            new_webinar() -> view::WebinarDraft => engine.new_webinar().await;

            /// Zoom's templates and the user's own.
            list_webinar_templates() -> view::WebinarTemplates [Webinars, Session] => engine.webinar_templates().await;

            /// The sheet with what a template of the user's own sets.
            fill_webinar(draft: view::WebinarDraft, template: String) -> view::WebinarDraft =>
                engine.fill_webinar(draft, template).await;

            keep_webinar_template(name: String, draft: view::WebinarDraft) -> () =>
                engine.keep_webinar_template(name, draft).await;

            forget_webinar_template(template: String) -> () => engine.forget_webinar_template(template).await;

            edit_webinar(id: String) -> view::WebinarDraft => engine.edit_webinar(id).await;

            check_webinar(draft: view::WebinarDraft) -> view::WebinarSheetCheck [Webinars, Session] =>
                engine.check_webinar(draft).await;

            create_webinar(draft: view::WebinarDraft) -> view::WebinarMade => engine.create_webinar(draft).await;

            /// Held, then sent.
            change_webinar(id: String, draft: view::WebinarDraft) -> view::WebinarDecided =>
                engine.change_webinar(id, draft).await;

            /// Held, then deleted in Zoom, which tells whoever registered.
            delete_webinar(id: String) -> view::WebinarDecided => engine.delete_webinar(id).await;

            /// Fetches a fresh start link and opens it; the link never reaches the window.
            start_webinar(id: String) -> () => engine.start_webinar(id).await;

            join_webinar(id: String) -> () => engine.join_webinar(id).await;

            copy_webinar(id: String, what: view::WebinarCopy) -> () => engine.copy_webinar(id, what).await;

            /// One person's own link; the text never reaches the window.
            copy_registrant_link(webinar: String, registrant: String) -> () =>
                engine.copy_registrant_link(webinar, registrant).await;

            copy_panelist_link(webinar: String, panelist: String) -> () =>
                engine.copy_panelist_link(webinar, panelist).await;

            /// Opens a new mail with one person's own link in the user's mail program; the link never reaches the window.
            mail_registrant_link(webinar: String, registrant: String) -> () =>
                engine.mail_registrant_link(webinar, registrant).await;

            mail_panelist_link(webinar: String, panelist: String) -> () =>
                engine.mail_panelist_link(webinar, panelist).await;

            /// Tables in a file that the user chooses; how many rows, nothing when the dialog was closed.
            export_registration_results(group: String, name: String) -> Option<u32> =>
                engine.export_registration_results(group, name).await;

            export_registrants(webinar: String, filter: view::RegistrantFilter, name: String) -> Option<u32> =>
                engine.export_registrants(webinar, filter, name).await;

            export_attendance(webinar: String, name: String) -> Option<u32> =>
                engine.export_attendance(webinar, name).await;

            /// Tables on the clipboard; how many rows.
            copy_registration_results(group: String) -> u32 => engine.copy_registration_results(group).await;

            copy_registrants(webinar: String, filter: view::RegistrantFilter) -> u32 =>
                engine.copy_registrants(webinar, filter).await;

            copy_attendance(webinar: String) -> u32 => engine.copy_attendance(webinar).await;

            /// Puts their e-mail addresses on the clipboard, without those who want no mail.
            copy_registrant_addresses(webinar: String, registrants: Vec<String>) -> view::CopiedAddresses =>
                engine.copy_registrant_addresses(webinar, registrants).await;

            // A webinar in Salesforce.

            search_campaigns(query: String, limit: u32) -> Vec<view::CampaignHit> =>
                engine.search_campaigns(query, limit).await;

            start_campaign(webinar: String) -> view::CampaignStart => engine.start_campaign(webinar).await;

            /// What a run would do to each; nothing is written.
            plan_campaign(webinar: String, choice: view::CampaignChoice) -> view::CampaignPlan =>
                engine.plan_campaign(webinar, choice).await;

            /// Does what the plan of this digest says, as a group of the outbox; nothing where that has changed since.
            run_campaign(webinar: String, choice: view::CampaignChoice, digest: String) -> view::CampaignRun =>
                engine.run_campaign(webinar, choice, digest).await;

            /// The sheet of a new Lead for a registrant, or for somebody who came.
            get_webinar_lead_sheet(webinar: String, who: String) -> view::LeadSheet =>
                engine.webinar_lead_sheet(webinar, who).await;

            /// Who stayed away and would get a Task; nothing is written.
            plan_webinar_follow_ups(ask: view::FollowUpAsk) -> view::FollowUpPlan =>
                engine.plan_webinar_follow_ups(ask).await;

            /// An open Task for each who stayed away, as a group of the outbox.
            follow_up_absentees(ask: view::FollowUpAsk) -> view::FollowUpRun => engine.follow_up_absentees(ask).await;

            // People.

            /// A page of at most 200 of the people that match.
            list_people(filter: view::PeopleFilter, order: view::PeopleOrder, offset: u32, limit: u32) -> view::PeopleList
                [People, Meetings, Calls, Session] => engine.list_people(filter, order, offset, limit).await;

            get_person(id: String) -> view::PersonDetail [People, Meetings, Calls] => engine.person(id).await;

            /// A page of at most 100 of everything of ours with a person, what is farthest ahead first.
            list_person_timeline(id: String, offset: u32, limit: u32) -> view::PersonTimeline
                [People, Meetings, Calls, Outbox] => engine.person_timeline(id, offset, limit).await;

            /// The next meeting with a person and the last three, what is farthest ahead first.
            list_person_meetings(id: String) -> Vec<view::MeetingRow>
                [People, Meetings, Outbox] => engine.person_meetings(id).await;

            /// Puts their e-mail addresses on the clipboard, without those who want no mail.
            copy_people_addresses(selection: view::PeopleSelection) -> view::CopiedAddresses =>
                engine.copy_people_addresses(selection).await;

            /// Searches Salesforce itself, and brings whoever is not here.
            find_people(query: String) -> view::FoundPeople => engine.find_people(query).await;

            /// Campaigns, list views and reports that people can be narrowed to.
            list_people_lists() -> Vec<view::PeopleListChoice> => engine.people_lists().await;

            /// How many people are kept on this computer at most.
            get_people_limit() -> u32 [Settings] => engine.people_limit().await;

            /// They are read anew.
            set_people_limit(limit: u32) -> () => engine.set_people_limit(limit).await;

            /// Asks who is in one of them.
            fetch_people_list(id: String) -> view::FetchedPeopleList => engine.fetch_people_list(id).await;

            // The palette.

            /// Everything that fits what was typed, in groups, the best first.
            palette(ask: view::PaletteAsk) -> view::PaletteAnswer => engine.palette(ask).await;

            /// What was chosen comes earlier the next time.
            note_palette_choice(choice: view::PaletteChoice) -> () => engine.note_palette_choice(choice).await;

            // The window itself.

            /// The window is created hidden; this shows it once there is something to see.
            show_window() -> () => { window.show(); Ok(()) };

            /// Ends the program; where something is not sent yet, the window is asked instead.
            quit_app() -> () => { window.quit(); Ok(()) };

            /// Ends the program without a question.
            quit_anyway() -> () => { window.quit_anyway(); Ok(()) };

            /// Takes the wish to quit back.
            stay_open() -> () => { window.stay(); Ok(()) };

            /// Where the window is to lead, when it was opened for a place; asked once.
            take_place() -> Option<view::Place> => Ok(window.take_place());

            /// What goes on while the window is closed.
            get_background() -> view::Background [Settings] => Ok(window.background());

            /// Whether the program is started, without its window, when the user logs in.
            set_start_at_login(on: bool) -> () => window.set_start_at_login(on);

            /// Whether reminders and sync go on when the window is closed.
            set_keep_running(on: bool) -> () => { window.set_keep_running(on); Ok(()) };

            /// The keys of the system that bring here, and whether the system has any.
            get_hotkeys() -> view::Hotkeys [Settings] => Ok(window.hotkeys());

            /// Another key for one of them, or none; what stands in its way is in the answer, and nothing changes then.
            set_hotkey(hotkey: view::Hotkey, keys: Option<String>) -> view::HotkeySet => {
                let set = window.set_hotkey(hotkey, keys);
                if set.works() {
                    engine.hotkey_was_used().await;
                }
                Ok(set)
            };

            /// The colour that the desktop gives to what is chosen, where it tells one.
            get_system_accent() -> Option<view::Colour> => Ok(window.system_accent().await);

            /// Closes the window; the program goes on where that is wanted and possible.
            leave_window() -> () => { window.close(); Ok(()) };

            /// Shows everything in the window larger or smaller; 100 is the normal size.
            zoom_window(percent: u32) -> () => { window.zoom(percent); Ok(()) };
        }
    };
}
