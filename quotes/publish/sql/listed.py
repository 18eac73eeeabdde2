"""Statements as lists show them, on whatever page."""

from __future__ import annotations

LISTED = """
SELECT s.id, s.label, s.first_published, s.first_outlets, s.quote_count, s.wording_count, s.outlet_count,
       s.drift, s.worst_change, s.meaning_flags, s.disputed_speaker, s.reference_basis, s.speaker_id,
       sp.name AS speaker
  FROM statements AS s LEFT JOIN speakers AS sp ON sp.id = s.speaker_id
"""
LISTED_BY_ID = LISTED + "JOIN json_each(:ids) AS wanted ON wanted.value = s.id ORDER BY wanted.key"
OUTLET_NAMES = "SELECT id, name FROM outlets"
