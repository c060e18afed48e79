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
INSERT INTO people_emails (email, row) SELECT email_folded, row FROM people WHERE email_folded IS NOT NULL;
DROP INDEX people_by_email;
ALTER TABLE people DROP COLUMN email_folded;

-- The new columns are filled by a pull from the beginning. When the copy was last complete stays known.
UPDATE cursors SET value = '' WHERE name IN ('salesforce.leads', 'salesforce.contacts');

-- User: what was counted in one UTC day. Only the last day is kept.
CREATE TABLE daily_counts (
    name TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    day TEXT NOT NULL,
    count INTEGER NOT NULL
) STRICT;
