-- Every printing of one statement, in order
WITH chosen AS (
    SELECT CASE WHEN :id = '' THEN (SELECT id FROM statements ORDER BY drift DESC LIMIT 1)
                ELSE coalesce((SELECT id FROM statements WHERE id = :id),
                              (SELECT statement_id FROM quotes WHERE id = :id),
                              (SELECT statement_id FROM statement_aliases WHERE id = :id)) END AS id
)
SELECT q.statement_id, q.published, o.name AS outlet, q.text AS quote, w.change_kind,
       q.speaker_as_printed, q.cue, q.confidence, a.title AS article, q.last_revision, a.removed, a.url
  FROM chosen
  JOIN quotes AS q ON q.statement_id = chosen.id
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
  LEFT JOIN wordings AS w ON w.id = q.wording_id
 ORDER BY q.published IS NULL, q.published, o.name
 LIMIT 300
