-- Only one outlet has it
SELECT s.id AS statement_id, s.label, sp.name AS speaker, o.name AS outlet, s.first_published
  FROM statements AS s
  JOIN quotes AS q ON q.id = s.id
  JOIN outlets AS o ON o.id = q.outlet_id
  LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 WHERE s.outlet_count = 1 AND (:outlet = '' OR o.id = :outlet OR o.name = :outlet COLLATE NOCASE)
 ORDER BY s.first_published DESC
 LIMIT 200
