"""The pages: one module a page, each from rows of quotes.db to what its template shows."""
