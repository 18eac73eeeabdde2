SELECT DISTINCT p.path
  FROM place_articles AS p
  LEFT JOIN held.articles AS a ON a.id = p.article_id AND a.input_hash = p.input_hash AND a.removed IS NULL
  LEFT JOIN inputs AS i ON i.article_id = p.article_id
 WHERE a.id IS NULL OR i.article_id IS NULL
