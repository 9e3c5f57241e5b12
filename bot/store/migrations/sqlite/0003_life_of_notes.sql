-- Notes that live with their message and their record: what is still to be done about each, up to where each channel
-- was read, records whose notes are to follow, corrections, channels that refused.

-- What is still to be done (see core/model/notes.py, Todo), not before `try_after`; NULL: nothing. Times that pace the
-- work are milliseconds since 1970, because a second is too coarse for them.
ALTER TABLE notes ADD COLUMN todo TEXT;
ALTER TABLE notes ADD COLUMN try_after INTEGER;
ALTER TABLE notes ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
-- A fingerprint of what the note says; for a pointer the message whose note it leads to, and that note (NULL: it was on
-- its way).
ALTER TABLE notes ADD COLUMN says TEXT;
ALTER TABLE notes ADD COLUMN points_to INTEGER;
ALTER TABLE notes ADD COLUMN points_to_note INTEGER;
-- What a struck note says, for as long as Discord did not take it.
ALTER TABLE notes ADD COLUMN struck TEXT;
CREATE INDEX notes_to_do ON notes (todo, message_id) WHERE todo IS NOT NULL;
CREATE INDEX notes_by_time ON notes (message_sent_at);
CREATE INDEX notes_pointing ON notes (points_to) WHERE points_to IS NOT NULL;
-- What is left to be done about a note when everything asked for was done: it speaks of a record in another version than
-- there is (its message is read again: the record may be its no more), or leads to a note that is not there (any more) or under another id.
CREATE VIEW note_needs AS
SELECT n.message_id, CASE
    WHEN EXISTS (SELECT 1 FROM note_records AS r LEFT JOIN publications AS p ON p.id = r.publication_id
        WHERE r.message_id = n.message_id AND (p.version IS NULL OR p.version <> r.version)) THEN 'look'
    WHEN n.kind = 'pointer' AND NOT EXISTS (SELECT 1 FROM notes AS t
        WHERE t.message_id = n.points_to AND t.kind = 'note' AND t.vacated_at IS NULL AND (t.withdrawn_at IS NULL OR t.struck IS NOT NULL)
        AND (t.note_message_id IS NULL OR t.note_message_id = n.points_to_note)) THEN 'look'
    END AS todo
FROM notes AS n;
-- Reservations that an older program left open are settled like those of a crash.
UPDATE notes SET todo = 'settle'
WHERE kind = 'note' AND note_message_id IS NULL AND vacated_at IS NULL AND withdrawn_at IS NULL;

-- When this version of the record was made.
ALTER TABLE publications ADD COLUMN changed_at TEXT;
DROP VIEW live_publications;
CREATE VIEW live_publications AS
SELECT p.id, p.list_id, l.name AS list_name, p.version, p.title, p.title_folded, p.language,
       p.recorded, p.reviewed, p.valid_from, p.valid_until, p.changed_at
FROM publications AS p
JOIN lists AS l ON l.id = p.list_id
LEFT JOIN batches AS b ON b.id = p.batch_id
WHERE p.batch_id IS NULL OR b.finished_at IS NOT NULL;

-- Records that changed while notes speak of them; worked off when nothing changed for the stability delay.
CREATE TABLE record_changes (
    publication_id INTEGER PRIMARY KEY,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    -- The messages are to be read again: the record went, or lost an address.
    look INTEGER NOT NULL,
    -- The status of each claim before the first of these changes, `claim id:status` with spaces between.
    statuses TEXT NOT NULL
) STRICT;

-- One post a channel that says that a status turned after it was shown.
CREATE TABLE corrections (
    publication_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    -- The note that it answers, and the message of that note.
    message_id INTEGER NOT NULL,
    note_message_id INTEGER NOT NULL,
    reserved_at TEXT NOT NULL,
    try_after INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    posted_id INTEGER,
    closed_because TEXT,
    PRIMARY KEY (publication_id, version, channel_id)
) STRICT;
CREATE INDEX corrections_by_note ON corrections (note_message_id);
CREATE INDEX corrections_open ON corrections (reserved_at) WHERE posted_id IS NULL AND closed_because IS NULL;

-- Up to which message a channel was read: everything before it was dealt with.
CREATE TABLE channels_read (
    channel_id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL
) STRICT;

-- Channels that refused a post, with the permissions that the bot had there: not tried again while they are the same.
CREATE TABLE closed_channels (
    channel_id INTEGER PRIMARY KEY,
    permissions INTEGER NOT NULL,
    closed_at TEXT NOT NULL
) STRICT;

ALTER TABLE guilds ADD COLUMN repeats TEXT NOT NULL DEFAULT 'pointer';
ALTER TABLE guilds ADD COLUMN corrections INTEGER NOT NULL DEFAULT 1;
