-- The links between some pairs of units, given as [one, other].
SELECT l.one, l.other, l.kind, l.support, l.is_told
FROM json_each(?) AS j
INNER JOIN match_links AS l ON l.one = json_extract(j.value, '$[0]') AND l.other = json_extract(j.value, '$[1]')
