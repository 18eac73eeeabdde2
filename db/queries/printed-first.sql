-- Who printed each wording first
WITH newest AS MATERIALIZED (
    SELECT rowid, rank AS place FROM quotes_fts
     WHERE quotes_fts MATCH coalesce(nullif(escape_fts(:words), ''), '""')
     ORDER BY rowid DESC LIMIT 1000
),
picked AS MATERIALIZED (
    SELECT * FROM (SELECT id FROM statements WHERE :words = '' AND wording_count > 1
                    ORDER BY first_published DESC LIMIT 50)
    UNION
    SELECT * FROM (SELECT q.statement_id
                     FROM (SELECT rowid, place FROM newest ORDER BY place LIMIT 1000) AS h
                     CROSS JOIN quotes AS q ON q.rowid = h.rowid
                    WHERE q.statement_id IS NOT NULL
                    GROUP BY q.statement_id ORDER BY min(h.place) LIMIT 50)
),
firsts AS MATERIALIZED (
    SELECT w.statement_id, w.id, w.text, w.change_kind,
           (SELECT min(q.published) FROM quotes AS q WHERE q.wording_id = w.id) AS published
      FROM picked JOIN wordings AS w ON w.statement_id = picked.id
     LIMIT 300
)
SELECT f.statement_id, f.text AS wording, f.change_kind, f.published AS first_published,
       -- Where only the day is known, all printings of that day are a tie.
       (SELECT group_concat(name, ', ') FROM (
            SELECT DISTINCT o.name FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
             WHERE q.wording_id = f.id AND substr(q.published, 1, length(f.published)) = f.published
             ORDER BY o.name
        )) AS first_outlets
  FROM firsts AS f
 ORDER BY f.statement_id, f.published IS NULL, f.published, f.id
