-- What else stands in the user's calendar in Salesforce: Outlook's and Google's entries arrive there.

-- Mirror: replaced as a whole.
CREATE TABLE busy_events (
    -- Salesforce's id.
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    -- Of an entry for whole days the midnights in UTC that begin its first day and the day after its last.
    start_utc_ms INTEGER NOT NULL,
    end_utc_ms INTEGER NOT NULL,
    all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    -- Out of the office.
    away INTEGER NOT NULL CHECK (away IN (0, 1)),
    -- The number of the Zoom meeting that its place names; never the link, which may let somebody in.
    meeting_number INTEGER
) STRICT;
CREATE INDEX busy_events_by_start ON busy_events (start_utc_ms);
CREATE INDEX records_pushed_by_record ON records_pushed (record_id);
