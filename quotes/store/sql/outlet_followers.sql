-- Whose wordings most likely derive from whose: the outlets that printed a wording first, ties included, and
-- those that first printed one that derives from it. Where a credit decided, the credited outlet alone counts.
WITH first AS MATERIALIZED (
    SELECT DISTINCT w.id AS wording_id, q.outlet_id
    FROM statements AS s
    CROSS JOIN wordings AS w ON w.statement_id = s.id -- in this order: most statements have one wording
    CROSS JOIN quotes AS q ON q.wording_id = w.id
    WHERE
        s.wording_count > 1
        AND s.outlet_count > 1
        AND (
            q.id = w.id
            OR q.published = w.first_published
            -- A day ties with every time of it.
            OR (
                min(length(q.published), length(w.first_published)) = length('2026-03-04')
                AND substr(q.published, 1, 10) = substr(w.first_published, 1, 10)
            )
        )
),
followed AS (
    SELECT
        w.id AS wording_id,
        w.statement_id,
        coalesce(w.credited_outlet_id, l.outlet_id) AS outlet_id
    FROM wordings AS w
    LEFT JOIN first AS l ON l.wording_id = w.parent_wording_id AND w.credited_outlet_id IS NULL
    WHERE
        w.parent_wording_id IS NOT NULL
        AND w.parent_basis IS NOT 'the outlet altered its own quote' -- then it follows nobody
)
SELECT
    o.id AS outlet_id,
    f.outlet_id AS follower_outlet_id,
    count(DISTINCT d.statement_id) AS statement_count
FROM followed AS d
INNER JOIN first AS f ON f.wording_id = d.wording_id
INNER JOIN outlets AS o ON o.id = d.outlet_id
WHERE d.outlet_id <> f.outlet_id
GROUP BY o.id, f.outlet_id
ORDER BY o.id, f.outlet_id
