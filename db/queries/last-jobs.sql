-- What the last jobs did
SELECT r.id, r.started_at, r.finished_at, r.articles_read, r.articles_added, r.articles_changed,
       r.articles_unchanged, r.articles_skipped, r.articles_removed, r.quotes_altered, r.requests,
       r.stopped_by, r.quotes_version, r.models
  FROM runs AS r ORDER BY r.id DESC LIMIT 50
