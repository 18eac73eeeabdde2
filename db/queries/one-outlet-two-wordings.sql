-- One outlet, several wordings of one statement
WITH chosen AS (
    SELECT id FROM outlets WHERE :outlet <> '' AND (id = :outlet OR name = :outlet COLLATE NOCASE)
),
picked AS MATERIALIZED (
    SELECT * FROM (SELECT id FROM statements
                    WHERE :outlet = '' AND quote_count > outlet_count AND wording_count > 1
                    ORDER BY first_published DESC LIMIT 300)
    UNION
    SELECT statement_id FROM (SELECT statement_id, wording_id FROM quotes
                               WHERE outlet_id = (SELECT id FROM chosen) AND statement_id IS NOT NULL
                               ORDER BY published DESC LIMIT 3000)
     GROUP BY statement_id HAVING count(DISTINCT wording_id) > 1
)
SELECT q.statement_id, s.label, o.name AS outlet, count(DISTINCT q.wording_id) AS wordings,
       min(q.published) AS first_published, max(q.published) AS last_published
  FROM picked
  JOIN statements AS s ON s.id = picked.id
  JOIN quotes AS q ON q.statement_id = s.id
  JOIN outlets AS o ON o.id = q.outlet_id
 WHERE :outlet = '' OR o.id = (SELECT id FROM chosen)
 GROUP BY q.statement_id, q.outlet_id
HAVING count(DISTINCT q.wording_id) > 1
 ORDER BY last_published DESC, q.statement_id
 LIMIT 200
