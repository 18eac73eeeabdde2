-- Same words, different mouths
WITH picked AS (
    SELECT id, label, first_published FROM statements
     WHERE disputed_speaker = 1 ORDER BY first_published DESC LIMIT 100
)
SELECT p.id AS statement_id, p.label, coalesce(sp.name, 'no speaker') AS speaker,
       group_concat(DISTINCT o.name) AS outlets, count(*) AS printings, p.first_published
  FROM picked AS p
  JOIN quotes AS q ON q.statement_id = p.id
  JOIN outlets AS o ON o.id = q.outlet_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
 GROUP BY p.id, q.speaker_id
 ORDER BY p.first_published DESC, p.id, printings DESC
