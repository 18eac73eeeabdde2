-- Newest drift
WITH picked AS MATERIALIZED (
    SELECT id, speaker_id, outlet_count, drift, meaning_flags, last_changed FROM statements
     WHERE last_changed IS NOT NULL AND outlet_count >= CAST(coalesce(nullif(:outlets, ''), '2') AS INTEGER)
     ORDER BY last_changed DESC, drift DESC LIMIT 50
)
SELECT p.id AS statement_id, p.last_changed, sp.name AS speaker, w.change_kind,
       word_diff(r.text, w.text) AS words_changed, p.meaning_flags, p.drift, p.outlet_count
  FROM picked AS p
  JOIN wordings AS w ON w.id = (SELECT id FROM wordings WHERE statement_id = p.id
                                 AND first_published = p.last_changed AND NOT is_reference
                                 ORDER BY similarity LIMIT 1)
  JOIN wordings AS r ON r.statement_id = p.id AND r.is_reference
  LEFT JOIN speakers AS sp ON sp.id = p.speaker_id
 ORDER BY p.last_changed DESC, p.drift DESC, p.id
