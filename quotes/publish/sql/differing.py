"""Two wordings of a statement, one against the other, as lists show them."""

from __future__ import annotations

_REFERENCE = """(
       SELECT text FROM wordings WHERE statement_id = s.id ORDER BY is_reference DESC, id LIMIT 1
       ) AS reference"""
# By ids of quotes: the wording that each prints, and the reference.
QUOTES = f"""
SELECT q.id, q.statement_id, q.wording_id, w.text, w.change_kind, q.published,
       json_array(o.name) AS outlets, sp.name AS speaker, s.label, {_REFERENCE}
  FROM json_each(:ids) AS wanted
  JOIN quotes AS q ON q.id = wanted.value
  JOIN wordings AS w ON w.id = q.wording_id
  JOIN statements AS s ON s.id = q.statement_id
  JOIN outlets AS o ON o.id = q.outlet_id
  LEFT JOIN speakers AS sp ON sp.id = q.speaker_id
 ORDER BY wanted.key
"""  # noqa: S608
# By ids of wordings, with the outlets that print each.
WORDINGS = f"""
SELECT w.id, w.statement_id, w.id AS wording_id, w.text, w.change_kind, w.first_published AS published,
       (SELECT json_group_array(name) FROM (
            SELECT DISTINCT o.name FROM quotes AS q JOIN outlets AS o ON o.id = q.outlet_id
             WHERE q.wording_id = w.id ORDER BY o.name LIMIT 40)) AS outlets,
       sp.name AS speaker, s.label, {_REFERENCE}
  FROM json_each(:ids) AS wanted
  JOIN wordings AS w ON w.id = wanted.value
  JOIN statements AS s ON s.id = w.statement_id
  LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
 ORDER BY wanted.key
"""  # noqa: S608
