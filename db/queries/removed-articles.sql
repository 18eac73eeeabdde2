-- Articles that are no longer there
WITH chosen AS (
    SELECT id FROM outlets WHERE :outlet <> '' AND (id = :outlet OR name = :outlet COLLATE NOCASE)
)
SELECT a.id AS article_id, a.title AS article, o.name AS outlet, a.published, a.removed, a.quote_count, a.revision, a.url
  FROM articles AS a
  JOIN outlets AS o ON o.id = a.outlet_id
 WHERE a.removed IS NOT NULL AND (:outlet = '' OR +a.outlet_id = (SELECT id FROM chosen))
 ORDER BY a.published DESC
 LIMIT 200
