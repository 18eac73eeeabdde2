-- Where a wording came from
WITH chosen AS (
    SELECT CASE WHEN :id = '' THEN (SELECT id FROM statements ORDER BY drift DESC LIMIT 1)
                ELSE coalesce((SELECT id FROM statements WHERE id = :id),
                              (SELECT statement_id FROM quotes WHERE id = :id),
                              (SELECT statement_id FROM statement_aliases WHERE id = :id)) END AS id
),
picked AS MATERIALIZED (
    SELECT w.* FROM chosen JOIN wordings AS w ON w.statement_id = chosen.id
     ORDER BY w.first_published IS NULL, w.first_published, w.id
     LIMIT 500
)
SELECT w.statement_id, w.first_published, w.text AS wording, w.change_kind,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = w.id) AS outlets,
       p.text AS derives_from, w.parent_basis AS why,
       (SELECT name FROM outlets WHERE id = w.credited_outlet_id) AS credited,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.id) AS printed_by
  FROM picked AS w LEFT JOIN wordings AS p ON p.id = w.parent_wording_id
 ORDER BY w.first_published IS NULL, w.first_published, w.id
