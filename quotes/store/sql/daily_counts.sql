-- Articles and quotes by the day they were published, and statements by the day they were first printed.
WITH days AS (
    SELECT substr(published, 1, 10) AS day, 1 AS articles, 0 AS quotes, 0 AS statements FROM articles
    UNION ALL
    SELECT substr(published, 1, 10), 0, 1, 0 FROM quotes
    WHERE kind IN ('sentence', 'fragment') AND inside_quote_id IS NULL
    UNION ALL
    SELECT substr(first_published, 1, 10), 0, 0, 1 FROM statements
)
SELECT
    day,
    sum(articles) AS article_count,
    sum(quotes) AS quote_count,
    sum(statements) AS statement_count
FROM days
WHERE day IS NOT NULL
GROUP BY day
ORDER BY day
