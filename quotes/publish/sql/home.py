"""The front page and its search."""

from __future__ import annotations

from quotes.publish.sql.listed import LISTED

TOTALS = """
SELECT (SELECT count(*) FROM statements) AS statements,
       (SELECT count(*) FROM outlets) AS outlets,
       (SELECT count(*) FROM articles) AS articles,
       (SELECT count(*) FROM quotes) AS quotes
"""
NEWEST = LISTED + "ORDER BY s.first_published DESC LIMIT :size"
WIDEST = LISTED + "WHERE s.outlet_count > 1 AND s.drift > 0 ORDER BY s.drift DESC LIMIT :size"
FLAGGED = LISTED + "WHERE s.meaning_flags IS NOT NULL ORDER BY s.first_published DESC LIMIT :size"
DISPUTED = LISTED + "WHERE s.disputed_speaker = 1 ORDER BY s.first_published DESC LIMIT :size"
FOUND = """
SELECT q.statement_id, min(f.place) AS place
  FROM (SELECT rowid, rank AS place FROM quotes_fts
         WHERE quotes_fts MATCH :match ORDER BY rank LIMIT 1000) AS f
  JOIN quotes AS q ON q.rowid = f.rowid
 WHERE q.statement_id IS NOT NULL
 GROUP BY q.statement_id ORDER BY place, q.statement_id LIMIT :size
"""
