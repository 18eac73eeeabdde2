"""What holds in every sound quotes.db, as queries that give the ids of the rows where it does not."""

from __future__ import annotations

from dataclasses import dataclass

# How what is wrong is mended. The first are what mending does itself.
SEARCH, DERIVED, ARTICLES, ROWS, PENDING, CACHE = "search", "derived", "articles", "rows", "pending", "cache"
STALE, UNSEEN, RESTORE = "stale", "unseen", "restore"
HOW = {
    SEARCH: "`quotes check --mend` builds it again",
    DERIVED: "`quotes check --mend` derives it again",
    ARTICLES: "`quotes check --mend`, then `quotes index` as usual, which reads these articles again",
    ROWS: "`quotes check --mend` drops what leads nowhere; then `quotes index` as usual",
    PENDING: "`quotes index` as usual, or `quotes check --mend`",
    CACHE: "`quotes check --mend` sets it aside; the next job begins a new one",
    STALE: "`quotes index` as usual, which analyses them again",
    UNSEEN: "make the database and its folder writable, and check again",
    RESTORE: "restore a copy of it, or make it anew with `quotes index`",
}
MENDED = frozenset({SEARCH, DERIVED, ARTICLES, ROWS, PENDING, CACHE})


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong with the rows that `sql` gives the ids of, and how that is mended: one of HOW."""

    what: str
    how: str
    sql: str


# Of what was read, as each article's transaction leaves it. Those mended by ARTICLES give ids of articles.
READ = (
    Rule(
        "articles with another number of quotes than they are said to have",
        ARTICLES,
        "SELECT id FROM articles AS a WHERE quote_count <>"
        " (SELECT count(*) FROM quotes AS q WHERE q.article_id = a.id AND q.last_revision IS NULL)",
    ),
    Rule(
        "quotes of another outlet or day than their article",
        ARTICLES,
        "SELECT DISTINCT a.id FROM articles AS a JOIN quotes AS q ON q.article_id = a.id"
        " WHERE q.outlet_id <> a.outlet_id OR (q.last_revision IS NULL AND q.published IS NOT a.published)",
    ),
    Rule(
        "quotes attributed to a speaker of another article",
        ARTICLES,
        "SELECT DISTINCT q.article_id FROM quotes AS q JOIN article_speakers AS s"
        " ON s.id = q.article_speaker_id WHERE s.article_id <> q.article_id AND q.last_revision IS NULL",
    ),
    Rule(
        "former quotes attributed to a speaker of another article",
        RESTORE,
        "SELECT q.id FROM quotes AS q JOIN article_speakers AS s"
        " ON s.id = q.article_speaker_id WHERE s.article_id <> q.article_id AND q.last_revision IS NOT NULL",
    ),
    Rule(
        "quotes of a revision that their article has not had",
        RESTORE,
        "SELECT q.id FROM quotes AS q JOIN articles AS a ON a.id = q.article_id"
        " WHERE q.first_revision NOT BETWEEN 1 AND a.revision"
        " OR q.last_revision NOT BETWEEN q.first_revision AND a.revision - 1",
    ),
    Rule(
        "former quotes whose revision is not kept",
        RESTORE,
        "SELECT q.id FROM quotes AS q LEFT JOIN revisions AS r"
        " ON r.article_id = q.article_id AND r.revision = q.last_revision"
        " WHERE q.last_revision IS NOT NULL AND r.article_id IS NULL",
    ),
    Rule(
        "quotes that were altered into a quote of another article, or stand in their article all the same",
        RESTORE,
        "SELECT q.id FROM quotes AS q JOIN quotes AS n ON n.id = q.altered_to_id"
        " WHERE n.article_id <> q.article_id OR n.id = q.id OR q.last_revision IS NULL",
    ),
    Rule(
        "revisions kept of articles that have not had so many",
        RESTORE,
        "SELECT r.article_id || ' ' || r.revision FROM revisions AS r JOIN articles AS a"
        " ON a.id = r.article_id WHERE r.revision >= a.revision",
    ),
    Rule(
        "articles that are removed without a job that found it, or the other way round",
        RESTORE,
        "SELECT id FROM articles WHERE (removed IS NULL) <> (removed_run_id IS NULL)",
    ),
)

# Of what is derived, once nothing is pending.
DERIVED_RULES = (
    Rule(
        "statements whose counts are not those of their quotes and wordings",
        DERIVED,
        """
        SELECT s.id FROM statements AS s
        LEFT JOIN (
            SELECT statement_id, count(*) AS quotes, count(DISTINCT outlet_id) AS outlets FROM quotes
            WHERE statement_id IS NOT NULL GROUP BY statement_id
        ) AS q ON q.statement_id = s.id
        LEFT JOIN (
            SELECT statement_id, count(*) AS wordings, sum(is_reference) AS refs FROM wordings
            GROUP BY statement_id
        ) AS w ON w.statement_id = s.id
        WHERE s.quote_count IS NOT q.quotes OR s.outlet_count IS NOT q.outlets
           OR s.wording_count IS NOT w.wordings OR w.refs IS NOT 1
        """,
    ),
    Rule(
        "wordings whose counts are not those of their quotes",
        DERIVED,
        """
        SELECT w.id FROM wordings AS w
        LEFT JOIN (
            SELECT wording_id, count(*) AS quotes, count(DISTINCT outlet_id) AS outlets FROM quotes
            WHERE wording_id IS NOT NULL GROUP BY wording_id
        ) AS q ON q.wording_id = w.id
        WHERE w.quote_count IS NOT q.quotes OR w.outlet_count IS NOT q.outlets
        """,
    ),
    Rule(
        "quotes in a wording of another statement, or in a statement without a wording",
        DERIVED,
        "SELECT q.id FROM quotes AS q LEFT JOIN wordings AS w ON w.id = q.wording_id"
        " WHERE q.statement_id IS NOT w.statement_id",
    ),
    Rule(
        "quotes in another statement than they are grouped into",
        DERIVED,
        "SELECT q.id FROM quotes AS q LEFT JOIN match_quotes AS m ON m.quote_id = q.id"
        " LEFT JOIN match_units AS u ON u.id = m.unit_id WHERE q.statement_id IS NOT u.statement_id",
    ),
    Rule(
        "quotes grouped that there are not",
        DERIVED,
        "SELECT quote_id FROM match_quotes WHERE quote_id NOT IN (SELECT id FROM quotes)",
    ),
    Rule(
        "changes of a wording of another statement",
        DERIVED,
        "SELECT c.id FROM changes AS c JOIN wordings AS w ON w.id = c.wording_id"
        " WHERE w.statement_id <> c.statement_id",
    ),
    Rule(
        "wordings that changed words, without a change, or the reference wording with one",
        DERIVED,
        "SELECT w.id FROM wordings AS w LEFT JOIN (SELECT DISTINCT wording_id FROM changes) AS c"
        " ON c.wording_id = w.id WHERE w.is_reference = (c.wording_id IS NOT NULL) AND (w.is_reference"
        " OR w.change_kind NOT IN ('reference', 'punctuation'))",
    ),
    Rule(
        "quotes of another speaker than their article's speaker is",
        DERIVED,
        "SELECT q.id FROM quotes AS q LEFT JOIN article_speakers AS s ON s.id = q.article_speaker_id"
        " WHERE q.speaker_id IS NOT s.speaker_id",
    ),
    Rule(
        "speakers that no article names",
        DERIVED,
        "SELECT id FROM speakers WHERE id NOT IN"
        " (SELECT speaker_id FROM article_speakers WHERE speaker_id IS NOT NULL)",
    ),
    Rule(
        "outlets without an article",
        DERIVED,
        "SELECT id FROM outlets WHERE id NOT IN (SELECT outlet_id FROM articles)",
    ),
    Rule(
        "former ids of statements that lead nowhere",
        DERIVED,
        "SELECT id FROM statement_aliases WHERE statement_id NOT IN (SELECT id FROM statements)"
        " OR id IN (SELECT id FROM quotes)",
    ),
)
