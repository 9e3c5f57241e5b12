-- name: found_of
SELECT f.id, f.publication_id, f.url, f.key, f.kind, f.claimed_by, f.found_at FROM found_addresses AS f
WHERE f.publication_id = :publication_id AND f.dismissed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM addresses AS a WHERE a.publication_id = f.publication_id AND a.key = f.key)
ORDER BY f.id

-- name: add_found
INSERT INTO found_addresses (id, publication_id, url, key, kind, claimed_by, found_at)
SELECT :id, p.id, :url, :key, :kind, :claimed_by, :found_at FROM publications AS p WHERE p.id = :publication_id
ON CONFLICT (publication_id, key) DO NOTHING
RETURNING id

-- name: dismiss_found
UPDATE found_addresses SET dismissed_at = :at WHERE id = :id

-- name: move_found
UPDATE found_addresses SET publication_id = :publication_id WHERE publication_id = :gone AND key NOT IN
    (SELECT f.key FROM found_addresses AS f WHERE f.publication_id = :publication_id)

-- name: events_of_change
SELECT subject_id, before, after FROM audit WHERE change_id = :change_id ORDER BY id

-- name: undone
SELECT 1 FROM audit WHERE undoes = :change_id LIMIT 1

-- name: known_short_links
SELECT key, target FROM short_links WHERE key IN (:keys...) AND target IS NOT NULL AND looked_up_at > :since

-- name: looked_up_short_links
SELECT key FROM short_links WHERE key IN (:keys...)
    AND looked_up_at > CASE WHEN target IS NULL THEN :nowhere_since ELSE :found_since END

-- name: remember_short_link
INSERT INTO short_links (key, target, looked_up_at) VALUES (:key, :target, :at)
ON CONFLICT (key) DO UPDATE SET target = excluded.target, looked_up_at = excluded.looked_up_at

-- name: forget_short_links
DELETE FROM short_links WHERE looked_up_at <= :before
