"""The SQL of the pages, a module a page. Every query is served by an index and bounded by a limit."""
