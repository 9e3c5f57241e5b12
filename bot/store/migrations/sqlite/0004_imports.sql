-- Imports that are looked at and taken back whole, and titles that are found by any of their words at any size.

ALTER TABLE batches ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
-- From here on nobody sees what it added; its rows go in short steps, until `cleared_at`.
ALTER TABLE batches ADD COLUMN undone_at TEXT;
ALTER TABLE batches ADD COLUMN undone_kind TEXT;
ALTER TABLE batches ADD COLUMN undone_by INTEGER;
-- Nothing is left to be done about it: its changes are made, or its rows are gone.
ALTER TABLE batches ADD COLUMN settled_at TEXT;
-- When whoever brings it in last wrote, in milliseconds since 1970: without a sign of life for long it is nobody's.
ALTER TABLE batches ADD COLUMN beat_at INTEGER NOT NULL DEFAULT 0;
-- Earlier programs counted nothing, and did everything in one transaction.
UPDATE batches SET added = (SELECT COUNT(*) FROM publications AS p WHERE p.batch_id = batches.id),
    settled_at = finished_at;
CREATE INDEX batches_unsettled ON batches (id) WHERE settled_at IS NULL;

-- What an import adds to records that were there: records as the audit keeps them, a line each, in the order of the file;
-- empty when it is done.
CREATE TABLE batch_changes (
    batch_id INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    publication_id INTEGER NOT NULL,
    -- The record's version when the import met it.
    version INTEGER NOT NULL,
    incoming TEXT NOT NULL,
    -- The version that the change made; NULL: it waits, or the record would not take it (`missed_because`: title, key of
    -- the reason and its values).
    made_version INTEGER,
    missed_because TEXT,
    -- Taken back, or left as it is because it was changed since.
    settled_at TEXT,
    PRIMARY KEY (batch_id, publication_id)
) STRICT;

CREATE INDEX batch_changes_waiting ON batch_changes (batch_id, publication_id)
WHERE made_version IS NULL AND missed_because IS NULL AND settled_at IS NULL;
CREATE INDEX batch_changes_made ON batch_changes (batch_id, publication_id)
WHERE made_version IS NOT NULL AND settled_at IS NULL;
CREATE INDEX batch_changes_missed ON batch_changes (batch_id, publication_id) WHERE missed_because IS NOT NULL;
-- What imports of earlier programs added to records that were there.
INSERT INTO batch_changes (batch_id, publication_id, version, incoming, made_version)
SELECT DISTINCT a.batch_id, a.subject_id, 0, '', 0 FROM audit AS a JOIN batches AS b ON b.id = a.batch_id
WHERE a.action = 'import' AND a.subject_kind = 'record' AND a.before IS NOT NULL;
UPDATE batches SET changed = (SELECT COUNT(*) FROM batch_changes AS c WHERE c.batch_id = batches.id);

-- Keys that an import under way brings to records that were there: later lines of the file are met by them.
CREATE TABLE batch_keys (
    batch_id INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    publication_id INTEGER NOT NULL,
    PRIMARY KEY (batch_id, key)
) STRICT;

-- The words of titles. No foreign key: the program, which folded them, takes them away with the title.
CREATE TABLE title_words (
    list_id INTEGER NOT NULL,
    word TEXT NOT NULL,
    publication_id INTEGER NOT NULL,
    PRIMARY KEY (list_id, word, publication_id)
) STRICT, WITHOUT ROWID;
-- By which rules the words of the title were written; NULL: they are not yet.
ALTER TABLE publications ADD COLUMN words INTEGER;
CREATE INDEX publications_without_words ON publications (id) WHERE words IS NULL;
CREATE INDEX publications_changed ON publications (batch_id) WHERE version > 1 AND batch_id IS NOT NULL;

DROP VIEW live_publications;
CREATE VIEW live_publications AS
SELECT p.id, p.list_id, l.name AS list_name, p.version, p.title, p.title_folded, p.language,
       p.recorded, p.reviewed, p.valid_from, p.valid_until, p.changed_at
FROM publications AS p
JOIN lists AS l ON l.id = p.list_id
LEFT JOIN batches AS b ON b.id = p.batch_id
WHERE p.batch_id IS NULL OR (b.finished_at IS NOT NULL AND b.undone_at IS NULL);

-- As before, but a record that nobody sees any more counts as gone.
DROP VIEW note_needs;
CREATE VIEW note_needs AS
SELECT n.message_id, CASE
    WHEN EXISTS (SELECT 1 FROM note_records AS r WHERE r.message_id = n.message_id AND NOT EXISTS (
        SELECT 1 FROM live_publications AS p WHERE p.id = r.publication_id AND p.version = r.version)) THEN 'look'
    WHEN n.kind = 'pointer' AND NOT EXISTS (SELECT 1 FROM notes AS t
        WHERE t.message_id = n.points_to AND t.kind = 'note' AND t.vacated_at IS NULL AND (t.withdrawn_at IS NULL OR t.struck IS NOT NULL)
        AND (t.note_message_id IS NULL OR t.note_message_id = n.points_to_note)) THEN 'look'
    END AS todo
FROM notes AS n;
