-- How many quotes are printed with each local speaker under which words.
SELECT article_speaker_id, speaker_as_printed, count(*) AS quote_count
FROM (
    SELECT article_speaker_id, speaker_as_printed FROM quotes WHERE article_speaker_id IS NOT NULL
    UNION ALL
    SELECT article_speaker_id, speaker_as_printed FROM joint_speakers
)
GROUP BY article_speaker_id, speaker_as_printed
