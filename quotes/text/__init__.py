"""Text on its own: decoding bytes, quotation marks, the normal form for comparison, and content ids."""
