-- Former ids whose statement is part of another one now lead to that one.
UPDATE statement_aliases
SET statement_id = (SELECT q.statement_id FROM quotes AS q WHERE q.id = statement_aliases.statement_id)
WHERE
    statement_id NOT IN (SELECT id FROM statements)
    AND statement_id IN (SELECT id FROM quotes WHERE statement_id IS NOT NULL)
