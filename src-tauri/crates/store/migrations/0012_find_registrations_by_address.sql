-- What somebody registered for, whatever webinar it was.
CREATE INDEX webinar_registrants_of_address ON webinar_registrants (email_folded, webinar_key);
