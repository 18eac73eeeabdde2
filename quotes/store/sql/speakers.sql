-- How often each speaker is quoted, alone or together with another, in how many statements and outlets.
WITH said AS (
    SELECT a.speaker_id, q.id AS quote_id, q.statement_id, q.outlet_id
    FROM quotes AS q
    INNER JOIN article_speakers AS a ON a.id = q.article_speaker_id
    UNION
    SELECT a.speaker_id, q.id, q.statement_id, q.outlet_id
    FROM joint_speakers AS j
    INNER JOIN article_speakers AS a ON a.id = j.article_speaker_id
    INNER JOIN quotes AS q ON q.id = j.quote_id
)
SELECT
    s.id,
    count(d.quote_id) AS quote_count,
    count(DISTINCT d.statement_id) AS statement_count,
    count(DISTINCT d.outlet_id) AS outlet_count
FROM speakers AS s
LEFT JOIN said AS d ON d.speaker_id = s.id
GROUP BY s.id
ORDER BY s.id
