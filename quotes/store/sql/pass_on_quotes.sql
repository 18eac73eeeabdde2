-- Quotes of a speaker whom the new text of the article names otherwise.
UPDATE quotes
SET
    article_speaker_id = :after,
    speaker_id = (SELECT speaker_id FROM article_speakers WHERE id = :after)
WHERE article_speaker_id = :before
