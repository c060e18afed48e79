-- Webinars: what they are, who registered, who speaks, who came, and what the user decided about them.

-- Mirror: what Zoom said.

-- One row a webinar, whatever dates and instances it has.
CREATE TABLE webinars (
    -- The number as text.
    key TEXT NOT NULL PRIMARY KEY,
    webinar_id INTEGER NOT NULL,
    uuid TEXT,
    topic TEXT NOT NULL,
    agenda TEXT,
    kind INTEGER NOT NULL,
    start_utc_ms INTEGER,
    minutes INTEGER NOT NULL,
    timezone TEXT,
    host_id TEXT,
    host_email TEXT,
    created_utc_ms INTEGER,
    registration_url TEXT,
    -- Zoom's numbers.
    approval_type INTEGER,
    registration_type INTEGER,
    -- How many may register, and how many fit.
    registrants_limit INTEGER,
    capacity INTEGER,
    multiple_devices INTEGER CHECK (multiple_devices IN (0, 1)),
    close_registration INTEGER CHECK (close_registration IN (0, 1)),
    host_video INTEGER CHECK (host_video IN (0, 1)),
    panelists_video INTEGER CHECK (panelists_video IN (0, 1)),
    practice_session INTEGER CHECK (practice_session IN (0, 1)),
    -- Everything else that is set, in the engine's versioned form.
    settings_json TEXT,
    join_url_sealed BLOB,
    passcode_sealed BLOB,
    seen_generation INTEGER NOT NULL DEFAULT 0,
    fetched_utc_ms INTEGER NOT NULL,
    details_utc_ms INTEGER,
    gone_utc_ms INTEGER,
    -- When what belongs to it was last read completely.
    questions_json TEXT,
    questions_utc_ms INTEGER,
    roster_utc_ms INTEGER,
    roster_generation INTEGER NOT NULL DEFAULT 0,
    panel_utc_ms INTEGER,
    sources_utc_ms INTEGER,
    instances_utc_ms INTEGER
) STRICT;

-- The dates of a series.
CREATE TABLE webinar_dates (
    key TEXT NOT NULL PRIMARY KEY,
    webinar_key TEXT NOT NULL,
    occurrence_id TEXT NOT NULL,
    start_utc_ms INTEGER NOT NULL,
    minutes INTEGER NOT NULL
) STRICT;
CREATE INDEX webinar_dates_by_webinar ON webinar_dates (webinar_key, start_utc_ms);

CREATE TABLE webinar_registrants (
    row INTEGER PRIMARY KEY,
    -- Webinar and Zoom's id of the registrant, with a colon between.
    key TEXT NOT NULL UNIQUE,
    webinar_key TEXT NOT NULL,
    registrant_id TEXT NOT NULL,
    email TEXT,
    email_folded TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    -- Name and address as a search looks at them.
    folded TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('approved', 'pending', 'denied', 'cancelled')),
    registered_utc_ms INTEGER,
    source_id TEXT,
    has_link INTEGER NOT NULL CHECK (has_link IN (0, 1)),
    seen_generation INTEGER NOT NULL,
    fetched_utc_ms INTEGER NOT NULL,
    join_url_sealed BLOB,
    -- The answers, in the engine's versioned form; last, because it is long.
    version INTEGER NOT NULL,
    answers_json TEXT NOT NULL
) STRICT;
CREATE INDEX webinar_registrants_by_time ON webinar_registrants (webinar_key, registered_utc_ms, row);
CREATE INDEX webinar_registrants_by_status ON webinar_registrants (webinar_key, status, registered_utc_ms, row);
CREATE INDEX webinar_registrants_by_email ON webinar_registrants (webinar_key, email_folded);
CREATE INDEX webinar_registrants_by_name ON webinar_registrants (webinar_key, folded);

CREATE TABLE webinar_panelists (
    key TEXT NOT NULL PRIMARY KEY,
    webinar_key TEXT NOT NULL,
    panelist_id TEXT,
    name TEXT,
    email TEXT,
    email_folded TEXT NOT NULL,
    join_url_sealed BLOB
) STRICT;
CREATE INDEX webinar_panelists_by_webinar ON webinar_panelists (webinar_key, name);

-- The links to the form that tell where people came from.
CREATE TABLE webinar_sources (
    key TEXT NOT NULL PRIMARY KEY,
    webinar_key TEXT NOT NULL,
    source_id TEXT NOT NULL,
    name TEXT,
    url TEXT,
    registrations INTEGER NOT NULL,
    visitors INTEGER NOT NULL
) STRICT;
CREATE INDEX webinar_sources_by_webinar ON webinar_sources (webinar_key, name);

-- The times that webinars were held; a restarted one has several.
CREATE TABLE webinar_instances (
    uuid TEXT NOT NULL PRIMARY KEY,
    webinar_key TEXT NOT NULL,
    started_utc_ms INTEGER,
    -- When its participants were last read to the end, and what they came to, to see whether they still change.
    read_utc_ms INTEGER,
    digest TEXT,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1))
) STRICT;
CREATE INDEX webinar_instances_by_webinar ON webinar_instances (webinar_key, started_utc_ms);

-- Who was there: one row for each time somebody came in.
CREATE TABLE webinar_sessions (
    row INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    webinar_key TEXT NOT NULL,
    zoom_id TEXT,
    user_id TEXT,
    name TEXT,
    email TEXT,
    registrant_id TEXT,
    join_utc_ms INTEGER,
    leave_utc_ms INTEGER,
    seconds INTEGER NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1))
) STRICT;
CREATE INDEX webinar_sessions_by_instance ON webinar_sessions (uuid);
CREATE INDEX webinar_sessions_by_webinar ON webinar_sessions (webinar_key, row);

-- User: what only this computer knows.

-- The webinar that one click registers for.
CREATE TABLE pinned_webinar (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    webinar_key TEXT NOT NULL,
    topic TEXT NOT NULL,
    pinned_utc_ms INTEGER NOT NULL
) STRICT;

-- Why somebody who opted out of e-mail was registered all the same.
CREATE TABLE registration_reasons (
    id TEXT NOT NULL PRIMARY KEY,
    webinar_key TEXT NOT NULL,
    email TEXT NOT NULL,
    record_id TEXT,
    person_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_utc_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_reasons_by_webinar ON registration_reasons (webinar_key, decided_utc_ms);

-- Which Campaign of an org a webinar is, and which of its statuses means what.
CREATE TABLE webinar_campaigns (
    webinar_key TEXT NOT NULL,
    target TEXT NOT NULL,
    campaign_id TEXT,
    campaign_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    statuses_json TEXT NOT NULL,
    decided_utc_ms INTEGER NOT NULL,
    PRIMARY KEY (webinar_key, target)
) STRICT;
