-- name: found_of
SELECT id, publication_id, url, key, kind, claimed_by, found_at FROM found_addresses
WHERE publication_id = :publication_id AND dismissed_at IS NULL ORDER BY id

-- name: add_found
INSERT INTO found_addresses (id, publication_id, url, key, kind, claimed_by, found_at)
VALUES (:id, :publication_id, :url, :key, :kind, :claimed_by, :found_at)
ON CONFLICT (publication_id, key) DO NOTHING
RETURNING id

-- name: dismiss_found
UPDATE found_addresses SET dismissed_at = :at WHERE id = :id

-- name: drop_found
DELETE FROM found_addresses WHERE id = :id

-- name: events_of_change
SELECT subject_id, before, after FROM audit WHERE change_id = :change_id ORDER BY id

-- name: known_short_links
SELECT key, target FROM short_links WHERE key IN (:keys...) AND target IS NOT NULL

-- name: looked_up_short_links
SELECT key FROM short_links WHERE key IN (:keys...)
    AND looked_up_at > CASE WHEN target IS NULL THEN :nowhere_since ELSE :found_since END

-- name: remember_short_link
INSERT INTO short_links (key, target, looked_up_at) VALUES (:key, :target, :at)
ON CONFLICT (key) DO UPDATE SET target = excluded.target, looked_up_at = excluded.looked_up_at
