-- The first house: lists of records, the note log, guild settings, imports, the audit.
-- STRICT tables of INTEGER and TEXT. Ids are made by the program; times are ISO 8601 in UTC.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE lists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES lists (id),
    origin TEXT NOT NULL,
    -- host:process, so that what a killed import left is told from one that is under way.
    owner TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER,
    started_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

CREATE TABLE publications (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES lists (id),
    batch_id INTEGER REFERENCES batches (id),
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_folded TEXT NOT NULL,
    language TEXT,
    recorded TEXT,
    reviewed TEXT,
    valid_from TEXT,
    valid_until TEXT
) STRICT;
CREATE INDEX publications_by_title ON publications (list_id, title_folded);
CREATE INDEX publications_by_batch ON publications (batch_id);

-- Rows of an unfinished import are visible to no query: queries read this, not the table.
CREATE VIEW live_publications AS
SELECT p.id, p.list_id, l.name AS list_name, p.version, p.title, p.title_folded, p.language,
       p.recorded, p.reviewed, p.valid_from, p.valid_until
FROM publications AS p
JOIN lists AS l ON l.id = p.list_id
LEFT JOIN batches AS b ON b.id = p.batch_id
WHERE p.batch_id IS NULL OR b.finished_at IS NOT NULL;

CREATE TABLE addresses (
    publication_id INTEGER NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    list_id INTEGER NOT NULL REFERENCES lists (id),
    url TEXT NOT NULL,
    key TEXT NOT NULL,
    key_version TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (publication_id, position),
    UNIQUE (key, list_id)
) STRICT;
CREATE INDEX addresses_by_key_version ON addresses (key_version);

CREATE TABLE labels (
    publication_id INTEGER NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    phrase TEXT NOT NULL,
    set_on TEXT,
    until TEXT,
    PRIMARY KEY (publication_id, position)
) STRICT;

CREATE TABLE sources (
    publication_id INTEGER PRIMARY KEY REFERENCES publications (id) ON DELETE CASCADE,
    name TEXT,
    title TEXT,
    url TEXT,
    published TEXT,
    relation TEXT
) STRICT;

CREATE TABLE works (
    publication_id INTEGER NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    PRIMARY KEY (publication_id, position)
) STRICT;

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    publication_id INTEGER NOT NULL REFERENCES publications (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    quote TEXT,
    status TEXT NOT NULL,
    verdict_by TEXT,
    verdict_words TEXT,
    verdict_url TEXT,
    verdict_date TEXT
) STRICT;
CREATE INDEX claims_by_publication ON claims (publication_id, position);

CREATE TABLE speakers (
    claim_id INTEGER NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (claim_id, position)
) STRICT;

CREATE TABLE evidence (
    claim_id INTEGER NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    looked_at TEXT NOT NULL,
    stance TEXT NOT NULL,
    PRIMARY KEY (claim_id, position)
) STRICT;

CREATE TABLE notes (
    message_id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    message_sent_at TEXT NOT NULL,
    reserved_at TEXT NOT NULL,
    note_message_id INTEGER UNIQUE,
    posted_at TEXT,
    -- Nothing stands there, and the message may be answered again under the next attempt.
    vacated_at TEXT,
    withdrawn_at TEXT,
    withdrawn_because TEXT
) STRICT;
CREATE INDEX notes_by_channel ON notes (channel_id, message_sent_at);

-- One note may speak of several records. No foreign key: a note's row outlives a removed record.
CREATE TABLE note_records (
    message_id INTEGER NOT NULL REFERENCES notes (message_id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    publication_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (message_id, position)
) STRICT;
CREATE INDEX note_records_by_publication ON note_records (publication_id);

CREATE TABLE notices (
    channel_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    said_at TEXT NOT NULL,
    PRIMARY KEY (channel_id, kind)
) STRICT;

CREATE TABLE guilds (
    id INTEGER PRIMARY KEY,
    mode TEXT NOT NULL,
    log_channel_id INTEGER,
    cooldown_seconds INTEGER NOT NULL,
    objections TEXT,
    other_bots INTEGER NOT NULL,
    notes_per_minute INTEGER NOT NULL
) STRICT;

CREATE TABLE ignored_channels (
    guild_id INTEGER NOT NULL REFERENCES guilds (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, channel_id)
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    batch_id INTEGER,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject_kind, subject_id);
