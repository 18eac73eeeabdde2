-- Changes that touch the meaning
WITH flagged AS MATERIALIZED (
    SELECT id FROM statements
     WHERE meaning_flags IS NOT NULL AND (:flag = '' OR instr(',' || meaning_flags || ',', ',' || :flag || ','))
     ORDER BY first_published DESC LIMIT 200
),
picked AS MATERIALIZED (
    SELECT c.id, c.statement_id, c.wording_id, c.meaning_flag, c.flag_words, c.words_before, c.words_after
      FROM flagged AS f JOIN changes AS c ON c.statement_id = f.id
     WHERE c.meaning_flag > '' AND (:flag = '' OR c.meaning_flag = :flag)
     LIMIT 1000
)
SELECT p.statement_id, p.meaning_flag, p.flag_words, p.words_before, p.words_after, w.text AS wording,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.wording_id) AS outlets,
       w.first_published
  FROM picked AS p JOIN wordings AS w ON w.id = p.wording_id
 ORDER BY w.first_published DESC, p.id
 LIMIT 200
