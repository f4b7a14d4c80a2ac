"""What the worker of a re-extraction has to know besides its partition: small, and the same for all."""

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.carrying import Carry
from models.scope import Scope

READER = "reader"  # the stage


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker has to know besides its partition."""

    run_id: str
    tables: str
    staged: str
    archive: str
    archive_url: str | None
    versions: Mapping[str, int]  # of the tables, as they were when the run was planned
    carries: Mapping[str, Carry]  # by the run that read an article last
    scope: Scope
    fresh: bool = False  # no parse is taken from the cache
    force: bool = False  # nothing is carried over
    pages: bool = False  # pages are read again whether or not the reader changed
    keeps: bool = True  # parses that are made, and what was found in them, are kept

    @property
    def reads_pages(self) -> bool:
        """Whether pages are read again."""
        return self.pages or any(reads_pages(carry) for carry in self.carries.values())


def reads_pages(carry: Carry) -> bool:
    """Whether what makes text of pages changed."""
    return READER in carry.stages or any(READER in readers for _, readers in carry.files)


def ignore_reader(carry: Carry) -> Carry:
    """What changed for a text, whatever it was made of."""
    if not reads_pages(carry):
        return carry
    files = ((change, readers - {READER}) for change, readers in carry.files)
    return Carry(carry.stages - {READER}, tuple(one for one in files if one[1]))
