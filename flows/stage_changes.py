"""What changed in the reading since a run: its stages against those of now, and the lexicons that it used."""

from collections.abc import Iterable, Mapping

from extractors.carrying import Carry, plan_carry
from extractors.stages import STAGES, list_files, list_readers
from flows.home import ROOT
from flows.store_reading import StoreReader


def compare_stages(store: StoreReader, old: Mapping[str, str], new: Mapping[str, str]) -> Carry:
    """What changed from a run's stages to those of now; of a lexicon that the store does not keep, that it did."""
    paths = list_files(ROOT)

    def read_old(_name: str, digest: str) -> bytes | None:
        return store.read_lexicon(digest)

    def read_new(name: str, _digest: str) -> bytes | None:
        return paths[name].read_bytes()

    return plan_carry(old, new, read_old, read_new, list_readers(ROOT))


def list_entries(carries: Iterable[Carry]) -> dict[str, tuple[str, ...]]:
    """Lexicon entries that changed, by file."""
    found: dict[str, set[str]] = {}
    for carry in carries:
        for change, _ in carry.files:
            found.setdefault(change.file, set()).update(f"{one.id} ({one.kind})" for one in change.entries)
    return {file: tuple(sorted(entries)) for file, entries in sorted(found.items())}


def list_stages(carries: Iterable[Carry]) -> tuple[str, ...]:
    """The stages whose rules changed, in the order in which they read."""
    return tuple(stage for stage in STAGES if any(stage in carry.stages for carry in carries))
