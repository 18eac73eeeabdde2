-- texts.db: a cache beside quotes.db, never served. Article texts and what the models said about them.

CREATE TABLE texts (
    content_hash TEXT PRIMARY KEY, -- sha256 of the text
    text TEXT NOT NULL
) STRICT;

CREATE TABLE annotations (
    content_hash TEXT NOT NULL REFERENCES texts (content_hash) ON DELETE CASCADE,
    models_version TEXT NOT NULL, -- of the models, and of the rules that chose what they read
    data BLOB NOT NULL,
    PRIMARY KEY (content_hash, models_version)
) STRICT;
