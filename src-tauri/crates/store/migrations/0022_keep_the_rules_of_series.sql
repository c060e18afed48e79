-- How a series repeats, and which of its dates are cancelled, in the engine's own versioned form; the same in each of its
-- dates. Nothing until an answer told it.
ALTER TABLE zoom_meetings ADD COLUMN series_json TEXT;
