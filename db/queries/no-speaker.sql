-- Quotes without a speaker, and why
SELECT q.statement_id, q.text AS quote, q.no_speaker_reason, q.context_before, q.context_after,
       o.name AS outlet, q.published, a.title AS article, a.url
  FROM quotes AS q
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
 WHERE q.no_speaker_reason IS NOT NULL AND (:reason = '' OR q.no_speaker_reason = :reason)
   AND q.kind IN ('sentence', 'fragment') AND q.inside_quote_id IS NULL
 ORDER BY q.published DESC
 LIMIT 200
