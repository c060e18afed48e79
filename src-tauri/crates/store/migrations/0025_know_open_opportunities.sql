-- With whom the user has an open opportunity: it orders those whose call it may be.

-- Mirror: replaced as a whole.
CREATE TABLE open_opportunities (
    opportunity_id TEXT NOT NULL,
    -- A Contact with a role in it, or its Account.
    record_id TEXT NOT NULL,
    PRIMARY KEY (record_id, opportunity_id)
) STRICT;
