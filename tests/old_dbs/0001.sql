BEGIN;
CREATE TABLE _migrations (name TEXT PRIMARY KEY) STRICT;
INSERT INTO _migrations VALUES ('0001_initial.sql');
CREATE TABLE outlets (
    id TEXT PRIMARY KEY, -- slug of the name
    name TEXT NOT NULL,
    domain TEXT
) STRICT;
INSERT INTO outlets VALUES ('harbour-radio', 'Harbour Radio', NULL);
INSERT INTO outlets VALUES ('the-herald', 'The Herald', 'herald.example');
INSERT INTO outlets VALUES ('the-post', 'The Post', 'post.example');
INSERT INTO outlets VALUES ('valley-times', 'Valley Times', 'valley.example');
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
) STRICT;
INSERT INTO runs VALUES (1, '2026-11-22T09:46:49+00:00', '2026-11-22T09:46:51+00:00', '0.1.0', 'quotes-en-cc31c6918c87', 4, 4, 0, 0, 1, 4);
INSERT INTO runs VALUES (2, '2026-11-22T09:46:52+00:00', '2026-11-22T09:46:54+00:00', '0.1.0', 'quotes-en-cc31c6918c87', 4, 0, 1, 3, 1, 1);
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
) STRICT;
INSERT INTO articles VALUES ('13198f2571cf3df0', 'the-post', 'Fares stay as they are', 'https://www.post.example/2025/ferry', NULL, '2025-03-04', 'day', 'en', 40, 2, 'f86522395a6a4ac1d60be34db28ce9b6722e9586a497c9c3a0d4a94563e29c81', 1, 'story/the-post/ferry.txt', 'quotes-en-cc31c6918c87 0.1.0 2.1.1.1', 1, 1);
INSERT INTO articles VALUES ('4ed5c34402abf108', 'the-herald', 'Council votes on the ferry', 'https://herald.example/ferry', NULL, '2025-03-03T18:00:00+00:00', 'minute', 'en', 53, 3, '5767df97187218ed2431c09be0b93acf8f6fe0a89c13a01a74be67f68e80ae40', 1, 'story/the-herald/ferry.txt', 'quotes-en-cc31c6918c87 0.1.0 2.1.1.1', 1, 1);
INSERT INTO articles VALUES ('5500c3988178073b', 'valley-times', 'A roof until 2031', 'https://valley.example/roof', NULL, '2025-03-05', 'day', 'en', 25, 1, '4332214def4b7afd96b1bd641dd56f8deaa530a26b51cd40cedd1ec732302389', 2, 'story/valley-times/budget.txt', 'quotes-en-cc31c6918c87 0.1.0 2.1.1.1', 1, 2);
INSERT INTO articles VALUES ('fd63ddc9e0f52763', 'harbour-radio', 'Evening news', NULL, NULL, '2025-03-04', 'day', 'en', 27, 2, '2a88aec1adf7c100ebeafc71f51b770e5846588ca8eef03b1adf8fc4e133664f', 1, 'story/harbour-radio/evening.txt', 'quotes-en-cc31c6918c87 0.1.0 2.1.1.1', 1, 1);
CREATE TABLE skipped (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    source TEXT NOT NULL,
    outlet TEXT,
    reason TEXT NOT NULL
) STRICT;
INSERT INTO skipped VALUES (1, 1, 'story/valley-times/empty.txt', 'Valley Times', 'empty; nothing to read');
INSERT INTO skipped VALUES (2, 2, 'story/valley-times/empty.txt', 'Valley Times', 'empty; nothing to read');
CREATE TABLE speakers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'anonymous')),
    role TEXT,
    quote_count INTEGER NOT NULL DEFAULT 0,
    statement_count INTEGER NOT NULL DEFAULT 0,
    outlet_count INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO speakers VALUES ('397a7c8586cbeda2', 'Pike', 'organisation', NULL, 1, 1, 1);
INSERT INTO speakers VALUES ('711497514ca29adf', 'Ann Reed', 'person', 'Mayor', 3, 1, 3);
INSERT INTO speakers VALUES ('71aecb8767b1e2fa', 'Tom Pike', 'person', NULL, 2, 2, 1);
INSERT INTO speakers VALUES ('cb40c3daa3da6150', 'Lena Okafor', 'person', NULL, 1, 1, 1);
INSERT INTO speakers VALUES ('e5b52d4df33300d5', 'a deckhand', 'anonymous', NULL, 1, 1, 1);
CREATE TABLE speaker_aliases (
    speaker_id TEXT NOT NULL REFERENCES speakers (id),
    alias TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (speaker_id, alias)
) STRICT;
INSERT INTO speaker_aliases VALUES ('397a7c8586cbeda2', 'Pike', 1);
INSERT INTO speaker_aliases VALUES ('711497514ca29adf', 'Ann Reed', 2);
INSERT INTO speaker_aliases VALUES ('711497514ca29adf', 'Reed', 1);
INSERT INTO speaker_aliases VALUES ('71aecb8767b1e2fa', 'Pike', 1);
INSERT INTO speaker_aliases VALUES ('71aecb8767b1e2fa', 'Tom Pike', 1);
INSERT INTO speaker_aliases VALUES ('cb40c3daa3da6150', 'Lena Okafor', 1);
INSERT INTO speaker_aliases VALUES ('e5b52d4df33300d5', 'a deckhand', 1);
CREATE TABLE article_speakers (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    name TEXT NOT NULL, -- the fullest name this article gives
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'anonymous')),
    role TEXT,
    aliases TEXT NOT NULL CHECK (json_valid(aliases)),
    speaker_id TEXT REFERENCES speakers (id)
) STRICT;
INSERT INTO article_speakers VALUES ('0fe6dab2b2e47360', '5500c3988178073b', 'Lena Okafor', 'person', NULL, '["Lena Okafor"]', 'cb40c3daa3da6150');
INSERT INTO article_speakers VALUES ('139fb89d2858a5cf', 'fd63ddc9e0f52763', 'Ann Reed', 'person', NULL, '["Ann Reed"]', '711497514ca29adf');
INSERT INTO article_speakers VALUES ('4d46aee763a60b2e', '13198f2571cf3df0', 'Pike', 'organisation', NULL, '["Pike"]', '397a7c8586cbeda2');
INSERT INTO article_speakers VALUES ('a123678a1f1e0e64', 'fd63ddc9e0f52763', 'a deckhand', 'anonymous', NULL, '["a deckhand"]', 'e5b52d4df33300d5');
INSERT INTO article_speakers VALUES ('b52cc165f35e4536', '4ed5c34402abf108', 'Ann Reed', 'person', 'Mayor', '["Ann Reed"]', '711497514ca29adf');
INSERT INTO article_speakers VALUES ('ba9509553809706c', '4ed5c34402abf108', 'Tom Pike', 'person', NULL, '["Tom Pike", "Pike"]', '71aecb8767b1e2fa');
INSERT INTO article_speakers VALUES ('bb0e071a1098edc3', '13198f2571cf3df0', 'Ann Reed', 'person', 'Mayor', '["Reed"]', '711497514ca29adf');
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
) STRICT;
INSERT INTO statements VALUES ('22dd73a54564d2a6', 'The books will tell us by spring', '71aecb8767b1e2fa', '2025-03-03T18:00:00+00:00', '2025-03-04', '["the-herald"]', 2, 2, 2, 0.0625, 'inflected', NULL, 0);
INSERT INTO statements VALUES ('39bde152e260f9a0', 'a gift to the harbour', '71aecb8767b1e2fa', '2025-03-03T18:00:00+00:00', '2025-03-03T18:00:00+00:00', '["the-herald"]', 1, 1, 1, 0.0, 'reference', NULL, 0);
INSERT INTO statements VALUES ('65705d131c24b9f6', 'Nobody has asked us', 'e5b52d4df33300d5', '2025-03-04', '2025-03-04', '["harbour-radio"]', 1, 1, 1, 0.0, 'reference', NULL, 0);
INSERT INTO statements VALUES ('8b8870d20a25da2b', 'We will not raise the ferry fare this year. People have paid enough.', '711497514ca29adf', '2025-03-03T18:00:00+00:00', '2025-03-04', '["the-herald"]', 3, 3, 3, 0.1385, 'reworded', 'negation', 0);
INSERT INTO statements VALUES ('9f27b75cdc387bb2', 'The roof is sound until 2032. After that I promise nothing.', 'cb40c3daa3da6150', '2025-03-05', '2025-03-05', '["valley-times"]', 1, 1, 1, 0.0, 'reference', NULL, 0);
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
) STRICT;
INSERT INTO wordings VALUES ('00f57db96c8a47c8', '8b8870d20a25da2b', 'We will raise the ferry fare this year,', 0, '8b8870d20a25da2b', 'reworded', 0.7619, 1, 1, '2025-03-04');
INSERT INTO wordings VALUES ('22dd73a54564d2a6', '22dd73a54564d2a6', 'The books will tell us by spring,', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-03T18:00:00+00:00');
INSERT INTO wordings VALUES ('39bde152e260f9a0', '39bde152e260f9a0', 'a gift to the harbour', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-03T18:00:00+00:00');
INSERT INTO wordings VALUES ('65705d131c24b9f6', '65705d131c24b9f6', 'Nobody has asked us,', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-04');
INSERT INTO wordings VALUES ('8b8870d20a25da2b', '8b8870d20a25da2b', 'We will not raise the ferry fare this year. People have paid enough.', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-03T18:00:00+00:00');
INSERT INTO wordings VALUES ('9f27b75cdc387bb2', '9f27b75cdc387bb2', 'The roof is sound until 2032. After that I promise nothing.', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-05');
INSERT INTO wordings VALUES ('a76ecb203d8c8995', '8b8870d20a25da2b', 'We will not raise the ferry fares this year,', 0, '8b8870d20a25da2b', 'inflected', 0.7273, 1, 1, '2025-03-04');
INSERT INTO wordings VALUES ('ab388c2d7f300bf3', '22dd73a54564d2a6', 'the books will tell us by the spring.', 0, '22dd73a54564d2a6', 'inflected', 0.9333, 1, 1, '2025-03-04');
CREATE TABLE changes (
    id TEXT PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statements (id),
    wording_id TEXT NOT NULL REFERENCES wordings (id),
    position INTEGER NOT NULL, -- 0 for the first change of a wording
    op TEXT NOT NULL CHECK (op IN ('replace', 'insert', 'delete')),
    words_before TEXT NOT NULL,
    words_after TEXT NOT NULL,
    kind TEXT NOT NULL,
    meaning_flag TEXT CHECK (meaning_flag IN ('negation', 'number', 'modality', 'name'))
) STRICT;
INSERT INTO changes VALUES ('077f296c56f772c2', '8b8870d20a25da2b', 'a76ecb203d8c8995', 0, 'replace', 'fare', 'fares', 'inflection', NULL);
INSERT INTO changes VALUES ('1cb2d71de5bff0f2', '22dd73a54564d2a6', 'ab388c2d7f300bf3', 0, 'insert', '', 'the', 'function word', NULL);
INSERT INTO changes VALUES ('7800e1ab5793d169', '8b8870d20a25da2b', '00f57db96c8a47c8', 1, 'delete', 'People have paid enough', '', 'truncation', NULL);
INSERT INTO changes VALUES ('7e3afe0467f325e8', '8b8870d20a25da2b', 'a76ecb203d8c8995', 1, 'delete', 'People have paid enough', '', 'truncation', NULL);
INSERT INTO changes VALUES ('a95649da334ecd14', '8b8870d20a25da2b', '00f57db96c8a47c8', 0, 'delete', 'not', '', 'deletion', 'negation');
CREATE TABLE quotes (
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
    kind TEXT NOT NULL CHECK (kind IN ('sentence', 'fragment')),
    context_before TEXT NOT NULL,
    context_after TEXT NOT NULL,
    context_between TEXT NOT NULL CHECK (json_valid(context_between)), -- the words between the spans of a split quote
    spans TEXT NOT NULL CHECK (json_valid(spans)),
    CHECK ((article_speaker_id IS NULL) = (no_speaker_reason IS NOT NULL))
) STRICT;
INSERT INTO quotes VALUES ('00f57db96c8a47c8', 'We will raise the ferry fare this year,', '711497514ca29adf', 'Ann Reed', 'said', 'clause after', 0.95, NULL, 'harbour-radio', 'fd63ddc9e0f52763', '139fb89d2858a5cf', '2025-03-04', '8b8870d20a25da2b', '00f57db96c8a47c8', 'sentence', '“', '” Ann Reed said on Monday evening, in the words of one listener. “Nobody has asked us,” a deckhand said.', '[]', '[[1, 40]]');
INSERT INTO quotes VALUES ('22dd73a54564d2a6', 'The books will tell us by spring,', '71aecb8767b1e2fa', 'Pike', 'said', 'clause after', 0.95, NULL, 'the-herald', '4ed5c34402abf108', 'ba9509553809706c', '2025-03-03T18:00:00+00:00', '22dd73a54564d2a6', '22dd73a54564d2a6', 'sentence', 'for four hours on Monday. “We will not raise the ferry fare this year,” Mayor Ann Reed said. “People have paid enough.” Tom Pike, who leads the opposition, called the vote “a gift to the harbour”. “', '” said Pike.', '[]', '[[244, 277]]');
INSERT INTO quotes VALUES ('39bde152e260f9a0', 'a gift to the harbour', '71aecb8767b1e2fa', 'Tom Pike', 'called', 'governing verb', 0.85, NULL, 'the-herald', '4ed5c34402abf108', 'ba9509553809706c', '2025-03-03T18:00:00+00:00', '39bde152e260f9a0', '39bde152e260f9a0', 'fragment', 'ferry The council met for four hours on Monday. “We will not raise the ferry fare this year,” Mayor Ann Reed said. “People have paid enough.” Tom Pike, who leads the opposition, called the vote “', '”. “The books will tell us by spring,” said Pike.', '[]', '[[218, 239]]');
INSERT INTO quotes VALUES ('65705d131c24b9f6', 'Nobody has asked us,', 'e5b52d4df33300d5', 'a deckhand', 'said', 'clause after', 0.95, NULL, 'harbour-radio', 'fd63ddc9e0f52763', 'a123678a1f1e0e64', '2025-03-04', '65705d131c24b9f6', '65705d131c24b9f6', 'sentence', '“We will raise the ferry fare this year,” Ann Reed said on Monday evening, in the words of one listener. “', '” a deckhand said.', '[]', '[[107, 127]]');
INSERT INTO quotes VALUES ('8b8870d20a25da2b', 'We will not raise the ferry fare this year. People have paid enough.', '711497514ca29adf', 'Ann Reed', 'said', 'clause after', 0.95, NULL, 'the-herald', '4ed5c34402abf108', 'b52cc165f35e4536', '2025-03-03T18:00:00+00:00', '8b8870d20a25da2b', '8b8870d20a25da2b', 'sentence', 'Council votes on the ferry The council met for four hours on Monday. “', '” Tom Pike, who leads the opposition, called the vote “a gift to the harbour”. “The books will tell us by spring,” said Pike.', '["” Mayor Ann Reed said. “"]', '[[71, 114], [138, 162]]');
INSERT INTO quotes VALUES ('9f27b75cdc387bb2', 'The roof is sound until 2032. After that I promise nothing.', 'cb40c3daa3da6150', 'Lena Okafor', 'said', 'clause after', 0.95, NULL, 'valley-times', '5500c3988178073b', '0fe6dab2b2e47360', '2025-03-05', '9f27b75cdc387bb2', '9f27b75cdc387bb2', 'sentence', 'The valley will wait for its school. “', '”', '["” said Dr. Lena Okafor, the county''s surveyor. “"]', '[[38, 67], [115, 144]]');
INSERT INTO quotes VALUES ('a76ecb203d8c8995', 'We will not raise the ferry fares this year,', '711497514ca29adf', 'Reed', 'told', 'clause after', 0.95, NULL, 'the-post', '13198f2571cf3df0', 'bb0e071a1098edc3', '2025-03-04', '8b8870d20a25da2b', 'a76ecb203d8c8995', 'sentence', 'Fares stay as they are Mayor Ann Reed promised commuters that nothing would change. “', '” Reed told reporters. According to Pike, the opposition leader, “the books will tell us by the spring.”', '[]', '[[86, 130]]');
INSERT INTO quotes VALUES ('ab388c2d7f300bf3', 'the books will tell us by the spring.', '397a7c8586cbeda2', 'Pike', 'According to', 'according to', 0.85, NULL, 'the-post', '13198f2571cf3df0', '4d46aee763a60b2e', '2025-03-04', '22dd73a54564d2a6', 'ab388c2d7f300bf3', 'fragment', 'Fares stay as they are Mayor Ann Reed promised commuters that nothing would change. “We will not raise the ferry fares this year,” Reed told reporters. According to Pike, the opposition leader, “', '”', '[]', '[[197, 234]]');
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
) STRICT;
INSERT INTO outlet_stats VALUES ('harbour-radio', 1, 2, 2, 1, 0, 0, 0, 0, 0, 1, 0);
INSERT INTO outlet_stats VALUES ('the-herald', 1, 3, 3, 2, 2, 2, 0, 0, 0, 0, 0);
INSERT INTO outlet_stats VALUES ('the-post', 1, 2, 2, 2, 0, 0, 0, 0, 2, 0, 0);
INSERT INTO outlet_stats VALUES ('valley-times', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
CREATE TABLE outlet_pair_stats (
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    other_outlet_id TEXT NOT NULL REFERENCES outlets (id),
    statement_count INTEGER NOT NULL, -- statements that both printed
    same_wording_count INTEGER NOT NULL, -- of these, with a wording in common
    PRIMARY KEY (outlet_id, other_outlet_id),
    CHECK (outlet_id < other_outlet_id)
) STRICT;
INSERT INTO outlet_pair_stats VALUES ('harbour-radio', 'the-herald', 1, 0);
INSERT INTO outlet_pair_stats VALUES ('harbour-radio', 'the-post', 1, 0);
INSERT INTO outlet_pair_stats VALUES ('the-herald', 'the-post', 2, 0);
CREATE TABLE daily_counts (
    day TEXT PRIMARY KEY,
    article_count INTEGER NOT NULL,
    quote_count INTEGER NOT NULL,
    statement_count INTEGER NOT NULL -- statements first printed that day
) STRICT;
INSERT INTO daily_counts VALUES ('2025-03-03', 1, 3, 3);
INSERT INTO daily_counts VALUES ('2025-03-04', 2, 4, 1);
INSERT INTO daily_counts VALUES ('2025-03-05', 1, 1, 1);
CREATE TABLE word_swaps (
    words_before TEXT NOT NULL,
    words_after TEXT NOT NULL,
    statement_count INTEGER NOT NULL,
    outlet_count INTEGER NOT NULL,
    PRIMARY KEY (words_before, words_after)
) STRICT;
INSERT INTO word_swaps VALUES ('fare', 'fares', 1, 1);
CREATE VIRTUAL TABLE quotes_fts USING fts5 (text, content='quotes', tokenize='unicode61 remove_diacritics 2');
INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE statements_fts USING fts5 (label, content='statements', tokenize='unicode61 remove_diacritics 2');
INSERT INTO statements_fts (statements_fts) VALUES ('rebuild');
CREATE INDEX articles_outlet_id ON articles (outlet_id);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_content_hash ON articles (content_hash);
CREATE INDEX articles_source ON articles (source);
CREATE INDEX skipped_run_id ON skipped (run_id);
CREATE INDEX article_speakers_article_id ON article_speakers (article_id);
CREATE INDEX article_speakers_speaker_id ON article_speakers (speaker_id);
CREATE INDEX speakers_kind ON speakers (kind);
CREATE INDEX speakers_quote_count ON speakers (quote_count);
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
CREATE INDEX statements_speaker_id ON statements (speaker_id);
CREATE INDEX statements_drift ON statements (drift);
CREATE INDEX statements_first_published ON statements (first_published);
CREATE INDEX statements_worst_change ON statements (worst_change);
CREATE INDEX statements_meaning_flags ON statements (meaning_flags);
CREATE INDEX statements_disputed_speaker ON statements (disputed_speaker);
CREATE INDEX statements_outlet_count ON statements (outlet_count);
CREATE INDEX wordings_statement_id ON wordings (statement_id);
CREATE INDEX wordings_parent_wording_id ON wordings (parent_wording_id);
CREATE INDEX wordings_change_kind ON wordings (change_kind);
CREATE INDEX changes_statement_id ON changes (statement_id);
CREATE INDEX changes_wording_id ON changes (wording_id);
CREATE INDEX changes_kind ON changes (kind);
CREATE INDEX changes_meaning_flag ON changes (meaning_flag);
CREATE INDEX word_swaps_statement_count ON word_swaps (statement_count);
CREATE INDEX word_swaps_words_after ON word_swaps (words_after);
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
COMMIT;
PRAGMA user_version = 0;
PRAGMA application_id = 0;
