-- Under which of their names the former quotes of an article name their speakers; NULL under none of these.
SELECT DISTINCT p.id, CASE WHEN p.words IN (SELECT value FROM json_each(l.aliases)) THEN p.words END AS alias
FROM (
    SELECT article_speaker_id AS id, speaker_as_printed AS words
    FROM quotes
    WHERE article_id = ?1 AND last_revision IS NOT NULL AND article_speaker_id IS NOT NULL
    UNION ALL
    SELECT j.article_speaker_id, j.speaker_as_printed
    FROM quotes AS q
    INNER JOIN joint_speakers AS j ON j.quote_id = q.id
    WHERE q.article_id = ?1 AND q.last_revision IS NOT NULL
) AS p
INNER JOIN article_speakers AS l ON l.id = p.id
ORDER BY p.id, alias
