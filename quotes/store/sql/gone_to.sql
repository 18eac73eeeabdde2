-- Statements that no quote is the first of any more, and the ones that their quotes are grouped into now; the
-- one with most of them last.
SELECT q.statement_id, u.statement_id AS now_in, count(*) AS quote_count
FROM quotes AS q
INNER JOIN match_quotes AS m ON m.quote_id = q.id
INNER JOIN match_units AS u ON u.id = m.unit_id
WHERE q.statement_id IN (SELECT value FROM json_each(?)) AND q.statement_id NOT IN (SELECT id FROM quotes)
GROUP BY q.statement_id, u.statement_id
ORDER BY quote_count, now_in DESC
