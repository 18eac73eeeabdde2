-- Quotes whose speaker may be another one: of local speakers that moved, and those that were written anew.
UPDATE quotes
SET speaker_id = (SELECT a.speaker_id FROM article_speakers AS a WHERE a.id = quotes.article_speaker_id)
WHERE
    (
        article_speaker_id IN (SELECT value FROM json_each(?))
        OR id IN (SELECT quote_id FROM match_pending)
    )
    AND speaker_id IS NOT (SELECT a.speaker_id FROM article_speakers AS a WHERE a.id = quotes.article_speaker_id)
