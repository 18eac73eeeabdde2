-- Everything by one speaker
WITH chosen AS (
    SELECT id FROM (SELECT id FROM speakers WHERE :speaker = '' ORDER BY quote_count DESC LIMIT 1)
    UNION
    SELECT id FROM speakers WHERE id = :speaker
    UNION
    SELECT id FROM (
        SELECT id FROM speakers
         WHERE rowid IN (SELECT rowid FROM speakers_fts
                          WHERE speakers_fts MATCH coalesce(nullif(escape_fts(:speaker), ''), '""'))
            OR id IN (SELECT speaker_id FROM speaker_aliases
                       WHERE rowid IN (SELECT rowid FROM speaker_aliases_fts
                                        WHERE speaker_aliases_fts
                                        MATCH coalesce(nullif(escape_fts(:speaker), ''), '""')))
         ORDER BY quote_count DESC LIMIT 20
    )
),
picked AS MATERIALIZED (
    SELECT q.id, q.published
      FROM chosen
      CROSS JOIN quotes AS q -- the newest of each, in this order: an index leads to them
     WHERE q.rowid IN (SELECT rowid FROM quotes WHERE speaker_id = chosen.id ORDER BY published DESC LIMIT 200)
     ORDER BY q.published DESC LIMIT 200
)
SELECT sp.name AS speaker, q.speaker_as_printed, q.statement_id, q.text AS quote, o.name AS outlet, q.published,
       a.title AS article, a.url
  FROM picked
  JOIN quotes AS q ON q.id = picked.id
  JOIN speakers AS sp ON sp.id = q.speaker_id
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
 ORDER BY q.published DESC, q.id
