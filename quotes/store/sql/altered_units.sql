-- Pairs of units, one of these among them, of which one has a quote that took the place of one of the other: one
-- utterance, unless they have two speakers. Found from the quotes that were altered, which are few.
WITH near AS MATERIALIZED (
    SELECT value AS id FROM json_each(?)
)
SELECT DISTINCT u.id AS one, v.id AS other
FROM quotes AS q
CROSS JOIN match_quotes AS m ON m.quote_id = q.id
CROSS JOIN match_quotes AS t ON t.quote_id = q.altered_to_id
CROSS JOIN match_units AS u ON u.id = m.unit_id
CROSS JOIN match_units AS v ON v.id = t.unit_id
WHERE
    q.altered_to_id IS NOT NULL
    AND u.id <> v.id
    AND (u.id IN (SELECT id FROM near) OR v.id IN (SELECT id FROM near))
    AND (u.speaker = v.speaker OR 0 IN (u.speaker, v.speaker))
