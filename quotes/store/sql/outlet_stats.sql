-- How much each outlet printed, and how its wordings differ from the reference ones.
WITH printed AS (
    SELECT
        q.outlet_id,
        count(*) AS quotes,
        sum(q.article_speaker_id IS NOT NULL) AS attributed,
        sum(w.change_kind IS NOT NULL) AS compared,
        sum(w.change_kind IN ('reference', 'punctuation')) AS same,
        sum(w.change_kind = 'shortened') AS shortened,
        sum(w.change_kind = 'ellipsis') AS ellipsis,
        sum(w.change_kind = 'inflected') AS inflected,
        sum(w.change_kind = 'reworded') AS reworded,
        sum(w.change_kind = 'merged') AS merged,
        sum(w.id IN (SELECT c.wording_id FROM changes AS c WHERE c.meaning_flag IS NOT NULL)) AS flagged
    FROM quotes AS q
    LEFT JOIN statements AS s ON s.id = q.statement_id AND s.outlet_count > 1
    LEFT JOIN wordings AS w ON w.id = q.wording_id AND s.id IS NOT NULL
    WHERE q.kind IN ('sentence', 'fragment') AND q.inside_quote_id IS NULL
    GROUP BY q.outlet_id
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
