-- name: note
SELECT message_id, guild_id, channel_id, note_message_id, withdrawn_because, kind, attempt, reserved_at, says, todo, tries, struck
FROM notes WHERE message_id = :message_id AND vacated_at IS NULL AND kind <> 'observation'

-- name: note_by_note_message
SELECT message_id, guild_id, channel_id, note_message_id, withdrawn_because, kind, attempt, reserved_at, says, todo, tries, struck
FROM notes WHERE note_message_id = :message_id

-- name: latest_note
SELECT message_id, guild_id, channel_id, note_message_id, withdrawn_because, kind, attempt, reserved_at, says, todo, tries, struck
FROM notes WHERE channel_id = :channel_id AND note_message_id IS NOT NULL AND withdrawn_at IS NULL AND kind = 'note'
ORDER BY message_sent_at DESC, message_id DESC LIMIT 1

-- name: was_vacated
SELECT 1 FROM notes WHERE message_id = :message_id AND vacated_at IS NOT NULL

-- name: records_of_notes
SELECT message_id, publication_id, version FROM note_records WHERE message_id IN (:ids...) ORDER BY message_id, position

-- name: last_spoken
SELECT r.publication_id, n.message_sent_at, n.message_id, n.note_message_id
FROM notes AS n JOIN note_records AS r ON r.message_id = n.message_id
WHERE n.channel_id = :channel_id AND n.kind = :kind AND n.message_id <> :message_id
    AND n.message_sent_at >= :since AND n.message_sent_at <= :until
    AND n.withdrawn_at IS NULL AND n.vacated_at IS NULL AND r.publication_id IN (:ids...)
ORDER BY n.message_sent_at, n.message_id

-- name: notes_since
SELECT COALESCE(SUM(attempt), 0) FROM notes WHERE channel_id = :channel_id
    AND (kind = :kind OR (kind = 'pointer' AND :kind = 'note')) AND message_sent_at > :since AND message_sent_at <= :until

-- name: reserve
INSERT INTO notes (message_id, guild_id, channel_id, kind, attempt, message_sent_at, reserved_at, says, points_to,
    points_to_note, todo, try_after)
VALUES (:message_id, :guild_id, :channel_id, :kind, 1, :message_sent_at, :reserved_at, :says, :points_to,
    :points_to_note, :todo, :try_after)
ON CONFLICT (message_id) DO UPDATE SET kind = excluded.kind, attempt = notes.attempt + 1,
    message_sent_at = excluded.message_sent_at, reserved_at = excluded.reserved_at, vacated_at = NULL,
    says = excluded.says, points_to = excluded.points_to,
    points_to_note = excluded.points_to_note, todo = excluded.todo, try_after = excluded.try_after, tries = 0
WHERE notes.withdrawn_at IS NULL
    AND (notes.vacated_at IS NOT NULL OR (notes.kind = 'observation' AND excluded.kind <> 'observation'))
RETURNING attempt

-- name: confirm
UPDATE notes SET note_message_id = :note_message_id, posted_at = :at, tries = 0, try_after = NULL,
    todo = CASE WHEN withdrawn_at IS NOT NULL THEN 'delete' ELSE 'settle' END
WHERE message_id = :message_id AND vacated_at IS NULL
    AND (note_message_id IS NULL OR note_message_id = :note_message_id)
RETURNING withdrawn_at

-- name: note_done
UPDATE notes SET tries = 0, try_after = CASE WHEN todo <> :done THEN try_after END,
    todo = CASE WHEN todo <> :done THEN todo
        ELSE (SELECT w.todo FROM note_needs AS w WHERE w.message_id = notes.message_id) END
WHERE message_id = :message_id AND withdrawn_at IS NULL AND vacated_at IS NULL

-- name: withdrawn_note_done
UPDATE notes SET tries = 0, try_after = NULL, todo = NULL
WHERE message_id = :message_id AND withdrawn_at IS NOT NULL AND (todo = :done OR todo IS NULL)

-- name: vacate
UPDATE notes SET note_message_id = NULL, posted_at = NULL, vacated_at = :at, todo = NULL, try_after = NULL, tries = 0
WHERE message_id = :message_id AND withdrawn_at IS NULL

-- name: renew
UPDATE notes SET kind = :kind, says = :says, points_to = :points_to, points_to_note = :points_to_note
WHERE message_id = :message_id

-- name: withdraw
UPDATE notes SET withdrawn_at = :at, withdrawn_because = :reason, struck = :struck, tries = 0, try_after = NULL, todo = CASE
    WHEN note_message_id IS NULL AND todo = 'settle' THEN todo WHEN :struck IS NOT NULL THEN 'strike' END
WHERE message_id = :message_id AND withdrawn_at IS NULL AND vacated_at IS NULL
RETURNING message_id

-- name: end_note
UPDATE notes SET withdrawn_at = COALESCE(withdrawn_at, :at), withdrawn_because = COALESCE(withdrawn_because, :reason),
    tries = 0, try_after = NULL, todo = CASE WHEN note_message_id IS NOT NULL THEN 'delete' ELSE todo END
WHERE message_id = :message_id AND vacated_at IS NULL AND kind <> 'observation'

-- name: end_notes_of_channel
UPDATE notes SET withdrawn_at = :at, withdrawn_because = :reason, todo = NULL, try_after = NULL
WHERE channel_id = :channel_id AND withdrawn_at IS NULL AND vacated_at IS NULL AND kind <> 'observation'

-- name: forget_work_of_channel
UPDATE notes SET todo = NULL, try_after = NULL WHERE channel_id = :channel_id AND todo IS NOT NULL

-- name: drop_note_records
DELETE FROM note_records WHERE message_id = :message_id

-- name: add_note_record
INSERT INTO note_records (message_id, position, publication_id, version) VALUES (:message_id, :position, :publication_id, :version)

-- name: note_todo
UPDATE notes SET todo = :todo, tries = 0, try_after = :try_after WHERE message_id = :message_id

-- name: note_later
UPDATE notes SET tries = tries + 1, try_after = :try_after WHERE message_id = :message_id AND todo IS NOT NULL

-- name: notes_due
SELECT message_id, guild_id, channel_id, note_message_id, withdrawn_because, kind, attempt, reserved_at, says, todo, tries, struck
FROM notes WHERE todo = :todo AND (try_after IS NULL OR try_after <= :now) AND channel_id NOT IN (:but...)
ORDER BY message_id DESC LIMIT :most

-- name: channel_later
UPDATE notes SET try_after = :try_after WHERE channel_id = :channel_id AND todo IS NOT NULL AND todo <> 'settle'

-- name: vacate_open_of_guild
UPDATE notes SET vacated_at = :at WHERE guild_id = :guild_id AND todo = 'settle' AND note_message_id IS NULL
    AND withdrawn_at IS NULL

-- name: forget_work_of_guild
UPDATE notes SET todo = NULL, try_after = NULL WHERE guild_id = :guild_id AND todo IS NOT NULL

-- name: settle_at_once
UPDATE notes SET try_after = NULL WHERE todo = 'settle'

-- name: look_again_since
UPDATE notes SET todo = 'look', tries = 0, try_after = NULL
WHERE message_sent_at >= :since AND kind <> 'observation' AND note_message_id IS NOT NULL
    AND (withdrawn_at IS NULL OR struck IS NOT NULL) AND vacated_at IS NULL AND (todo IS NULL OR todo = 'renew')

-- name: unsettle_pointing
UPDATE notes SET points_to_note = NULL WHERE points_to = :message_id AND kind = 'pointer' AND todo = 'settle'

-- name: look_again_pointing
UPDATE notes SET todo = 'look', tries = 0, try_after = NULL
WHERE points_to = :message_id AND kind = 'pointer' AND note_message_id IS NOT NULL
    AND withdrawn_at IS NULL AND vacated_at IS NULL AND (todo IS NULL OR todo = 'renew')

-- name: renew_all
UPDATE notes SET todo = CASE WHEN todo IS NULL THEN 'renew' ELSE 'look' END, tries = 0, try_after = NULL
WHERE (todo IS NULL OR todo = 'renew') AND (:guild_id = 0 OR guild_id = :guild_id) AND kind = 'note' AND note_message_id IS NOT NULL AND withdrawn_at IS NULL AND vacated_at IS NULL

-- name: renew_notes_of
UPDATE notes SET todo = :todo, tries = 0, try_after = NULL
WHERE (todo IS NULL OR todo = 'renew') AND kind = 'note' AND note_message_id IS NOT NULL
    AND withdrawn_at IS NULL AND vacated_at IS NULL
    AND message_id IN (SELECT message_id FROM note_records WHERE publication_id = :id AND version <> :version)

-- name: notice
INSERT INTO notices (channel_id, kind, said_at) VALUES (:channel_id, :kind, :at) ON CONFLICT DO NOTHING RETURNING channel_id

-- name: clear_notices
DELETE FROM notices WHERE channel_id = :channel_id

-- name: any_notice
SELECT 1 FROM notices WHERE channel_id = :channel_id LIMIT 1

-- name: close_channel
INSERT INTO closed_channels (channel_id, permissions, closed_at) VALUES (:channel_id, :permissions, :at)
ON CONFLICT (channel_id) DO UPDATE SET permissions = excluded.permissions, closed_at = excluded.closed_at

-- name: closed_channel
SELECT permissions FROM closed_channels WHERE channel_id = :channel_id

-- name: open_channel
DELETE FROM closed_channels WHERE channel_id = :channel_id

-- name: channels_read
SELECT channel_id, message_id FROM channels_read

-- name: mark_channel_read
INSERT INTO channels_read (channel_id, message_id) VALUES (:channel_id, :message_id)
ON CONFLICT (channel_id) DO UPDATE SET message_id = excluded.message_id
WHERE excluded.message_id > channels_read.message_id
