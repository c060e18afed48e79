-- Times are milliseconds since 1970 UTC. Identifiers are the services' own texts.
-- Columns named *_sealed hold XChaCha20-Poly1305 values, see src/sealed.rs.

-- Mirror: what a server said. Disposable.

CREATE TABLE zoom_meetings (
    key TEXT NOT NULL PRIMARY KEY,
    meeting_id INTEGER NOT NULL,
    occurrence_id TEXT,
    uuid TEXT,
    topic TEXT NOT NULL,
    agenda TEXT,
    start_utc_ms INTEGER,
    minutes INTEGER NOT NULL,
    timezone TEXT,
    kind INTEGER NOT NULL,
    status TEXT,
    host_id TEXT,
    host_email TEXT,
    is_host INTEGER NOT NULL CHECK (is_host IN (0, 1)),
    waiting_room INTEGER CHECK (waiting_room IN (0, 1)),
    join_url_sealed BLOB,
    passcode_sealed BLOB,
    invitees_json TEXT,
    created_utc_ms INTEGER,
    seen_generation INTEGER NOT NULL,
    fetched_utc_ms INTEGER NOT NULL,
    gone_utc_ms INTEGER
) STRICT;
CREATE INDEX zoom_meetings_by_start ON zoom_meetings (start_utc_ms) WHERE gone_utc_ms IS NULL;
CREATE INDEX zoom_meetings_by_meeting ON zoom_meetings (meeting_id);

CREATE TABLE people (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    salesforce_id TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    name TEXT NOT NULL,
    company TEXT,
    account_id TEXT,
    title TEXT,
    email TEXT,
    email_folded TEXT,
    phones_json TEXT NOT NULL,
    status TEXT,
    owner_id TEXT,
    owner_name TEXT,
    email_opt_out INTEGER NOT NULL CHECK (email_opt_out IN (0, 1)),
    do_not_call INTEGER NOT NULL CHECK (do_not_call IN (0, 1)),
    converted_to TEXT,
    stamp_utc_ms INTEGER NOT NULL,
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1))
) STRICT;
CREATE INDEX people_by_email ON people (email_folded) WHERE email_folded IS NOT NULL;
CREATE INDEX people_by_salesforce_id ON people (salesforce_id);

-- What a search looks at: one narrow row for each person who may be found. Narrow, because short
-- words are found by scanning it.
CREATE TABLE people_folded (
    row INTEGER PRIMARY KEY REFERENCES people (row) ON DELETE CASCADE,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    email TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE people_search USING fts5 (
    name, company, email,
    content = 'people_folded', content_rowid = 'row',
    tokenize = 'trigram case_sensitive 1'
);
-- Without this, words of deleted people stay in the file.
INSERT INTO people_search (people_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER people_folded_added AFTER INSERT ON people_folded BEGIN
    INSERT INTO people_search (rowid, name, company, email)
    VALUES (new.row, new.name, new.company, new.email);
END;
CREATE TRIGGER people_folded_removed AFTER DELETE ON people_folded BEGIN
    INSERT INTO people_search (people_search, rowid, name, company, email)
    VALUES ('delete', old.row, old.name, old.company, old.email);
END;
CREATE TRIGGER people_folded_changed AFTER UPDATE ON people_folded BEGIN
    INSERT INTO people_search (people_search, rowid, name, company, email)
    VALUES ('delete', old.row, old.name, old.company, old.email);
    INSERT INTO people_search (rowid, name, company, email)
    VALUES (new.row, new.name, new.company, new.email);
END;

CREATE TABLE cursors (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    complete_utc_ms INTEGER,
    updated_utc_ms INTEGER NOT NULL
) STRICT;

-- User: what only this computer knows. Never touched by "clear cache".

CREATE TABLE accounts (
    provider TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    org_id TEXT,
    name TEXT NOT NULL,
    email TEXT,
    organisation TEXT,
    environment TEXT NOT NULL,
    instance_url TEXT,
    api_url TEXT,
    scopes TEXT NOT NULL,
    client_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('connected', 'sign_in_needed', 'signed_out')),
    signed_out_reason TEXT,
    connected_utc_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
    provider TEXT NOT NULL PRIMARY KEY,
    access_sealed BLOB NOT NULL,
    refresh_sealed BLOB,
    expires_utc_ms INTEGER,
    refresh_state TEXT NOT NULL CHECK (refresh_state IN ('settled', 'in_flight', 'unknown')),
    refresh_started_utc_ms INTEGER,
    updated_utc_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE links (
    id TEXT NOT NULL PRIMARY KEY,
    zoom_kind TEXT NOT NULL,
    zoom_key TEXT NOT NULL,
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    record_name TEXT NOT NULL,
    basis TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_utc_ms INTEGER NOT NULL,
    UNIQUE (zoom_kind, zoom_key, record_id)
) STRICT;
CREATE INDEX links_by_record ON links (record_id);

CREATE TABLE schedule_intents (
    draft_id TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('planned', 'creating', 'created', 'failed')),
    draft_json TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    meeting_id INTEGER,
    created_utc_ms INTEGER NOT NULL,
    updated_utc_ms INTEGER NOT NULL
) STRICT;

-- Position is the order in which the user decided; clocks may jump.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    op_id TEXT NOT NULL UNIQUE,
    ext_key TEXT NOT NULL,
    org_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    environment TEXT NOT NULL,
    object TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete')),
    subject_key TEXT NOT NULL,
    title TEXT NOT NULL,
    person_name TEXT,
    payload_json TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    record_id TEXT,
    base_version TEXT,
    depends_on TEXT REFERENCES outbox (op_id),
    state TEXT NOT NULL CHECK (
        state IN ('held', 'pending', 'claimed', 'done', 'blocked', 'review', 'discarded')
    ),
    reason_json TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before_utc_ms INTEGER NOT NULL,
    held_until_utc_ms INTEGER,
    claimed_utc_ms INTEGER,
    created_utc_ms INTEGER NOT NULL,
    done_utc_ms INTEGER,
    CHECK (state <> 'held' OR held_until_utc_ms IS NOT NULL),
    CHECK (state <> 'done' OR done_utc_ms IS NOT NULL)
) STRICT;
-- One thing is made once, whatever happens above this table.
CREATE UNIQUE INDEX outbox_one_create ON outbox (object, ext_key)
    WHERE action = 'create' AND state <> 'discarded';
CREATE INDEX outbox_open ON outbox (object, ext_key, position)
    WHERE state NOT IN ('done', 'discarded');
CREATE INDEX outbox_by_subject ON outbox (subject_key);
CREATE INDEX outbox_by_dependency ON outbox (depends_on) WHERE depends_on IS NOT NULL;

CREATE TABLE records_pushed (
    ext_key TEXT NOT NULL PRIMARY KEY,
    object TEXT NOT NULL,
    record_id TEXT NOT NULL,
    pushed_utc_ms INTEGER NOT NULL,
    fields_hash TEXT NOT NULL,
    deleted_there_utc_ms INTEGER
) STRICT;

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE ui_state (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
