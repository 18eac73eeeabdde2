-- The same line on another day
SELECT r.statement_id, a.label, a.first_published, sp.name AS speaker,
       r.other_statement_id, b.label AS said_again, b.first_published AS again_published, r.similarity
  FROM repeats AS r
  JOIN statements AS a ON a.id = r.statement_id
  JOIN statements AS b ON b.id = r.other_statement_id
  LEFT JOIN speakers AS sp ON sp.id = a.speaker_id
 WHERE :speaker = '' OR instr(lower(sp.name), lower(:speaker))
 ORDER BY r.similarity DESC
 LIMIT 200
