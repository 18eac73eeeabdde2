-- For each two outlets, the statements that both printed, and those printed by both in one wording.
WITH printed AS (
    SELECT DISTINCT q.statement_id, q.wording_id, q.outlet_id
    FROM quotes AS q
    INNER JOIN statements AS s ON s.id = q.statement_id
    WHERE s.outlet_count > 1
)
SELECT
    a.outlet_id,
    b.outlet_id AS other_outlet_id,
    count(DISTINCT a.statement_id) AS statement_count,
    count(DISTINCT CASE WHEN a.wording_id = b.wording_id THEN a.statement_id END) AS same_wording_count
FROM printed AS a
INNER JOIN printed AS b ON b.statement_id = a.statement_id AND a.outlet_id < b.outlet_id
GROUP BY a.outlet_id, b.outlet_id
ORDER BY a.outlet_id, b.outlet_id
