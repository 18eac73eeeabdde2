-- Pairs of units, some of these among them, of which one has a quote that took the place of one of the other:
-- one utterance, unless they have two speakers.
WITH near AS (
    SELECT value AS id FROM json_each(?)
),
pairs AS (
    SELECT m.unit_id AS one, t.unit_id AS other
    FROM near
    INNER JOIN match_quotes AS m ON m.unit_id = near.id
    INNER JOIN quotes AS q ON q.id = m.quote_id
    INNER JOIN match_quotes AS t ON t.quote_id = q.altered_to_id
    UNION
    SELECT m.unit_id, t.unit_id
    FROM near
    INNER JOIN match_quotes AS t ON t.unit_id = near.id
    INNER JOIN quotes AS q ON q.altered_to_id = t.quote_id
    INNER JOIN match_quotes AS m ON m.quote_id = q.id
)
SELECT p.one, p.other
FROM pairs AS p
INNER JOIN match_units AS u ON u.id = p.one
INNER JOIN match_units AS v ON v.id = p.other
WHERE p.one <> p.other AND (u.speaker = v.speaker OR 0 IN (u.speaker, v.speaker))
