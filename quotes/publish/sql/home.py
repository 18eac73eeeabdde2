"""The front page and its search."""

from __future__ import annotations

from quotes.publish.sql.listed import LISTED

TOTALS = """
SELECT (SELECT count(*) FROM statements) AS statements,
       (SELECT count(*) FROM outlets) AS outlets,
       (SELECT count(*) FROM articles) AS articles,
       (SELECT count(*) FROM quotes) AS quotes
"""
LATEST_DAY = "SELECT max(day) AS day FROM daily_counts WHERE day <= :today"
CHANGED = (
    LISTED
    + """
 WHERE s.last_changed IS NOT NULL AND s.outlet_count > 1 AND s.drift > 0
 ORDER BY s.last_changed DESC, s.drift DESC LIMIT :size
"""
)
WIDEST_LATELY = (
    LISTED
    + """
 WHERE s.last_published >= :since AND s.last_published < :until AND s.outlet_count > 1 AND s.drift > 0
 ORDER BY s.drift DESC LIMIT :size
"""
)
WIDEST = LISTED + "WHERE s.outlet_count > 1 AND s.drift > 0 ORDER BY s.drift DESC LIMIT :size"
FLAGGED = (
    LISTED
    + """
 WHERE s.meaning_flags IS NOT NULL
   AND (:flag = '' OR instr(',' || s.meaning_flags || ',', ',' || :flag || ','))
 ORDER BY s.first_published DESC LIMIT :size
"""
)
DISPUTED = LISTED + "WHERE s.disputed_speaker = 1 ORDER BY s.first_published DESC LIMIT :size"
NEWEST = LISTED + "ORDER BY s.first_published DESC LIMIT :size"
# Where more quotes hold the words, those that were indexed last are looked through.
MOST_SEEN = 1000
FOUND = f"""
WITH newest AS MATERIALIZED (
    SELECT rowid, rank AS place FROM quotes_fts
     WHERE quotes_fts MATCH :match ORDER BY rowid DESC LIMIT {MOST_SEEN}
)
SELECT q.statement_id AS id, f.rowid AS printing, min(f.place) AS place, (SELECT count(*) FROM newest) AS seen
  FROM newest AS f CROSS JOIN quotes AS q ON q.rowid = f.rowid
 WHERE q.statement_id IS NOT NULL
 GROUP BY q.statement_id ORDER BY place, q.statement_id LIMIT :size
"""  # noqa: S608
# Where the words stand in each printing found; the marks are characters that no text holds.
SNIPPETS = """
SELECT rowid AS printing, snippet(quotes_fts, 0, char(2), char(3), '…', 24) AS printed FROM quotes_fts
 WHERE quotes_fts MATCH :match AND rowid IN (SELECT value FROM json_each(:printings))
"""
