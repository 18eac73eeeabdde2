-- Former quotes of an article: its outlet printed them, and no later than it says of itself.
UPDATE quotes
SET
    outlet_id = :outlet_id,
    published = CASE WHEN published <= :published THEN published ELSE coalesce(:published, published) END
WHERE
    article_id = :id
    AND last_revision IS NOT NULL
    AND (outlet_id <> :outlet_id OR published > :published OR (published IS NULL AND :published IS NOT NULL))
