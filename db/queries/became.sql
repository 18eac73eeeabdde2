-- Where did one word become another
WITH picked AS MATERIALIZED (
    SELECT * FROM (SELECT id, statement_id, wording_id, words_before, words_after, kind, meaning_flag FROM changes
                    WHERE :before = '' AND :after = '' AND op = 'replace'
                    ORDER BY rowid DESC LIMIT 200)
    UNION ALL
    SELECT * FROM (SELECT id, statement_id, wording_id, words_before, words_after, kind, meaning_flag FROM changes
                    WHERE :before <> '' AND op = 'replace' AND words_before = :before COLLATE NOCASE
                      AND (:after = '' OR words_after = :after COLLATE NOCASE)
                    LIMIT 200)
    UNION ALL
    SELECT * FROM (SELECT id, statement_id, wording_id, words_before, words_after, kind, meaning_flag FROM changes
                    WHERE :before = '' AND :after <> '' AND op = 'replace'
                      AND words_after = :after COLLATE NOCASE
                    LIMIT 200)
)
SELECT p.statement_id, p.words_before, p.words_after, p.kind, p.meaning_flag, w.text AS wording,
       (SELECT group_concat(DISTINCT o.name) FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
         WHERE q.wording_id = p.wording_id) AS outlets,
       w.first_published
  FROM picked AS p JOIN wordings AS w ON w.id = p.wording_id
 ORDER BY w.first_published DESC, p.id
