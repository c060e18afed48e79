-- Mirror: the org's accounts, for whom a main line may be the only one that is known.
CREATE TABLE companies (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    owner_name TEXT,
    phones_json TEXT NOT NULL,
    stamp_utc_ms INTEGER NOT NULL
) STRICT;

-- Their lines, by the rules and the region in phone_rules, as people_phones has those of people.
CREATE TABLE companies_phones (
    line INTEGER NOT NULL,
    row INTEGER NOT NULL REFERENCES companies (row) ON DELETE CASCADE,
    ending INTEGER NOT NULL,
    PRIMARY KEY (line, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX companies_phones_by_row ON companies_phones (row);
CREATE INDEX companies_phones_by_ending ON companies_phones (ending);

-- How many legs a comparison with Zoom's own list has brought that the sync had not told.
ALTER TABLE call_days ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
