-- What jobs remember from one to the next, so that only what is new is read.

-- What was read of each article beside its text, so that new rules need no new reading.
CREATE TABLE inputs (
    article_id TEXT PRIMARY KEY,
    input_hash TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    record TEXT NOT NULL CHECK (json_valid(record)) -- outlet, source, title, url, byline, published, language, kind, reader
) STRICT;

-- Files that were read whole.
CREATE TABLE places (
    path TEXT PRIMARY KEY, -- from the root of this machine
    stamp TEXT NOT NULL -- size, times and what was said of it: another one where it may have changed
) STRICT, WITHOUT ROWID;

CREATE TABLE place_articles (
    path TEXT NOT NULL REFERENCES places (path) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    input_hash TEXT NOT NULL,
    PRIMARY KEY (path, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_articles_article_id ON place_articles (article_id);

-- Addresses that were asked for.
CREATE TABLE visits (
    address TEXT PRIMARY KEY,
    listed_in TEXT, -- the feed, sitemap or list that it was found in; NULL: named by a person
    etag TEXT,
    last_modified TEXT, -- as the server said it
    status INTEGER NOT NULL, -- of the last answer; 0: there was none
    failures INTEGER NOT NULL, -- in a row
    first_seen TEXT NOT NULL,
    checked TEXT NOT NULL, -- when it was asked for last
    article_id TEXT, -- the article that it gave; NULL: none, or a list
    input_hash TEXT,
    reason TEXT, -- why it gave no article
    details TEXT CHECK (details IS NULL OR json_valid(details)) -- what the list said of it
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_listed_in ON visits (listed_in);
CREATE INDEX visits_article_id ON visits (article_id) WHERE article_id IS NOT NULL;
