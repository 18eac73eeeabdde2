-- Articles an outlet edited later
SELECT a.id AS article_id, a.title AS article, o.name AS outlet, a.published, a.revision, a.quote_count, a.url
  FROM articles AS a
  JOIN outlets AS o ON o.id = a.outlet_id
 WHERE a.revision > 1
 ORDER BY a.published DESC
 LIMIT 200
