-- Every outward write is a row of the outbox: of a kind, for one target, in an order of its own.
-- A target is `service:environment:organisation:user`; a row goes nowhere else.

CREATE TABLE outbox_new (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    op_id TEXT NOT NULL UNIQUE,
    target TEXT NOT NULL,
    target_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('create', 'update', 'delete')),
    identity TEXT NOT NULL,
    order_key TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    batch_key TEXT,
    group_id TEXT,
    lane INTEGER NOT NULL CHECK (lane IN (0, 1)),
    depends_on TEXT REFERENCES outbox_new (op_id),
    title TEXT NOT NULL,
    person_name TEXT,
    payload_json TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('waiting', 'held', 'pending', 'claimed', 'done', 'blocked', 'review', 'conflict', 'discarded')
    ),
    reason_json TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    ready_utc_ms INTEGER NOT NULL,
    held_until_utc_ms INTEGER,
    -- Set before a byte leaves. While it is set, the row may have arrived.
    maybe_sent_utc_ms INTEGER,
    -- A complete look-up after that did not find it.
    absent_utc_ms INTEGER,
    -- The user took it back when it may have arrived already.
    take_back_utc_ms INTEGER,
    -- What it made was deleted again: the same thing may be made anew.
    retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    record_id TEXT,
    created_utc_ms INTEGER NOT NULL,
    claimed_utc_ms INTEGER,
    done_utc_ms INTEGER,
    CHECK (state <> 'held' OR held_until_utc_ms IS NOT NULL),
    CHECK (state <> 'claimed' OR maybe_sent_utc_ms IS NOT NULL),
    CHECK (state NOT IN ('done', 'discarded') OR done_utc_ms IS NOT NULL)
) STRICT;

INSERT INTO outbox_new (
    position, op_id, target, target_name, kind, action, identity, order_key, subject_key, batch_key, lane, depends_on,
    title, person_name, payload_json, state, reason_json, attempts, ready_utc_ms, held_until_utc_ms,
    maybe_sent_utc_ms, record_id, created_utc_ms, claimed_utc_ms, done_utc_ms
)
SELECT
    position, op_id, 'salesforce:' || environment || ':' || org_id || ':' || user_id, '', 'event', action, ext_key,
    'event:' || ext_key, subject_key, 'event:' || action, 0, depends_on, title, person_name, payload_json,
    -- A row that a later one stands behind waits for its turn.
    CASE WHEN state IN ('held', 'pending') AND (
        EXISTS (
            SELECT 1 FROM outbox AS e WHERE e.object = outbox.object AND e.ext_key = outbox.ext_key
            AND e.state NOT IN ('done', 'discarded') AND e.position < outbox.position)
        OR EXISTS (SELECT 1 FROM outbox AS d WHERE d.op_id = outbox.depends_on AND d.state <> 'done')
    ) THEN 'waiting' ELSE state END,
    reason_json, attempts,
    CASE state WHEN 'held' THEN max(held_until_utc_ms, not_before_utc_ms) ELSE not_before_utc_ms END,
    held_until_utc_ms,
    CASE
        WHEN state IN ('claimed', 'review') THEN coalesce(claimed_utc_ms, created_utc_ms)
        WHEN state = 'pending' AND instr(reason_json, '"unknown"') > 0 THEN coalesce(claimed_utc_ms, created_utc_ms)
    END,
    record_id, created_utc_ms, claimed_utc_ms,
    CASE WHEN state = 'discarded' THEN created_utc_ms ELSE done_utc_ms END
FROM outbox
ORDER BY position;

-- A meeting that was being made: what is not settled is a row like any other.
INSERT INTO outbox_new (
    op_id, target, target_name, kind, action, identity, order_key, subject_key, lane, title, payload_json, state,
    reason_json, attempts, ready_utc_ms, maybe_sent_utc_ms, record_id, created_utc_ms, claimed_utc_ms, done_utc_ms
)
SELECT
    'draft:' || i.draft_id, 'zoom:' || a.environment || ':' || coalesce(a.org_id, '') || ':' || a.user_id, '',
    'meeting', 'create', i.draft_id, 'draft:' || i.draft_id, 'draft:' || i.draft_id, 0,
    coalesce(json_extract(i.draft_json, '$.draft.topic'), ''), i.draft_json,
    CASE i.state WHEN 'planned' THEN 'blocked' WHEN 'creating' THEN 'claimed' ELSE 'done' END,
    CASE i.state WHEN 'planned' THEN '{"needs":{"kind":"interrupted"}}' END,
    1, i.updated_utc_ms, CASE i.state WHEN 'creating' THEN i.updated_utc_ms END, i.meeting_id, i.created_utc_ms,
    i.updated_utc_ms, CASE i.state WHEN 'created' THEN i.updated_utc_ms END
FROM schedule_intents AS i, accounts AS a
WHERE a.provider = 'zoom' AND i.state IN ('planned', 'creating', 'created') AND json_valid(i.draft_json);
DROP TABLE schedule_intents;

CREATE TABLE records_pushed_new (
    target TEXT NOT NULL,
    ext_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT NOT NULL,
    pushed_utc_ms INTEGER NOT NULL,
    -- The fields as they were last written, in the engine's own versioned form; empty when not known.
    fields_json TEXT NOT NULL,
    deleted_there_utc_ms INTEGER,
    PRIMARY KEY (target, ext_key)
) STRICT, WITHOUT ROWID;
INSERT INTO records_pushed_new (target, ext_key, kind, record_id, pushed_utc_ms, fields_json, deleted_there_utc_ms)
SELECT o.target, r.ext_key, 'event', r.record_id, r.pushed_utc_ms, o.payload_json, r.deleted_there_utc_ms
FROM records_pushed AS r, outbox_new AS o
WHERE o.position = (
    SELECT max(position) FROM outbox_new AS p WHERE p.identity = r.ext_key AND p.kind = 'event');
DROP TABLE records_pushed;
ALTER TABLE records_pushed_new RENAME TO records_pushed;

DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

-- One thing is made once, whatever happens above this table.
CREATE UNIQUE INDEX outbox_one_create ON outbox (target, kind, identity)
    WHERE action = 'create' AND state <> 'discarded' AND retired = 0;
CREATE INDEX outbox_ready ON outbox (target, lane, position) WHERE state IN ('held', 'pending');
CREATE INDEX outbox_next ON outbox (target, ready_utc_ms) WHERE state IN ('held', 'pending');
CREATE INDEX outbox_batch ON outbox (target, batch_key, lane, position)
    WHERE state IN ('held', 'pending') AND batch_key IS NOT NULL;
CREATE INDEX outbox_order ON outbox (target, order_key, position) WHERE state NOT IN ('done', 'discarded');
CREATE INDEX outbox_open ON outbox (position) WHERE state NOT IN ('done', 'discarded');
CREATE INDEX outbox_claimed ON outbox (target) WHERE state = 'claimed';
CREATE INDEX outbox_finished ON outbox (done_utc_ms) WHERE state IN ('done', 'discarded');
CREATE INDEX outbox_by_subject ON outbox (subject_key);
CREATE INDEX outbox_by_dependency ON outbox (depends_on) WHERE depends_on IS NOT NULL;
CREATE INDEX outbox_by_group ON outbox (group_id, state) WHERE group_id IS NOT NULL;

-- How many rows are in each state, kept beside the rows: counting reads no row.
CREATE TABLE outbox_counts (
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (target, state)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_counts (target, state, count) SELECT target, state, count(*) FROM outbox GROUP BY target, state;
CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
    INSERT INTO outbox_counts (target, state, count) VALUES (new.target, new.state, 1)
    ON CONFLICT (target, state) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN
    UPDATE outbox_counts SET count = count - 1 WHERE target = old.target AND state = old.state;
END;
CREATE TRIGGER outbox_moved AFTER UPDATE OF state ON outbox WHEN new.state <> old.state BEGIN
    UPDATE outbox_counts SET count = count - 1 WHERE target = old.target AND state = old.state;
    INSERT INTO outbox_counts (target, state, count) VALUES (new.target, new.state, 1)
    ON CONFLICT (target, state) DO UPDATE SET count = count + 1;
END;

-- Rows that belong together: one line for the user.
CREATE TABLE outbox_groups (
    group_id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
    created_utc_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A service asked a target to wait; kept, so that a restart does not learn it anew.
CREATE TABLE outbox_lanes (
    target TEXT NOT NULL PRIMARY KEY,
    paused_until_utc_ms INTEGER NOT NULL,
    reason_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
