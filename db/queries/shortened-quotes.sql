-- Shortened quotes, beside the whole
WITH picked AS MATERIALIZED (
    SELECT * FROM (SELECT id, statement_id, text, change_kind, first_published FROM wordings
                    WHERE change_kind = 'shortened' AND :kind IN ('', 'shortened')
                    ORDER BY first_published DESC LIMIT 100)
    UNION ALL
    SELECT * FROM (SELECT id, statement_id, text, change_kind, first_published FROM wordings
                    WHERE change_kind = 'ellipsis' AND :kind IN ('', 'ellipsis')
                    ORDER BY first_published DESC LIMIT 100)
)
SELECT p.statement_id, p.text AS wording, p.change_kind,
       (SELECT r.text FROM wordings AS r WHERE r.statement_id = p.statement_id AND r.is_reference) AS reference,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.id) AS outlets,
       p.first_published
  FROM picked AS p
 ORDER BY p.first_published DESC, p.id
