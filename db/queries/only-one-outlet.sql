-- Only one outlet has it
WITH newest AS MATERIALIZED (
    SELECT id, outlet_count FROM statements WHERE :outlet = '' ORDER BY first_published DESC LIMIT 5000
),
of_outlet AS MATERIALIZED (
    SELECT statement_id FROM quotes
     WHERE outlet_id = (SELECT id FROM outlets WHERE id = :outlet OR name = :outlet COLLATE NOCASE)
     ORDER BY published DESC LIMIT 2000
),
picked AS MATERIALIZED (
    SELECT id FROM (SELECT id FROM newest WHERE outlet_count = 1 LIMIT 200)
    UNION
    SELECT s.id FROM of_outlet AS q JOIN statements AS s ON s.id = q.statement_id WHERE s.outlet_count = 1
)
SELECT s.id AS statement_id, s.label, sp.name AS speaker, o.name AS outlet, s.first_published
  FROM picked
  JOIN statements AS s ON s.id = picked.id
  JOIN quotes AS q ON q.id = s.id
  JOIN outlets AS o ON o.id = q.outlet_id
  LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 ORDER BY s.first_published DESC, s.id
 LIMIT 200
