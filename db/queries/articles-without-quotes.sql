-- Articles without quotes
SELECT a.id AS article_id, a.title AS article, o.name AS outlet, a.published, a.word_count, a.url
  FROM articles AS a JOIN outlets AS o ON o.id = a.outlet_id
 WHERE a.quote_count = 0
 ORDER BY a.published DESC
 LIMIT 200
