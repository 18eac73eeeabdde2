-- Two statements that repeat each other, the one printed first before the other.
INSERT INTO repeats (similarity, statement_id, other_statement_id)
SELECT ?1, s.id, o.id
FROM statements AS s, statements AS o
WHERE
    (s.id, o.id) IN (VALUES (?2, ?3), (?3, ?2))
    AND (s.first_published IS NULL, s.first_published, s.id) < (o.first_published IS NULL, o.first_published, o.id)
