-- How much each outlet printed, and how its wordings differ from the reference ones.
WITH printed AS (
    SELECT
        q.outlet_id,
        q.article_speaker_id IS NOT NULL AS attributed,
        coalesce(s.outlet_count > 1, 0) AS compared,
        CASE WHEN s.outlet_count > 1 THEN w.change_kind END AS kind
    FROM quotes AS q
    LEFT JOIN statements AS s ON s.id = q.statement_id
    LEFT JOIN wordings AS w ON w.id = q.wording_id
    WHERE q.kind IN ('sentence', 'fragment') AND q.inside_quote_id IS NULL
),
first AS (
    SELECT j.value AS outlet_id, count(*) AS times
    FROM statements AS s, json_each(s.first_outlets) AS j
    WHERE s.outlet_count > 1
    GROUP BY j.value
)
SELECT
    o.id AS outlet_id,
    (SELECT count(*) FROM articles AS a WHERE a.outlet_id = o.id) AS article_count,
    count(p.outlet_id) AS quote_count,
    coalesce(sum(p.attributed), 0) AS attributed_count,
    coalesce(sum(p.compared), 0) AS compared_count,
    coalesce((SELECT f.times FROM first AS f WHERE f.outlet_id = o.id), 0) AS first_count,
    count(CASE WHEN p.kind IN ('reference', 'punctuation') THEN 1 END) AS same_count,
    count(CASE WHEN p.kind = 'shortened' THEN 1 END) AS shortened_count,
    count(CASE WHEN p.kind = 'ellipsis' THEN 1 END) AS ellipsis_count,
    count(CASE WHEN p.kind = 'inflected' THEN 1 END) AS inflected_count,
    count(CASE WHEN p.kind = 'reworded' THEN 1 END) AS reworded_count,
    count(CASE WHEN p.kind = 'merged' THEN 1 END) AS merged_count
FROM outlets AS o
LEFT JOIN printed AS p ON p.outlet_id = o.id
GROUP BY o.id
ORDER BY o.id
