-- Two statements that repeat each other, the one printed first before the other.
INSERT INTO repeats (similarity, statement_id, other_statement_id)
SELECT ?1, s.id, o.id
FROM statements AS s
INNER JOIN statements AS o ON o.id = CASE s.id WHEN ?2 THEN ?3 ELSE ?2 END -- by its key: a job writes many pairs
WHERE
    s.id IN (?2, ?3)
    AND (s.first_published IS NULL, s.first_published, s.id) < (o.first_published IS NULL, o.first_published, o.id)
