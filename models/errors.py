"""What can go wrong, typed, each with a message of one line that says what to do."""


class DatelineError(Exception):
    """Root of every error that a user can mend; its text is one line."""

    exit_code = 2


class InputError(DatelineError):
    """A file, line or URL that cannot be read as what it should be."""


class OutputError(DatelineError):
    """A file or stream that cannot be written."""


class LexiconError(DatelineError):
    """An entry of a lexicon that is not valid; names file and entry."""


class ModelError(DatelineError):
    """A spaCy pipeline that is missing or is not what its name says."""


class GazetteerError(DatelineError):
    """A gazetteer that is missing, damaged or of another version."""


class SourceError(DatelineError):
    """A source in feeds.toml that is not valid."""


class FetchError(DatelineError):
    """A page that could not be had; `reason` is one of the typed outcomes."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class PageError(DatelineError):
    """A page that was had but holds no readable article; `reason` is one of the typed outcomes."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ArchiveError(DatelineError):
    """An archive that is damaged, locked or cannot be written."""


class StoreError(DatelineError):
    """A table store that is damaged, locked or cannot be written."""


class WorkerError(DatelineError):
    """A worker or scheduler that cannot be reached, went away, or is of another version."""


class AlertError(DatelineError):
    """A hook in alerts.toml that is not valid; its text never holds an address."""


class ReviewError(DatelineError):
    """A decisions file or policy that is damaged, or a decision that cannot be made or applied."""


class DecidedError(ReviewError):
    """A decision on what somebody else has decided meanwhile."""


class ParseError(DatelineError):
    """A block of cached parses cannot be used: its texts are parsed again."""
