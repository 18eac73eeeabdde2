"""The Atom feeds."""

from __future__ import annotations

from quotes.publish.sql.listed import LISTED

# Entries of a feed, and changes told in one.
MOST_ENTRIES, MOST_CHANGES = 30, 5

# In the order of `quotes drift --by newest`: what got its last changed wording last comes first.
_ORDER = "ORDER BY s.last_changed DESC, s.drift DESC, s.id LIMIT :size"
_CHANGED = LISTED + "WHERE s.last_changed IS NOT NULL AND s.outlet_count > 1 AND s.drift > 0 "
_FLAGGED = "AND instr(',' || s.meaning_flags || ',', ',' || :flag || ',') "
NEW = _CHANGED + _ORDER
NEW_OF_FLAG = _CHANGED + _FLAGGED + _ORDER
# Words in other mouths need not be changed themselves.
NEW_OF_ATTRIBUTION = (
    LISTED
    + f"""
 WHERE s.disputed_speaker = 1 AND s.outlet_count > 1 {_FLAGGED}
 ORDER BY coalesce(s.last_changed, s.last_published) DESC, s.drift DESC, s.id LIMIT :size
"""
)
SPEAKER = "SELECT id, name FROM speakers WHERE id = :id"
OF_SPEAKER = LISTED + "WHERE s.speaker_id = :id ORDER BY s.first_published DESC, s.id LIMIT :size"
# What was read last comes first: the best hits of all times would never make room for a new one.
FOUND = """
SELECT q.statement_id AS id
  FROM (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :match ORDER BY rowid DESC LIMIT 500) AS f
  JOIN quotes AS q ON q.rowid = f.rowid
 WHERE q.statement_id IS NOT NULL
 GROUP BY q.statement_id ORDER BY max(f.rowid) DESC LIMIT :size
"""
# Who printed each wording, of the first so many printings of it.
OUTLETS = """
SELECT wanted.value AS wording_id, o.name AS outlet
  FROM json_each(:ids) AS wanted
 CROSS JOIN quotes AS q ON q.id IN (SELECT id FROM quotes WHERE wording_id = wanted.value LIMIT 50)
  JOIN outlets AS o ON o.id = q.outlet_id
 GROUP BY wanted.value, o.name ORDER BY wanted.value, min(q.published IS NULL), min(q.published), o.name
"""
