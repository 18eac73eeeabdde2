-- Rewordings that came days later
WITH picked AS MATERIALIZED (
    SELECT w.id, w.statement_id, w.text, w.change_kind, w.first_published,
           CAST(julianday(w.first_published) - julianday(s.first_published) AS INTEGER) AS days_later
      FROM wordings AS w JOIN statements AS s ON s.id = w.statement_id
     WHERE w.change_kind IN ('inflected', 'reworded')
       AND julianday(w.first_published) - julianday(s.first_published)
           >= CAST(coalesce(nullif(:days, ''), '1') AS REAL)
     ORDER BY w.first_published DESC LIMIT 200
)
SELECT p.statement_id, p.text AS wording, p.change_kind, p.days_later, p.first_published,
       (SELECT r.text FROM wordings AS r WHERE r.statement_id = p.statement_id AND r.is_reference) AS reference,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.id) AS outlets
  FROM picked AS p
 ORDER BY p.first_published DESC
