-- How much each outlet printed, and how its wordings differ from the reference ones. What speaker_outlet_stats tells,
-- which is written before, is not counted again.
WITH counted AS (
    SELECT
        outlet_id,
        quote_count,
        quote_count AS attributed_count,
        compared_count,
        same_count,
        shortened_count,
        ellipsis_count,
        inflected_count,
        reworded_count,
        merged_count,
        flagged_count
    FROM speaker_outlet_stats
    UNION ALL
    SELECT
        q.outlet_id,
        count(*),
        0,
        sum(w.change_kind IS NOT NULL),
        sum(w.change_kind IN ('reference', 'punctuation')),
        sum(w.change_kind = 'shortened'),
        sum(w.change_kind = 'ellipsis'),
        sum(w.change_kind = 'inflected'),
        sum(w.change_kind = 'reworded'),
        sum(w.change_kind = 'merged'),
        sum(w.id IN (SELECT c.wording_id FROM changes AS c WHERE c.meaning_flag IS NOT NULL))
    FROM quotes AS q
    LEFT JOIN statements AS s ON s.id = q.statement_id AND s.outlet_count > 1
    LEFT JOIN wordings AS w ON w.id = q.wording_id AND s.id IS NOT NULL
    WHERE q.speaker_id IS NULL AND q.kind IN ('sentence', 'fragment') AND +q.inside_quote_id IS NULL
    GROUP BY q.outlet_id
),
printed AS (
    SELECT
        outlet_id,
        sum(quote_count) AS quotes,
        sum(attributed_count) AS attributed,
        sum(compared_count) AS compared,
        sum(same_count) AS same,
        sum(shortened_count) AS shortened,
        sum(ellipsis_count) AS ellipsis,
        sum(inflected_count) AS inflected,
        sum(reworded_count) AS reworded,
        sum(merged_count) AS merged,
        sum(flagged_count) AS flagged
    FROM counted
    GROUP BY outlet_id
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
    coalesce(p.quotes, 0) AS quote_count,
    coalesce(p.attributed, 0) AS attributed_count,
    coalesce(p.compared, 0) AS compared_count,
    coalesce(f.times, 0) AS first_count,
    coalesce(p.same, 0) AS same_count,
    coalesce(p.shortened, 0) AS shortened_count,
    coalesce(p.ellipsis, 0) AS ellipsis_count,
    coalesce(p.inflected, 0) AS inflected_count,
    coalesce(p.reworded, 0) AS reworded_count,
    coalesce(p.merged, 0) AS merged_count,
    coalesce(p.flagged, 0) AS flagged_count
FROM outlets AS o
LEFT JOIN printed AS p ON p.outlet_id = o.id
LEFT JOIN first AS f ON f.outlet_id = o.id
ORDER BY o.id
