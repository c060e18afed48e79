-- What Zoom and Salesforce say of a meeting and its Event, as far as they differ.

-- User: what both had agreed on, what the user has decided of it, and what is open.
CREATE TABLE event_differences (
    target TEXT NOT NULL,
    meeting_key TEXT NOT NULL,
    -- In the engine's own versioned form.
    state_json TEXT NOT NULL,
    -- How many differences are listed.
    listed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (target, meeting_key)
) STRICT;
CREATE INDEX event_differences_listed ON event_differences (target) WHERE listed > 0;
