-- What grouping remembers between two jobs, so that a new quote is compared with few old ones.

-- Quotes of the same words that are one utterance for certain.
CREATE TABLE match_units (
    id INTEGER PRIMARY KEY,
    content INTEGER NOT NULL, -- stands for what its quotes have in common
    text INTEGER NOT NULL, -- stands for its words
    words TEXT NOT NULL,
    speaker INTEGER NOT NULL, -- stands for its speaker; 0: not known
    published TEXT, -- of its quote printed first
    first_quote_id TEXT NOT NULL,
    articles TEXT NOT NULL CHECK (json_valid(articles)), -- 64 at most
    story INTEGER NOT NULL, -- the lowest id among the units that it is firmly linked to
    cluster INTEGER NOT NULL, -- the same, with links that only the story makes firm
    statement_id TEXT NOT NULL
) STRICT;
CREATE INDEX match_units_content ON match_units (content);
CREATE INDEX match_units_text ON match_units (text);
CREATE INDEX match_units_story ON match_units (story);
CREATE INDEX match_units_cluster ON match_units (cluster);
CREATE INDEX match_units_statement_id ON match_units (statement_id);

CREATE TABLE match_quotes (
    quote_id TEXT PRIMARY KEY,
    unit_id INTEGER NOT NULL,
    article_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX match_quotes_unit_id ON match_quotes (unit_id);
CREATE INDEX match_quotes_article_id ON match_quotes (article_id);

-- The units that have a telling pair of neighbouring words, in order of ids, eight bytes each.
CREATE TABLE match_keys (
    key INTEGER PRIMARY KEY,
    unit_ids BLOB NOT NULL
) STRICT;

-- Units that match; `one` stands behind `other`.
CREATE TABLE match_links (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- firm, part, story, repeat
    support INTEGER NOT NULL, -- keys that bring the two together
    is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)), -- kind story, and the articles tell the same one
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_links_other ON match_links (other);

-- Quotes that changed since they were grouped.
CREATE TABLE match_pending (
    quote_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The version of grouping and drift that the derived tables come from.
CREATE TABLE match_versions (
    version TEXT PRIMARY KEY
) STRICT;

CREATE TRIGGER quotes_pending_insert AFTER INSERT ON quotes BEGIN
    INSERT INTO match_pending SELECT new.id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = new.id);
END;
CREATE TRIGGER quotes_pending_delete AFTER DELETE ON quotes BEGIN
    INSERT INTO match_pending SELECT old.id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = old.id);
END;
CREATE TRIGGER quotes_pending_update
AFTER UPDATE OF text, speaker_id, published, outlet_id, article_id, kind, inside_quote_id, credited ON quotes
BEGIN
    INSERT INTO match_pending SELECT new.id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = new.id);
END;
CREATE TRIGGER speakers_pending_update AFTER UPDATE OF name, kind ON speakers BEGIN
    INSERT INTO match_pending SELECT id FROM quotes
    WHERE speaker_id = new.id AND id NOT IN (SELECT quote_id FROM match_pending);
END;
CREATE TRIGGER articles_pending_update AFTER UPDATE OF kind, credits ON articles BEGIN
    INSERT INTO match_pending SELECT id FROM quotes
    WHERE article_id = new.id AND id NOT IN (SELECT quote_id FROM match_pending);
END;
CREATE TRIGGER joint_speakers_pending_insert AFTER INSERT ON joint_speakers BEGIN
    INSERT INTO match_pending SELECT new.quote_id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = new.quote_id);
END;
CREATE TRIGGER joint_speakers_pending_delete AFTER DELETE ON joint_speakers BEGIN
    INSERT INTO match_pending SELECT old.quote_id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = old.quote_id);
END;
