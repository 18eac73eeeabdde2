-- Changes that touch the meaning
WITH picked AS MATERIALIZED (
    SELECT id, statement_id, wording_id, meaning_flag, flag_words, words_before, words_after FROM changes
     WHERE meaning_flag > '' AND (:flag = '' OR meaning_flag = :flag)
     LIMIT 500
)
SELECT p.statement_id, p.meaning_flag, p.flag_words, p.words_before, p.words_after, w.text AS wording,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.wording_id) AS outlets,
       w.first_published
  FROM picked AS p JOIN wordings AS w ON w.id = p.wording_id
 ORDER BY w.first_published DESC, p.id
