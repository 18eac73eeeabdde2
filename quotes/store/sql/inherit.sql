-- A quote in the place of one that goes without a trace: in its statement until these are derived again.
UPDATE quotes
SET (speaker_id, statement_id, wording_id) = (
    SELECT
        coalesce(quotes.speaker_id, b.speaker_id),
        coalesce(quotes.statement_id, b.statement_id),
        coalesce(quotes.wording_id, b.wording_id)
    FROM quotes AS b
    WHERE b.id = :before
)
WHERE id = :after
