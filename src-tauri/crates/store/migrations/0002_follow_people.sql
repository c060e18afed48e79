-- All addresses of people, what their rows said, and where merged people went.

ALTER TABLE people ADD COLUMN more_emails_json TEXT NOT NULL DEFAULT '[]';
ALTER TABLE people ADD COLUMN merged_into TEXT;
ALTER TABLE people ADD COLUMN field_hash TEXT NOT NULL DEFAULT '';

CREATE TABLE people_emails (
    email TEXT NOT NULL,
    row INTEGER NOT NULL REFERENCES people (row) ON DELETE CASCADE,
    PRIMARY KEY (email, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_emails_by_row ON people_emails (row);
INSERT INTO people_emails (email, row) SELECT email_folded, row FROM people
WHERE email_folded IS NOT NULL AND deleted = 0;
DROP INDEX people_by_email;
ALTER TABLE people DROP COLUMN email_folded;

-- Of deleted people only a name stays, and that only where something is linked to it.
DELETE FROM people
WHERE deleted = 1 AND NOT EXISTS (SELECT 1 FROM links WHERE record_id = people.salesforce_id);
UPDATE people SET
    first_name = NULL, last_name = NULL, company = NULL, account_id = NULL, title = NULL, email = NULL,
    phones_json = '[]', status = NULL, owner_id = NULL, owner_name = NULL
WHERE deleted = 1;

-- What was deleted is followed with a place of its own, from where the pull had come.
INSERT INTO cursors (name, value, updated_utc_ms)
SELECT name || '.gone', value, updated_utc_ms FROM cursors
WHERE name IN ('salesforce.leads', 'salesforce.contacts');

-- The new columns are filled by a pull from the beginning. When the copy was last complete stays known.
UPDATE cursors SET value = '' WHERE name IN ('salesforce.leads', 'salesforce.contacts');

-- User: what was counted in one UTC day. Only the last day is kept.
CREATE TABLE daily_counts (
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    day TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (name, owner)
) STRICT, WITHOUT ROWID;
