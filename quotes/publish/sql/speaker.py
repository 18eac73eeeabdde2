"""The list of speakers and the page of one."""

from __future__ import annotations

from quotes.publish.sql.listed import LISTED

# Of a speaker with more statements or quotes than this, `:seen`, the newest are looked through.
MOST_SEEN = 2000

MOST_QUOTED = """
SELECT id, name, kind, role, quote_count, statement_count, outlet_count FROM speakers
 ORDER BY quote_count DESC LIMIT :size
"""
MOST_QUOTED_OF_KIND = """
SELECT id, name, kind, role, quote_count, statement_count, outlet_count FROM speakers
 WHERE kind = :kind ORDER BY quote_count DESC LIMIT :size
"""
NAMED = """
WITH hits AS (
    SELECT s.id FROM (SELECT rowid FROM speakers_fts WHERE speakers_fts MATCH :match LIMIT 1000) AS f
      JOIN speakers AS s ON s.rowid = f.rowid
     UNION
    SELECT a.speaker_id
      FROM (SELECT rowid FROM speaker_aliases_fts WHERE speaker_aliases_fts MATCH :match LIMIT 1000) AS f
      JOIN speaker_aliases AS a ON a.rowid = f.rowid
)
SELECT s.id, s.name, s.kind, s.role, s.quote_count, s.statement_count, s.outlet_count,
       (SELECT json_group_array(alias)
          FROM (SELECT alias FROM speaker_aliases WHERE speaker_id = s.id AND alias <> s.name
                 ORDER BY times DESC, alias LIMIT 4)) AS aliases
  FROM hits JOIN speakers AS s ON s.id = hits.id
 WHERE :kind = '' OR s.kind = :kind
 ORDER BY s.quote_count DESC, s.name, s.id LIMIT :size
"""
SPEAKER = """
SELECT id, name, kind, role, quote_count, statement_count, outlet_count FROM speakers WHERE id = :id
"""
ALIASES = """
SELECT alias, times FROM speaker_aliases WHERE speaker_id = :id ORDER BY times DESC, alias LIMIT 40
"""
STATS = """
SELECT o.id AS outlet_id, o.name AS outlet, t.quote_count, t.compared_count, t.same_count, t.shortened_count,
       t.ellipsis_count, t.inflected_count, t.reworded_count, t.merged_count, t.flagged_count
  FROM speaker_outlet_stats AS t JOIN outlets AS o ON o.id = t.outlet_id
 WHERE t.speaker_id = :id LIMIT 2000
"""
# Why names of several articles are taken for one speaker, the commonest reasons first.
MERGED = """
SELECT name, merge_evidence, count(*) AS articles
  FROM (SELECT name, merge_evidence FROM article_speakers WHERE speaker_id = :id LIMIT 500)
 WHERE merge_evidence IS NOT NULL
 GROUP BY name, merge_evidence ORDER BY articles DESC, name, merge_evidence LIMIT 12
"""
# Where an anonymous source was quoted: one article alone.
ARTICLE = """
SELECT a.id, a.title, o.name AS outlet
  FROM article_speakers AS l JOIN articles AS a ON a.id = l.article_id JOIN outlets AS o ON o.id = a.outlet_id
 WHERE l.speaker_id = :id LIMIT 1
"""
NEWEST = LISTED + "WHERE s.speaker_id = :id ORDER BY s.first_published DESC LIMIT :size"
WIDEST = f"""{LISTED}
 WHERE s.id IN (
       SELECT id FROM (SELECT id, drift, outlet_count FROM statements WHERE speaker_id = :id
                        ORDER BY first_published DESC LIMIT :seen)
        WHERE drift > 0 AND outlet_count > 1 ORDER BY drift DESC LIMIT :size)
 ORDER BY s.drift DESC
"""  # noqa: S608
# Also where only some outlets name this speaker.
DISPUTED = f"""{LISTED}
 WHERE s.id IN (
       SELECT DISTINCT d.id
         FROM (SELECT statement_id FROM quotes WHERE speaker_id = :id
                ORDER BY published DESC LIMIT :seen) AS q
         CROSS JOIN statements AS d ON d.id = q.statement_id AND +d.disputed_speaker = 1
        LIMIT 100)
 ORDER BY s.first_published DESC LIMIT :size
"""  # noqa: S608
