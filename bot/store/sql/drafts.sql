-- name: add_draft
INSERT INTO drafts (id, guild_id, made_by, contents, remarks, digest, read_from, read_at, publication_id, version, revision, changed_at)
VALUES (:id, :guild_id, :made_by, :contents, :remarks, :digest, :read_from, :read_at, :publication_id, :version, 1, :changed_at)

-- name: change_draft
UPDATE drafts SET contents = :contents, remarks = :remarks, revision = revision + 1, changed_at = :changed_at
WHERE id = :id AND revision = :revision
RETURNING id

-- name: draft
SELECT id, guild_id, made_by, contents, remarks, digest, read_from, read_at, publication_id, version, revision, changed_at
FROM drafts WHERE id = :id AND guild_id = :guild_id AND made_by = :made_by AND changed_at >= :oldest

-- name: drafts_of
SELECT id, guild_id, made_by, contents, remarks, digest, read_from, read_at, publication_id, version, revision, changed_at
FROM drafts WHERE guild_id = :guild_id AND made_by = :made_by AND changed_at >= :oldest
ORDER BY changed_at DESC, id DESC LIMIT :most

-- name: drop_draft
DELETE FROM drafts WHERE id = :id

-- name: drop_drafts_of_guild
DELETE FROM drafts WHERE guild_id = :guild_id

-- name: drop_old_drafts
DELETE FROM drafts WHERE changed_at < :oldest

-- name: drop_drafts_beyond
DELETE FROM drafts WHERE id IN (
    SELECT id FROM drafts WHERE guild_id = :guild_id AND made_by = :made_by
    ORDER BY changed_at DESC, id DESC LIMIT 1000 OFFSET :most)

-- name: put_page_version
INSERT INTO page_versions (publication_id, digest, read_from, read_at) VALUES (:id, :digest, :read_from, :read_at)
ON CONFLICT (publication_id) DO UPDATE SET digest = excluded.digest, read_from = excluded.read_from, read_at = excluded.read_at

-- name: page_version
SELECT digest, read_from, read_at FROM page_versions WHERE publication_id = :id
