"""Who the mentions are: within one article (`name_speakers`), then across articles and outlets (`merge_speakers`)."""

from quotes.speakers.across import identity, merge_speakers
from quotes.speakers.within import Named, name_speakers

VERSION = "1"
__all__ = ["VERSION", "Named", "identity", "merge_speakers", "name_speakers"]
