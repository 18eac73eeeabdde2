"""Words that became other words: the commonest pairs, and where one pair was seen."""

from __future__ import annotations

# Of a pair in more wordings than this, `:seen`, so many are looked through.
MOST_SEEN = 1000

_PAIRS = """
SELECT p.words_before, p.words_after, p.statement_count, p.outlet_count,
       r.words_before AS reverse_words_before, r.words_after AS reverse_words_after,
       r.statement_count AS reverse_statement_count, r.outlet_count AS reverse_outlet_count,
       (SELECT min(c.meaning_flag) FROM changes AS c
         WHERE c.op = 'replace' AND c.words_before = p.words_before COLLATE NOCASE
           AND c.words_after = p.words_after COLLATE NOCASE) AS flag
  FROM ({picked}) AS p
  LEFT JOIN word_swaps AS r ON r.words_before = p.words_after AND r.words_after = p.words_before
 ORDER BY p.statement_count DESC, p.outlet_count DESC, p.words_before, p.words_after
"""
MOST_SWAPPED = _PAIRS.format(picked="SELECT * FROM word_swaps ORDER BY statement_count DESC LIMIT :size")
WITH_WORD = _PAIRS.format(
    picked="""
        SELECT * FROM (
            SELECT * FROM word_swaps WHERE words_before IN (SELECT value FROM json_each(:words))
             UNION
            SELECT * FROM word_swaps WHERE words_after IN (SELECT value FROM json_each(:words)))
         ORDER BY statement_count DESC LIMIT :size"""
)
# As the table word_swaps counts them.
_SWAPPED = """
op = 'replace' AND words_before = :before COLLATE NOCASE AND words_after = :after COLLATE NOCASE
   AND (kind IN ('substitution', 'inflection') OR (kind = 'function word' AND meaning_flag IS NOT NULL))
"""
CHANGES = f"""
SELECT c.wording_id, c.statement_id, c.meaning_flag, w.first_published
  FROM (SELECT wording_id, statement_id, meaning_flag FROM changes WHERE {_SWAPPED} LIMIT :seen) AS c
  JOIN wordings AS w ON w.id = c.wording_id
 ORDER BY w.first_published IS NULL, w.first_published DESC, w.id
"""  # noqa: S608
REVERSED = f"""
SELECT count(DISTINCT statement_id) AS statements
  FROM (SELECT statement_id FROM changes WHERE {_SWAPPED} LIMIT :seen)
"""  # noqa: S608
