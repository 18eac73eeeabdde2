"""Statements as lists show them, on whatever page."""

from __future__ import annotations

LISTED = """
SELECT s.id, s.label, s.first_published, s.last_published, s.last_changed, s.first_outlets,
       s.quote_count, s.wording_count, s.outlet_count, s.drift, s.worst_change, s.meaning_flags,
       s.disputed_speaker, s.reference_basis, s.speaker_id, sp.name AS speaker
  FROM statements AS s LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
"""
LISTED_BY_ID = LISTED + "JOIN json_each(:ids) AS wanted ON wanted.value = s.id ORDER BY wanted.key"
OUTLET_NAMES = "SELECT id, name FROM outlets WHERE id IN (SELECT value FROM json_each(:ids))"
# Of each statement, at most so many changes as tell which of them tell most.
CHANGES = """
SELECT c.statement_id, c.wording_id, c.op, c.words_before, c.words_after, c.kind, c.meaning_flag, c.flag_words
  FROM json_each(:ids) AS wanted
 CROSS JOIN changes AS c ON c.id IN (SELECT id FROM changes WHERE statement_id = wanted.value LIMIT 100)
"""
