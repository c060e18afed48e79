-- What a webinar leaves behind: what was asked and answered, recordings, who watched them; and templates.

-- Mirror: what Zoom said.

-- How far the lists of each time that a webinar was held were read.
CREATE TABLE webinar_parts (
    uuid TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('questions', 'polls', 'recordings', 'viewers')),
    webinar_key TEXT NOT NULL,
    -- When it was last asked for, what it came to, and whether it no longer changes.
    read_utc_ms INTEGER NOT NULL,
    digest TEXT,
    settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
    -- The right that is missing, where Zoom refused.
    missing TEXT,
    PRIMARY KEY (uuid, part)
) STRICT;
CREATE INDEX webinar_parts_by_webinar ON webinar_parts (webinar_key);

-- What people asked, and what they answered to polls: a row each.
CREATE TABLE webinar_said (
    row INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('questions', 'polls')),
    webinar_key TEXT NOT NULL,
    name TEXT,
    email TEXT,
    question TEXT NOT NULL,
    answer TEXT,
    said_utc_ms INTEGER
) STRICT;
CREATE INDEX webinar_said_by_instance ON webinar_said (uuid, part);
CREATE INDEX webinar_said_by_webinar ON webinar_said (webinar_key, row);

-- The files of recordings.
CREATE TABLE webinar_recordings (
    -- Instance and Zoom's id of the file, with a colon between.
    key TEXT NOT NULL PRIMARY KEY,
    uuid TEXT NOT NULL,
    webinar_key TEXT NOT NULL,
    started_utc_ms INTEGER,
    ended_utc_ms INTEGER,
    file_type TEXT,
    recording_type TEXT,
    bytes INTEGER,
    ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
    -- The day on which Zoom deletes it, `YYYY-MM-DD`.
    deletion_day TEXT,
    play_url_sealed BLOB,
    passcode_sealed BLOB
) STRICT;
CREATE INDEX webinar_recordings_by_webinar ON webinar_recordings (webinar_key, started_utc_ms);

-- Each time that somebody watched a recording.
CREATE TABLE webinar_viewers (
    row INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    webinar_key TEXT NOT NULL,
    name TEXT,
    email TEXT,
    watched_utc_ms INTEGER,
    seconds INTEGER NOT NULL
) STRICT;
CREATE INDEX webinar_viewers_by_instance ON webinar_viewers (uuid);
CREATE INDEX webinar_viewers_by_webinar ON webinar_viewers (webinar_key, row);

-- User: what only this computer knows.

-- Webinars as they are begun again and again.
CREATE TABLE webinar_templates (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    -- What it sets, in the engine's versioned form.
    version INTEGER NOT NULL,
    fields_json TEXT NOT NULL,
    kept_utc_ms INTEGER NOT NULL
) STRICT;
