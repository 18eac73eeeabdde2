-- Who follows whom
SELECT o.name AS outlet, f.name AS follower, w.statement_count,
       p.statement_count AS statements_in_common
  FROM outlet_followers AS w
  JOIN outlets AS o ON o.id = w.outlet_id
  JOIN outlets AS f ON f.id = w.follower_outlet_id
  LEFT JOIN outlet_pair_stats AS p
    ON p.outlet_id = min(w.outlet_id, w.follower_outlet_id)
   AND p.other_outlet_id = max(w.outlet_id, w.follower_outlet_id)
 WHERE :outlet = '' OR :outlet IN (o.id, f.id)
    OR o.name = :outlet COLLATE NOCASE OR f.name = :outlet COLLATE NOCASE
 ORDER BY w.statement_count DESC
 LIMIT 200
