"""Jobs: index articles, extract quotes, match quotes. Calls the stages, and commits."""

from quotes.pipeline.demo import index_samples, report
from quotes.pipeline.deriving import derive
from quotes.pipeline.extraction import extract
from quotes.pipeline.finding import Found, FoundStatement, find, list_drift
from quotes.pipeline.indexing import Listener, Summary, index
from quotes.pipeline.matching import match
from quotes.pipeline.stages import Stages, load_stages

__all__ = [
    "Found",
    "FoundStatement",
    "Listener",
    "Stages",
    "Summary",
    "derive",
    "extract",
    "find",
    "index",
    "index_samples",
    "list_drift",
    "load_stages",
    "match",
    "report",
]
