-- Wordings with a credit to another outlet
WITH picked AS MATERIALIZED (
    SELECT id, statement_id, text, parent_wording_id, credited_outlet_id, first_published FROM wordings
     WHERE credited_outlet_id IS NOT NULL
       AND (:outlet = '' OR credited_outlet_id IN (
            SELECT id FROM outlets WHERE id = :outlet OR name = :outlet COLLATE NOCASE))
     ORDER BY first_published DESC LIMIT 50
)
SELECT p.statement_id, c.name AS credited, p.first_published,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.id) AS outlets,
       w.first_published AS credited_published, word_diff(w.text, p.text) AS words_changed
  FROM picked AS p
  JOIN outlets AS c ON c.id = p.credited_outlet_id
  LEFT JOIN wordings AS w ON w.id = p.parent_wording_id
 ORDER BY p.first_published DESC, p.id
