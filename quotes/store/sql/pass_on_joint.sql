-- Quotes said together with a speaker whom the new text of the article names otherwise.
UPDATE OR REPLACE joint_speakers SET article_speaker_id = :after WHERE article_speaker_id = :before
