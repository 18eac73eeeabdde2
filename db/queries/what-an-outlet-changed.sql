-- What one outlet changed
WITH chosen AS (
    SELECT CASE WHEN :outlet = '' THEN (SELECT outlet_id FROM outlet_stats ORDER BY compared_count DESC LIMIT 1)
                ELSE (SELECT id FROM outlets WHERE id = :outlet OR name = :outlet COLLATE NOCASE) END AS id
),
newest AS MATERIALIZED (
    SELECT statement_id, wording_id, article_id, published FROM quotes
     WHERE outlet_id = (SELECT id FROM chosen) AND wording_id IS NOT NULL
     ORDER BY published DESC LIMIT 2000
),
picked AS MATERIALIZED (
    SELECT n.statement_id, n.article_id, n.published, w.change_kind, w.text
      FROM newest AS n JOIN wordings AS w ON w.id = n.wording_id
     WHERE (:kind = '' AND w.change_kind IN ('inflected', 'reworded', 'merged')) OR w.change_kind = :kind
     ORDER BY n.published DESC LIMIT 50
)
SELECT p.statement_id, p.published, p.change_kind, word_diff(r.text, p.text) AS words_changed,
       a.title AS article, a.url
  FROM picked AS p
  JOIN wordings AS r ON r.statement_id = p.statement_id AND r.is_reference
  JOIN articles AS a ON a.id = p.article_id
 ORDER BY p.published DESC, p.statement_id
