-- What drifted most between outlets
SELECT s.id AS statement_id, s.label, sp.name AS speaker, s.drift, s.worst_change, s.meaning_flags,
       s.outlet_count, s.wording_count, s.quote_count, s.first_published
  FROM statements AS s LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 WHERE s.outlet_count >= CAST(coalesce(nullif(:outlets, ''), '2') AS INTEGER)
 ORDER BY s.drift DESC
 LIMIT 200
