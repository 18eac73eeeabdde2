"""Jobs: index articles, extract quotes, match quotes. Calls the stages, and commits."""

from quotes.pipeline.demo import index_samples, report
from quotes.pipeline.deriving import derive
from quotes.pipeline.extraction import extract
from quotes.pipeline.finding import Found, FoundStatement, find, list_drift
from quotes.pipeline.indexing import index
from quotes.pipeline.maintaining import Checked, Shrunk, check, merge, vacuum
from quotes.pipeline.matching import match
from quotes.pipeline.previewing import Planned, preview
from quotes.pipeline.stages import Stages, load_stages
from quotes.pipeline.wanted import Listener, Summary, Wanted

__all__ = [
    "Checked",
    "Found",
    "FoundStatement",
    "Listener",
    "Planned",
    "Shrunk",
    "Stages",
    "Summary",
    "Wanted",
    "check",
    "derive",
    "extract",
    "find",
    "index",
    "index_samples",
    "list_drift",
    "load_stages",
    "match",
    "merge",
    "preview",
    "report",
    "vacuum",
]
