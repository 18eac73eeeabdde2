"""quotes.db and texts.db: the only package that touches SQLite."""

from quotes.store.backup import measure
from quotes.store.cache import open_texts, read_texts, set_aside, texts_path
from quotes.store.check import Finding, check_quotes
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
from quotes.store.lock import hold
from quotes.store.memory import (
    find_addresses,
    find_paths,
    forget_places,
    has_input,
    list_paths,
    list_visits,
    read_input,
    read_place_articles,
    read_places,
    read_visit,
    write_input,
    write_place,
    write_visits,
)
from quotes.store.mending import mend
from quotes.store.merge import (
    Conflict,
    Merged,
    attached,
    merge_former_ids,
    merge_quotes,
    merge_texts,
    readable,
)
from quotes.store.migrate import describe_schema, find_data, open_quotes
from quotes.store.peek import peek
from quotes.store.people import People, read_people, write_people
from quotes.store.read import State, compare_article, find_replaced, list_stale, read_state
from quotes.store.report import ORDERS, Report, lacks_changes, read_drift, read_report
from quotes.store.rows import Analysed, hash_input, hash_text
from quotes.store.rules import CACHE
from quotes.store.settings import renew_settings
from quotes.store.show import find_hits, read_shown
from quotes.store.snapshot import Kept, is_snapshot, write_snapshot
from quotes.store.spans import check_spans, check_texts
from quotes.store.statement import (
    Mouth,
    ShownPrinting,
    ShownStatement,
    ShownWording,
    read_statements,
)
from quotes.store.texts import read_annotation, write_annotation
from quotes.store.told import Told, read_told
from quotes.store.vacuum import check_shrinking, prune_texts, shrink
from quotes.store.write import (
    finish_run,
    mark_removed,
    mark_standing,
    read_changes,
    start_run,
    write_article,
    write_input_hash,
    write_skipped,
)

__all__ = [
    "CACHE",
    "ORDERS",
    "Analysed",
    "Candidate",
    "Conflict",
    "Connection",
    "Finding",
    "Grouping",
    "Kept",
    "Merged",
    "Mouth",
    "People",
    "Report",
    "ShownPrinting",
    "ShownStatement",
    "ShownWording",
    "State",
    "Told",
    "attached",
    "check_quotes",
    "check_shrinking",
    "check_spans",
    "check_texts",
    "compare_article",
    "describe_schema",
    "dump",
    "find_addresses",
    "find_candidates",
    "find_data",
    "find_hits",
    "find_holder",
    "find_paths",
    "find_replaced",
    "finish_derived",
    "finish_run",
    "forget_places",
    "has_input",
    "hash_input",
    "hash_text",
    "hold",
    "immediate",
    "is_snapshot",
    "lacks_changes",
    "list_paths",
    "list_pending",
    "list_stale",
    "list_statements",
    "list_visits",
    "mark_removed",
    "mark_standing",
    "measure",
    "mend",
    "merge_former_ids",
    "merge_quotes",
    "merge_texts",
    "open_quotes",
    "open_texts",
    "peek",
    "prune_texts",
    "read_annotation",
    "read_changes",
    "read_drift",
    "read_input",
    "read_mark",
    "read_people",
    "read_place_articles",
    "read_places",
    "read_report",
    "read_shown",
    "read_state",
    "read_statements",
    "read_texts",
    "read_told",
    "read_version",
    "read_visit",
    "readable",
    "redirect",
    "renew_settings",
    "set_aside",
    "shrink",
    "start_run",
    "stream_statements",
    "texts_path",
    "write_annotation",
    "write_article",
    "write_input",
    "write_input_hash",
    "write_people",
    "write_place",
    "write_skipped",
    "write_snapshot",
    "write_statements",
    "write_visits",
]
