-- Evidence: what was considered, who spoke together, quotes within quotes, and quoted words that nobody said.

CREATE TABLE quotes_new (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    speaker_id TEXT REFERENCES speakers (id),
    speaker_as_printed TEXT,
    cue TEXT,
    attribution_rule TEXT,
    confidence REAL CHECK (confidence BETWEEN 0 AND 1),
    no_speaker_reason TEXT, -- also where the words that name the speaker could not be resolved
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    article_speaker_id TEXT REFERENCES article_speakers (id),
    published TEXT,
    statement_id TEXT REFERENCES statements (id),
    wording_id TEXT REFERENCES wordings (id),
    kind TEXT NOT NULL CHECK (kind IN
        ('sentence', 'fragment', 'title', 'slogan', 'scare quote', 'nickname', 'caption')),
    inside_quote_id TEXT REFERENCES quotes_new (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    context_before TEXT NOT NULL,
    context_after TEXT NOT NULL,
    context_between TEXT NOT NULL CHECK (json_valid(context_between)), -- the words between the spans of a split quote
    spans TEXT NOT NULL CHECK (json_valid(spans)),
    speaker_span TEXT CHECK (speaker_span IS NULL OR json_valid(speaker_span)), -- where the words that name the speaker stand
    cue_span TEXT CHECK (cue_span IS NULL OR json_valid(cue_span)),
    evidence TEXT CHECK (evidence IS NULL OR json_valid(evidence)), -- [words, role] pieces: the printed words around quote, cue and speaker
    resolution TEXT, -- how the words that name the speaker led to that person
    CHECK ((article_speaker_id IS NULL) = (no_speaker_reason IS NOT NULL))
) STRICT;

INSERT INTO quotes_new (rowid, id, text, speaker_id, speaker_as_printed, cue, attribution_rule, confidence, no_speaker_reason, outlet_id, article_id, article_speaker_id, published, statement_id, wording_id, kind, context_before, context_after, context_between, spans)
SELECT rowid, id, text, speaker_id, speaker_as_printed, cue, attribution_rule, confidence, no_speaker_reason, outlet_id, article_id, article_speaker_id, published, statement_id, wording_id, kind, context_before, context_after, context_between, spans FROM quotes;
DROP TABLE quotes;
ALTER TABLE quotes_new RENAME TO quotes;

CREATE INDEX quotes_speaker_id ON quotes (speaker_id);
CREATE INDEX quotes_outlet_id ON quotes (outlet_id);
CREATE INDEX quotes_article_id ON quotes (article_id);
CREATE INDEX quotes_article_speaker_id ON quotes (article_speaker_id);
CREATE INDEX quotes_statement_id ON quotes (statement_id);
CREATE INDEX quotes_wording_id ON quotes (wording_id);
CREATE INDEX quotes_published ON quotes (published);
CREATE INDEX quotes_kind ON quotes (kind);
CREATE INDEX quotes_attribution_rule ON quotes (attribution_rule);
CREATE INDEX quotes_no_speaker_reason ON quotes (no_speaker_reason);
CREATE INDEX quotes_confidence ON quotes (confidence);
CREATE INDEX quotes_inside_quote_id ON quotes (inside_quote_id);

CREATE TRIGGER quotes_fts_insert AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_fts (rowid, text) VALUES (new.rowid, new.text);
END;
CREATE TRIGGER quotes_fts_delete AFTER DELETE ON quotes BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.rowid, old.text);
END;
CREATE TRIGGER quotes_fts_update AFTER UPDATE OF text ON quotes BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.rowid, old.text);
    INSERT INTO quotes_fts (rowid, text) VALUES (new.rowid, new.text);
END;

-- The other speakers that were thought of, the likeliest first.
CREATE TABLE considered_speakers (
    quote_id TEXT NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, -- 0 for the likeliest
    speaker_as_printed TEXT NOT NULL,
    cue TEXT,
    attribution_rule TEXT NOT NULL,
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    speaker_span TEXT NOT NULL CHECK (json_valid(speaker_span)),
    PRIMARY KEY (quote_id, position)
) STRICT;

-- Who said a quote together with quotes.speaker_id ("the mayor and the bishop said in a joint letter").
CREATE TABLE joint_speakers (
    quote_id TEXT NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
    article_speaker_id TEXT NOT NULL REFERENCES article_speakers (id) ON DELETE CASCADE,
    speaker_as_printed TEXT NOT NULL,
    PRIMARY KEY (quote_id, article_speaker_id)
) STRICT;
CREATE INDEX joint_speakers_article_speaker_id ON joint_speakers (article_speaker_id);

ALTER TABLE article_speakers ADD COLUMN merge_evidence TEXT; -- why it belongs to its speaker
