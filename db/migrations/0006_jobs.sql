-- For jobs that run every hour: what was read of an article, what its outlet changed later, what each job did.

ALTER TABLE articles ADD COLUMN input_hash TEXT NOT NULL DEFAULT ''; -- stands for all that was read of it: text, outlet, date, address …
ALTER TABLE articles ADD COLUMN removed TEXT; -- why it is taken to be removed; NULL: it stands
ALTER TABLE articles ADD COLUMN removed_run_id INTEGER REFERENCES runs (id); -- the job that found it removed
CREATE INDEX articles_stages_version ON articles (stages_version);
CREATE INDEX articles_removed ON articles (published) WHERE removed IS NOT NULL;
CREATE INDEX articles_removed_run_id ON articles (removed_run_id);

-- What articles were before their outlets changed them. The latest revision stands in articles.
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

ALTER TABLE quotes ADD COLUMN first_revision INTEGER NOT NULL DEFAULT 1; -- of its article, that prints it
ALTER TABLE quotes ADD COLUMN last_revision INTEGER; -- of its article, that prints it; NULL: it stands in the article as it is now
ALTER TABLE quotes ADD COLUMN altered_to_id TEXT REFERENCES quotes (id) DEFERRABLE INITIALLY DEFERRED; -- the quote that took its place in the next revision; NULL: it stands, or was left out
CREATE INDEX quotes_altered_to_id ON quotes (altered_to_id) WHERE altered_to_id IS NOT NULL;
CREATE INDEX quotes_no_longer_printed ON quotes (published) WHERE last_revision IS NOT NULL;

ALTER TABLE runs ADD COLUMN articles_redone INTEGER NOT NULL DEFAULT 0; -- read before, analysed again by other models or rules
ALTER TABLE runs ADD COLUMN articles_removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN quotes_altered INTEGER NOT NULL DEFAULT 0; -- by the outlet that printed them
ALTER TABLE runs ADD COLUMN requests INTEGER NOT NULL DEFAULT 0; -- sent to web servers
ALTER TABLE runs ADD COLUMN stopped_by TEXT; -- what the job could not go on for; NULL: nothing

-- A row for each input and reason, however many jobs skipped it for that.
ALTER TABLE skipped RENAME TO skipped_before;
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
INSERT INTO skipped (source, outlet, reason, times, first_run_id, run_id)
SELECT source, max(outlet), reason, count(DISTINCT run_id), min(run_id), max(run_id)
FROM skipped_before GROUP BY source, reason ORDER BY max(id);
DROP TABLE skipped_before;
CREATE INDEX skipped_run_id ON skipped (run_id);
CREATE INDEX skipped_first_run_id ON skipped (first_run_id);

DROP TRIGGER quotes_pending_update;
CREATE TRIGGER quotes_pending_update
AFTER UPDATE OF text, speaker_id, published, outlet_id, article_id, kind, inside_quote_id, credited,
    first_revision, last_revision, altered_to_id ON quotes
BEGIN
    INSERT INTO match_pending SELECT new.id
    WHERE NOT EXISTS (SELECT 1 FROM match_pending WHERE quote_id = new.id);
END;
