-- One statement, word by word
WITH chosen AS (
    SELECT CASE WHEN :id = '' THEN (SELECT id FROM statements ORDER BY drift DESC LIMIT 1)
                ELSE coalesce((SELECT id FROM statements WHERE id = :id),
                              (SELECT statement_id FROM quotes WHERE id = :id),
                              (SELECT statement_id FROM statement_aliases WHERE id = :id)) END AS id
),
picked AS MATERIALIZED (
    SELECT w.* FROM chosen JOIN wordings AS w ON w.statement_id = chosen.id
     ORDER BY w.is_reference DESC, w.first_published IS NULL, w.first_published, w.id
     LIMIT 40
)
SELECT p.statement_id, p.first_published, p.change_kind, word_diff(r.text, p.text) AS words_changed,
       similarity(r.text, p.text) AS similarity, p.quote_count,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.id) AS outlets
  FROM picked AS p
  JOIN wordings AS r ON r.statement_id = p.statement_id AND r.is_reference
 ORDER BY p.is_reference DESC, p.first_published IS NULL, p.first_published, p.id
