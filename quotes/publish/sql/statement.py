"""The statement page."""

from __future__ import annotations

from quotes.publish.sql.listed import LISTED

# The most wordings, and the most printings, that one page shows.
MOST_ROWS = 500

STATEMENT = LISTED + "WHERE s.id = :id"
STATEMENT_OF = """
SELECT statement_id, 'quote' AS kind FROM quotes WHERE id = :id
UNION ALL
SELECT statement_id, 'wording' FROM wordings WHERE id = :id
UNION ALL
SELECT statement_id, 'statement' FROM statement_aliases WHERE id = :id
"""
WORDINGS = """
SELECT id, text, is_reference, parent_wording_id, parent_basis, credited_outlet_id, change_kind,
       quote_count, outlet_count, first_published
  FROM wordings WHERE statement_id = :id
 ORDER BY first_published IS NULL, first_published, is_reference DESC, id
 LIMIT :size
"""
REFERENCE = "SELECT text FROM wordings WHERE statement_id = :id ORDER BY is_reference DESC LIMIT 1"
FLAGGED_CHANGES = """
SELECT wording_id, meaning_flag, flag_words FROM changes
 WHERE statement_id = :id AND meaning_flag IS NOT NULL ORDER BY wording_id, position LIMIT 500
"""
REPEATS = """
SELECT s.id, s.label, s.first_published, sp.name AS speaker
  FROM (SELECT other_statement_id AS id, similarity FROM repeats WHERE statement_id = :id
        UNION SELECT statement_id, similarity FROM repeats WHERE other_statement_id = :id
        ORDER BY similarity DESC LIMIT 20) AS r
  JOIN statements AS s ON s.id = r.id LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 ORDER BY s.first_published IS NULL, s.first_published, s.id
"""
PRINTINGS = """
SELECT q.id, q.text, q.wording_id, q.published, q.speaker_id, q.speaker_as_printed, q.cue, q.attribution_rule,
       q.confidence, q.no_speaker_reason, q.context_before, q.context_after, q.context_between, q.spans,
       q.outlet_id, o.name AS outlet, q.article_id, a.title, a.url, a.revision, sp.name AS speaker
  FROM quotes AS q
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
 WHERE q.statement_id = :id
 ORDER BY q.published IS NULL, q.published, o.name, q.id
 LIMIT :size
"""
SPEAKERS = """
SELECT q.speaker_id, sp.name, sp.role, count(*) AS printings,
       json_group_array(DISTINCT o.name) AS outlets
  FROM quotes AS q
  JOIN outlets AS o ON o.id = q.outlet_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
 WHERE q.statement_id = :id
 GROUP BY q.speaker_id
 ORDER BY q.speaker_id IS NULL, printings DESC, sp.name
"""
