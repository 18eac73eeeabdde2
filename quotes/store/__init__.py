"""quotes.db and texts.db: the only package that touches SQLite."""

from quotes.store.connect import Connection, immediate
from quotes.store.derive import (
    finish_derived,
    list_pending,
    list_statements,
    read_mark,
    read_version,
    redirect,
    write_statements,
)
from quotes.store.dump import dump
from quotes.store.export import stream_statements
from quotes.store.find import Candidate, find_candidates, find_holder
from quotes.store.grouping import Grouping
from quotes.store.migrate import describe_schema, find_data, open_quotes, open_texts
from quotes.store.people import People, read_people, write_people
from quotes.store.read import compare_article, find_replaced
from quotes.store.report import ORDERS, Report, lacks_changes, read_drift, read_report
from quotes.store.rows import Analysed
from quotes.store.settings import read_settings
from quotes.store.show import find_hits, read_shown
from quotes.store.snapshot import Kept, is_snapshot, write_snapshot
from quotes.store.statement import (
    Mouth,
    ShownPrinting,
    ShownStatement,
    ShownWording,
    read_statements,
)
from quotes.store.texts import read_annotation, write_annotation, write_text
from quotes.store.told import Told, read_told
from quotes.store.write import finish_run, read_changes, start_run, write_article, write_skipped

__all__ = [
    "ORDERS",
    "Analysed",
    "Candidate",
    "Connection",
    "Grouping",
    "Kept",
    "Mouth",
    "People",
    "Report",
    "ShownPrinting",
    "ShownStatement",
    "ShownWording",
    "Told",
    "compare_article",
    "describe_schema",
    "dump",
    "find_candidates",
    "find_data",
    "find_hits",
    "find_holder",
    "find_replaced",
    "finish_derived",
    "finish_run",
    "immediate",
    "is_snapshot",
    "lacks_changes",
    "list_pending",
    "list_statements",
    "open_quotes",
    "open_texts",
    "read_annotation",
    "read_changes",
    "read_drift",
    "read_mark",
    "read_people",
    "read_report",
    "read_settings",
    "read_shown",
    "read_statements",
    "read_told",
    "read_version",
    "redirect",
    "start_run",
    "stream_statements",
    "write_annotation",
    "write_article",
    "write_people",
    "write_skipped",
    "write_snapshot",
    "write_statements",
    "write_text",
]
