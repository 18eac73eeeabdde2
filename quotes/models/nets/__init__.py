"""The networks that ship: Stanza's own modules, driven directly, each distinct word read only once."""
