-- When the whole meeting was last read, and not only its row in a list: details change without the list telling.
ALTER TABLE zoom_meetings ADD COLUMN details_utc_ms INTEGER;
-- The number that guests type, where it is not the meeting's own: the host's personal one.
ALTER TABLE zoom_meetings ADD COLUMN guest_number INTEGER;
-- A Contact shows the name of its account, which changes without the Contact.
CREATE INDEX people_by_account ON people (account_id) WHERE account_id IS NOT NULL;
