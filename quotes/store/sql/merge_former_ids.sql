-- Former ids of another database's statements lead to those that their statements are part of here.
INSERT INTO main.statement_aliases (id, statement_id)
SELECT a.id, q.statement_id
FROM other.statement_aliases AS a
INNER JOIN main.quotes AS q ON q.id = a.statement_id
WHERE q.statement_id IS NOT NULL AND a.id NOT IN (SELECT id FROM main.quotes)
ON CONFLICT (id) DO NOTHING
