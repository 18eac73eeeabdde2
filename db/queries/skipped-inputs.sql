-- What was skipped, and why
SELECT k.run_id, r.started_at, k.source, k.outlet, k.reason, k.times
  FROM (SELECT id, run_id, source, outlet, reason, times FROM skipped ORDER BY run_id DESC, id DESC LIMIT 500) AS k
  JOIN runs AS r ON r.id = k.run_id
 ORDER BY k.run_id DESC, k.id DESC
