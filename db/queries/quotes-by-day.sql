-- Quotes a day
SELECT day, article_count, quote_count, statement_count FROM daily_counts ORDER BY day DESC LIMIT 366
