-- name: note
SELECT message_id, guild_id, channel_id, note_message_id, withdrawn_at FROM notes
WHERE message_id = :message_id AND vacated_at IS NULL AND kind = 'note'

-- name: note_by_note_message
SELECT message_id, guild_id, channel_id, note_message_id, withdrawn_at FROM notes WHERE note_message_id = :message_id

-- name: latest_note
SELECT message_id, guild_id, channel_id, note_message_id, withdrawn_at FROM notes
WHERE channel_id = :channel_id AND note_message_id IS NOT NULL AND withdrawn_at IS NULL
ORDER BY message_sent_at DESC, message_id DESC LIMIT 1

-- name: records_of_note
SELECT publication_id, version FROM note_records WHERE message_id = :message_id ORDER BY position

-- name: last_spoken
SELECT r.publication_id, MAX(n.message_sent_at) FROM notes AS n JOIN note_records AS r ON r.message_id = n.message_id
WHERE n.channel_id = :channel_id AND n.kind = :kind AND n.message_id <> :message_id AND n.message_sent_at >= :since
    AND n.withdrawn_at IS NULL AND n.vacated_at IS NULL AND r.publication_id IN (:ids...)
GROUP BY r.publication_id

-- name: notes_since
SELECT COALESCE(SUM(attempt), 0) FROM notes WHERE channel_id = :channel_id AND kind = :kind
    AND message_sent_at > :since AND message_sent_at <= :until

-- name: reserve
INSERT INTO notes (message_id, guild_id, channel_id, kind, attempt, message_sent_at, reserved_at)
VALUES (:message_id, :guild_id, :channel_id, :kind, 1, :message_sent_at, :reserved_at)
ON CONFLICT (message_id) DO UPDATE SET kind = excluded.kind, attempt = notes.attempt + 1,
    message_sent_at = excluded.message_sent_at, reserved_at = excluded.reserved_at, vacated_at = NULL
WHERE notes.withdrawn_at IS NULL
    AND (notes.vacated_at IS NOT NULL OR (notes.kind = 'observation' AND excluded.kind = 'note'))
RETURNING attempt

-- name: confirm
UPDATE notes SET note_message_id = :note_message_id, posted_at = :at WHERE message_id = :message_id
    AND vacated_at IS NULL AND (note_message_id IS NULL OR note_message_id = :note_message_id)
RETURNING withdrawn_at

-- name: vacate
UPDATE notes SET note_message_id = NULL, posted_at = NULL, vacated_at = :at
WHERE message_id = :message_id AND withdrawn_at IS NULL

-- name: withdraw
UPDATE notes SET withdrawn_at = :at, withdrawn_because = :reason WHERE message_id = :message_id AND withdrawn_at IS NULL
RETURNING message_id

-- name: drop_note_records
DELETE FROM note_records WHERE message_id = :message_id

-- name: add_note_record
INSERT INTO note_records (message_id, position, publication_id, version) VALUES (:message_id, :position, :publication_id, :version)

-- name: notice
INSERT INTO notices (channel_id, kind, said_at) VALUES (:channel_id, :kind, :at) ON CONFLICT DO NOTHING RETURNING channel_id

-- name: clear_notices
DELETE FROM notices WHERE channel_id = :channel_id

-- name: any_notice
SELECT 1 FROM notices WHERE channel_id = :channel_id LIMIT 1
