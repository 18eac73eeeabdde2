-- Which words became which, in how many statements, at how many outlets: at most three words for three, other
-- forms of a word and other words, and little words only where the meaning may move ("may" to "will"). Capitals
-- count only where the words are never printed without them, as in a name.
SELECT
    max(c.words_before) AS words_before,
    max(c.words_after) AS words_after,
    count(DISTINCT c.statement_id) AS statement_count,
    count(DISTINCT q.outlet_id) AS outlet_count
FROM changes AS c
INNER JOIN quotes AS q ON q.wording_id = c.wording_id
WHERE
    c.op = 'replace'
    AND (
        c.kind IN ('substitution', 'inflection')
        OR (c.kind = 'function word' AND c.meaning_flag IS NOT NULL)
    )
    AND length(c.words_before) - length(replace(c.words_before, ' ', '')) <= 2
    AND length(c.words_after) - length(replace(c.words_after, ' ', '')) <= 2
GROUP BY lower(c.words_before), lower(c.words_after)
ORDER BY lower(c.words_before), lower(c.words_after)
