-- Who alters the words of a speaker
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
SELECT sp.name AS speaker, o.name AS outlet, t.compared_count,
       t.inflected_count + t.reworded_count AS altered_count,
       t.shortened_count + t.ellipsis_count AS cut_count, t.merged_count, t.same_count,
       t.flagged_count, t.quote_count
  FROM chosen
  JOIN speaker_outlet_stats AS t ON t.speaker_id = chosen.id
  JOIN speakers AS sp ON sp.id = t.speaker_id
  JOIN outlets AS o ON o.id = t.outlet_id
 WHERE t.compared_count >= CAST(coalesce(nullif(:quotes, ''), '1') AS INTEGER)
 ORDER BY altered_count DESC, t.flagged_count DESC, t.compared_count DESC, sp.name, o.name
 LIMIT 300
