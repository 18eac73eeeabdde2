"""Who the mentions are: in one article (`name_speakers`), then across articles (`merge_speakers`)."""

from quotes.speakers.across import identity, merge_speakers
from quotes.speakers.within import Named, name_speakers

VERSION = "1"
__all__ = ["VERSION", "Named", "identity", "merge_speakers", "name_speakers"]
