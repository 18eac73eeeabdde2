-- What merging speakers remembers between two jobs, so that a job reads no article's words for it again.

CREATE TABLE match_settings (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    version INTEGER NOT NULL, -- of the rules that read it
    names TEXT NOT NULL CHECK (json_type(names) = 'array'),
    phrases BLOB NOT NULL CHECK (length(phrases) % 4 = 0),
    expansions TEXT NOT NULL CHECK (json_type(expansions) = 'array')
) STRICT;

-- Before it, for the sake of a quote that is replaced: its article may have been another one.
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
