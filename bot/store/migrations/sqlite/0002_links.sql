-- Links: settings of guilds for them, who claimed an address, addresses that were found and wait for a moderator,
-- where short links led, and changes of several records that are taken back together.

ALTER TABLE guilds ADD COLUMN typed_links INTEGER NOT NULL DEFAULT 1;
ALTER TABLE guilds ADD COLUMN short_links INTEGER NOT NULL DEFAULT 0;

-- Who or what said that the record has this address; NULL: whoever made the record. Never exported.
ALTER TABLE addresses ADD COLUMN claimed_by TEXT;

CREATE TABLE found_addresses (
    id INTEGER PRIMARY KEY,
    publication_id INTEGER NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    claimed_by TEXT NOT NULL,
    found_at TEXT NOT NULL,
    -- Set where a moderator turned it down: it is not proposed again.
    dismissed_at TEXT,
    UNIQUE (publication_id, key)
) STRICT;

-- What members share is not kept in clear: a short link is a hash, its target a lookup key, both go after a month.
CREATE TABLE short_links (
    key TEXT PRIMARY KEY,
    -- NULL: it led nowhere that counts.
    target TEXT,
    looked_up_at TEXT NOT NULL
) STRICT;

-- Events of one change carry one number, so that it is taken back whole.
ALTER TABLE audit ADD COLUMN change_id INTEGER;
ALTER TABLE audit ADD COLUMN undoes INTEGER;
CREATE INDEX audit_by_change ON audit (change_id);
CREATE INDEX audit_by_undone ON audit (undoes);
