-- What became of meetings: when they were held, who was there, what was recorded and summed up, who a guest was.

-- Mirror: what Zoom said.

-- Whom a meeting is linked to, as it is kept with the meeting in Zoom.
ALTER TABLE zoom_meetings ADD COLUMN linked_ids TEXT;
CREATE INDEX zoom_meetings_linked ON zoom_meetings (key) WHERE linked_ids IS NOT NULL;

-- When a number was last asked for the times that it was held.
CREATE TABLE meeting_pasts (
    meeting_id INTEGER NOT NULL PRIMARY KEY,
    looked_utc_ms INTEGER NOT NULL
) STRICT;

-- The times that meetings were held; a restarted one has several.
CREATE TABLE meeting_instances (
    uuid TEXT NOT NULL PRIMARY KEY,
    meeting_id INTEGER NOT NULL,
    -- The meeting or occurrence that it was.
    meeting_key TEXT NOT NULL,
    topic TEXT,
    started_utc_ms INTEGER,
    ended_utc_ms INTEGER,
    -- As Zoom counts them.
    minutes INTEGER,
    participants INTEGER,
    -- When start and end were read.
    details_utc_ms INTEGER,
    -- When the list of people was last read to its end, what it came to, and whether it still changes.
    people_utc_ms INTEGER,
    digest TEXT,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    -- When recordings were last looked for, whether they still come, and what is known of all of them.
    recordings_utc_ms INTEGER,
    recordings_settled INTEGER NOT NULL DEFAULT 0 CHECK (recordings_settled IN (0, 1)),
    recordings_gone_utc_ms INTEGER,
    -- The day on which Zoom deletes them, ISO.
    deleted_on TEXT,
    share_url_sealed BLOB,
    passcode_sealed BLOB,
    summary_utc_ms INTEGER,
    summary_settled INTEGER NOT NULL DEFAULT 0 CHECK (summary_settled IN (0, 1)),
    summary TEXT
) STRICT;
CREATE INDEX meeting_instances_by_meeting ON meeting_instances (meeting_id, started_utc_ms);
CREATE INDEX meeting_instances_by_key ON meeting_instances (meeting_key, started_utc_ms);
-- What is still asked for.
CREATE INDEX meeting_instances_open ON meeting_instances (started_utc_ms)
    WHERE details_utc_ms IS NULL OR settled = 0 OR recordings_settled = 0 OR summary_settled = 0;
CREATE INDEX meeting_instances_recorded ON meeting_instances (deleted_on)
    WHERE deleted_on IS NOT NULL AND recordings_gone_utc_ms IS NULL;

-- Who was there: one row for each time somebody came in.
CREATE TABLE meeting_sessions (
    row INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    zoom_id TEXT,
    user_id TEXT,
    name TEXT,
    email TEXT,
    registrant_id TEXT,
    join_utc_ms INTEGER,
    leave_utc_ms INTEGER,
    seconds INTEGER NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    -- No further than the waiting room.
    waited INTEGER NOT NULL CHECK (waited IN (0, 1))
) STRICT;
CREATE INDEX meeting_sessions_by_instance ON meeting_sessions (uuid, row);

CREATE TABLE meeting_recordings (
    -- Instance and Zoom's id of the file, or its place in the list, with a colon between.
    key TEXT NOT NULL PRIMARY KEY,
    uuid TEXT NOT NULL,
    place INTEGER NOT NULL,
    file_type TEXT,
    recording_type TEXT,
    started_utc_ms INTEGER,
    ended_utc_ms INTEGER,
    bytes INTEGER,
    ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
    play_url_sealed BLOB
) STRICT;
CREATE INDEX meeting_recordings_by_instance ON meeting_recordings (uuid, place);

-- User: what only this computer knows.

-- Who a guest without an address was, says the user.
CREATE TABLE meeting_guests (
    meeting_key TEXT NOT NULL,
    -- What the guest is known by: Zoom's id, else the name, folded.
    guest TEXT NOT NULL,
    -- Whom the question was about: an invited address, folded.
    email TEXT NOT NULL,
    is_them INTEGER NOT NULL CHECK (is_them IN (0, 1)),
    decided_utc_ms INTEGER NOT NULL,
    PRIMARY KEY (meeting_key, guest, email)
) STRICT;

-- What was last decided to be written of a past meeting into its Event, so that nothing is written twice, and what the user
-- took back or decided otherwise is not written again.
CREATE TABLE meeting_events (
    meeting_key TEXT NOT NULL,
    target TEXT NOT NULL,
    digest TEXT NOT NULL,
    decided_utc_ms INTEGER NOT NULL,
    PRIMARY KEY (meeting_key, target)
) STRICT;
