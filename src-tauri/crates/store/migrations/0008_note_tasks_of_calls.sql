-- User: which Task in Salesforce a call has, and who made it. It outlives the copy of the calls, so that none is
-- logged twice after it was filled anew.

CREATE TABLE call_tasks (
    call_key TEXT NOT NULL PRIMARY KEY,
    -- The account in which it stands.
    target TEXT NOT NULL,
    record_id TEXT NOT NULL,
    -- self: from here; others by what their Task says of itself.
    maker TEXT NOT NULL CHECK (maker IN ('self', 'zoom', 'ring_central', 'einstein', 'somebody')),
    -- Who, in the org's words, where it is known.
    maker_name TEXT,
    noted_utc_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX call_tasks_by_record ON call_tasks (record_id);
