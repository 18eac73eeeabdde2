-- What an article was before its outlet changed it.
INSERT INTO revisions (article_id, revision, content_hash, title, published, word_count, quote_count, run_id)
SELECT id, revision, content_hash, title, published, word_count, quote_count, last_run_id FROM articles WHERE id = ?
