-- Least certain speakers first
WITH picked AS MATERIALIZED (
    SELECT * FROM (SELECT id, confidence FROM quotes WHERE :rule = '' AND confidence IS NOT NULL
                    ORDER BY confidence LIMIT 100)
    UNION ALL
    SELECT * FROM (SELECT id, confidence FROM quotes
                    WHERE :rule <> '' AND attribution_rule = :rule AND confidence IS NOT NULL
                    ORDER BY confidence LIMIT 100)
)
SELECT q.statement_id, q.text AS quote, q.speaker_as_printed, q.cue, q.attribution_rule, q.confidence,
       q.context_before, q.context_after, o.name AS outlet, q.published, a.url
  FROM picked
  JOIN quotes AS q ON q.id = picked.id
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
 ORDER BY q.confidence, q.id
