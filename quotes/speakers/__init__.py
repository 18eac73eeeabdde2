"""Who the mentions are: in one article (`name_speakers`), then across articles (`merge_speakers`)."""

from quotes.speakers.across import list_notes, merge_speakers
from quotes.speakers.within import Named, name_speakers

VERSION = "5"
__all__ = ["VERSION", "Named", "list_notes", "merge_speakers", "name_speakers"]
