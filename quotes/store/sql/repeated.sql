-- Words of some statements that stand nearly the same in another one: linked as a repeat, or the same words (at
-- least five of them) in one of the four before or behind, in order of printing: a stock phrase has no end.
WITH touched AS (
    SELECT u.id, u.statement_id, u.words, u.text
    FROM match_units AS u
    WHERE u.statement_id IN (SELECT value FROM json_each(?))
),
beside AS (
    SELECT t.statement_id, t.words, l.other AS id
    FROM touched AS t
    INNER JOIN match_links AS l ON l.one = t.id AND l.kind = 4
    UNION
    SELECT t.statement_id, t.words, l.one
    FROM touched AS t
    INNER JOIN match_links AS l ON l.other = t.id AND l.kind = 4
    UNION
    SELECT t.statement_id, t.words, u.id
    FROM touched AS t
    CROSS JOIN match_units AS u -- in this order
    WHERE
        t.words LIKE '% % % % %'
        AND u.id IN (SELECT id FROM match_units WHERE text = t.text AND id > t.id ORDER BY id LIMIT 4)
    UNION
    SELECT t.statement_id, t.words, u.id
    FROM touched AS t
    CROSS JOIN match_units AS u
    WHERE
        t.words LIKE '% % % % %'
        AND u.id IN (SELECT id FROM match_units WHERE text = t.text AND id < t.id ORDER BY id DESC LIMIT 4)
)
SELECT DISTINCT b.statement_id, b.words, u.statement_id AS other_statement_id, u.words AS other_words
FROM beside AS b
INNER JOIN match_units AS u ON u.id = b.id
WHERE u.statement_id <> b.statement_id
