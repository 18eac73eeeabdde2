-- Numbers that changed
WITH flagged AS MATERIALIZED (
    SELECT id, speaker_id FROM statements
     WHERE meaning_flags IS NOT NULL AND instr(',' || meaning_flags || ',', ',number,')
     ORDER BY first_published DESC LIMIT 200
),
picked AS MATERIALIZED (
    SELECT c.id, c.statement_id, c.wording_id, c.words_before, c.words_after, f.speaker_id
      FROM flagged AS f JOIN changes AS c ON c.statement_id = f.id AND +c.meaning_flag = 'number'
     LIMIT 1000
)
SELECT p.statement_id, p.words_before, p.words_after, sp.name AS speaker, w.text AS wording,
       (SELECT r.text FROM wordings AS r WHERE r.statement_id = p.statement_id AND r.is_reference) AS reference,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.wording_id) AS outlets,
       w.first_published
  FROM picked AS p
  JOIN wordings AS w ON w.id = p.wording_id
  LEFT JOIN speakers AS sp ON sp.id = p.speaker_id
 ORDER BY w.first_published DESC, p.id
 LIMIT 100
