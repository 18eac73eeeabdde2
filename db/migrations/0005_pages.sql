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

-- Lists in order of date or drift.
DROP INDEX statements_speaker_id;
CREATE INDEX statements_speaker_id ON statements (speaker_id, first_published);
CREATE INDEX statements_last_published ON statements (last_published, outlet_count, drift);
CREATE INDEX statements_last_changed ON statements (last_changed, drift) WHERE last_changed IS NOT NULL;
CREATE INDEX statements_flagged ON statements (first_published) WHERE meaning_flags IS NOT NULL;
CREATE INDEX statements_disputed ON statements (first_published) WHERE disputed_speaker = 1;
DROP INDEX quotes_speaker_id;
CREATE INDEX quotes_speaker_id ON quotes (speaker_id, published);
DROP INDEX quotes_outlet_id;
CREATE INDEX quotes_outlet_id ON quotes (outlet_id, published);

-- The next job derives everything anew, and with it the new aggregates.
DELETE FROM match_versions;
