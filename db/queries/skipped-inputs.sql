-- What was skipped, and why
SELECT k.run_id, r.started_at, k.source, k.outlet, k.reason
  FROM (SELECT id, run_id, source, outlet, reason FROM skipped ORDER BY id DESC LIMIT 500) AS k
  JOIN runs AS r ON r.id = k.run_id
 ORDER BY k.id DESC
