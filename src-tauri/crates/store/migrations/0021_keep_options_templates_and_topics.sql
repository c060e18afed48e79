-- What meetings are set to in Zoom, what they are begun from, and what they are about.

-- Mirror: options of a meeting, in the engine's versioned form. Meetings that were read before are read once more.
ALTER TABLE zoom_meetings ADD COLUMN options_json TEXT;
UPDATE zoom_meetings SET details_utc_ms = NULL WHERE is_host = 1;

-- User: meetings as they are begun again and again.
CREATE TABLE meeting_templates (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    -- The form of fields_json, and what the template sets, in the engine's versioned form.
    version INTEGER NOT NULL,
    fields_json TEXT NOT NULL,
    kept_utc_ms INTEGER NOT NULL
) STRICT;

-- User: what a meeting is about in Salesforce, as the user chose.
CREATE TABLE meeting_topics (
    meeting_key TEXT NOT NULL PRIMARY KEY,
    -- Salesforce's name of the object, the record's id and its name when it was chosen.
    object TEXT NOT NULL,
    record_id TEXT NOT NULL,
    record_name TEXT NOT NULL,
    chosen_utc_ms INTEGER NOT NULL
) STRICT;
