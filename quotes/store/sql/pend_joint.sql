-- Quotes that local speakers who moved said together with others are to be described anew.
INSERT OR IGNORE INTO match_pending
SELECT quote_id
FROM joint_speakers
WHERE article_speaker_id IN (SELECT value FROM json_each(?))
