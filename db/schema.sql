-- Generated from db/migrations; tests/unit/test_store.py compares them.

CREATE TABLE outlets (
    id TEXT PRIMARY KEY, -- slug of the name
    name TEXT NOT NULL,
    domain TEXT
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT, -- NULL: still running, or cut off
    quotes_version TEXT NOT NULL,
    models TEXT NOT NULL,
    articles_read INTEGER NOT NULL DEFAULT 0,
    articles_added INTEGER NOT NULL DEFAULT 0,
    articles_changed INTEGER NOT NULL DEFAULT 0,
    articles_unchanged INTEGER NOT NULL DEFAULT 0,
    articles_skipped INTEGER NOT NULL DEFAULT 0,
    articles_annotated INTEGER NOT NULL DEFAULT 0
, articles_redone INTEGER NOT NULL DEFAULT 0, articles_removed INTEGER NOT NULL DEFAULT 0, quotes_altered INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL DEFAULT 0, stopped_by TEXT) STRICT;

CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    title TEXT,
    url TEXT,
    byline TEXT,
    published TEXT,
    published_precision TEXT CHECK (published_precision IN ('day', 'minute')),
    language TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    quote_count INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    source TEXT NOT NULL,
    stages_version TEXT NOT NULL, -- versions of models and rules that its quotes come from
    first_run_id INTEGER NOT NULL REFERENCES runs (id),
    last_run_id INTEGER NOT NULL REFERENCES runs (id)
, kind TEXT NOT NULL DEFAULT 'article' CHECK (kind IN ('article', 'transcript')), credits TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(credits)), input_hash TEXT NOT NULL DEFAULT '', removed TEXT, removed_run_id INTEGER REFERENCES runs (id)) STRICT;

CREATE TABLE speakers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'anonymous')),
    role TEXT,
    quote_count INTEGER NOT NULL DEFAULT 0,
    statement_count INTEGER NOT NULL DEFAULT 0,
    outlet_count INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE speaker_aliases (
    speaker_id TEXT NOT NULL REFERENCES speakers (id),
    alias TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (speaker_id, alias)
) STRICT;

CREATE TABLE article_speakers (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    name TEXT NOT NULL, -- the fullest name this article gives
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'anonymous')),
    role TEXT,
    aliases TEXT NOT NULL CHECK (json_valid(aliases)),
    speaker_id TEXT REFERENCES speakers (id)
, merge_evidence TEXT) STRICT;

CREATE TABLE statements (
    id TEXT PRIMARY KEY, -- id of the quote printed first: any quote's id leads to its statement
    label TEXT NOT NULL, -- the reference wording, shortened
    speaker_id TEXT REFERENCES speakers (id),
    first_published TEXT,
    last_published TEXT,
    first_outlets TEXT NOT NULL CHECK (json_valid(first_outlets)), -- ids; more than one is a tie
    quote_count INTEGER NOT NULL,
    wording_count INTEGER NOT NULL,
    outlet_count INTEGER NOT NULL,
    drift REAL NOT NULL CHECK (drift BETWEEN 0 AND 1),
    worst_change TEXT NOT NULL,
    meaning_flags TEXT, -- comma-separated; NULL: none
    disputed_speaker INTEGER NOT NULL CHECK (disputed_speaker IN (0, 1))
, reference_basis TEXT, last_changed TEXT) STRICT;

CREATE TABLE wordings (
    id TEXT PRIMARY KEY, -- id of the quote that printed it first
    statement_id TEXT NOT NULL REFERENCES statements (id),
    text TEXT NOT NULL,
    is_reference INTEGER NOT NULL CHECK (is_reference IN (0, 1)),
    parent_wording_id TEXT REFERENCES wordings (id),
    change_kind TEXT NOT NULL CHECK (change_kind IN
        ('reference', 'punctuation', 'shortened', 'ellipsis', 'inflected', 'reworded', 'merged')),
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1),
    quote_count INTEGER NOT NULL,
    outlet_count INTEGER NOT NULL,
    first_published TEXT
, parent_basis TEXT, credited_outlet_id TEXT REFERENCES outlets (id)) STRICT;

CREATE TABLE outlet_stats (
    outlet_id TEXT PRIMARY KEY REFERENCES outlets (id),
    article_count INTEGER NOT NULL,
    quote_count INTEGER NOT NULL,
    attributed_count INTEGER NOT NULL,
    compared_count INTEGER NOT NULL, -- quotes of statements that another outlet printed too
    first_count INTEGER NOT NULL, -- statements it printed first, ties included
    same_count INTEGER NOT NULL, -- compared quotes that print the reference words, marks aside
    shortened_count INTEGER NOT NULL,
    ellipsis_count INTEGER NOT NULL,
    inflected_count INTEGER NOT NULL,
    reworded_count INTEGER NOT NULL,
    merged_count INTEGER NOT NULL
, flagged_count INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE outlet_pair_stats (
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    other_outlet_id TEXT NOT NULL REFERENCES outlets (id),
    statement_count INTEGER NOT NULL, -- statements that both printed
    same_wording_count INTEGER NOT NULL, -- of these, with a wording in common
    PRIMARY KEY (outlet_id, other_outlet_id),
    CHECK (outlet_id < other_outlet_id)
) STRICT;

CREATE TABLE daily_counts (
    day TEXT PRIMARY KEY,
    article_count INTEGER NOT NULL,
    quote_count INTEGER NOT NULL,
    statement_count INTEGER NOT NULL -- statements first printed that day
) STRICT;

CREATE TABLE word_swaps (
    words_before TEXT NOT NULL,
    words_after TEXT NOT NULL,
    statement_count INTEGER NOT NULL,
    outlet_count INTEGER NOT NULL,
    PRIMARY KEY (words_before, words_after)
) STRICT;

CREATE INDEX articles_content_hash ON articles (content_hash);

CREATE INDEX articles_source ON articles (source);

CREATE INDEX article_speakers_article_id ON article_speakers (article_id);

CREATE INDEX article_speakers_speaker_id ON article_speakers (speaker_id);

CREATE INDEX speakers_quote_count ON speakers (quote_count);

CREATE INDEX statements_first_published ON statements (first_published);

CREATE INDEX statements_worst_change ON statements (worst_change);

CREATE INDEX statements_outlet_count ON statements (outlet_count);

CREATE INDEX wordings_statement_id ON wordings (statement_id);

CREATE INDEX wordings_parent_wording_id ON wordings (parent_wording_id);

CREATE INDEX word_swaps_statement_count ON word_swaps (statement_count);

CREATE INDEX word_swaps_words_after ON word_swaps (words_after);

CREATE VIRTUAL TABLE quotes_fts USING fts5 (text, content='quotes', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE statements_fts USING fts5 (label, content='statements', tokenize='unicode61 remove_diacritics 2');

CREATE TRIGGER statements_fts_insert AFTER INSERT ON statements BEGIN
    INSERT INTO statements_fts (rowid, label) VALUES (new.rowid, new.label);
END;

CREATE TRIGGER statements_fts_delete AFTER DELETE ON statements BEGIN
    INSERT INTO statements_fts (statements_fts, rowid, label) VALUES ('delete', old.rowid, old.label);
END;

CREATE TRIGGER statements_fts_update AFTER UPDATE OF label ON statements BEGIN
    INSERT INTO statements_fts (statements_fts, rowid, label) VALUES ('delete', old.rowid, old.label);
    INSERT INTO statements_fts (rowid, label) VALUES (new.rowid, new.label);
END;

CREATE TABLE "quotes" (
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
    inside_quote_id TEXT REFERENCES "quotes" (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    context_before TEXT NOT NULL,
    context_after TEXT NOT NULL,
    context_between TEXT NOT NULL CHECK (json_valid(context_between)), -- the words between the spans of a split quote
    spans TEXT NOT NULL CHECK (json_valid(spans)),
    speaker_span TEXT CHECK (speaker_span IS NULL OR json_valid(speaker_span)), -- where the words that name the speaker stand
    cue_span TEXT CHECK (cue_span IS NULL OR json_valid(cue_span)),
    evidence TEXT CHECK (evidence IS NULL OR json_valid(evidence)), -- [words, role] pieces: the printed words around quote, cue and speaker
    resolution TEXT, credited TEXT, first_revision INTEGER NOT NULL DEFAULT 1, last_revision INTEGER, altered_to_id TEXT REFERENCES quotes (id) DEFERRABLE INITIALLY DEFERRED, -- how the words that name the speaker led to that person
    CHECK ((article_speaker_id IS NULL) = (no_speaker_reason IS NOT NULL))
) STRICT;

CREATE INDEX quotes_article_id ON quotes (article_id);

CREATE INDEX quotes_article_speaker_id ON quotes (article_speaker_id);

CREATE INDEX quotes_statement_id ON quotes (statement_id);

CREATE INDEX quotes_wording_id ON quotes (wording_id);

CREATE INDEX quotes_kind ON quotes (kind);

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

CREATE TABLE joint_speakers (
    quote_id TEXT NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
    article_speaker_id TEXT NOT NULL REFERENCES article_speakers (id) ON DELETE CASCADE,
    speaker_as_printed TEXT NOT NULL,
    PRIMARY KEY (quote_id, article_speaker_id)
) STRICT;

CREATE INDEX joint_speakers_article_speaker_id ON joint_speakers (article_speaker_id);

CREATE INDEX wordings_credited_outlet_id ON wordings (credited_outlet_id);

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

CREATE TABLE repeats (
    statement_id TEXT NOT NULL REFERENCES statements (id), -- printed first
    other_statement_id TEXT NOT NULL REFERENCES statements (id),
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1), -- of their closest wordings
    PRIMARY KEY (statement_id, other_statement_id)
) STRICT;

CREATE INDEX repeats_similarity ON repeats (similarity);

CREATE INDEX repeats_other_statement_id ON repeats (other_statement_id);

CREATE TABLE outlet_followers (
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    follower_outlet_id TEXT NOT NULL REFERENCES outlets (id),
    statement_count INTEGER NOT NULL,
    PRIMARY KEY (outlet_id, follower_outlet_id)
) STRICT;

CREATE INDEX outlet_followers_statement_count ON outlet_followers (statement_count);

CREATE INDEX outlet_followers_follower_outlet_id ON outlet_followers (follower_outlet_id);

CREATE TABLE statement_aliases (
    id TEXT PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statements (id)
) STRICT;

CREATE INDEX statement_aliases_statement_id ON statement_aliases (statement_id);

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

CREATE TABLE match_keys (
    key INTEGER PRIMARY KEY,
    unit_ids BLOB NOT NULL
) STRICT;

CREATE TABLE match_links (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- firm, part, story, repeat
    support INTEGER NOT NULL, -- keys that bring the two together
    is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)), -- kind story, and the articles tell the same one
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX match_links_other ON match_links (other);

CREATE TABLE match_pending (
    quote_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

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

CREATE TABLE speaker_outlet_stats (
    speaker_id TEXT NOT NULL REFERENCES speakers (id),
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    quote_count INTEGER NOT NULL,
    compared_count INTEGER NOT NULL,
    same_count INTEGER NOT NULL,
    shortened_count INTEGER NOT NULL,
    ellipsis_count INTEGER NOT NULL,
    inflected_count INTEGER NOT NULL,
    reworded_count INTEGER NOT NULL,
    merged_count INTEGER NOT NULL,
    flagged_count INTEGER NOT NULL,
    PRIMARY KEY (speaker_id, outlet_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX speaker_outlet_stats_outlet_id ON speaker_outlet_stats (outlet_id, compared_count);

CREATE INDEX speaker_outlet_stats_compared_count ON speaker_outlet_stats (compared_count);

CREATE INDEX statements_speaker_id ON statements (speaker_id, first_published);

CREATE INDEX statements_drift ON statements (drift, outlet_count);

CREATE INDEX statements_last_published ON statements (last_published, outlet_count, drift);

CREATE INDEX statements_last_changed ON statements (last_changed, drift, outlet_count, first_published)
WHERE last_changed IS NOT NULL;

CREATE INDEX statements_flagged ON statements (first_published, meaning_flags) WHERE meaning_flags IS NOT NULL;

CREATE INDEX statements_meaning_flags ON statements (meaning_flags) WHERE meaning_flags IS NOT NULL;

CREATE INDEX statements_disputed_speaker ON statements (disputed_speaker, first_published);

CREATE INDEX statements_disputed_changed ON statements (disputed_speaker, coalesce(last_changed, last_published), drift);

CREATE INDEX statements_on_record ON statements (last_changed) WHERE instr(reference_basis, 'official transcript');

CREATE INDEX statements_printed_twice ON statements (first_published)
WHERE quote_count > outlet_count AND wording_count > 1;

CREATE INDEX wordings_change_kind ON wordings (change_kind, first_published);

CREATE INDEX wordings_credited ON wordings (first_published) WHERE credited_outlet_id IS NOT NULL;

CREATE INDEX quotes_speaker_id ON quotes (speaker_id, published);

CREATE INDEX quotes_outlet_id ON quotes (outlet_id, published);

CREATE INDEX quotes_attribution_rule ON quotes (attribution_rule, confidence);

CREATE INDEX quotes_no_speaker_reason ON quotes (no_speaker_reason, published) WHERE no_speaker_reason IS NOT NULL;

CREATE INDEX quotes_without_speaker ON quotes (published)
WHERE no_speaker_reason IS NOT NULL AND statement_id IS NOT NULL;

CREATE INDEX articles_outlet_id ON articles (outlet_id, published);

CREATE INDEX articles_revised ON articles (outlet_id, published) WHERE revision > 1;

CREATE INDEX articles_revised_published ON articles (published) WHERE revision > 1;

CREATE INDEX articles_without_quotes ON articles (published) WHERE quote_count = 0;

CREATE INDEX articles_transcripts ON articles (published) WHERE kind = 'transcript';

CREATE INDEX quotes_published ON quotes (published DESC, id);

CREATE INDEX articles_published ON articles (published DESC, id);

CREATE INDEX speakers_kind ON speakers (kind, quote_count);

CREATE INDEX outlet_pair_stats_statement_count ON outlet_pair_stats (statement_count);

CREATE INDEX outlet_pair_stats_same_wording_count ON outlet_pair_stats (same_wording_count, statement_count);

CREATE INDEX changes_swapped ON changes (words_before COLLATE NOCASE, words_after COLLATE NOCASE, meaning_flag)
WHERE op = 'replace';

CREATE INDEX changes_swapped_for ON changes (words_after COLLATE NOCASE) WHERE op = 'replace';

CREATE VIRTUAL TABLE speakers_fts USING fts5 (name, content='speakers', tokenize='unicode61 remove_diacritics 2');

CREATE TRIGGER speakers_fts_insert AFTER INSERT ON speakers BEGIN
    INSERT INTO speakers_fts (rowid, name) VALUES (new.rowid, new.name);
END;

CREATE TRIGGER speakers_fts_delete AFTER DELETE ON speakers BEGIN
    INSERT INTO speakers_fts (speakers_fts, rowid, name) VALUES ('delete', old.rowid, old.name);
END;

CREATE TRIGGER speakers_fts_update AFTER UPDATE OF name ON speakers BEGIN
    INSERT INTO speakers_fts (speakers_fts, rowid, name) VALUES ('delete', old.rowid, old.name);
    INSERT INTO speakers_fts (rowid, name) VALUES (new.rowid, new.name);
END;

CREATE VIRTUAL TABLE speaker_aliases_fts USING fts5 (
    alias, content='speaker_aliases', tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER speaker_aliases_fts_insert AFTER INSERT ON speaker_aliases BEGIN
    INSERT INTO speaker_aliases_fts (rowid, alias) VALUES (new.rowid, new.alias);
END;

CREATE TRIGGER speaker_aliases_fts_delete AFTER DELETE ON speaker_aliases BEGIN
    INSERT INTO speaker_aliases_fts (speaker_aliases_fts, rowid, alias) VALUES ('delete', old.rowid, old.alias);
END;

CREATE TRIGGER speaker_aliases_fts_update AFTER UPDATE OF alias ON speaker_aliases BEGIN
    INSERT INTO speaker_aliases_fts (speaker_aliases_fts, rowid, alias) VALUES ('delete', old.rowid, old.alias);
    INSERT INTO speaker_aliases_fts (rowid, alias) VALUES (new.rowid, new.alias);
END;

CREATE INDEX articles_stages_version ON articles (stages_version);

CREATE INDEX articles_removed ON articles (published) WHERE removed IS NOT NULL;

CREATE INDEX articles_removed_run_id ON articles (removed_run_id);

CREATE TABLE revisions (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    title TEXT,
    published TEXT,
    word_count INTEGER NOT NULL,
    quote_count INTEGER NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs (id), -- the job that read it last
    PRIMARY KEY (article_id, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX revisions_run_id ON revisions (run_id);

CREATE INDEX quotes_altered_to_id ON quotes (altered_to_id) WHERE altered_to_id IS NOT NULL;

CREATE INDEX quotes_no_longer_printed ON quotes (published) WHERE last_revision IS NOT NULL;

CREATE TABLE skipped (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    outlet TEXT,
    reason TEXT NOT NULL,
    times INTEGER NOT NULL, -- jobs that skipped it
    first_run_id INTEGER NOT NULL REFERENCES runs (id),
    run_id INTEGER NOT NULL REFERENCES runs (id), -- the last job that skipped it
    UNIQUE (source, reason)
) STRICT;

CREATE INDEX skipped_run_id ON skipped (run_id);

CREATE INDEX skipped_first_run_id ON skipped (first_run_id);

CREATE TRIGGER quotes_pending_update
AFTER UPDATE OF text, speaker_id, published, outlet_id, article_id, kind, inside_quote_id, credited,
    first_revision, last_revision, altered_to_id ON quotes
BEGIN
    INSERT INTO match_pending SELECT new.id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = new.id);
END;

CREATE TABLE match_settings (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    version INTEGER NOT NULL, -- of the rules that read it
    names TEXT NOT NULL CHECK (json_type(names) = 'array'),
    phrases BLOB NOT NULL CHECK (length(phrases) % 4 = 0),
    expansions TEXT NOT NULL CHECK (json_type(expansions) = 'array')
) STRICT;

CREATE TRIGGER quotes_settings_insert BEFORE INSERT ON quotes BEGIN
    DELETE FROM match_settings
    WHERE article_id IN (SELECT new.article_id UNION SELECT article_id FROM quotes WHERE id = new.id);
END;

CREATE TRIGGER quotes_settings_delete AFTER DELETE ON quotes BEGIN
    DELETE FROM match_settings WHERE article_id = old.article_id;
END;

CREATE TRIGGER quotes_settings_update
AFTER UPDATE OF article_id, text, context_before, context_between, context_after ON quotes BEGIN
    DELETE FROM match_settings WHERE article_id IN (old.article_id, new.article_id);
END;

CREATE TRIGGER articles_settings_insert AFTER INSERT ON articles BEGIN
    DELETE FROM match_settings WHERE article_id = new.id;
END;

CREATE TRIGGER articles_settings_update AFTER UPDATE OF id, title ON articles BEGIN
    DELETE FROM match_settings WHERE article_id IN (old.id, new.id);
END;
