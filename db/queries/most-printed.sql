-- Printed by most outlets
SELECT s.id AS statement_id, s.label, sp.name AS speaker, s.outlet_count, s.quote_count, s.wording_count,
       s.drift, s.first_published, s.last_published
  FROM (SELECT id FROM statements ORDER BY outlet_count DESC LIMIT 200) AS most
  JOIN statements AS s ON s.id = most.id
  LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 ORDER BY s.outlet_count DESC, s.quote_count DESC, s.id
