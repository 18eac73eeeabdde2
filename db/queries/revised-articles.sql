-- Articles an outlet edited later
SELECT a.id AS article_id, a.title AS article, o.name AS outlet, a.published, a.revision, a.quote_count,
       r.started_at AS last_seen_changed, a.url
  FROM articles AS a
  JOIN outlets AS o ON o.id = a.outlet_id
  JOIN runs AS r ON r.id = a.last_run_id
 WHERE a.revision > 1
 ORDER BY a.published DESC
 LIMIT 200
