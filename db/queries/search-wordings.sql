-- Search in all wordings
WITH hits AS MATERIALIZED (
    SELECT rowid, rank AS place FROM quotes_fts
     WHERE quotes_fts MATCH coalesce(nullif(escape_fts(:words), ''), '""')
     ORDER BY rank LIMIT 1000
)
SELECT q.statement_id, q.text AS wording, w.change_kind, count(*) AS printings,
       group_concat(DISTINCT o.name) AS outlets, min(q.published) AS first_published
  FROM hits
  JOIN quotes AS q ON q.rowid = hits.rowid
  JOIN outlets AS o ON o.id = q.outlet_id
  LEFT JOIN wordings AS w ON w.id = q.wording_id
 GROUP BY coalesce(q.wording_id, q.id)
 ORDER BY min(hits.place)
 LIMIT 200
