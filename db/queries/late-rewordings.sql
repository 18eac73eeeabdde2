-- Rewordings that came days later
WITH changed AS MATERIALIZED (
    SELECT id, first_published FROM (
        SELECT id, last_changed, first_published FROM statements
         WHERE last_changed IS NOT NULL ORDER BY last_changed DESC LIMIT 10000
    )
     WHERE julianday(last_changed) - julianday(first_published)
           >= CAST(coalesce(nullif(:days, ''), '1') AS REAL)
     LIMIT 1000
),
picked AS MATERIALIZED (
    SELECT w.id, w.statement_id, w.text, w.change_kind, w.first_published,
           CAST(julianday(w.first_published) - julianday(c.first_published) AS INTEGER) AS days_later
      FROM changed AS c CROSS JOIN wordings AS w ON w.statement_id = c.id
     WHERE +w.change_kind IN ('inflected', 'reworded')
       AND julianday(w.first_published) - julianday(c.first_published)
           >= CAST(coalesce(nullif(:days, ''), '1') AS REAL)
     ORDER BY w.first_published DESC LIMIT 100
)
SELECT p.statement_id, p.text AS wording, p.change_kind, p.days_later, p.first_published,
       (SELECT r.text FROM wordings AS r WHERE r.statement_id = p.statement_id AND r.is_reference) AS reference,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.id) AS outlets
  FROM picked AS p
 ORDER BY p.first_published DESC, p.id
