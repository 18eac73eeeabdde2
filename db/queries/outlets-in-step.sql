-- Pairs of outlets that print the same wording
SELECT a.name AS outlet, b.name AS other_outlet, p.statement_count, p.same_wording_count,
       round(100.0 * p.same_wording_count / nullif(p.statement_count, 0), 1) AS same_percent
  FROM outlet_pair_stats AS p
  JOIN outlets AS a ON a.id = p.outlet_id
  JOIN outlets AS b ON b.id = p.other_outlet_id
 WHERE p.statement_count >= CAST(coalesce(nullif(:statements, ''), '1') AS INTEGER)
 ORDER BY p.same_wording_count DESC, p.statement_count DESC
 LIMIT 200
