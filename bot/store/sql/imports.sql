-- name: add_batch
INSERT INTO batches (id, list_id, origin, owner, actor_kind, actor_id, started_at, beat_at)
VALUES (:id, :list_id, :origin, :owner, :actor_kind, :actor_id, :at, :beat)

-- name: batch_beat
UPDATE batches SET beat_at = :beat WHERE id = :id AND owner = :owner AND finished_at IS NULL RETURNING id

-- name: claim_batch
UPDATE batches SET owner = '' WHERE id = :id AND finished_at IS NULL AND beat_at <= :beat RETURNING id

-- name: holders_for_import
SELECT a.key, a.publication_id, p.batch_id FROM addresses AS a JOIN publications AS p ON p.id = a.publication_id
WHERE a.list_id = :list_id AND a.key IN (:keys...)

-- name: batch_keys_among
SELECT key, publication_id FROM batch_keys WHERE batch_id = :batch_id AND key IN (:keys...)

-- name: add_batch_key
INSERT INTO batch_keys (batch_id, key, publication_id) VALUES (:batch_id, :key, :publication_id) ON CONFLICT DO NOTHING

-- name: drop_batch_keys
DELETE FROM batch_keys WHERE batch_id = :batch_id AND key IN (
    SELECT k.key FROM batch_keys AS k WHERE k.batch_id = :batch_id LIMIT :most)
RETURNING 1

-- name: drop_batch_changes
DELETE FROM batch_changes WHERE batch_id = :batch_id AND publication_id IN (
    SELECT c.publication_id FROM batch_changes AS c WHERE c.batch_id = :batch_id LIMIT :most)
RETURNING 1

-- name: made_in_batch
SELECT subject_id, before, after FROM audit
WHERE subject_kind = 'record' AND subject_id IN (:ids...) AND batch_id = :batch_id AND action = 'import' ORDER BY id

-- name: brought_by
SELECT b.id, b.undone_at FROM audit AS a JOIN batches AS b ON b.id = a.batch_id
WHERE a.subject_kind = 'record' AND a.subject_id = :id AND a.action = 'import' AND a.before IS NULL

-- name: drop_made_in_batch
DELETE FROM audit WHERE subject_kind = 'record' AND subject_id IN (:ids...) AND batch_id = :batch_id

-- name: drop_publications
DELETE FROM publications WHERE id IN (:ids...)

-- name: incoming_of
SELECT publication_id, incoming FROM batch_changes WHERE batch_id = :batch_id AND publication_id IN (:ids...)

-- name: put_change
INSERT INTO batch_changes (batch_id, publication_id, version, incoming)
VALUES (:batch_id, :publication_id, :version, :incoming)
ON CONFLICT (batch_id, publication_id) DO UPDATE SET incoming = excluded.incoming

-- name: finish_batch
UPDATE batches SET finished_at = :at, added = :added
WHERE id = :id AND owner = :owner AND finished_at IS NULL RETURNING id

-- name: count_changes
UPDATE batches SET changed = changed + :more WHERE id = :id

-- name: is_undone
SELECT id FROM batches WHERE id = :id AND undone_at IS NOT NULL

-- name: batch_settled
UPDATE batches SET settled_at = :at WHERE id = :id

-- name: waiting_changes
SELECT publication_id, incoming FROM batch_changes
WHERE batch_id = :batch_id AND made_version IS NULL AND missed_because IS NULL AND settled_at IS NULL
ORDER BY publication_id LIMIT :most

-- name: change_made
UPDATE batch_changes SET made_version = :version, incoming = '' WHERE batch_id = :batch_id AND publication_id = :id

-- name: change_missed
UPDATE batch_changes SET missed_because = :reason, incoming = '' WHERE batch_id = :batch_id AND publication_id = :id

-- name: change_settled
UPDATE batch_changes SET settled_at = :at WHERE batch_id = :batch_id AND publication_id = :id

-- name: missed_changes
SELECT missed_because FROM batch_changes
WHERE batch_id = :batch_id AND missed_because IS NOT NULL ORDER BY publication_id LIMIT :most

-- name: made_changes
SELECT publication_id, made_version FROM batch_changes
WHERE batch_id = :batch_id AND made_version IS NOT NULL AND settled_at IS NULL ORDER BY publication_id LIMIT :most

-- name: batches_by_age
SELECT b.id, l.name, b.origin, b.started_at, b.finished_at, b.undone_at, b.added, b.changed
FROM batches AS b JOIN lists AS l ON l.id = b.list_id
WHERE b.finished_at IS NOT NULL AND l.name = :name ORDER BY b.id DESC LIMIT :most

-- name: all_batches_by_age
SELECT b.id, l.name, b.origin, b.started_at, b.finished_at, b.undone_at, b.added, b.changed
FROM batches AS b JOIN lists AS l ON l.id = b.list_id
WHERE b.finished_at IS NOT NULL ORDER BY b.id DESC LIMIT :most

-- name: batch_by_id
SELECT b.id, l.name, b.origin, b.started_at, b.finished_at, b.undone_at, b.added, b.changed
FROM batches AS b JOIN lists AS l ON l.id = b.list_id
WHERE b.id = :id AND b.finished_at IS NOT NULL

-- name: touched_additions
SELECT id, version FROM publications WHERE batch_id = :batch_id AND version > 1 AND id > :after ORDER BY id LIMIT :most

-- name: touched_changes
SELECT c.publication_id, p.version FROM batch_changes AS c JOIN publications AS p ON p.id = c.publication_id
WHERE c.batch_id = :batch_id AND c.settled_at IS NULL AND c.made_version IS NOT NULL AND p.version <> c.made_version
    AND c.publication_id > :after
ORDER BY c.publication_id LIMIT :most

-- name: leave_batch
UPDATE publications SET batch_id = NULL WHERE id IN (:ids...)

-- name: mark_undone
UPDATE batches SET undone_at = :at, undone_kind = :kind, undone_by = :by, settled_at = NULL
WHERE id = :id AND undone_at IS NULL AND finished_at IS NOT NULL
RETURNING id

-- name: noted_in_batch
INSERT INTO record_changes (publication_id, first_at, last_at, look, statuses)
SELECT DISTINCT p.id, :at, :at, 1, '' FROM note_records AS r CROSS JOIN publications AS p
WHERE p.id = r.publication_id AND p.batch_id = :batch_id
ON CONFLICT (publication_id) DO UPDATE SET last_at = excluded.last_at, look = 1

-- name: noted_among
INSERT INTO record_changes (publication_id, first_at, last_at, look, statuses)
SELECT DISTINCT r.publication_id, :at, :at, 1, '' FROM note_records AS r WHERE r.publication_id IN (:ids...)
ON CONFLICT (publication_id) DO UPDATE SET last_at = excluded.last_at, look = 1

-- name: rows_of_batch
SELECT id, list_id, title FROM publications WHERE batch_id = :batch_id LIMIT :most

-- name: drop_batch
DELETE FROM batches WHERE id = :id AND finished_at IS NULL

-- name: unsettled_batches
SELECT b.id, b.owner, b.beat_at, b.finished_at, b.undone_at, COALESCE(b.undone_kind, b.actor_kind) AS kind,
    CASE WHEN b.undone_kind IS NULL THEN b.actor_id ELSE b.undone_by END AS who
FROM batches AS b
WHERE b.settled_at IS NULL ORDER BY b.id

-- name: unsettled_batch
SELECT finished_at FROM batches WHERE id = :id

-- name: unseen_holders
SELECT a.key, b.owner, b.beat_at, b.finished_at FROM addresses AS a
JOIN publications AS p ON p.id = a.publication_id JOIN batches AS b ON b.id = p.batch_id
WHERE a.list_id = :list_id AND a.key IN (:keys...)

-- name: rehearsed_keys
SELECT key, owner FROM rehearsed_keys WHERE key IN (:keys...)

-- name: rehearse_key
INSERT INTO rehearsed_keys (key, owner) VALUES (:key, :owner) ON CONFLICT DO NOTHING

-- name: rehearsed_contents
SELECT owner, contents FROM rehearsed WHERE owner IN (:owners...)

-- name: rehearse
INSERT INTO rehearsed (owner, contents) VALUES (:owner, :contents)
ON CONFLICT (owner) DO UPDATE SET contents = excluded.contents
