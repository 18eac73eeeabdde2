-- The quotes that are grouped into some statements, in order of printing.
SELECT
    u.statement_id, q.id, q.text, q.outlet_id, q.published, q.speaker_id, q.article_id, a.kind, a.credits, q.credited,
    q.first_revision, q.altered_to_id
FROM match_units AS u
INNER JOIN match_quotes AS m ON m.unit_id = u.id
INNER JOIN quotes AS q ON q.id = m.quote_id
INNER JOIN articles AS a ON a.id = q.article_id
WHERE u.statement_id IN (SELECT value FROM json_each(?))
ORDER BY u.statement_id, q.published IS NULL, q.published, q.id
