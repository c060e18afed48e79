-- Whom Zoom itself calls absent.

-- Mirror: how far the lists of each time that a webinar was held were read, with one list more.
CREATE TABLE webinar_parts_new (
    uuid TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('questions', 'polls', 'recordings', 'viewers', 'absentees')),
    webinar_key TEXT NOT NULL,
    -- When it was last asked for, what it came to, and whether it no longer changes.
    read_utc_ms INTEGER NOT NULL,
    digest TEXT,
    settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
    -- The right that is missing, where Zoom refused.
    missing TEXT,
    PRIMARY KEY (uuid, part)
) STRICT;
INSERT INTO webinar_parts_new SELECT uuid, part, webinar_key, read_utc_ms, digest, settled, missing FROM webinar_parts;
DROP TABLE webinar_parts;
ALTER TABLE webinar_parts_new RENAME TO webinar_parts;
CREATE INDEX webinar_parts_by_webinar ON webinar_parts (webinar_key);

-- Mirror: who had registered and stayed away, for each time that it was held.
CREATE TABLE webinar_absentees (
    row INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    webinar_key TEXT NOT NULL,
    registrant_id TEXT,
    email TEXT
) STRICT;
CREATE INDEX webinar_absentees_by_instance ON webinar_absentees (uuid);
CREATE INDEX webinar_absentees_by_webinar ON webinar_absentees (webinar_key);
