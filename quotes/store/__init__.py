"""quotes.db and texts.db: the only package that touches SQLite."""

from quotes.store.connect import Connection
from quotes.store.derive import Derived, read_mark, replace_derived
from quotes.store.dump import dump
from quotes.store.find import Candidate, find_candidates, find_holder
from quotes.store.migrate import describe_schema, find_data, open_quotes, open_texts
from quotes.store.read import Everything, compare_article, find_replaced, read_everything
from quotes.store.report import ORDERS, Report, read_drift, read_report
from quotes.store.rows import Analysed
from quotes.store.settings import read_settings
from quotes.store.show import find_hits, read_shown
from quotes.store.statement import (
    Mouth,
    ShownPrinting,
    ShownStatement,
    ShownWording,
    read_statements,
)
from quotes.store.texts import read_annotation, write_annotation, write_text
from quotes.store.write import count_behind, finish_run, start_run, write_article, write_skipped

__all__ = [
    "ORDERS",
    "Analysed",
    "Candidate",
    "Connection",
    "Derived",
    "Everything",
    "Mouth",
    "Report",
    "ShownPrinting",
    "ShownStatement",
    "ShownWording",
    "compare_article",
    "count_behind",
    "describe_schema",
    "dump",
    "find_candidates",
    "find_data",
    "find_hits",
    "find_holder",
    "find_replaced",
    "finish_run",
    "open_quotes",
    "open_texts",
    "read_annotation",
    "read_drift",
    "read_everything",
    "read_mark",
    "read_report",
    "read_settings",
    "read_shown",
    "read_statements",
    "replace_derived",
    "start_run",
    "write_annotation",
    "write_article",
    "write_skipped",
    "write_text",
]
