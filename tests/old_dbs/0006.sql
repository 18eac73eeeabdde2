BEGIN;
CREATE TABLE _migrations (name TEXT PRIMARY KEY) STRICT;
INSERT INTO _migrations VALUES ('0001_initial.sql');
INSERT INTO _migrations VALUES ('0002_evidence.sql');
INSERT INTO _migrations VALUES ('0003_lineage.sql');
INSERT INTO _migrations VALUES ('0004_grouping.sql');
INSERT INTO _migrations VALUES ('0005_pages.sql');
INSERT INTO _migrations VALUES ('0006_jobs.sql');
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
, articles_redone INTEGER NOT NULL DEFAULT 0, articles_removed INTEGER NOT NULL DEFAULT 0, quotes_altered INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL DEFAULT 0, stopped_by TEXT) STRICT;
INSERT INTO runs VALUES (1, '2026-11-23T08:15:39+00:00', '2026-11-23T08:15:42+00:00', '0.1.0', 'quotes-en-5f3edfc457a8', 4, 4, 0, 0, 1, 4, 0, 0, 0, 0, NULL);
INSERT INTO runs VALUES (2, '2026-11-23T08:15:44+00:00', '2026-11-23T08:15:44+00:00', '0.1.0', 'quotes-en-5f3edfc457a8', 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, NULL);
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
INSERT INTO articles VALUES ('13198f2571cf3df0', 'the-post', 'Fares stay as they are', 'https://www.post.example/2025/ferry', NULL, '2025-03-04', 'day', 'en', 40, 2, 'f86522395a6a4ac1d60be34db28ce9b6722e9586a497c9c3a0d4a94563e29c81', 1, 'story/the-post/ferry.txt', 'quotes-en-5f3edfc457a8 0.1.0 3.2.4.3.3.1', 1, 1, 'article', '[]', '951b43ac1d13489c', NULL, NULL);
INSERT INTO articles VALUES ('4ed5c34402abf108', 'the-herald', 'Council votes on the ferry', 'https://herald.example/ferry', NULL, '2025-03-03T18:00:00+00:00', 'minute', 'en', 53, 3, '5767df97187218ed2431c09be0b93acf8f6fe0a89c13a01a74be67f68e80ae40', 1, 'story/the-herald/ferry.txt', 'quotes-en-5f3edfc457a8 0.1.0 3.2.4.3.3.1', 1, 1, 'article', '[]', '2b871a2384730b80', NULL, NULL);
INSERT INTO articles VALUES ('5500c3988178073b', 'valley-times', 'A roof until 2031', 'https://valley.example/roof', NULL, '2025-03-05', 'day', 'en', 25, 1, '4332214def4b7afd96b1bd641dd56f8deaa530a26b51cd40cedd1ec732302389', 1, 'story/valley-times/budget.txt', 'quotes-en-5f3edfc457a8 0.1.0 3.2.4.3.3.1', 1, 1, 'article', '[]', '546fe68b7f587191', NULL, NULL);
INSERT INTO articles VALUES ('fd63ddc9e0f52763', 'harbour-radio', 'Evening news', NULL, NULL, '2025-03-04', 'day', 'en', 27, 2, '2a88aec1adf7c100ebeafc71f51b770e5846588ca8eef03b1adf8fc4e133664f', 1, 'story/harbour-radio/evening.txt', 'quotes-en-5f3edfc457a8 0.1.0 3.2.4.3.3.1', 1, 1, 'article', '[]', 'aeee38696513f24b', NULL, NULL);
CREATE TABLE speakers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'anonymous')),
    role TEXT,
    quote_count INTEGER NOT NULL DEFAULT 0,
    statement_count INTEGER NOT NULL DEFAULT 0,
    outlet_count INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO speakers VALUES ('711497514ca29adf', 'Ann Reed', 'person', 'Mayor', 3, 1, 3);
INSERT INTO speakers VALUES ('71aecb8767b1e2fa', 'Tom Pike', 'person', NULL, 3, 2, 2);
INSERT INTO speakers VALUES ('cb40c3daa3da6150', 'Lena Okafor', 'person', NULL, 1, 1, 1);
INSERT INTO speakers VALUES ('e5b52d4df33300d5', 'a deckhand', 'anonymous', NULL, 1, 1, 1);
CREATE TABLE speaker_aliases (
    speaker_id TEXT NOT NULL REFERENCES speakers (id),
    alias TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (speaker_id, alias)
) STRICT;
INSERT INTO speaker_aliases VALUES ('711497514ca29adf', 'Ann Reed', 2);
INSERT INTO speaker_aliases VALUES ('711497514ca29adf', 'Reed', 1);
INSERT INTO speaker_aliases VALUES ('71aecb8767b1e2fa', 'Pike', 2);
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
, merge_evidence TEXT) STRICT;
INSERT INTO article_speakers VALUES ('0fe6dab2b2e47360', '5500c3988178073b', 'Lena Okafor', 'person', NULL, '["Lena Okafor"]', 'cb40c3daa3da6150', NULL);
INSERT INTO article_speakers VALUES ('139fb89d2858a5cf', 'fd63ddc9e0f52763', 'Ann Reed', 'person', NULL, '["Ann Reed"]', '711497514ca29adf', 'the same name');
INSERT INTO article_speakers VALUES ('a123678a1f1e0e64', 'fd63ddc9e0f52763', 'a deckhand', 'anonymous', NULL, '["a deckhand"]', 'e5b52d4df33300d5', NULL);
INSERT INTO article_speakers VALUES ('b52cc165f35e4536', '4ed5c34402abf108', 'Ann Reed', 'person', 'Mayor', '["Ann Reed"]', '711497514ca29adf', 'the same name');
INSERT INTO article_speakers VALUES ('ba9509553809706c', '4ed5c34402abf108', 'Tom Pike', 'person', NULL, '["Tom Pike", "Pike"]', '71aecb8767b1e2fa', 'the name that the others are taken to mean');
INSERT INTO article_speakers VALUES ('bb0e071a1098edc3', '13198f2571cf3df0', 'Ann Reed', 'person', 'Mayor', '["Reed"]', '711497514ca29adf', 'the same name');
INSERT INTO article_speakers VALUES ('df38fbd2abf109fb', '13198f2571cf3df0', 'Pike', 'person', NULL, '["Pike"]', '71aecb8767b1e2fa', '“Tom Pike” is the only one there with this surname, and their articles name the same people and places');
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
INSERT INTO statements VALUES ('22dd73a54564d2a6', 'The books will tell us by spring', '71aecb8767b1e2fa', '2025-03-03T18:00:00+00:00', '2025-03-04', '["the-herald"]', 2, 2, 2, 0.0625, 'inflected', NULL, 0, 'printed first', '2025-03-04');
INSERT INTO statements VALUES ('39bde152e260f9a0', 'a gift to the harbour', '71aecb8767b1e2fa', '2025-03-03T18:00:00+00:00', '2025-03-03T18:00:00+00:00', '["the-herald"]', 1, 1, 1, 0.0, 'reference', NULL, 0, 'the only wording', NULL);
INSERT INTO statements VALUES ('65705d131c24b9f6', 'Nobody has asked us', 'e5b52d4df33300d5', '2025-03-04', '2025-03-04', '["harbour-radio"]', 1, 1, 1, 0.0, 'reference', NULL, 0, 'the only wording', NULL);
INSERT INTO statements VALUES ('8b8870d20a25da2b', 'We will not raise the ferry fare this year. People have paid enough.', '711497514ca29adf', '2025-03-03T18:00:00+00:00', '2025-03-04', '["the-herald"]', 3, 3, 3, 0.1385, 'reworded', 'negation', 0, 'printed first', '2025-03-04');
INSERT INTO statements VALUES ('9f27b75cdc387bb2', 'The roof is sound until 2032. After that I promise nothing.', 'cb40c3daa3da6150', '2025-03-05', '2025-03-05', '["valley-times"]', 1, 1, 1, 0.0, 'reference', NULL, 0, 'the only wording', NULL);
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
INSERT INTO wordings VALUES ('00f57db96c8a47c8', '8b8870d20a25da2b', 'We will raise the ferry fare this year,', 0, '8b8870d20a25da2b', 'reworded', 0.7619, 1, 1, '2025-03-04', 'the only earlier wording', NULL);
INSERT INTO wordings VALUES ('22dd73a54564d2a6', '22dd73a54564d2a6', 'The books will tell us by spring,', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-03T18:00:00+00:00', 'printed first', NULL);
INSERT INTO wordings VALUES ('39bde152e260f9a0', '39bde152e260f9a0', 'a gift to the harbour', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-03T18:00:00+00:00', 'the only wording', NULL);
INSERT INTO wordings VALUES ('65705d131c24b9f6', '65705d131c24b9f6', 'Nobody has asked us,', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-04', 'the only wording', NULL);
INSERT INTO wordings VALUES ('8b8870d20a25da2b', '8b8870d20a25da2b', 'We will not raise the ferry fare this year. People have paid enough.', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-03T18:00:00+00:00', 'printed first', NULL);
INSERT INTO wordings VALUES ('9f27b75cdc387bb2', '9f27b75cdc387bb2', 'The roof is sound until 2032. After that I promise nothing.', 1, NULL, 'reference', 1.0, 1, 1, '2025-03-05', 'the only wording', NULL);
INSERT INTO wordings VALUES ('a76ecb203d8c8995', '8b8870d20a25da2b', 'We will not raise the ferry fares this year,', 0, '8b8870d20a25da2b', 'inflected', 0.7273, 1, 1, '2025-03-04', 'the only earlier wording', NULL);
INSERT INTO wordings VALUES ('ab388c2d7f300bf3', '22dd73a54564d2a6', 'the books will tell us by the spring.', 0, '22dd73a54564d2a6', 'inflected', 0.9333, 1, 1, '2025-03-04', 'the only earlier wording', NULL);
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
INSERT INTO outlet_stats VALUES ('harbour-radio', 1, 2, 2, 1, 0, 0, 0, 0, 0, 1, 0, 1);
INSERT INTO outlet_stats VALUES ('the-herald', 1, 3, 3, 2, 2, 2, 0, 0, 0, 0, 0, 0);
INSERT INTO outlet_stats VALUES ('the-post', 1, 2, 2, 2, 0, 0, 0, 0, 2, 0, 0, 0);
INSERT INTO outlet_stats VALUES ('valley-times', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
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
INSERT INTO quotes VALUES ('00f57db96c8a47c8', 'We will raise the ferry fare this year,', '711497514ca29adf', 'Ann Reed', 'said', 'clause after', 0.98, NULL, 'harbour-radio', 'fd63ddc9e0f52763', '139fb89d2858a5cf', '2025-03-04', '8b8870d20a25da2b', '00f57db96c8a47c8', 'sentence', NULL, '“', '” Ann Reed said on Monday evening, in the words of one listener. “Nobody has asked us,” a deckhand said.', '[]', '[[1, 40]]', '[42, 50]', '[51, 55]', '[["“", null], ["We will raise the ferry fare this year,", "quote"], ["” ", null], ["Ann Reed", "speaker"], [" ", null], ["said", "cue"], [" on Monday evening, in the words of one listener.\n“Nobody has asked us,” a deckhand said.", null]]', 'named in full', NULL, 1, NULL, NULL);
INSERT INTO quotes VALUES ('22dd73a54564d2a6', 'The books will tell us by spring,', '71aecb8767b1e2fa', 'Pike', 'said', 'clause after', 0.97, NULL, 'the-herald', '4ed5c34402abf108', 'ba9509553809706c', '2025-03-03T18:00:00+00:00', '22dd73a54564d2a6', '22dd73a54564d2a6', 'sentence', NULL, 'for four hours on Monday. “We will not raise the ferry fare this year,” Mayor Ann Reed said. “People have paid enough.” Tom Pike, who leads the opposition, called the vote “a gift to the harbour”. “', '” said Pike.', '[]', '[[244, 277]]', '[284, 288]', '[279, 283]', '[["… ", "gap"], ["for four hours on Monday. “We will not raise the ferry fare this year,” Mayor Ann Reed said. “People have paid enough.”\nTom Pike, who leads the opposition, called the vote “a gift to the harbour”.\n“", null], ["The books will tell us by spring,", "quote"], ["” ", null], ["said", "cue"], [" ", null], ["Pike", "speaker"], [".", null]]', '“Pike” names Tom Pike', NULL, 1, NULL, NULL);
INSERT INTO quotes VALUES ('39bde152e260f9a0', 'a gift to the harbour', '71aecb8767b1e2fa', 'Tom Pike', 'called', 'governing verb', 0.98, NULL, 'the-herald', '4ed5c34402abf108', 'ba9509553809706c', '2025-03-03T18:00:00+00:00', '39bde152e260f9a0', '39bde152e260f9a0', 'fragment', NULL, 'ferry The council met for four hours on Monday. “We will not raise the ferry fare this year,” Mayor Ann Reed said. “People have paid enough.” Tom Pike, who leads the opposition, called the vote “', '”. “The books will tell us by spring,” said Pike.', '[]', '[[218, 239]]', '[165, 173]', '[201, 207]', '[["… ", "gap"], ["ferry\nThe council met for four hours on Monday. “We will not raise the ferry fare this year,” Mayor Ann Reed said. “People have paid enough.”\n", null], ["Tom Pike", "speaker"], [", who leads the opposition, ", null], ["called", "cue"], [" the vote “", null], ["a gift to the harbour", "quote"], ["”.\n“The books will tell us by spring,” said Pike.", null]]', 'named in full', NULL, 1, NULL, NULL);
INSERT INTO quotes VALUES ('65705d131c24b9f6', 'Nobody has asked us,', 'e5b52d4df33300d5', 'a deckhand', 'said', 'clause after', 0.96, NULL, 'harbour-radio', 'fd63ddc9e0f52763', 'a123678a1f1e0e64', '2025-03-04', '65705d131c24b9f6', '65705d131c24b9f6', 'sentence', NULL, '“We will raise the ferry fare this year,” Ann Reed said on Monday evening, in the words of one listener. “', '” a deckhand said.', '[]', '[[107, 127]]', '[129, 139]', '[140, 144]', '[["“We will raise the ferry fare this year,” Ann Reed said on Monday evening, in the words of one listener.\n“", null], ["Nobody has asked us,", "quote"], ["” ", null], ["a deckhand", "speaker"], [" ", null], ["said", "cue"], [".", null]]', 'described, not named', NULL, 1, NULL, NULL);
INSERT INTO quotes VALUES ('8b8870d20a25da2b', 'We will not raise the ferry fare this year. People have paid enough.', '711497514ca29adf', 'Ann Reed', 'said', 'clause after', 1.0, NULL, 'the-herald', '4ed5c34402abf108', 'b52cc165f35e4536', '2025-03-03T18:00:00+00:00', '8b8870d20a25da2b', '8b8870d20a25da2b', 'sentence', NULL, 'Council votes on the ferry The council met for four hours on Monday. “', '” Tom Pike, who leads the opposition, called the vote “a gift to the harbour”. “The books will tell us by spring,” said Pike.', '["” Mayor Ann Reed said. “"]', '[[71, 114], [138, 162]]', '[122, 130]', '[131, 135]', '[["Council votes on the ferry\nThe council met for four hours on Monday. “", null], ["We will not raise the ferry fare this year,", "quote"], ["” Mayor ", null], ["Ann Reed", "speaker"], [" ", null], ["said", "cue"], [". “", null], ["People have paid enough.", "quote"], ["”\nTom Pike, who leads the opposition, called the vote “a gift to the harbour”.\n“The books will tell us by spring,” said Pike.", null]]', 'named in full', NULL, 1, NULL, NULL);
INSERT INTO quotes VALUES ('9f27b75cdc387bb2', 'The roof is sound until 2032. After that I promise nothing.', 'cb40c3daa3da6150', 'Lena Okafor', 'said', 'clause after', 0.97, NULL, 'valley-times', '5500c3988178073b', '0fe6dab2b2e47360', '2025-03-05', '9f27b75cdc387bb2', '9f27b75cdc387bb2', 'sentence', NULL, 'The valley will wait for its school. “', '”', '["” said Dr. Lena Okafor, the county''s surveyor. “"]', '[[38, 67], [115, 144]]', '[78, 89]', '[69, 73]', '[["The valley will wait for its school. “", null], ["The roof is sound until 2032,", "quote"], ["” ", null], ["said", "cue"], [" Dr. ", null], ["Lena Okafor", "speaker"], [", the county''s surveyor. “", null], ["After that I promise nothing.", "quote"], ["”", null]]', 'named in full', NULL, 1, NULL, NULL);
INSERT INTO quotes VALUES ('a76ecb203d8c8995', 'We will not raise the ferry fares this year,', '711497514ca29adf', 'Reed', 'told', 'clause after', 0.98, NULL, 'the-post', '13198f2571cf3df0', 'bb0e071a1098edc3', '2025-03-04', '8b8870d20a25da2b', 'a76ecb203d8c8995', 'sentence', NULL, 'Fares stay as they are Mayor Ann Reed promised commuters that nothing would change. “', '” Reed told reporters. According to Pike, the opposition leader, “the books will tell us by the spring.”', '[]', '[[86, 130]]', '[132, 136]', '[137, 141]', '[["Fares stay as they are\nMayor Ann Reed promised commuters that nothing would change. “", null], ["We will not raise the ferry fares this year,", "quote"], ["” ", null], ["Reed", "speaker"], [" ", null], ["told", "cue"], [" reporters.\nAccording to Pike, the opposition leader, “the books will tell us by the spring.”", null]]', '“Reed” names Ann Reed', NULL, 1, NULL, NULL);
INSERT INTO quotes VALUES ('ab388c2d7f300bf3', 'the books will tell us by the spring.', '71aecb8767b1e2fa', 'Pike', 'According to', 'according to', 0.98, NULL, 'the-post', '13198f2571cf3df0', 'df38fbd2abf109fb', '2025-03-04', '22dd73a54564d2a6', 'ab388c2d7f300bf3', 'fragment', NULL, 'Fares stay as they are Mayor Ann Reed promised commuters that nothing would change. “We will not raise the ferry fares this year,” Reed told reporters. According to Pike, the opposition leader, “', '”', '[]', '[[197, 234]]', '[167, 171]', '[154, 166]', '[["Fares stay as they are\nMayor Ann Reed promised commuters that nothing would change. “We will not raise the ferry fares this year,” Reed told reporters.\n", null], ["According to", "cue"], [" ", null], ["Pike", "speaker"], [", the opposition leader, “", null], ["the books will tell us by the spring.", "quote"], ["”", null]]', 'named in full', NULL, 1, NULL, NULL);
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
INSERT INTO changes VALUES ('077f296c56f772c2', '8b8870d20a25da2b', 'a76ecb203d8c8995', 0, 'replace', 'fare', 'fares', 'inflection', NULL, NULL);
INSERT INTO changes VALUES ('1cb2d71de5bff0f2', '22dd73a54564d2a6', 'ab388c2d7f300bf3', 0, 'insert', '', 'the', 'function word', NULL, NULL);
INSERT INTO changes VALUES ('7800e1ab5793d169', '8b8870d20a25da2b', '00f57db96c8a47c8', 1, 'delete', 'People have paid enough', '', 'truncation', NULL, NULL);
INSERT INTO changes VALUES ('7e3afe0467f325e8', '8b8870d20a25da2b', 'a76ecb203d8c8995', 1, 'delete', 'People have paid enough', '', 'truncation', NULL, NULL);
INSERT INTO changes VALUES ('a95649da334ecd14', '8b8870d20a25da2b', '00f57db96c8a47c8', 0, 'delete', 'not', '', 'deletion', 'negation', 'not');
CREATE TABLE repeats (
    statement_id TEXT NOT NULL REFERENCES statements (id), -- printed first
    other_statement_id TEXT NOT NULL REFERENCES statements (id),
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1), -- of their closest wordings
    PRIMARY KEY (statement_id, other_statement_id)
) STRICT;
CREATE TABLE outlet_followers (
    outlet_id TEXT NOT NULL REFERENCES outlets (id),
    follower_outlet_id TEXT NOT NULL REFERENCES outlets (id),
    statement_count INTEGER NOT NULL,
    PRIMARY KEY (outlet_id, follower_outlet_id)
) STRICT;
INSERT INTO outlet_followers VALUES ('the-herald', 'harbour-radio', 1);
INSERT INTO outlet_followers VALUES ('the-herald', 'the-post', 2);
CREATE TABLE statement_aliases (
    id TEXT PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statements (id)
) STRICT;
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
INSERT INTO match_units VALUES (4175426213385772350, -6095107644275997088, 5643509876694252648, 'the books will tell us by spring', 2111857354827058999, '2025-03-03T18:00:00+00:00', '22dd73a54564d2a6', '["4ed5c34402abf108"]', 4175426213385772350, 4175426213385772350, '22dd73a54564d2a6');
INSERT INTO match_units VALUES (4175426503180761318, 4428039416893680095, 5710021615365871399, 'a gift to the harbour', 2111857354827058999, '2025-03-03T18:00:00+00:00', '39bde152e260f9a0', '["4ed5c34402abf108"]', 4175426503180761318, 4175426503180761318, '39bde152e260f9a0');
INSERT INTO match_units VALUES (4175431037401493132, -8696757882979540646, 4084820715194791776, 'we will not raise the ferry fare this year people have paid enough', 8000483861614845703, '2025-03-03T18:00:00+00:00', '8b8870d20a25da2b', '["4ed5c34402abf108"]', 4175431037401493132, 4175431037401493132, '8b8870d20a25da2b');
INSERT INTO match_units VALUES (4175963216895371909, -6749021870476856114, -7344246588450332628, 'nobody has asked us', 0, '2025-03-04', '65705d131c24b9f6', '["fd63ddc9e0f52763"]', 4175963216895371909, 4175963216895371909, '65705d131c24b9f6');
INSERT INTO match_units VALUES (4175989163186225480, 1839743044250619344, -7784161183020181714, 'the books will tell us by the spring', 2111857354827058999, '2025-03-04', 'ab388c2d7f300bf3', '["13198f2571cf3df0"]', 4175426213385772350, 4175426213385772350, '22dd73a54564d2a6');
INSERT INTO match_units VALUES (4175993687341460299, -2004466055429773488, 6988126161519562218, 'we will not raise the ferry fares this year', 8000483861614845703, '2025-03-04', 'a76ecb203d8c8995', '["13198f2571cf3df0"]', 4175431037401493132, 4175431037401493132, '8b8870d20a25da2b');
INSERT INTO match_units VALUES (4175993987459858208, -1485077318625630346, 7924437384881934862, 'we will raise the ferry fare this year', 8000483861614845703, '2025-03-04', '00f57db96c8a47c8', '["fd63ddc9e0f52763"]', 4175431037401493132, 4175431037401493132, '8b8870d20a25da2b');
INSERT INTO match_units VALUES (4176690024082476671, 7325359814068478005, 3603390603691157080, 'the roof is sound until 2032 after that i promise nothing', 326717603641534973, '2025-03-05', '9f27b75cdc387bb2', '["5500c3988178073b"]', 4176690024082476671, 4176690024082476671, '9f27b75cdc387bb2');
CREATE TABLE match_quotes (
    quote_id TEXT PRIMARY KEY,
    unit_id INTEGER NOT NULL,
    article_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO match_quotes VALUES ('00f57db96c8a47c8', 4175993987459858208, 'fd63ddc9e0f52763');
INSERT INTO match_quotes VALUES ('22dd73a54564d2a6', 4175426213385772350, '4ed5c34402abf108');
INSERT INTO match_quotes VALUES ('39bde152e260f9a0', 4175426503180761318, '4ed5c34402abf108');
INSERT INTO match_quotes VALUES ('65705d131c24b9f6', 4175963216895371909, 'fd63ddc9e0f52763');
INSERT INTO match_quotes VALUES ('8b8870d20a25da2b', 4175431037401493132, '4ed5c34402abf108');
INSERT INTO match_quotes VALUES ('9f27b75cdc387bb2', 4176690024082476671, '5500c3988178073b');
INSERT INTO match_quotes VALUES ('a76ecb203d8c8995', 4175993687341460299, '13198f2571cf3df0');
INSERT INTO match_quotes VALUES ('ab388c2d7f300bf3', 4175989163186225480, '13198f2571cf3df0');
CREATE TABLE match_keys (
    key INTEGER PRIMARY KEY,
    unit_ids BLOB NOT NULL
) STRICT;
INSERT INTO match_keys VALUES (1008681692088, X'4BEB421E221CF439');
INSERT INTO match_keys VALUES (1023812777201, X'856A25AA6B00F439');
INSERT INTO match_keys VALUES (1032133767981, X'8CEE74F8671CF239');
INSERT INTO match_keys VALUES (1047432752960, X'8CEE74F8671CF2394BEB421E221CF439203FB6FE671CF439');
INSERT INTO match_keys VALUES (1055248387635, X'3E9DB6CA0418F239488198C10418F439');
INSERT INTO match_keys VALUES (120797842911, X'3E9DB6CA0418F239');
INSERT INTO match_keys VALUES (193640776847, X'7F8E5AA67295F639');
INSERT INTO match_keys VALUES (196043973434, X'3E9DB6CA0418F239488198C10418F439');
INSERT INTO match_keys VALUES (247823254102, X'856A25AA6B00F439');
INSERT INTO match_keys VALUES (248545422198, X'E638D7434818F239');
INSERT INTO match_keys VALUES (266576249273, X'7F8E5AA67295F639');
INSERT INTO match_keys VALUES (293557206007, X'3E9DB6CA0418F239488198C10418F439');
INSERT INTO match_keys VALUES (301554615177, X'E638D7434818F239');
INSERT INTO match_keys VALUES (33059972831, X'8CEE74F8671CF2394BEB421E221CF439');
INSERT INTO match_keys VALUES (370593896722, X'8CEE74F8671CF2394BEB421E221CF439');
INSERT INTO match_keys VALUES (377116619208, X'488198C10418F439');
INSERT INTO match_keys VALUES (449162408775, X'3E9DB6CA0418F239488198C10418F439');
INSERT INTO match_keys VALUES (490327544019, X'8CEE74F8671CF2394BEB421E221CF439203FB6FE671CF439');
INSERT INTO match_keys VALUES (501521048947, X'8CEE74F8671CF239203FB6FE671CF439');
INSERT INTO match_keys VALUES (574689989635, X'8CEE74F8671CF2394BEB421E221CF439203FB6FE671CF439');
INSERT INTO match_keys VALUES (595848096350, X'7F8E5AA67295F639');
INSERT INTO match_keys VALUES (603685355089, X'8CEE74F8671CF239203FB6FE671CF439');
INSERT INTO match_keys VALUES (607548663138, X'203FB6FE671CF439');
INSERT INTO match_keys VALUES (611644032166, X'8CEE74F8671CF239');
INSERT INTO match_keys VALUES (627998830396, X'7F8E5AA67295F639');
INSERT INTO match_keys VALUES (631635600663, X'3E9DB6CA0418F239488198C10418F439');
INSERT INTO match_keys VALUES (657286736253, X'7F8E5AA67295F639');
INSERT INTO match_keys VALUES (664617519672, X'856A25AA6B00F439');
INSERT INTO match_keys VALUES (69922421464, X'7F8E5AA67295F639');
INSERT INTO match_keys VALUES (721057952434, X'8CEE74F8671CF2394BEB421E221CF439203FB6FE671CF439');
INSERT INTO match_keys VALUES (728611487895, X'4BEB421E221CF439');
INSERT INTO match_keys VALUES (732739144301, X'8CEE74F8671CF239');
INSERT INTO match_keys VALUES (767455074845, X'8CEE74F8671CF239');
INSERT INTO match_keys VALUES (821823686331, X'E638D7434818F239');
INSERT INTO match_keys VALUES (877418017053, X'7F8E5AA67295F639');
INSERT INTO match_keys VALUES (903474905193, X'7F8E5AA67295F639');
CREATE TABLE match_links (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- firm, part, story, repeat
    support INTEGER NOT NULL, -- keys that bring the two together
    is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)), -- kind story, and the articles tell the same one
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
INSERT INTO match_links VALUES (4175989163186225480, 4175426213385772350, 1, 5, 0);
INSERT INTO match_links VALUES (4175993687341460299, 4175431037401493132, 1, 6, 0);
INSERT INTO match_links VALUES (4175993987459858208, 4175431037401493132, 1, 6, 0);
INSERT INTO match_links VALUES (4175993987459858208, 4175993687341460299, 1, 4, 0);
CREATE TABLE match_pending (
    quote_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE match_versions (
    version TEXT PRIMARY KEY
) STRICT;
INSERT INTO match_versions VALUES ('match-2 drift-2');
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
INSERT INTO speaker_outlet_stats VALUES ('711497514ca29adf', 'harbour-radio', 1, 1, 0, 0, 0, 0, 1, 0, 1);
INSERT INTO speaker_outlet_stats VALUES ('711497514ca29adf', 'the-herald', 1, 1, 1, 0, 0, 0, 0, 0, 0);
INSERT INTO speaker_outlet_stats VALUES ('711497514ca29adf', 'the-post', 1, 1, 0, 0, 0, 1, 0, 0, 0);
INSERT INTO speaker_outlet_stats VALUES ('71aecb8767b1e2fa', 'the-herald', 2, 1, 1, 0, 0, 0, 0, 0, 0);
INSERT INTO speaker_outlet_stats VALUES ('71aecb8767b1e2fa', 'the-post', 1, 1, 0, 0, 0, 1, 0, 0, 0);
INSERT INTO speaker_outlet_stats VALUES ('cb40c3daa3da6150', 'valley-times', 1, 0, 0, 0, 0, 0, 0, 0, 0);
INSERT INTO speaker_outlet_stats VALUES ('e5b52d4df33300d5', 'harbour-radio', 1, 0, 0, 0, 0, 0, 0, 0, 0);
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
INSERT INTO skipped VALUES (1, 'story/valley-times/empty.txt', 'Valley Times', 'empty; nothing to read', 2, 1, 2);
CREATE VIRTUAL TABLE quotes_fts USING fts5 (text, content='quotes', tokenize='unicode61 remove_diacritics 2');
INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE statements_fts USING fts5 (label, content='statements', tokenize='unicode61 remove_diacritics 2');
INSERT INTO statements_fts (statements_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE speakers_fts USING fts5 (name, content='speakers', tokenize='unicode61 remove_diacritics 2');
INSERT INTO speakers_fts (speakers_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE speaker_aliases_fts USING fts5 (
    alias, content='speaker_aliases', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO speaker_aliases_fts (speaker_aliases_fts) VALUES ('rebuild');
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
CREATE INDEX joint_speakers_article_speaker_id ON joint_speakers (article_speaker_id);
CREATE INDEX wordings_credited_outlet_id ON wordings (credited_outlet_id);
CREATE INDEX changes_statement_id ON changes (statement_id);
CREATE INDEX changes_wording_id ON changes (wording_id);
CREATE INDEX changes_kind ON changes (kind);
CREATE INDEX changes_meaning_flag ON changes (meaning_flag);
CREATE INDEX repeats_similarity ON repeats (similarity);
CREATE INDEX repeats_other_statement_id ON repeats (other_statement_id);
CREATE INDEX outlet_followers_statement_count ON outlet_followers (statement_count);
CREATE INDEX outlet_followers_follower_outlet_id ON outlet_followers (follower_outlet_id);
CREATE INDEX statement_aliases_statement_id ON statement_aliases (statement_id);
CREATE INDEX match_units_content ON match_units (content);
CREATE INDEX match_units_text ON match_units (text);
CREATE INDEX match_units_story ON match_units (story);
CREATE INDEX match_units_cluster ON match_units (cluster);
CREATE INDEX match_units_statement_id ON match_units (statement_id);
CREATE INDEX match_quotes_unit_id ON match_quotes (unit_id);
CREATE INDEX match_quotes_article_id ON match_quotes (article_id);
CREATE INDEX match_links_other ON match_links (other);
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
CREATE INDEX revisions_run_id ON revisions (run_id);
CREATE INDEX quotes_altered_to_id ON quotes (altered_to_id) WHERE altered_to_id IS NOT NULL;
CREATE INDEX quotes_no_longer_printed ON quotes (published) WHERE last_revision IS NOT NULL;
CREATE INDEX skipped_run_id ON skipped (run_id);
CREATE INDEX skipped_first_run_id ON skipped (first_run_id);
CREATE TRIGGER quotes_pending_update
AFTER UPDATE OF text, speaker_id, published, outlet_id, article_id, kind, inside_quote_id, credited,
    first_revision, last_revision, altered_to_id ON quotes
BEGIN
    INSERT INTO match_pending SELECT new.id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = new.id);
END;
COMMIT;
PRAGMA user_version = -5;
PRAGMA application_id = 0;
