-- What the pages read: how faithfully each outlet quotes each speaker, and an index behind every list.

ALTER TABLE outlet_stats ADD COLUMN flagged_count INTEGER NOT NULL DEFAULT 0; -- compared quotes whose wording may mean something else

ALTER TABLE statements ADD COLUMN last_changed TEXT; -- date of the latest wording that changes words; NULL: none does, or none is dated

-- As outlet_stats, of the quotes of one speaker.
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

-- Lists in order of date or drift. What a list is filtered by stands in its index, so that only rows shown are read.
DROP INDEX statements_speaker_id;
CREATE INDEX statements_speaker_id ON statements (speaker_id, first_published);
DROP INDEX statements_drift;
CREATE INDEX statements_drift ON statements (drift, outlet_count);
CREATE INDEX statements_last_published ON statements (last_published, outlet_count, drift);
CREATE INDEX statements_last_changed ON statements (last_changed, drift, outlet_count, first_published)
WHERE last_changed IS NOT NULL;
CREATE INDEX statements_flagged ON statements (first_published, meaning_flags) WHERE meaning_flags IS NOT NULL;
DROP INDEX statements_meaning_flags;
CREATE INDEX statements_meaning_flags ON statements (meaning_flags) WHERE meaning_flags IS NOT NULL;
DROP INDEX statements_disputed_speaker;
CREATE INDEX statements_disputed_speaker ON statements (disputed_speaker, first_published);
CREATE INDEX statements_disputed_changed ON statements (disputed_speaker, coalesce(last_changed, last_published), drift);
CREATE INDEX statements_on_record ON statements (last_changed) WHERE instr(reference_basis, 'official transcript');
CREATE INDEX statements_printed_twice ON statements (first_published)
WHERE quote_count > outlet_count AND wording_count > 1;
DROP INDEX wordings_change_kind;
CREATE INDEX wordings_change_kind ON wordings (change_kind, first_published);
CREATE INDEX wordings_credited ON wordings (first_published) WHERE credited_outlet_id IS NOT NULL;
DROP INDEX quotes_speaker_id;
CREATE INDEX quotes_speaker_id ON quotes (speaker_id, published);
DROP INDEX quotes_outlet_id;
CREATE INDEX quotes_outlet_id ON quotes (outlet_id, published);
DROP INDEX quotes_attribution_rule;
CREATE INDEX quotes_attribution_rule ON quotes (attribution_rule, confidence);
DROP INDEX quotes_no_speaker_reason;
CREATE INDEX quotes_no_speaker_reason ON quotes (no_speaker_reason, published) WHERE no_speaker_reason IS NOT NULL;
CREATE INDEX quotes_without_speaker ON quotes (published)
WHERE no_speaker_reason IS NOT NULL AND statement_id IS NOT NULL;
DROP INDEX articles_outlet_id;
CREATE INDEX articles_outlet_id ON articles (outlet_id, published);
CREATE INDEX articles_revised ON articles (outlet_id, published) WHERE revision > 1;
CREATE INDEX articles_revised_published ON articles (published) WHERE revision > 1;
CREATE INDEX articles_without_quotes ON articles (published) WHERE quote_count = 0;
CREATE INDEX articles_transcripts ON articles (published) WHERE kind = 'transcript';
-- The order in which Datasette shows a table page after page: without the id it sorts the whole table for each.
DROP INDEX quotes_published;
CREATE INDEX quotes_published ON quotes (published DESC, id);
DROP INDEX articles_published;
CREATE INDEX articles_published ON articles (published DESC, id);
DROP INDEX speakers_kind;
CREATE INDEX speakers_kind ON speakers (kind, quote_count);
CREATE INDEX outlet_pair_stats_statement_count ON outlet_pair_stats (statement_count);
CREATE INDEX outlet_pair_stats_same_wording_count ON outlet_pair_stats (same_wording_count, statement_count);

-- Where one word became another, whatever the capitals.
CREATE INDEX changes_swapped ON changes (words_before COLLATE NOCASE, words_after COLLATE NOCASE, meaning_flag)
WHERE op = 'replace';
CREATE INDEX changes_swapped_for ON changes (words_after COLLATE NOCASE) WHERE op = 'replace';

-- Search by name.
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
INSERT INTO speakers_fts (speakers_fts) VALUES ('rebuild');

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
INSERT INTO speaker_aliases_fts (speaker_aliases_fts) VALUES ('rebuild');

-- The next job derives everything anew, and with it the new aggregates.
DELETE FROM match_versions;
