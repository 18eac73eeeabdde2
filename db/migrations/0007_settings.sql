-- What merging speakers remembers between two jobs, so that a job reads no article's words for it again.

CREATE TABLE match_settings (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    version INTEGER NOT NULL, -- of the rules that read it
    names TEXT NOT NULL CHECK (json_valid(names)),
    phrases BLOB NOT NULL,
    expansions TEXT NOT NULL CHECK (json_valid(expansions))
) STRICT;

CREATE TRIGGER quotes_settings_insert AFTER INSERT ON quotes BEGIN
    DELETE FROM match_settings WHERE article_id = new.article_id;
END;
CREATE TRIGGER quotes_settings_delete AFTER DELETE ON quotes BEGIN
    DELETE FROM match_settings WHERE article_id = old.article_id;
END;
CREATE TRIGGER quotes_settings_update
AFTER UPDATE OF article_id, text, context_before, context_between, context_after ON quotes BEGIN
    DELETE FROM match_settings WHERE article_id IN (old.article_id, new.article_id);
END;
CREATE TRIGGER articles_settings_update AFTER UPDATE OF id, title ON articles BEGIN
    DELETE FROM match_settings WHERE article_id IN (old.id, new.id);
END;
