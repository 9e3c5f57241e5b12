-- name: find_by_keys
SELECT DISTINCT p.id
FROM addresses AS a JOIN live_publications AS p ON p.id = a.publication_id
WHERE a.key IN (:keys...) AND p.list_name IN (:lists...)

-- name: publications_by_id
SELECT id, list_name, version, title, language, recorded, reviewed, valid_from, valid_until, changed_at
FROM live_publications WHERE id IN (:ids...)

-- name: addresses_of
SELECT publication_id, url, key, kind, claimed_by FROM addresses WHERE publication_id IN (:ids...) ORDER BY publication_id, position

-- name: labels_of
SELECT publication_id, key, phrase, set_on, until FROM labels WHERE publication_id IN (:ids...) ORDER BY publication_id, position

-- name: sources_of
SELECT publication_id, name, title, url, published, relation FROM sources WHERE publication_id IN (:ids...)

-- name: works_of
SELECT publication_id, name, url FROM works WHERE publication_id IN (:ids...) ORDER BY publication_id, position

-- name: claims_of
SELECT publication_id, id, text, quote, status, verdict_by, verdict_words, verdict_url, verdict_date
FROM claims WHERE publication_id IN (:ids...) ORDER BY publication_id, position

-- name: speakers_of
SELECT s.claim_id, s.name FROM speakers AS s JOIN claims AS c ON c.id = s.claim_id
WHERE c.publication_id IN (:ids...) ORDER BY s.claim_id, s.position

-- name: evidence_of
SELECT e.claim_id, e.url, e.looked_at, e.stance FROM evidence AS e JOIN claims AS c ON c.id = e.claim_id
WHERE c.publication_id IN (:ids...) ORDER BY e.claim_id, e.position

-- name: titles_beginning
SELECT id, title, title_folded FROM live_publications
WHERE list_name = :name AND title_folded >= :low AND title_folded < :high ORDER BY title_folded, id LIMIT :most

-- name: titles_with_word
SELECT p.id, p.title, p.title_folded FROM (
    SELECT w.publication_id FROM title_words AS w
    WHERE w.list_id = (SELECT id FROM lists WHERE name = :name) AND w.word >= :low AND w.word < :high LIMIT :looked_at
) AS found JOIN live_publications AS p ON p.id = found.publication_id
WHERE p.title_folded LIKE :pattern ESCAPE '\' ORDER BY p.title_folded, p.id LIMIT :most

-- name: titles_with_part
SELECT id, title, title_folded FROM (
    SELECT id, title, title_folded FROM live_publications WHERE list_name = :name LIMIT :looked_at
) AS some WHERE title_folded LIKE :pattern ESCAPE '\' ORDER BY title_folded, id LIMIT :most

-- name: add_title_word
INSERT INTO title_words (list_id, word, publication_id) VALUES (:list_id, :word, :publication_id)

-- name: drop_title_word
DELETE FROM title_words WHERE list_id = :list_id AND word = :word AND publication_id = :publication_id

-- name: without_words
SELECT id, list_id, title FROM publications WHERE words IS NULL LIMIT :most

-- name: set_words
UPDATE publications SET words = :words WHERE id = :id

-- name: first_keys
SELECT a.key, a.publication_id FROM addresses AS a
WHERE a.key > :after AND a.list_id = (SELECT id FROM lists WHERE name = :name) AND NOT EXISTS (
    SELECT 1 FROM addresses AS other WHERE other.publication_id = a.publication_id AND other.key < a.key)
ORDER BY a.key LIMIT :most

-- name: count_list
SELECT COUNT(*) FROM live_publications WHERE list_name = :name

-- name: list_id
SELECT id FROM lists WHERE name = :name

-- name: add_list
INSERT INTO lists (id, name, created_at) VALUES (:id, :name, :at)

-- name: holders_of_keys
SELECT a.key, a.publication_id, (SELECT p.title FROM live_publications AS p WHERE p.id = a.publication_id) AS title
FROM addresses AS a
WHERE a.list_id = :list_id AND a.key IN (:keys...)

-- name: add_publication
INSERT INTO publications (id, list_id, batch_id, version, title, title_folded, language, recorded, reviewed, valid_from, valid_until,
    changed_at, words)
VALUES (:id, :list_id, :batch_id, :version, :title, :title_folded, :language, :recorded, :reviewed, :valid_from, :valid_until,
    :changed_at, :words)

-- name: change_publication
UPDATE publications SET version = :version, title = :title, title_folded = :title_folded, language = :language,
    recorded = :recorded, reviewed = :reviewed, valid_from = :valid_from, valid_until = :valid_until,
    changed_at = :changed_at, words = :words
WHERE id = :id AND version = :version - 1
    AND EXISTS (SELECT 1 FROM live_publications AS seen WHERE seen.id = publications.id)
RETURNING id

-- name: remove_publication
DELETE FROM publications WHERE id = :id AND version = :version
    AND EXISTS (SELECT 1 FROM live_publications AS seen WHERE seen.id = publications.id)
RETURNING id

-- name: drop_addresses
DELETE FROM addresses WHERE publication_id = :id

-- name: drop_labels
DELETE FROM labels WHERE publication_id = :id

-- name: drop_source
DELETE FROM sources WHERE publication_id = :id

-- name: drop_works
DELETE FROM works WHERE publication_id = :id

-- name: drop_claims
DELETE FROM claims WHERE publication_id = :id

-- name: add_address
INSERT INTO addresses (publication_id, position, list_id, url, key, key_version, kind, claimed_by)
VALUES (:publication_id, :position, :list_id, :url, :key, :key_version, :kind, :claimed_by)

-- name: add_label
INSERT INTO labels (publication_id, position, key, phrase, set_on, until)
VALUES (:publication_id, :position, :key, :phrase, :set_on, :until)

-- name: add_source
INSERT INTO sources (publication_id, name, title, url, published, relation)
VALUES (:publication_id, :name, :title, :url, :published, :relation)

-- name: add_work
INSERT INTO works (publication_id, position, name, url) VALUES (:publication_id, :position, :name, :url)

-- name: add_claim
INSERT INTO claims (id, publication_id, position, text, quote, status, verdict_by, verdict_words, verdict_url, verdict_date)
VALUES (:id, :publication_id, :position, :text, :quote, :status, :verdict_by, :verdict_words, :verdict_url, :verdict_date)

-- name: add_speaker
INSERT INTO speakers (claim_id, position, name) VALUES (:claim_id, :position, :name)

-- name: add_evidence
INSERT INTO evidence (claim_id, position, url, looked_at, stance) VALUES (:claim_id, :position, :url, :looked_at, :stance)

-- name: any_outdated_key
SELECT 1 FROM addresses WHERE key_version <> :version LIMIT 1

-- name: key_versions_of
SELECT key, key_version FROM addresses WHERE publication_id = :id

-- name: outdated_keys
SELECT publication_id, position, list_id, url, key FROM addresses
WHERE key_version <> :version AND (publication_id > :after OR (publication_id = :after AND position > :after_position))
ORDER BY publication_id, position LIMIT :most

-- name: holder_of_key
SELECT publication_id, position, key_version FROM addresses WHERE list_id = :list_id AND key = :key

-- name: set_key
UPDATE addresses SET key = :key, key_version = :version WHERE publication_id = :publication_id AND position = :position

-- name: add_event
INSERT INTO audit (id, at, actor_kind, actor_id, action, subject_kind, subject_id, batch_id, change_id, undoes, before,
    after)
VALUES (:id, :at, :actor_kind, :actor_id, :action, :subject_kind, :subject_id, :batch_id, :change_id, :undoes, :before,
    :after)

-- name: events_of
SELECT at, actor_kind, actor_id, action, before, after FROM audit
WHERE subject_kind = :subject_kind AND subject_id = :subject_id ORDER BY id
