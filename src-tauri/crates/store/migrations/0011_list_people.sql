-- A list of everybody in several orders, narrowed by filters, each page and each count by an index; who was asked to
-- which meeting; numbers in the search.

ALTER TABLE people ADD COLUMN person_account INTEGER NOT NULL DEFAULT 0 CHECK (person_account IN (0, 1));
-- The day of the last activity that Salesforce knows of.
ALTER TABLE people ADD COLUMN activity_day TEXT;

-- Owners as short numbers, for the indexes.
CREATE TABLE people_owners (
    owner INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE
) STRICT;

-- By what a list of people is narrowed and put in order, and nothing that is only shown.
CREATE TABLE people_listed (
    row INTEGER PRIMARY KEY REFERENCES people (row) ON DELETE CASCADE,
    -- 0 somebody to work with, 1 a Lead that was converted.
    standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
    -- 0 Lead, 1 Contact, 2 the Contact of a person account.
    kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
    -- 0 where the owner is not known.
    owner INTEGER NOT NULL,
    has_email INTEGER NOT NULL CHECK (has_email IN (0, 1)),
    -- Folded; without a company it is behind all others.
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    -- The last activity in Salesforce, and our last meeting or call; 0 for never.
    activity_utc_ms INTEGER NOT NULL,
    own_utc_ms INTEGER NOT NULL DEFAULT 0,
    touched_utc_ms INTEGER NOT NULL GENERATED ALWAYS AS (max(activity_utc_ms, own_utc_ms)) STORED,
    -- The largest number where nothing is planned.
    next_utc_ms INTEGER NOT NULL DEFAULT 9223372036854775807
) STRICT;
-- Each order with every filter in it: what does not fit is passed over without a look into the table.
CREATE INDEX people_listed_by_name ON people_listed (standing, name, row, kind, owner, has_email, touched_utc_ms);
CREATE INDEX people_listed_of_owner ON people_listed (standing, owner, name, row, kind, has_email, touched_utc_ms);
CREATE INDEX people_listed_by_company
    ON people_listed (standing, company, name, row, kind, owner, has_email, touched_utc_ms);
CREATE INDEX people_listed_by_touch ON people_listed (standing, touched_utc_ms, row, kind, owner, has_email);
CREATE INDEX people_listed_by_next
    ON people_listed (standing, next_utc_ms, row, kind, owner, has_email, touched_utc_ms);
CREATE INDEX people_listed_with_times ON people_listed (row, own_utc_ms, next_utc_ms)
    WHERE own_utc_ms <> 0 OR next_utc_ms <> 9223372036854775807;

-- Who was asked to which meeting.
CREATE TABLE meeting_addresses (
    email TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (email, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_addresses_by_meeting ON meeting_addresses (key);
INSERT OR IGNORE INTO meeting_addresses (email, key)
SELECT lower(trim(json_extract(i.value, '$.email'))), m.key
FROM zoom_meetings AS m, json_each(coalesce(m.invitees_json, '[]')) AS i;
CREATE TRIGGER zoom_meetings_asked AFTER INSERT ON zoom_meetings WHEN new.invitees_json IS NOT NULL BEGIN
    INSERT OR IGNORE INTO meeting_addresses (email, key)
    SELECT lower(trim(json_extract(value, '$.email'))), new.key FROM json_each(new.invitees_json);
END;
CREATE TRIGGER zoom_meetings_asked_others AFTER UPDATE OF invitees_json ON zoom_meetings
WHEN new.invitees_json IS NOT old.invitees_json BEGIN
    DELETE FROM meeting_addresses WHERE key = old.key;
    INSERT OR IGNORE INTO meeting_addresses (email, key)
    SELECT lower(trim(json_extract(value, '$.email'))), new.key
    FROM json_each(coalesce(new.invitees_json, '[]'));
END;
CREATE TRIGGER zoom_meetings_asked_nobody AFTER DELETE ON zoom_meetings BEGIN
    DELETE FROM meeting_addresses WHERE key = old.key;
END;

-- Whether own_utc_ms and next_utc_ms are as meetings and calls say, and until when they stay so.
CREATE TABLE people_times (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    stale INTEGER NOT NULL CHECK (stale IN (0, 1)),
    until_utc_ms INTEGER NOT NULL
) STRICT;
CREATE TRIGGER people_times_meeting_added AFTER INSERT ON zoom_meetings BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_meeting_changed
AFTER UPDATE OF start_utc_ms, gone_utc_ms, invitees_json ON zoom_meetings
WHEN new.start_utc_ms IS NOT old.start_utc_ms OR new.gone_utc_ms IS NOT old.gone_utc_ms
    OR new.invitees_json IS NOT old.invitees_json BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_meeting_removed AFTER DELETE ON zoom_meetings BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_link_added AFTER INSERT ON links BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_link_changed AFTER UPDATE OF record_id, zoom_key ON links BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_link_removed AFTER DELETE ON links BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_call_added AFTER INSERT ON calls WHEN new.record_id IS NOT NULL BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_call_changed AFTER UPDATE OF record_id, start_utc_ms ON calls
WHEN new.record_id IS NOT old.record_id OR new.start_utc_ms IS NOT old.start_utc_ms BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_call_removed AFTER DELETE ON calls WHEN old.record_id IS NOT NULL BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_address_added AFTER INSERT ON people_emails BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_address_removed AFTER DELETE ON people_emails BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;
CREATE TRIGGER people_times_person_added AFTER INSERT ON people_listed BEGIN
    UPDATE people_times SET stale = 1 WHERE stale = 0;
END;

-- Campaigns whose members were asked for, as they were then.
CREATE TABLE people_lists (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    fetched_utc_ms INTEGER NOT NULL,
    -- Salesforce gave only the first ones.
    cut INTEGER NOT NULL CHECK (cut IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE people_list_members (
    list_id TEXT NOT NULL REFERENCES people_lists (id) ON DELETE CASCADE,
    salesforce_id TEXT NOT NULL,
    PRIMARY KEY (list_id, salesforce_id)
) STRICT, WITHOUT ROWID;

-- Numbers are found by any part of them.
DROP TRIGGER people_folded_added;
DROP TRIGGER people_folded_removed;
DROP TRIGGER people_folded_changed;
DROP TABLE people_search;
ALTER TABLE people_folded ADD COLUMN number TEXT NOT NULL DEFAULT '';
CREATE VIRTUAL TABLE people_search USING fts5 (
    name, company, email, number,
    content = 'people_folded', content_rowid = 'row',
    tokenize = 'trigram case_sensitive 1'
);
INSERT INTO people_search (people_search, rank) VALUES ('secure-delete', 1);
INSERT INTO people_search (people_search) VALUES ('rebuild');
CREATE TRIGGER people_folded_added AFTER INSERT ON people_folded BEGIN
    INSERT INTO people_search (rowid, name, company, email, number)
    VALUES (new.row, new.name, new.company, new.email, new.number);
END;
CREATE TRIGGER people_folded_removed AFTER DELETE ON people_folded BEGIN
    INSERT INTO people_search (people_search, rowid, name, company, email, number)
    VALUES ('delete', old.row, old.name, old.company, old.email, old.number);
END;
CREATE TRIGGER people_folded_changed AFTER UPDATE ON people_folded BEGIN
    INSERT INTO people_search (people_search, rowid, name, company, email, number)
    VALUES ('delete', old.row, old.name, old.company, old.email, old.number);
    INSERT INTO people_search (rowid, name, company, email, number)
    VALUES (new.row, new.name, new.company, new.email, new.number);
END;

-- Everybody who is here is listed at once. What only a new pull can tell comes with one from the beginning, and so do
-- numbers and converted Leads in their folded form; when the copy was last complete stays known.
INSERT OR IGNORE INTO people_owners (user_id)
SELECT DISTINCT owner_id FROM people WHERE owner_id IS NOT NULL AND deleted = 0;
INSERT INTO people_listed (row, standing, kind, owner, has_email, name, company, activity_utc_ms)
SELECT p.row, p.converted_to IS NOT NULL, p.record = 'Contact',
    coalesce((SELECT owner FROM people_owners WHERE user_id = p.owner_id), 0), p.email IS NOT NULL,
    coalesce(f.name, lower(p.name)), coalesce(nullif(f.company, ''), nullif(lower(p.company), ''), char(0x10FFFF)), 0
FROM people AS p LEFT JOIN people_folded AS f ON f.row = p.row
WHERE p.deleted = 0;
UPDATE people SET field_hash = '';
UPDATE cursors SET value = '' WHERE name IN ('salesforce.leads', 'salesforce.contacts');
UPDATE phone_rules SET rules = '';
