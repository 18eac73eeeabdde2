-- Statements whose repeats may be others once some statements changed: these, what they repeated until now, and
-- what stands near them among the same words.
WITH touched AS (
    SELECT value AS statement_id FROM json_each(?)
)
SELECT statement_id FROM touched
UNION
SELECT r.other_statement_id FROM touched AS t INNER JOIN repeats AS r ON r.statement_id = t.statement_id
UNION
SELECT r.statement_id FROM touched AS t INNER JOIN repeats AS r ON r.other_statement_id = t.statement_id
UNION
SELECT u.statement_id
FROM touched AS t
INNER JOIN match_units AS m ON m.statement_id = t.statement_id
INNER JOIN match_units AS u
    ON
        u.id IN (SELECT id FROM match_units WHERE text = m.text AND id > m.id ORDER BY id LIMIT 4)
        OR u.id IN (SELECT id FROM match_units WHERE text = m.text AND id < m.id ORDER BY id DESC LIMIT 4)
WHERE m.words LIKE '% % % % %'
