-- A digest of what the lists told of a meeting when it was last read whole. Where they tell something else now, it is
-- read again at once.
ALTER TABLE zoom_meetings ADD COLUMN listed BLOB;
