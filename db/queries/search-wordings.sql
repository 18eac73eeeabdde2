-- Search in all wordings
WITH newest AS MATERIALIZED (
    SELECT rowid, rank AS place FROM quotes_fts
     WHERE quotes_fts MATCH coalesce(nullif(escape_fts(:words), ''), '""')
     ORDER BY rowid DESC LIMIT 1000
),
best AS MATERIALIZED (
    SELECT q.rowid AS printing, q.statement_id, q.wording_id, q.text, q.published, min(h.place) AS place
      FROM (SELECT rowid, place FROM newest ORDER BY place LIMIT 1000) AS h
      CROSS JOIN quotes AS q ON q.rowid = h.rowid
     GROUP BY coalesce(q.wording_id, q.id)
     ORDER BY min(h.place) LIMIT 100
)
SELECT b.statement_id,
       (SELECT snippet(quotes_fts, 0, '[', ']', '…', 24) FROM quotes_fts
         WHERE quotes_fts MATCH escape_fts(:words) AND rowid = b.printing) AS words_found,
       w.change_kind, coalesce(w.quote_count, 1) AS printings,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = b.wording_id) AS outlets,
       coalesce(w.first_published, b.published) AS first_published, b.text AS wording
  FROM best AS b
  LEFT JOIN wordings AS w ON w.id = b.wording_id
 ORDER BY b.place, b.printing
