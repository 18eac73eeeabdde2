-- On the record, and printed by nobody
WITH records AS MATERIALIZED (
    SELECT id, title, url, published FROM articles
     WHERE kind = 'transcript' ORDER BY published DESC LIMIT 500
)
SELECT s.id AS statement_id, s.label, sp.name AS speaker, r.title AS record, r.published, r.url
  FROM records AS r
  CROSS JOIN quotes AS q ON q.article_id = r.id AND q.last_revision IS NULL
  JOIN statements AS s ON s.id = q.statement_id AND s.outlet_count = 1
  LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 ORDER BY r.published DESC, q.id
 LIMIT 200
