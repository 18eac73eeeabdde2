-- How much each outlet printed of each speaker, and how its wordings differ from the reference ones.
SELECT
    q.speaker_id,
    q.outlet_id,
    count(*) AS quote_count,
    coalesce(sum(w.change_kind IS NOT NULL), 0) AS compared_count,
    coalesce(sum(w.change_kind IN ('reference', 'punctuation')), 0) AS same_count,
    coalesce(sum(w.change_kind = 'shortened'), 0) AS shortened_count,
    coalesce(sum(w.change_kind = 'ellipsis'), 0) AS ellipsis_count,
    coalesce(sum(w.change_kind = 'inflected'), 0) AS inflected_count,
    coalesce(sum(w.change_kind = 'reworded'), 0) AS reworded_count,
    coalesce(sum(w.change_kind = 'merged'), 0) AS merged_count,
    coalesce(sum(w.id IN (SELECT c.wording_id FROM changes AS c WHERE c.meaning_flag IS NOT NULL)), 0) AS flagged_count
FROM quotes AS q
LEFT JOIN statements AS s ON s.id = q.statement_id AND s.outlet_count > 1
LEFT JOIN wordings AS w ON w.id = q.wording_id AND s.id IS NOT NULL
WHERE q.speaker_id IS NOT NULL AND q.kind IN ('sentence', 'fragment') AND q.inside_quote_id IS NULL
GROUP BY q.speaker_id, q.outlet_id
ORDER BY q.speaker_id, q.outlet_id
