-- How each outlet alters quotes, by kind
SELECT o.name AS outlet, t.compared_count, t.same_count, t.shortened_count, t.ellipsis_count, t.inflected_count,
       t.reworded_count, t.merged_count,
       round(100.0 * t.same_count / nullif(t.compared_count, 0), 1) AS same_percent,
       round(100.0 * (t.shortened_count + t.ellipsis_count) / nullif(t.compared_count, 0), 1) AS cut_percent,
       round(100.0 * (t.inflected_count + t.reworded_count) / nullif(t.compared_count, 0), 1) AS reworded_percent,
       t.first_count
  FROM outlet_stats AS t JOIN outlets AS o ON o.id = t.outlet_id
 ORDER BY t.compared_count DESC, o.name
 LIMIT 1000
