//! The list: every column of the database, and the files beside it.

use super::view::{DataKept, DataPlace, DataSource, PrivateData};

/// A kind of data and where it is.
pub(super) struct Datum {
    pub data: PrivateData,
    pub source: DataSource,
    pub place: DataPlace,
    pub kept: DataKept,
    /// Tables with their columns.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares them with the schema"))]
    pub columns: &'static [(&'static str, &'static str)],
}

pub(super) const DATA: &[Datum] = &[
    Datum {
        data: PrivateData::Meetings,
        source: DataSource::Zoom,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[
            (
                "zoom_meetings",
                "key meeting_id occurrence_id uuid topic agenda start_utc_ms minutes timezone \
                 kind status host_id host_email is_host waiting_room invitees_json created_utc_ms \
                 seen_generation fetched_utc_ms gone_utc_ms details_utc_ms guest_number listed linked_ids \
                 options_json series_json",
            ),
            ("meeting_pasts", "meeting_id looked_utc_ms"),
            (
                "meeting_instances",
                "uuid meeting_id meeting_key topic started_utc_ms ended_utc_ms minutes participants details_utc_ms \
                 people_utc_ms digest settled recordings_utc_ms recordings_settled recordings_gone_utc_ms deleted_on \
                 summary_utc_ms summary_settled summary",
            ),
            (
                "meeting_sessions",
                "row uuid zoom_id user_id name email registrant_id join_utc_ms leave_utc_ms seconds internal waited",
            ),
            ("meeting_recordings", "key uuid place file_type recording_type started_utc_ms ended_utc_ms bytes ready"),
            ("meeting_addresses", "email key"),
        ],
    },
    Datum {
        data: PrivateData::MeetingSecrets,
        source: DataSource::Zoom,
        place: DataPlace::Sealed,
        kept: DataKept::Retention,
        columns: &[
            ("meeting_instances", "share_url_sealed passcode_sealed"),
            ("meeting_recordings", "play_url_sealed"),
            ("webinar_recordings", "play_url_sealed passcode_sealed"),
            ("zoom_meetings", "join_url_sealed passcode_sealed"),
            ("webinars", "join_url_sealed passcode_sealed"),
            ("webinar_registrants", "join_url_sealed"),
            ("webinar_panelists", "join_url_sealed"),
            ("zoom_user", "room_url_sealed passcode_sealed"),
        ],
    },
    Datum {
        data: PrivateData::Busy,
        source: DataSource::Salesforce,
        place: DataPlace::Encrypted,
        kept: DataKept::Account,
        columns: &[("busy_events", "id subject start_utc_ms end_utc_ms all_day away meeting_number")],
    },
    Datum {
        data: PrivateData::People,
        source: DataSource::Salesforce,
        place: DataPlace::Encrypted,
        kept: DataKept::Account,
        columns: &[
            (
                "people",
                "row id record salesforce_id first_name last_name name company account_id title \
                 email phones_json status owner_id owner_name email_opt_out do_not_call \
                 converted_to stamp_utc_ms deleted more_emails_json merged_into field_hash \
                 person_account activity_day",
            ),
            ("people_emails", "email row"),
            ("people_folded", "row name company email number"),
            (
                "people_listed",
                "row standing kind owner has_email name company activity_utc_ms own_utc_ms \
                 touched_utc_ms next_utc_ms",
            ),
            ("people_lists", "id name fetched_utc_ms cut"),
            ("people_list_members", "list_id salesforce_id"),
            ("people_owners", "owner user_id"),
            ("people_phones", "line row ending"),
            ("people_phones_new", "ending"),
            ("people_times", "one stale until_utc_ms"),
            ("companies", "row id name owner_name phones_json stamp_utc_ms"),
            ("companies_phones", "line row ending"),
            ("phone_rules", "one rules region"),
            ("open_opportunities", "opportunity_id record_id"),
        ],
    },
    Datum {
        data: PrivateData::Calls,
        source: DataSource::Zoom,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[
            (
                "calls",
                "row key uuid start_utc_ms answer_utc_ms end_utc_ms outbound internal outcome \
                 talk_s hold_s wait_s number line ending other_name complete standing to_link \
                 record_id record_name company logged has_voicemail missed version details_json",
            ),
            ("calls_folded", "row name company number note"),
            ("calls_index_behind", "one"),
            ("call_legs", "id call_key uuid call_id start_utc_ms version leg_json"),
            ("call_days", "day legs unreadable compared_utc_ms filled zone"),
        ],
    },
    Datum {
        data: PrivateData::Voicemails,
        source: DataSource::Zoom,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[(
            "voicemails",
            "id call_id leg_id spoken_utc_ms seconds unread caller_name caller_number \
                 transcript details_utc_ms",
        )],
    },
    Datum {
        data: PrivateData::CallNotes,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[("call_notes", "call_key note disposition about_kind about_id about_name updated_utc_ms")],
    },
    Datum {
        data: PrivateData::CallLinks,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[(
            "call_links",
            "call_key decision record_kind record_id record_name version reason_json run_id \
                 decided_utc_ms",
        )],
    },
    Datum {
        data: PrivateData::NumberChoices,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Erased,
        columns: &[("number_choices", "line extension decision record_kind record_id record_name decided_utc_ms")],
    },
    Datum {
        data: PrivateData::Dialled,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Month,
        columns: &[("dial_intents", "id line record_kind record_id record_name dialled_utc_ms")],
    },
    Datum {
        data: PrivateData::Webinars,
        source: DataSource::Zoom,
        place: DataPlace::Encrypted,
        kept: DataKept::Account,
        columns: &[
            ("webinar_parts", "uuid part webinar_key read_utc_ms digest settled missing"),
            (
                "webinar_recordings",
                "key uuid webinar_key started_utc_ms ended_utc_ms file_type recording_type bytes ready deletion_day",
            ),
            (
                "webinars",
                "key webinar_id uuid topic agenda kind start_utc_ms minutes timezone host_id \
                 host_email created_utc_ms registration_url approval_type registration_type \
                 registrants_limit capacity multiple_devices close_registration host_video \
                 panelists_video practice_session settings_json seen_generation fetched_utc_ms \
                 details_utc_ms gone_utc_ms questions_json questions_utc_ms roster_utc_ms \
                 roster_generation panel_utc_ms sources_utc_ms instances_utc_ms",
            ),
            ("webinar_dates", "key webinar_key occurrence_id start_utc_ms minutes"),
            ("webinar_instances", "uuid webinar_key started_utc_ms read_utc_ms digest settled"),
            ("webinar_sources", "key webinar_key source_id name url registrations visitors"),
        ],
    },
    Datum {
        data: PrivateData::WebinarPeople,
        source: DataSource::Zoom,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[
            ("webinar_said", "row uuid part webinar_key name email question answer said_utc_ms"),
            ("webinar_viewers", "row uuid webinar_key name email watched_utc_ms seconds"),
            ("webinar_absentees", "row uuid webinar_key registrant_id email"),
            (
                "webinar_registrants",
                "row key webinar_key registrant_id email email_folded first_name last_name folded \
                 status registered_utc_ms source_id has_link seen_generation fetched_utc_ms \
                 version answers_json",
            ),
            ("webinar_panelists", "key webinar_key panelist_id name email email_folded"),
            (
                "webinar_sessions",
                "row uuid webinar_key zoom_id user_id name email registrant_id join_utc_ms \
                 leave_utc_ms seconds internal",
            ),
        ],
    },
    Datum {
        data: PrivateData::Registrations,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[("registration_reasons", "id webinar_key email record_id person_name reason decided_utc_ms")],
    },
    Datum {
        data: PrivateData::Outbox,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Erased,
        columns: &[
            (
                "outbox",
                "position op_id target target_name kind action identity order_key subject_key \
                 batch_key group_id lane depends_on title person_name payload_json state \
                 reason_json attempts ready_utc_ms held_until_utc_ms maybe_sent_utc_ms \
                 absent_utc_ms take_back_utc_ms retired record_id created_utc_ms claimed_utc_ms \
                 done_utc_ms job_id",
            ),
            ("outbox_counts", "target state count"),
            ("outbox_group_counts", "group_id state count"),
            ("outbox_groups", "group_id title paused created_utc_ms kind sweep"),
            ("outbox_jobs", "job_id target kind given looks look_utc_ms created_utc_ms"),
            ("outbox_lanes", "target paused_until_utc_ms reason_json"),
        ],
    },
    Datum {
        data: PrivateData::Written,
        source: DataSource::Liaison,
        place: DataPlace::Encrypted,
        kept: DataKept::Erased,
        columns: &[
            ("meeting_events", "meeting_key target digest decided_utc_ms"),
            ("event_differences", "target meeting_key state_json listed"),
            ("records_pushed", "target ext_key kind record_id pushed_utc_ms fields_json deleted_there_utc_ms"),
            ("call_tasks", "call_key target record_id maker maker_name noted_utc_ms"),
            (
                "webinar_campaigns",
                "webinar_key target campaign_id campaign_name version statuses_json \
                 decided_utc_ms",
            ),
        ],
    },
    Datum {
        data: PrivateData::Links,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Retention,
        columns: &[(
            "links",
            "id zoom_kind zoom_key record_kind record_id record_name basis reason \
                 created_utc_ms",
        )],
    },
    Datum {
        data: PrivateData::Accounts,
        source: DataSource::Zoom,
        place: DataPlace::Encrypted,
        kept: DataKept::Erased,
        columns: &[
            (
                "accounts",
                "provider user_id org_id name email organisation environment instance_url api_url \
                 scopes client_id state signed_out_reason connected_utc_ms",
            ),
            (
                "zoom_user",
                "user_id email plan settings_told settings_scope webinar webinar_capacity phone large_meeting \
                 large_meeting_capacity events meeting_capacity phone_told phone_scope phone_id extension \
                 numbers_json room room_for_scheduled read_utc_ms",
            ),
        ],
    },
    Datum {
        data: PrivateData::SignIns,
        source: DataSource::Zoom,
        place: DataPlace::Sealed,
        kept: DataKept::Account,
        columns: &[(
            "tokens",
            "provider access_sealed refresh_sealed expires_utc_ms refresh_state \
                 refresh_started_utc_ms updated_utc_ms",
        )],
    },
    Datum {
        data: PrivateData::Choices,
        source: DataSource::You,
        place: DataPlace::Encrypted,
        kept: DataKept::Erased,
        columns: &[
            ("webinar_templates", "id name version fields_json kept_utc_ms"),
            ("meeting_templates", "id name version fields_json kept_utc_ms"),
            ("meeting_topics", "meeting_key object record_id record_name chosen_utc_ms"),
            ("meeting_guests", "meeting_key guest email is_them decided_utc_ms"),
            ("settings", "key value"),
            ("ui_state", "key value"),
            ("pinned_webinar", "one webinar_key topic pinned_utc_ms"),
        ],
    },
    Datum {
        data: PrivateData::Progress,
        source: DataSource::Liaison,
        place: DataPlace::Encrypted,
        kept: DataKept::Account,
        columns: &[("cursors", "name value complete_utc_ms updated_utc_ms"), ("daily_counts", "name owner day count")],
    },
    Datum {
        data: PrivateData::Key,
        source: DataSource::Liaison,
        place: DataPlace::Keychain,
        kept: DataKept::Erased,
        columns: &[],
    },
    Datum {
        data: PrivateData::Logs,
        source: DataSource::Liaison,
        place: DataPlace::Clear,
        kept: DataKept::Days,
        columns: &[],
    },
    Datum {
        data: PrivateData::WindowPlace,
        source: DataSource::You,
        place: DataPlace::Clear,
        kept: DataKept::Erased,
        columns: &[],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use liaison_store::{MemoryVault, OpenOptions, ProfilePaths};

    use super::*;

    /// Tables that SQLite makes for itself: the parts of a search, and the numbers that were given out.
    fn is_of_sqlite(table: &str) -> bool {
        table.starts_with("sqlite_") || ["calls_search", "people_search"].iter().any(|search| table.starts_with(search))
    }

    /// Whoever adds a column says here what it is, why it is kept and for how long.
    #[test]
    fn every_column_of_the_database_is_in_the_list_once() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ProfilePaths::new(folder.path().join("profile"));
        let store = liaison_store::open(&paths, &MemoryVault::new(), &OpenOptions { now_utc_ms: 0 }).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let read = store.read(|db| {
            let mut statement = db.prepare(
                "SELECT t.name, c.name FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c
                 WHERE t.schema = 'main' AND c.hidden <> 1",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        });
        let there: BTreeSet<_> =
            runtime.block_on(read).unwrap().into_iter().filter(|(table, _)| !is_of_sqlite(table)).collect();
        let mut told = BTreeSet::new();
        for (table, columns) in DATA.iter().flat_map(|datum| datum.columns) {
            for column in columns.split_whitespace() {
                assert!(told.insert(((*table).to_owned(), column.to_owned())), "{table}.{column} is told twice");
            }
        }
        let untold: Vec<_> = there.difference(&told).collect();
        let gone: Vec<_> = told.difference(&there).collect();
        assert!(untold.is_empty() && gone.is_empty(), "not in the list: {untold:?}; not in the database: {gone:?}");
    }

    #[test]
    fn what_is_sealed_is_told_so() {
        for datum in DATA {
            for (table, columns) in datum.columns {
                let sealed = columns.split_whitespace().filter(|column| column.ends_with("_sealed")).count();
                assert!(sealed == 0 || datum.place == DataPlace::Sealed, "{table}");
            }
        }
    }
}
