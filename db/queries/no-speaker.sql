-- Quotes without a speaker, and why
WITH picked AS MATERIALIZED (
    SELECT * FROM (SELECT id, published FROM quotes
                    WHERE :reason = '' AND no_speaker_reason IS NOT NULL AND statement_id IS NOT NULL
                    ORDER BY published DESC LIMIT 100)
    UNION ALL
    SELECT * FROM (SELECT id, published FROM quotes
                    WHERE :reason <> '' AND no_speaker_reason = :reason
                    ORDER BY published DESC LIMIT 100)
)
SELECT q.statement_id, q.text AS quote, q.no_speaker_reason, q.context_before, q.context_after,
       o.name AS outlet, q.published, a.title AS article, a.url
  FROM picked
  JOIN quotes AS q ON q.id = picked.id
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
 ORDER BY q.published DESC, q.id
