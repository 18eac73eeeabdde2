"""Exceptions that a user can act on. Each message says what, where and what to do next, in one line."""


class QuotesError(Exception):
    """Anything the command line reports as one line and a non-zero exit status."""

    @property
    def fault(self) -> str:
        """What is wrong and where, without what to do next, for a message that says something better."""
        return str(self).partition("; ")[0]


class SourceError(QuotesError):
    """An article, folder or manifest cannot be read."""


class ModelError(QuotesError):
    """A language model is missing or does not load."""


class DatabaseError(QuotesError):
    """A database cannot be opened, migrated or written."""


class PublicationError(QuotesError):
    """A folder to publish to holds something else, or cannot be written."""


class LockedError(DatabaseError):
    """Another job is at work on the database."""


class DamagedError(DatabaseError):
    """A file is no database, or not whole any more. `path` names it."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
