-- Two outlets side by side
WITH pair AS (
    SELECT outlet_id, other_outlet_id FROM outlet_pair_stats ORDER BY statement_count DESC LIMIT 1
), chosen AS (
    SELECT CASE WHEN :outlet = '' THEN (SELECT outlet_id FROM pair)
                ELSE (SELECT id FROM outlets WHERE id = :outlet OR name = :outlet COLLATE NOCASE) END AS one,
           CASE WHEN :other_outlet = '' THEN (SELECT other_outlet_id FROM pair)
                ELSE (SELECT id FROM outlets
                       WHERE id = :other_outlet OR name = :other_outlet COLLATE NOCASE) END AS other
)
SELECT a.statement_id, oa.name AS outlet, a.text AS wording, a.published,
       ob.name AS other_outlet, b.text AS other_wording, b.published AS other_published,
       a.wording_id = b.wording_id AS same_wording
  FROM chosen
  JOIN quotes AS a ON a.outlet_id = chosen.one
  JOIN quotes AS b ON b.statement_id = a.statement_id AND b.outlet_id = chosen.other
  JOIN outlets AS oa ON oa.id = a.outlet_id
  JOIN outlets AS ob ON ob.id = b.outlet_id
 WHERE a.outlet_id <> b.outlet_id
 LIMIT 300
