-- The quotes of a unit; an article counts for it only if it is among those kept with the unit.
INSERT INTO match_quotes (quote_id, unit_id, article_id)
SELECT j.value, ?, CASE WHEN q.article_id IN (SELECT value FROM json_each(?)) THEN q.article_id ELSE '' END
FROM json_each(?) AS j
LEFT JOIN quotes AS q ON q.id = j.value
