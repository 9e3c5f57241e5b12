-- name: note_record_change
INSERT INTO record_changes (publication_id, first_at, last_at, look, statuses)
SELECT :id, :at, :at, :look, :statuses
WHERE EXISTS (SELECT 1 FROM note_records WHERE publication_id = :id)
ON CONFLICT (publication_id) DO UPDATE SET last_at = excluded.last_at, 
    look = CASE WHEN excluded.look = 1 THEN 1 ELSE record_changes.look END

-- name: claim_statuses
SELECT id, status FROM claims WHERE publication_id = :id ORDER BY position

-- name: changes_due
SELECT publication_id, last_at, look, statuses FROM record_changes
WHERE last_at <= :settled OR first_at <= :longest ORDER BY last_at LIMIT :most

-- name: change_taken_up
DELETE FROM record_changes WHERE publication_id = :id AND last_at = :last_at RETURNING publication_id

-- name: version_of
SELECT version FROM live_publications WHERE id = :id

-- name: showing_channels
SELECT guild_id, channel_id, message_id, note_message_id FROM notes WHERE message_id IN (
    SELECT MAX(n.message_id) FROM notes AS n JOIN note_records AS r ON r.message_id = n.message_id
    WHERE r.publication_id = :id AND n.kind = 'note' AND n.note_message_id IS NOT NULL
        AND n.withdrawn_at IS NULL AND n.vacated_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM note_records AS o WHERE o.message_id = n.message_id AND o.publication_id <> :id)
    GROUP BY n.channel_id)

-- name: add_correction
INSERT INTO corrections (publication_id, version, channel_id, guild_id, message_id, note_message_id, reserved_at)
VALUES (:publication_id, :version, :channel_id, :guild_id, :message_id, :note_message_id, :at) ON CONFLICT DO NOTHING

-- name: corrections_due
SELECT publication_id, version, channel_id, guild_id, message_id, note_message_id, reserved_at, tries FROM corrections
WHERE posted_id IS NULL AND closed_because IS NULL AND (try_after IS NULL OR try_after <= :now)
ORDER BY reserved_at, channel_id LIMIT :most

-- name: correction_posted
UPDATE corrections SET posted_id = :posted_id
WHERE publication_id = :publication_id AND version = :version AND channel_id = :channel_id

-- name: correction_closed
UPDATE corrections SET closed_because = :reason
WHERE publication_id = :publication_id AND version = :version AND channel_id = :channel_id

-- name: corrections_of_note
SELECT posted_id FROM corrections WHERE note_message_id = :note_message_id AND posted_id IS NOT NULL
    AND closed_because IS NULL

-- name: corrections_gone
UPDATE corrections SET closed_because = :reason WHERE note_message_id = :note_message_id AND posted_id IS NOT NULL

-- name: correction_later
UPDATE corrections SET tries = tries + 1, try_after = :try_after
WHERE publication_id = :publication_id AND version = :version AND channel_id = :channel_id

-- name: history_of
SELECT at, before, after FROM audit
WHERE subject_kind = 'record' AND subject_id = :id AND action NOT IN (:not_of...) ORDER BY at DESC, id DESC LIMIT :most
