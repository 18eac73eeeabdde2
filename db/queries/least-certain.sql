-- Least certain speakers first
SELECT q.statement_id, q.text AS quote, q.speaker_as_printed, q.cue, q.attribution_rule, q.confidence,
       q.context_before, q.context_after, o.name AS outlet, q.published, a.url
  FROM quotes AS q
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
 WHERE q.confidence IS NOT NULL AND (:rule = '' OR q.attribution_rule = :rule)
 ORDER BY q.confidence
 LIMIT 200
