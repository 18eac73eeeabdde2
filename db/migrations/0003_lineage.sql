-- What changed and where from: changes with the words behind a flag, lineage with its basis, transcripts,
-- credits, repeats, and what became of a statement's id. Derived tables are derived again.

ALTER TABLE articles ADD COLUMN kind TEXT NOT NULL DEFAULT 'article' CHECK (kind IN ('article', 'transcript'));
ALTER TABLE articles ADD COLUMN credits TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(credits)); -- names of outlets and agencies whose material it says it carries
ALTER TABLE quotes ADD COLUMN credited TEXT; -- the outlet that the article says these words were told to, as printed
ALTER TABLE statements ADD COLUMN reference_basis TEXT; -- why its reference wording is the reference
ALTER TABLE wordings ADD COLUMN parent_basis TEXT; -- why it derives from its parent wording, or why no parent is named
ALTER TABLE wordings ADD COLUMN credited_outlet_id TEXT REFERENCES outlets (id); -- that printed the parent wording, where a credit decided
CREATE INDEX wordings_credited_outlet_id ON wordings (credited_outlet_id);

DROP TABLE changes;
CREATE TABLE changes (
    id TEXT PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statements (id),
    wording_id TEXT NOT NULL REFERENCES wordings (id),
    position INTEGER NOT NULL, -- 0 for the first change of a wording
    op TEXT NOT NULL CHECK (op IN ('replace', 'insert', 'delete', 'move')),
    words_before TEXT NOT NULL,
    words_after TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN
        ('punctuation', 'spelling', 'inflection', 'function word', 'substitution', 'insertion', 'deletion',
         'truncation', 'ellipsis', 'reordering', 'merge')),
    meaning_flag TEXT CHECK (meaning_flag IN
        ('negation', 'number', 'modality', 'name', 'hedge', 'condition', 'contrast')),
    flag_words TEXT, -- the words that raised the flag
    CHECK ((meaning_flag IS NULL) = (flag_words IS NULL))
) STRICT;
CREATE INDEX changes_statement_id ON changes (statement_id);
CREATE INDEX changes_wording_id ON changes (wording_id);
CREATE INDEX changes_kind ON changes (kind);
CREATE INDEX changes_meaning_flag ON changes (meaning_flag);

-- Two statements of nearly the same words that are two utterances: the same line on another day.
CREATE TABLE repeats (
    statement_id TEXT NOT NULL REFERENCES statements (id), -- printed first
    other_statement_id TEXT NOT NULL REFERENCES statements (id),
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1), -- of their closest wordings
    PRIMARY KEY (statement_id, other_statement_id)
) STRICT;
CREATE INDEX repeats_similarity ON repeats (similarity);
CREATE INDEX repeats_other_statement_id ON repeats (other_statement_id);

-- By whom an outlet is followed: wordings that derive from one of its own.
CREATE TABLE outlet_followers (
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    follower_outlet_id TEXT NOT NULL REFERENCES outlets (id),
    statement_count INTEGER NOT NULL,
    PRIMARY KEY (outlet_id, follower_outlet_id)
) STRICT;
CREATE INDEX outlet_followers_statement_count ON outlet_followers (statement_count);
CREATE INDEX outlet_followers_follower_outlet_id ON outlet_followers (follower_outlet_id);

-- Ids that statements had before, where no quote has them any more.
CREATE TABLE statement_aliases (
    id TEXT PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statements (id)
) STRICT;
CREATE INDEX statement_aliases_statement_id ON statement_aliases (statement_id);
