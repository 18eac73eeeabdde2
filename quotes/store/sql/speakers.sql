-- How often each speaker is quoted, alone or together with another, in how many statements and outlets.
WITH said AS (
    SELECT speaker_id, statement_id, outlet_id FROM quotes WHERE speaker_id IS NOT NULL
    UNION ALL
    SELECT speaker_id, statement_id, outlet_id
    FROM (
        SELECT DISTINCT q.id, a.speaker_id, q.statement_id, q.outlet_id
        FROM joint_speakers AS j
        INNER JOIN article_speakers AS a ON a.id = j.article_speaker_id
        INNER JOIN quotes AS q ON q.id = j.quote_id
        WHERE a.speaker_id IS NOT q.speaker_id
    )
),
counted AS (
    SELECT
        speaker_id,
        count(*) AS quote_count,
        count(DISTINCT statement_id) AS statement_count,
        count(DISTINCT outlet_id) AS outlet_count
    FROM said
    GROUP BY speaker_id
)
SELECT
    s.id,
    coalesce(c.quote_count, 0) AS quote_count,
    coalesce(c.statement_count, 0) AS statement_count,
    coalesce(c.outlet_count, 0) AS outlet_count
FROM speakers AS s
LEFT JOIN counted AS c ON c.speaker_id = s.id
ORDER BY s.id
