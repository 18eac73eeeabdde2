-- Shortened quotes, beside the whole
WITH picked AS MATERIALIZED (
    SELECT id, statement_id, text, change_kind, first_published FROM wordings
     WHERE change_kind IN ('shortened', 'ellipsis') AND (:kind = '' OR change_kind = :kind)
     ORDER BY first_published DESC LIMIT 200
)
SELECT p.statement_id, p.text AS wording, p.change_kind,
       (SELECT r.text FROM wordings AS r WHERE r.statement_id = p.statement_id AND r.is_reference) AS reference,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.id) AS outlets,
       p.first_published
  FROM picked AS p
 ORDER BY p.first_published DESC
