-- Two outlets side by side
WITH pair AS (
    SELECT outlet_id, other_outlet_id FROM outlet_pair_stats ORDER BY statement_count DESC LIMIT 1
),
chosen AS (
    SELECT CASE WHEN :outlet = '' THEN (SELECT outlet_id FROM pair)
                ELSE (SELECT id FROM outlets WHERE id = :outlet OR name = :outlet COLLATE NOCASE) END AS one,
           CASE WHEN :other_outlet = '' THEN (SELECT other_outlet_id FROM pair)
                ELSE (SELECT id FROM outlets
                       WHERE id = :other_outlet OR name = :other_outlet COLLATE NOCASE) END AS other
),
lesser AS (
    SELECT outlet_id AS id FROM outlet_stats
     WHERE outlet_id IN ((SELECT one FROM chosen), (SELECT other FROM chosen))
     ORDER BY quote_count LIMIT 1
),
newest AS MATERIALIZED (
    SELECT statement_id FROM quotes
     WHERE outlet_id = (SELECT id FROM lesser) AND statement_id IS NOT NULL
     ORDER BY published DESC LIMIT 3000
)
SELECT a.statement_id, oa.name AS outlet, a.text AS wording, a.published,
       ob.name AS other_outlet, b.text AS other_wording, b.published AS other_published,
       similarity(a.text, b.text) AS similarity, a.wording_id = b.wording_id AS same_wording
  FROM (SELECT DISTINCT statement_id FROM newest) AS n
  CROSS JOIN quotes AS a ON a.statement_id = n.statement_id AND +a.outlet_id = (SELECT one FROM chosen)
  CROSS JOIN quotes AS b ON b.statement_id = n.statement_id AND +b.outlet_id = (SELECT other FROM chosen)
  JOIN outlets AS oa ON oa.id = a.outlet_id
  JOIN outlets AS ob ON ob.id = b.outlet_id
 WHERE a.outlet_id <> b.outlet_id
 LIMIT 100
