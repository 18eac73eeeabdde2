"""The statement page and its picture."""

from __future__ import annotations

from quotes.publish.editions import EDIT_COLUMNS
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
REFERENCE = """
SELECT id, text FROM wordings
 WHERE statement_id = :id ORDER BY is_reference DESC, id LIMIT 1
"""
REPEATS = """
SELECT s.id, s.label, s.first_published, sp.name AS speaker
  FROM (SELECT other_statement_id AS id, similarity FROM repeats WHERE statement_id = :id
        UNION SELECT statement_id, similarity FROM repeats WHERE other_statement_id = :id
        ORDER BY similarity DESC LIMIT 20) AS r
  JOIN statements AS s ON s.id = r.id LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 ORDER BY s.first_published IS NULL, s.first_published, s.id
"""
PRINTINGS = f"""
SELECT q.id, q.text, q.wording_id, q.published, q.speaker_id, q.speaker_as_printed, q.cue, q.attribution_rule,
       q.confidence, q.no_speaker_reason, q.context_before, q.context_after, q.evidence,
       q.outlet_id, o.name AS outlet, q.article_id, a.title, a.url, {EDIT_COLUMNS}, sp.name AS speaker
  FROM quotes AS q
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
 WHERE q.statement_id = :id
 ORDER BY q.published IS NULL, q.published, o.name, q.first_revision, q.id
 LIMIT :size
"""  # noqa: S608
SPEAKERS = """
SELECT q.speaker_id, sp.name, sp.role, count(*) AS printings, count(DISTINCT q.outlet_id) AS outlets
  FROM quotes AS q LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
 WHERE q.statement_id = :id
 GROUP BY q.speaker_id
 ORDER BY q.speaker_id IS NULL, printings DESC, sp.name
 LIMIT 50
"""
ROLE = "SELECT role FROM speakers WHERE id = :id"
# For the picture: which wordings tell most, and who printed each of those first.
TOLD = """
SELECT w.id, w.is_reference, w.change_kind, w.similarity, w.outlet_count, w.quote_count, w.first_published,
       (SELECT count(*) FROM changes AS c WHERE c.wording_id = w.id AND c.meaning_flag IS NOT NULL) AS flags
  FROM (SELECT * FROM wordings WHERE statement_id = :id LIMIT :size) AS w
"""
TEXTS = """
SELECT w.id, substr(w.text, 1, :longest) AS text, w.change_kind, w.outlet_count,
       (SELECT json_group_array(json_array(p.name, p.published))
          FROM (SELECT o.name, q.published FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
                 WHERE q.wording_id = w.id
                 ORDER BY q.published IS NULL, q.published, o.name LIMIT 3) AS p) AS printed
  FROM json_each(:ids) AS wanted JOIN wordings AS w ON w.id = wanted.value LIMIT 20
"""
