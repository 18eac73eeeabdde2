-- Former ids whose statement is part of another one now lead to that one.
UPDATE statement_aliases
SET statement_id = (SELECT q.statement_id FROM quotes AS q WHERE q.id = statement_aliases.statement_id)
WHERE
    NOT EXISTS (SELECT 1 FROM statements AS s WHERE s.id = statement_aliases.statement_id)
    AND EXISTS (
        SELECT 1 FROM quotes AS q WHERE q.id = statement_aliases.statement_id AND q.statement_id IS NOT NULL
    )
