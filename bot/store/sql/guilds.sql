-- name: guild
SELECT mode, log_channel_id, cooldown_seconds, objections, other_bots, notes_per_minute, typed_links, short_links, repeats,
    corrections, page_fetching
FROM guilds WHERE id = :id

-- name: ignored_channels
SELECT channel_id FROM ignored_channels WHERE guild_id = :id

-- name: save_guild
INSERT INTO guilds (id, mode, log_channel_id, cooldown_seconds, objections, other_bots, notes_per_minute, typed_links,
    short_links, repeats, corrections, page_fetching)
VALUES (:id, :mode, :log_channel_id, :cooldown_seconds, :objections, :other_bots, :notes_per_minute, :typed_links,
    :short_links, :repeats, :corrections, :page_fetching)
ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, log_channel_id = excluded.log_channel_id,
    cooldown_seconds = excluded.cooldown_seconds, objections = excluded.objections, other_bots = excluded.other_bots,
    notes_per_minute = excluded.notes_per_minute, typed_links = excluded.typed_links, short_links = excluded.short_links,
    repeats = excluded.repeats, corrections = excluded.corrections,
    page_fetching = excluded.page_fetching

-- name: drop_ignored
DELETE FROM ignored_channels WHERE guild_id = :id

-- name: add_ignored
INSERT INTO ignored_channels (guild_id, channel_id) VALUES (:id, :channel_id)

-- name: get_meta
SELECT value FROM meta WHERE name = :name

-- name: set_meta
INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value
