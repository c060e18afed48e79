-- By the clocks of which zone a day's legs were counted; empty for what was counted before this was noted, and is
-- counted anew.
ALTER TABLE call_days ADD COLUMN zone TEXT NOT NULL DEFAULT '';
