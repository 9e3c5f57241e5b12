-- Pages that are read: drafts of records, and from which version of its page a record came.

ALTER TABLE guilds ADD COLUMN page_fetching INTEGER NOT NULL DEFAULT 0;

-- A person's proposal of a record, as the audit keeps records, with the claims that are chosen: not the page.
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    contents TEXT NOT NULL,
    remarks TEXT NOT NULL,
    digest TEXT NOT NULL,
    read_from TEXT NOT NULL,
    read_at TEXT NOT NULL,
    -- The record that the page was read again for, and its version then; NULL: a new one.
    publication_id INTEGER,
    version INTEGER,
    -- Counts its changes, so that two at once do not undo each other.
    revision INTEGER NOT NULL,
    -- In milliseconds since 1970.
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_maker ON drafts (guild_id, made_by, changed_at);
CREATE INDEX drafts_by_age ON drafts (changed_at);

CREATE TABLE page_versions (
    publication_id INTEGER PRIMARY KEY REFERENCES publications (id) ON DELETE CASCADE,
    -- SHA-256 of the text.
    digest TEXT NOT NULL,
    read_from TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT;
