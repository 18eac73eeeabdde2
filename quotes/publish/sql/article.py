"""The article page."""

from __future__ import annotations

# The most quotes, and the most speakers, that one page shows.
MOST_ROWS = 500

ARTICLE = """
SELECT a.id, a.outlet_id, o.name AS outlet, a.title, a.url, a.byline, a.published, a.language, a.word_count,
       a.quote_count, a.revision, a.kind, a.credits, a.removed
  FROM articles AS a JOIN outlets AS o ON o.id = a.outlet_id
 WHERE a.id = :id
"""
RUN = """
SELECT id, coalesce(finished_at, started_at) AS day FROM runs
 WHERE id = (SELECT last_run_id FROM articles WHERE id = :id)
"""
QUOTES = """
SELECT q.id, q.text, q.kind, q.inside_quote_id, q.context_before, q.context_after, q.evidence, q.speaker_id,
       q.speaker_as_printed, q.cue, q.attribution_rule, q.confidence, q.no_speaker_reason,
       q.article_speaker_id, q.statement_id, l.name AS name_here, l.role, sp.name AS speaker,
       s.quote_count, s.wording_count, s.outlet_count
  FROM quotes AS q
  LEFT JOIN article_speakers AS l ON l.id = q.article_speaker_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
  LEFT JOIN statements AS s ON s.id = q.statement_id
 WHERE q.article_id = :id AND q.last_revision IS NULL
 ORDER BY json_extract(q.spans, '$[0][0]'), q.id
 LIMIT :size
"""
JOINT = """
SELECT j.quote_id, j.article_speaker_id, l.speaker_id, coalesce(sp.name, l.name) AS name, l.role
  FROM quotes AS q
  JOIN joint_speakers AS j ON j.quote_id = q.id
  JOIN article_speakers AS l ON l.id = j.article_speaker_id
  LEFT JOIN speakers AS sp ON sp.id = l.speaker_id
 WHERE q.article_id = :id AND q.last_revision IS NULL ORDER BY j.rowid LIMIT :size
"""
SPEAKERS = """
SELECT l.id, l.name AS name_here, l.kind, l.role, l.aliases, l.speaker_id, sp.name
  FROM article_speakers AS l LEFT JOIN speakers AS sp ON sp.id = l.speaker_id
 WHERE l.article_id = :id ORDER BY l.name, l.id LIMIT :size
"""
# What the outlet changed: how large each former text was, and what the next one did not print any more.
REVISIONS = """
SELECT revision, title, word_count, quote_count FROM revisions
 WHERE article_id = :id ORDER BY revision LIMIT :size
"""
FORMER = """
SELECT q.id, q.text, q.last_revision, q.altered_to_id, n.text AS altered_to
  FROM quotes AS q LEFT JOIN quotes AS n ON n.id = q.altered_to_id
 WHERE q.article_id = :id AND q.last_revision IS NOT NULL AND q.inside_quote_id IS NULL
   AND q.kind IN ('sentence', 'fragment')
 ORDER BY q.last_revision, json_extract(q.spans, '$[0][0]'), q.id LIMIT :size
"""
ADDED = """
SELECT q.id, q.text, q.first_revision
  FROM quotes AS q
 WHERE q.article_id = :id AND q.first_revision > 1 AND q.inside_quote_id IS NULL
   AND q.kind IN ('sentence', 'fragment')
   AND NOT EXISTS (SELECT 1 FROM quotes AS f WHERE f.altered_to_id = q.id)
 ORDER BY q.first_revision, json_extract(q.spans, '$[0][0]'), q.id LIMIT :size
"""
