-- What an outlet had first
WITH chosen AS (
    SELECT CASE WHEN :outlet = '' THEN (SELECT outlet_id FROM outlet_stats ORDER BY first_count DESC LIMIT 1)
                ELSE (SELECT id FROM outlets WHERE id = :outlet OR name = :outlet COLLATE NOCASE) END AS id
),
newest AS MATERIALIZED (
    SELECT DISTINCT statement_id FROM (
        SELECT statement_id FROM quotes
         WHERE outlet_id = (SELECT id FROM chosen) AND statement_id IS NOT NULL
         ORDER BY published DESC LIMIT 3000
    )
)
SELECT s.id AS statement_id, s.label, sp.name AS speaker, s.first_published,
       json_array_length(s.first_outlets) > 1 AS tie, s.outlet_count, s.last_published
  FROM newest AS n
  JOIN statements AS s ON s.id = n.statement_id
  LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 WHERE s.outlet_count > 1
   AND EXISTS (SELECT 1 FROM json_each(s.first_outlets) WHERE value = (SELECT id FROM chosen))
 ORDER BY s.first_published DESC, s.id
 LIMIT 200
