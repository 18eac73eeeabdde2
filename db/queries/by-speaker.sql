-- Everything by one speaker
WITH chosen AS (
    SELECT id FROM speakers WHERE :speaker <> '' AND (id = :speaker OR instr(lower(name), lower(:speaker)))
    UNION
    SELECT speaker_id FROM speaker_aliases WHERE :speaker <> '' AND instr(lower(alias), lower(:speaker))
    UNION
    SELECT id FROM (SELECT id FROM speakers WHERE :speaker = '' ORDER BY quote_count DESC LIMIT 1)
)
SELECT sp.name AS speaker, q.speaker_as_printed, q.statement_id, q.text AS quote, o.name AS outlet, q.published,
       a.title AS article, a.url
  -- CROSS JOIN keeps the speaker first: walking all quotes by date takes a second.
  FROM chosen
  CROSS JOIN quotes AS q ON q.speaker_id = chosen.id
  JOIN speakers AS sp ON sp.id = q.speaker_id
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
 ORDER BY q.published DESC
 LIMIT 500
