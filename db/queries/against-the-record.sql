-- Against the official record
WITH picked AS MATERIALIZED (
    SELECT id, speaker_id FROM statements
     WHERE instr(reference_basis, 'official transcript') AND last_changed IS NOT NULL
     ORDER BY last_changed DESC LIMIT 50
),
worded AS MATERIALIZED (
    SELECT w.id, w.statement_id, w.text, w.change_kind, w.similarity, w.first_published, p.speaker_id
      FROM picked AS p JOIN wordings AS w ON w.statement_id = p.id
     WHERE w.change_kind NOT IN ('reference', 'punctuation')
     ORDER BY w.first_published DESC LIMIT 50
)
SELECT w.statement_id, sp.name AS speaker, w.change_kind, word_diff(r.text, w.text) AS words_changed,
       w.similarity, w.first_published,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = w.id) AS outlets
  FROM worded AS w
  JOIN wordings AS r ON r.statement_id = w.statement_id AND r.is_reference
  LEFT JOIN speakers AS sp ON sp.id = w.speaker_id
 ORDER BY w.first_published DESC, w.id
