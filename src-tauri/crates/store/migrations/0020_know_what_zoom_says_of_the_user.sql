-- What Zoom says of the user themselves: their plan, its add-on services, their telephone and their own room.

-- Mirror: one row, replaced as a whole.
CREATE TABLE zoom_user (
    user_id TEXT NOT NULL PRIMARY KEY,
    email TEXT,
    -- Zoom's number of the plan.
    plan INTEGER,
    -- Whether the settings could be read: read, scope, forbidden, none.
    settings_told TEXT NOT NULL,
    -- The scope that was missing, by Zoom's name.
    settings_scope TEXT,
    -- Nothing where the settings did not tell.
    webinar INTEGER CHECK (webinar IN (0, 1)),
    webinar_capacity INTEGER,
    phone INTEGER CHECK (phone IN (0, 1)),
    large_meeting INTEGER CHECK (large_meeting IN (0, 1)),
    large_meeting_capacity INTEGER,
    events INTEGER CHECK (events IN (0, 1)),
    meeting_capacity INTEGER,
    -- The same for the telephone.
    phone_told TEXT NOT NULL,
    phone_scope TEXT,
    -- Their id in Zoom Phone, which is another one.
    phone_id TEXT,
    extension TEXT,
    numbers_json TEXT NOT NULL,
    -- Their own room.
    room INTEGER,
    room_for_scheduled INTEGER CHECK (room_for_scheduled IN (0, 1)),
    read_utc_ms INTEGER NOT NULL,
    -- The link holds the passcode.
    room_url_sealed BLOB,
    passcode_sealed BLOB
) STRICT;
