-- Calls, whose numbers they are, and what the user decided about them.

-- Mirror: what Zoom said.

-- Every leg as it was told, in the domain's own versioned form.
CREATE TABLE call_legs (
    id TEXT NOT NULL PRIMARY KEY,
    call_key TEXT NOT NULL,
    uuid TEXT,
    call_id TEXT,
    start_utc_ms INTEGER,
    version INTEGER NOT NULL,
    leg_json TEXT NOT NULL
) STRICT;
CREATE INDEX call_legs_by_call ON call_legs (call_key);
CREATE INDEX call_legs_by_uuid ON call_legs (uuid) WHERE uuid IS NOT NULL;
CREATE INDEX call_legs_by_call_id ON call_legs (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX call_legs_by_start ON call_legs (start_utc_ms);

-- One row a call of the user: folded from its legs, with what was made of it.
CREATE TABLE calls (
    row INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    uuid TEXT,
    start_utc_ms INTEGER NOT NULL,
    answer_utc_ms INTEGER,
    end_utc_ms INTEGER,
    outbound INTEGER NOT NULL CHECK (outbound IN (0, 1)),
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    outcome TEXT NOT NULL,
    talk_s INTEGER NOT NULL,
    hold_s INTEGER NOT NULL,
    wait_s INTEGER NOT NULL,
    -- The other end: the number as Zoom writes it, its line and the end of it, the name that Zoom has.
    number TEXT,
    line INTEGER,
    ending INTEGER,
    other_name TEXT,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    -- What became of it: linked, ask, switchboard, nobody, ignored, internal, no_number; new before it was matched.
    standing TEXT NOT NULL DEFAULT 'new',
    -- Whether it waits for the user to say who it was.
    to_link INTEGER NOT NULL DEFAULT 0 CHECK (to_link IN (0, 1)),
    record_id TEXT,
    record_name TEXT,
    company TEXT,
    logged INTEGER NOT NULL DEFAULT 0 CHECK (logged IN (0, 1)),
    has_voicemail INTEGER NOT NULL DEFAULT 0 CHECK (has_voicemail IN (0, 1)),
    missed INTEGER NOT NULL DEFAULT 0 CHECK (missed IN (0, 1)),
    -- Everything else that is shown of one call, in the engine's versioned form; last, because it is long.
    version INTEGER NOT NULL,
    details_json TEXT NOT NULL
) STRICT;
CREATE INDEX calls_by_start ON calls (start_utc_ms);
CREATE INDEX calls_to_link ON calls (start_utc_ms) WHERE to_link = 1;
CREATE INDEX calls_missed ON calls (start_utc_ms) WHERE missed = 1;
CREATE INDEX calls_with_voicemail ON calls (start_utc_ms) WHERE has_voicemail = 1;
CREATE INDEX calls_logged ON calls (start_utc_ms) WHERE logged = 1;
CREATE INDEX calls_by_line ON calls (line, start_utc_ms) WHERE line IS NOT NULL;
CREATE INDEX calls_by_ending ON calls (ending) WHERE ending IS NOT NULL;
CREATE INDEX calls_by_record ON calls (record_id, start_utc_ms) WHERE record_id IS NOT NULL;
CREATE INDEX calls_new ON calls (row) WHERE standing = 'new';

-- What a search looks at.
CREATE TABLE calls_folded (
    row INTEGER PRIMARY KEY REFERENCES calls (row) ON DELETE CASCADE,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    number TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE calls_search USING fts5 (
    name, company, number, note,
    content = 'calls_folded', content_rowid = 'row',
    tokenize = 'trigram case_sensitive 1'
);
INSERT INTO calls_search (calls_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER calls_folded_added AFTER INSERT ON calls_folded BEGIN
    INSERT INTO calls_search (rowid, name, company, number, note)
    VALUES (new.row, new.name, new.company, new.number, new.note);
END;
CREATE TRIGGER calls_folded_removed AFTER DELETE ON calls_folded BEGIN
    INSERT INTO calls_search (calls_search, rowid, name, company, number, note)
    VALUES ('delete', old.row, old.name, old.company, old.number, old.note);
END;
CREATE TRIGGER calls_folded_changed AFTER UPDATE ON calls_folded BEGIN
    INSERT INTO calls_search (calls_search, rowid, name, company, number, note)
    VALUES ('delete', old.row, old.name, old.company, old.number, old.note);
    INSERT INTO calls_search (rowid, name, company, number, note)
    VALUES (new.row, new.name, new.company, new.number, new.note);
END;

CREATE TABLE voicemails (
    id TEXT NOT NULL PRIMARY KEY,
    call_id TEXT,
    leg_id TEXT,
    spoken_utc_ms INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
    caller_name TEXT,
    caller_number TEXT,
    transcript TEXT,
    -- Until it was asked for, a transcript that is missing may only not have been asked for.
    details_utc_ms INTEGER
) STRICT;
CREATE INDEX voicemails_by_time ON voicemails (spoken_utc_ms);
CREATE INDEX voicemails_by_call ON voicemails (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX voicemails_by_leg ON voicemails (leg_id) WHERE leg_id IS NOT NULL;

-- How many legs Zoom itself listed for a day of the user's, when it was last compared.
CREATE TABLE call_days (
    day TEXT NOT NULL PRIMARY KEY,
    legs INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    compared_utc_ms INTEGER NOT NULL
) STRICT;

-- The lines of everybody who may be found, by the rules and the region in phone_rules.
CREATE TABLE people_phones (
    line INTEGER NOT NULL,
    row INTEGER NOT NULL REFERENCES people (row) ON DELETE CASCADE,
    ending INTEGER NOT NULL,
    PRIMARY KEY (line, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_phones_by_row ON people_phones (row);
CREATE INDEX people_phones_by_ending ON people_phones (ending);

-- Endings of lines of which something is known that calls were not matched with yet.
CREATE TABLE people_phones_new (
    ending INTEGER NOT NULL PRIMARY KEY
) STRICT;

-- By what people_phones was made. Empty: it is to be made.
CREATE TABLE phone_rules (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    rules TEXT NOT NULL,
    region TEXT NOT NULL
) STRICT;
INSERT INTO phone_rules (one, rules, region) VALUES (1, '', '');

-- User: what only this computer knows.

CREATE TABLE call_links (
    call_key TEXT NOT NULL PRIMARY KEY,
    -- automatic: by a rule; chosen, ignored, unlinked: by the user, and no rule touches it.
    decision TEXT NOT NULL CHECK (decision IN ('automatic', 'chosen', 'ignored', 'unlinked')),
    record_kind TEXT,
    record_id TEXT,
    record_name TEXT,
    version INTEGER NOT NULL,
    reason_json TEXT NOT NULL,
    -- The run of matching that came later than the call, for taking it back as one.
    run_id TEXT,
    decided_utc_ms INTEGER NOT NULL,
    CHECK (decision IN ('ignored', 'unlinked') OR record_id IS NOT NULL)
) STRICT;
CREATE INDEX call_links_by_record ON call_links (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX call_links_by_run ON call_links (run_id) WHERE run_id IS NOT NULL;

CREATE TABLE number_choices (
    -- E.164 with `+`, and an extension or nothing.
    line TEXT NOT NULL,
    extension TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('always', 'ignore')),
    record_kind TEXT,
    record_id TEXT,
    record_name TEXT,
    decided_utc_ms INTEGER NOT NULL,
    PRIMARY KEY (line, extension),
    CHECK (decision = 'ignore' OR record_id IS NOT NULL)
) STRICT;

CREATE TABLE dial_intents (
    id TEXT NOT NULL PRIMARY KEY,
    -- E.164 with `+`.
    line TEXT NOT NULL,
    record_kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    record_name TEXT NOT NULL,
    dialled_utc_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX dial_intents_by_line ON dial_intents (line, dialled_utc_ms);

CREATE TABLE call_notes (
    call_key TEXT NOT NULL PRIMARY KEY,
    note TEXT NOT NULL,
    disposition TEXT,
    about_kind TEXT,
    about_id TEXT,
    about_name TEXT,
    updated_utc_ms INTEGER NOT NULL
) STRICT;
