-- Which words became which, in how many statements, at how many outlets.
SELECT
    c.words_before,
    c.words_after,
    count(DISTINCT c.statement_id) AS statement_count,
    count(DISTINCT q.outlet_id) AS outlet_count
FROM changes AS c
INNER JOIN quotes AS q ON q.wording_id = c.wording_id
WHERE c.op = 'replace' AND c.kind <> 'punctuation'
GROUP BY c.words_before, c.words_after
ORDER BY c.words_before, c.words_after
