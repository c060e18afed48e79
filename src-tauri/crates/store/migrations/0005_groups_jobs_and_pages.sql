-- Groups with kept counts, Bulk jobs that take thousands of rows, and an index for every question.

-- A job that has rows. Its id is here before its data leaves, so a restart goes on with it.
CREATE TABLE outbox_jobs (
    job_id TEXT NOT NULL PRIMARY KEY,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- How many rows it was given.
    given INTEGER NOT NULL,
    looks INTEGER NOT NULL DEFAULT 0,
    look_utc_ms INTEGER NOT NULL,
    created_utc_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_jobs_next ON outbox_jobs (target, look_utc_ms);
ALTER TABLE outbox ADD COLUMN job_id TEXT REFERENCES outbox_jobs (job_id);
CREATE INDEX outbox_by_job ON outbox (job_id, position) WHERE job_id IS NOT NULL;
-- Whatever became of a row, it is no longer its job's.
CREATE TRIGGER outbox_left_job AFTER UPDATE OF state ON outbox
WHEN old.state = 'claimed' AND new.state <> 'claimed' AND new.job_id IS NOT NULL BEGIN
    UPDATE outbox SET job_id = NULL WHERE position = new.position;
END;

ALTER TABLE outbox_groups ADD COLUMN kind TEXT NOT NULL DEFAULT '';
-- What is still being done to its rows, a few at a time.
ALTER TABLE outbox_groups ADD COLUMN sweep TEXT
    CHECK (sweep IN ('pause', 'resume', 'stop', 'undo', 'retry'));
CREATE INDEX outbox_groups_by_age ON outbox_groups (created_utc_ms);
CREATE INDEX outbox_groups_swept ON outbox_groups (sweep) WHERE sweep IS NOT NULL;

-- How many rows of a group are in each state; those of no group stand under ''.
CREATE TABLE outbox_group_counts (
    group_id TEXT NOT NULL,
    state TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (group_id, state)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_group_counts (group_id, state, count)
SELECT coalesce(group_id, ''), state, count(*) FROM outbox GROUP BY 1, 2;
CREATE INDEX outbox_groups_in_state ON outbox_group_counts (state, group_id) WHERE count > 0;

DROP TRIGGER outbox_added;
DROP TRIGGER outbox_removed;
DROP TRIGGER outbox_moved;
CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
    INSERT INTO outbox_counts (target, state, count) VALUES (new.target, new.state, 1)
    ON CONFLICT (target, state) DO UPDATE SET count = count + 1;
    INSERT INTO outbox_group_counts (group_id, state, count) VALUES (coalesce(new.group_id, ''), new.state, 1)
    ON CONFLICT (group_id, state) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN
    UPDATE outbox_counts SET count = count - 1 WHERE target = old.target AND state = old.state;
    UPDATE outbox_group_counts SET count = count - 1
    WHERE group_id = coalesce(old.group_id, '') AND state = old.state;
END;
CREATE TRIGGER outbox_moved AFTER UPDATE OF state ON outbox WHEN new.state <> old.state BEGIN
    UPDATE outbox_counts SET count = count - 1 WHERE target = old.target AND state = old.state;
    INSERT INTO outbox_counts (target, state, count) VALUES (new.target, new.state, 1)
    ON CONFLICT (target, state) DO UPDATE SET count = count + 1;
    UPDATE outbox_group_counts SET count = count - 1
    WHERE group_id = coalesce(old.group_id, '') AND state = old.state;
    INSERT INTO outbox_group_counts (group_id, state, count) VALUES (coalesce(new.group_id, ''), new.state, 1)
    ON CONFLICT (group_id, state) DO UPDATE SET count = count + 1;
END;

-- What decides stands in the index: rows that are not due cost a step in it and no look into the table.
DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (target, lane, position, ready_utc_ms, group_id)
    WHERE state IN ('held', 'pending');
DROP INDEX outbox_next;
CREATE INDEX outbox_next ON outbox (target, lane, ready_utc_ms) WHERE state IN ('held', 'pending');
DROP INDEX outbox_batch;
CREATE INDEX outbox_batch ON outbox (target, batch_key, lane, position, ready_utc_ms, maybe_sent_utc_ms)
    WHERE state IN ('held', 'pending') AND batch_key IS NOT NULL;
CREATE INDEX outbox_waits ON outbox (target, reason_json, ready_utc_ms)
    WHERE state = 'pending' AND reason_json IS NOT NULL;
DROP INDEX outbox_claimed;
CREATE INDEX outbox_claimed ON outbox (state, position) WHERE state = 'claimed';
CREATE INDEX outbox_by_identity ON outbox (target, kind, identity, position);
DROP INDEX outbox_finished;
CREATE INDEX outbox_finished ON outbox (done_utc_ms, state, position) WHERE state IN ('done', 'discarded');
-- A page of a list: of one group or of the rows without one, by state, the last finished or decided first.
DROP INDEX outbox_by_group;
CREATE INDEX outbox_listed ON outbox (group_id, state, done_utc_ms, position);
