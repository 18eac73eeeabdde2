"""What the language models say about articles: sentences, words, who does what, and names."""

from quotes.annotate.annotator import Annotator
from quotes.annotate.encoding import VERSION, decode, encode

__all__ = ["VERSION", "Annotator", "decode", "encode"]
