-- What the jobs of another database skipped; merged once more, it counts no more.
INSERT INTO main.skipped (source, outlet, reason, times, first_run_id, run_id)
SELECT source, outlet, reason, times, :run, :run FROM other.skipped WHERE true ORDER BY id
ON CONFLICT (source, reason) DO UPDATE
SET times = max(times, excluded.times), outlet = coalesce(excluded.outlet, outlet)
