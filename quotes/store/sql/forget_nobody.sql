-- Speakers that no article names any more.
DELETE FROM speakers
WHERE id NOT IN (SELECT speaker_id FROM article_speakers WHERE speaker_id IS NOT NULL)
