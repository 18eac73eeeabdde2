-- Quotes an outlet altered itself
WITH picked AS MATERIALIZED (
    SELECT id FROM quotes
     WHERE last_revision IS NOT NULL AND altered_to_id IS NOT NULL
       AND (:outlet = '' OR +outlet_id = (SELECT id FROM outlets WHERE id = :outlet OR name = :outlet COLLATE NOCASE))
     ORDER BY published DESC LIMIT 200
)
SELECT q.statement_id, o.name AS outlet, q.text AS before, n.text AS after, word_diff(q.text, n.text) AS words_changed,
       (SELECT group_concat(DISTINCT c.meaning_flag) FROM changes AS c
         WHERE c.wording_id IN (q.wording_id, n.wording_id) AND c.meaning_flag IS NOT NULL) AS meaning_flags,
       sp.name AS speaker, a.id AS article_id, a.title AS article, q.published, n.published AS published_now,
       n.first_revision AS revision, a.url
  FROM picked
  JOIN quotes AS q ON q.id = picked.id
  JOIN quotes AS n ON n.id = q.altered_to_id
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
 ORDER BY q.published DESC, q.id
