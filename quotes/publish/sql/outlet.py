"""The list of outlets, the page of one, and two side by side."""

from __future__ import annotations

# Of an outlet with more quotes than this, `:seen`, the newest are looked through.
MOST_SEEN = 1000

_COLUMNS = """
SELECT o.id, o.name, o.domain, t.article_count, t.quote_count, t.attributed_count, t.compared_count,
       t.first_count, t.same_count, t.shortened_count, t.ellipsis_count, t.inflected_count, t.reworded_count,
       t.merged_count, t.flagged_count
  FROM outlets AS o JOIN outlet_stats AS t ON t.outlet_id = o.id
"""
OUTLETS = _COLUMNS + "ORDER BY t.quote_count DESC, o.id LIMIT :size"
OUTLET = "SELECT id, name, domain FROM outlets WHERE id = :id"
CHOICES = "SELECT id, name FROM outlets ORDER BY name, id LIMIT :size"
STATS = _COLUMNS + "WHERE o.id = :id"
FOLLOWED = """
SELECT o.id, o.name, f.statement_count
  FROM outlet_followers AS f JOIN outlets AS o ON o.id = f.outlet_id
 WHERE f.follower_outlet_id = :id ORDER BY f.statement_count DESC, o.name LIMIT :size
"""
FOLLOWERS = """
SELECT o.id, o.name, f.statement_count
  FROM outlet_followers AS f JOIN outlets AS o ON o.id = f.follower_outlet_id
 WHERE f.outlet_id = :id ORDER BY f.statement_count DESC, o.name LIMIT :size
"""
# The lesser id comes first in a pair.
IN_STEP = """
SELECT o.id, o.name, p.statement_count, p.same_wording_count
  FROM outlets AS o CROSS JOIN outlet_pair_stats AS p
    ON p.outlet_id = min(o.id, :id) AND p.other_outlet_id = max(o.id, :id)
 WHERE o.id <> :id
 ORDER BY p.same_wording_count DESC, p.statement_count DESC, o.name LIMIT :size
"""
PAIR = """
SELECT statement_count, same_wording_count FROM outlet_pair_stats
 WHERE outlet_id = min(:outlet, :other_outlet) AND other_outlet_id = max(:outlet, :other_outlet)
"""
MOST_IN_COMMON = """
SELECT p.outlet_id, a.name AS outlet, p.other_outlet_id, b.name AS other_outlet, p.statement_count,
       p.same_wording_count
  FROM (SELECT * FROM outlet_pair_stats ORDER BY statement_count DESC LIMIT :size) AS p
  JOIN outlets AS a ON a.id = p.outlet_id JOIN outlets AS b ON b.id = p.other_outlet_id
 ORDER BY p.statement_count DESC, a.name, b.name
"""
# The newest quotes that stand in a statement: no nested ones, titles or slogans, as in the counts. What the
# outlet altered itself has a list of its own.
NEWEST_QUOTES = """
SELECT q.id, q.statement_id, q.wording_id, w.change_kind, w.similarity, s.outlet_count
  FROM (SELECT id, statement_id, wording_id, published FROM quotes
         WHERE outlet_id = :id AND statement_id IS NOT NULL AND kind IN ('sentence', 'fragment')
           AND inside_quote_id IS NULL AND last_revision IS NULL
         ORDER BY published DESC LIMIT :seen) AS q
  JOIN wordings AS w ON w.id = q.wording_id
  JOIN statements AS s ON s.id = q.statement_id
 ORDER BY q.published DESC, q.id
"""
ARTICLES = """
SELECT id, title, published, quote_count, revision, removed FROM articles
 WHERE outlet_id = :id ORDER BY published DESC LIMIT :size
"""
REVISED = """
SELECT id, title, published, quote_count, revision, removed FROM articles
 WHERE outlet_id = :id AND revision > 1 ORDER BY published DESC LIMIT :size
"""
# Its newest quotes that it altered itself, each with the one in its place. "+" keeps to the index of these.
OWN_EDITS = """
SELECT id, altered_to_id FROM quotes
 WHERE last_revision IS NOT NULL AND altered_to_id IS NOT NULL AND +outlet_id = :id AND wording_id IS NOT NULL
 ORDER BY published DESC, id LIMIT :size
"""
# Statements that both outlets print, by the newest quotes of the one: each pair of wordings once, with the
# first printing of the other outlet. "+" keeps to the index by statement.
BOTH_PRINTED = """
WITH led AS (
    SELECT id, statement_id, wording_id, max(published) AS published
      FROM (SELECT id, statement_id, wording_id, published FROM quotes
             WHERE outlet_id = :outlet AND statement_id IS NOT NULL ORDER BY published DESC LIMIT :seen)
     GROUP BY statement_id, wording_id
)
SELECT q.statement_id, q.id, q.wording_id, o.id AS other_id, o.wording_id AS other_wording_id,
       min(o.published) AS other_published
  FROM led AS q
 CROSS JOIN quotes AS o ON o.statement_id = q.statement_id AND +o.outlet_id = :other_outlet
 GROUP BY q.statement_id, q.wording_id, o.wording_id
 ORDER BY q.published DESC, q.id, other_published, o.id
"""
