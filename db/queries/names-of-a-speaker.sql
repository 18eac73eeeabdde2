-- Every name of a speaker
WITH chosen AS (
    SELECT id FROM (SELECT id FROM speakers WHERE :speaker = '' ORDER BY quote_count DESC LIMIT 1)
    UNION
    SELECT id FROM speakers WHERE id = :speaker
    UNION
    SELECT id FROM (
        SELECT id FROM speakers
         WHERE rowid IN (SELECT rowid FROM speakers_fts
                          WHERE speakers_fts MATCH coalesce(nullif(escape_fts(:speaker), ''), '""'))
         ORDER BY quote_count DESC LIMIT 20
    )
)
SELECT sp.name AS speaker, sp.kind, sp.role, a.alias, a.times, sp.quote_count, sp.id AS speaker_id
  FROM chosen
  JOIN speakers AS sp ON sp.id = chosen.id
  JOIN speaker_aliases AS a ON a.speaker_id = sp.id
 ORDER BY sp.quote_count DESC, sp.id, a.times DESC, a.alias
 LIMIT 300
