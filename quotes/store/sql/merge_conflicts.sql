-- Articles that both databases hold otherwise, and whether the other one's stays: that of the higher revision, then
-- that of the later job.
SELECT
    a.id,
    a.content_hash <> o.content_hash,
    a.revision,
    o.revision,
    (o.revision, theirs.started_at) > (a.revision, ours.started_at)
FROM main.articles AS a
INNER JOIN other.articles AS o ON o.id = a.id
INNER JOIN main.runs AS ours ON ours.id = a.last_run_id
INNER JOIN other.runs AS theirs ON theirs.id = o.last_run_id
WHERE (a.content_hash, a.input_hash, a.stages_version, a.revision) <> (o.content_hash, o.input_hash, o.stages_version, o.revision)
    OR a.removed IS NOT o.removed
ORDER BY a.id
