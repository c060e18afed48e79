-- A row here: the index of the search over calls is behind calls_folded. Calls are read from the latest on until it is
-- made anew; meanwhile the triggers leave it alone.
CREATE TABLE calls_index_behind (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1)
) STRICT;
DROP TRIGGER calls_folded_added;
DROP TRIGGER calls_folded_removed;
DROP TRIGGER calls_folded_changed;
CREATE TRIGGER calls_folded_added AFTER INSERT ON calls_folded
WHEN NOT EXISTS (SELECT 1 FROM calls_index_behind) BEGIN
    INSERT INTO calls_search (rowid, name, company, number, note)
    VALUES (new.row, new.name, new.company, new.number, new.note);
END;
CREATE TRIGGER calls_folded_removed AFTER DELETE ON calls_folded
WHEN NOT EXISTS (SELECT 1 FROM calls_index_behind) BEGIN
    INSERT INTO calls_search (calls_search, rowid, name, company, number, note)
    VALUES ('delete', old.row, old.name, old.company, old.number, old.note);
END;
CREATE TRIGGER calls_folded_changed AFTER UPDATE ON calls_folded
WHEN NOT EXISTS (SELECT 1 FROM calls_index_behind) BEGIN
    INSERT INTO calls_search (calls_search, rowid, name, company, number, note)
    VALUES ('delete', old.row, old.name, old.company, old.number, old.note);
    INSERT INTO calls_search (rowid, name, company, number, note)
    VALUES (new.row, new.name, new.company, new.number, new.note);
END;
