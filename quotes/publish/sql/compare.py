"""The comparison of any two quotes."""

from __future__ import annotations

# The most printings of each that the page shows.
MOST_PRINTINGS = 20

QUOTE = "SELECT text, statement_id, wording_id, id AS quote_id FROM quotes WHERE id = :id"
REFERENCE = """
SELECT w.text, w.statement_id, w.id AS wording_id, w.id AS quote_id
  FROM wordings AS w
 WHERE w.statement_id = coalesce((SELECT statement_id FROM statement_aliases WHERE id = :id), :id)
 ORDER BY w.is_reference DESC, w.id LIMIT 1
"""
_PRINTED = """
SELECT q.id, q.published, q.outlet_id, o.name AS outlet, q.article_id, a.title, q.speaker_id,
       sp.name AS speaker
  FROM quotes AS q
  JOIN outlets AS o ON o.id = q.outlet_id
  JOIN articles AS a ON a.id = q.article_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
"""
PRINTED_QUOTE = _PRINTED + "WHERE q.id = :quote_id"
PRINTED_WORDING = f"""
{_PRINTED} WHERE q.id IN (SELECT id FROM quotes WHERE wording_id = :wording_id LIMIT 500)
 ORDER BY q.published IS NULL, q.published, o.name, q.id LIMIT :size
"""  # noqa: S608
PRINTED_TIMES = "SELECT quote_count FROM wordings WHERE id = :wording_id"
