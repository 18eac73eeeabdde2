-- Who said some quotes together with their speakers.
SELECT j.quote_id, a.speaker_id
FROM joint_speakers AS j
INNER JOIN article_speakers AS a ON a.id = j.article_speaker_id
WHERE j.quote_id IN (SELECT value FROM json_each(?)) AND a.speaker_id IS NOT NULL
ORDER BY j.quote_id, j.article_speaker_id
