-- One outlet, several wordings of one statement
SELECT q.statement_id, s.label, o.name AS outlet, count(DISTINCT q.wording_id) AS wordings,
       min(q.published) AS first_published, max(q.published) AS last_published
  FROM (SELECT id, label FROM statements
         WHERE quote_count > outlet_count AND wording_count > 1
         ORDER BY first_published DESC LIMIT 1000) AS s
  JOIN quotes AS q ON q.statement_id = s.id
  JOIN outlets AS o ON o.id = q.outlet_id
 WHERE :outlet = '' OR o.id = :outlet OR o.name = :outlet COLLATE NOCASE
 GROUP BY q.statement_id, q.outlet_id
HAVING count(DISTINCT q.wording_id) > 1
 ORDER BY last_published DESC
 LIMIT 200
