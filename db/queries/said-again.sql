-- The same line on another day
WITH chosen AS (
    SELECT id FROM (
        SELECT id FROM speakers
         WHERE id = :speaker
            OR rowid IN (SELECT rowid FROM speakers_fts
                          WHERE speakers_fts MATCH coalesce(nullif(escape_fts(:speaker), ''), '""'))
         ORDER BY quote_count DESC LIMIT 20
    )
),
picked AS MATERIALIZED (
    SELECT * FROM (SELECT statement_id, other_statement_id, similarity FROM repeats
                    WHERE :speaker = '' ORDER BY similarity DESC LIMIT 100)
    UNION ALL
    SELECT * FROM (SELECT r.statement_id, r.other_statement_id, r.similarity
                     FROM chosen
                     CROSS JOIN statements AS s
                     CROSS JOIN repeats AS r ON r.statement_id = s.id
                    WHERE s.rowid IN (SELECT rowid FROM statements WHERE speaker_id = chosen.id
                                       ORDER BY first_published DESC LIMIT 500)
                    ORDER BY r.similarity DESC LIMIT 100)
)
SELECT p.statement_id, a.label, a.first_published, sp.name AS speaker,
       p.other_statement_id, b.label AS said_again, b.first_published AS again_published, p.similarity
  FROM picked AS p
  JOIN statements AS a ON a.id = p.statement_id
  JOIN statements AS b ON b.id = p.other_statement_id
  LEFT JOIN speakers AS sp ON sp.id = a.speaker_id
 ORDER BY p.similarity DESC, a.first_published DESC, p.statement_id
