"""What the runs that made two rows knew: which lexicon entries, stages and versions differ between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import extractors
from flows.lines import Line
from models.change import Side
from models.lexicon import read_entries
from models.run import Run
from models.trigger import EventTypeEntry
from review.causes import Circumstances

if TYPE_CHECKING:
    from extractors.lexicon_changes import EntryChange

Sides = tuple[list[Line], list[Line]]


@dataclass(slots=True)
class Knowledge:
    """Runs by id, and the lexicons that they used; of files, nothing but what their rows tell."""

    runs: Mapping[str, Run] = field(default_factory=dict)
    read_lexicon: Callable[[str], bytes | None] = lambda _digest: None
    families: Mapping[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, str], Circumstances] = field(default_factory=dict)

    def find(self, lines: Sides, sides: tuple[Side, Side]) -> Circumstances:
        """What is known of the two runs that made the rows of a page."""
        old, new = (some[0]["run_id"] if some else side.name for some, side in zip(lines, sides, strict=True))
        if (old, new) not in self._found:
            self._found[old, new] = self._compare(old, new)
        known = self._found[old, new]
        model, rules = (
            {
                tuple(sorted({line[name] for line in some})) or told
                for some, told in zip(lines, all_told, strict=True)
            }
            for name, all_told in (
                ("model_version", [side.model_versions for side in sides]),
                ("extractor_version", [side.extractor_versions for side in sides]),
            )
        )
        return replace(known, model=len(model) > 1, rules=len(rules) > 1)

    def _compare(self, old: str, new: str) -> Circumstances:
        """The stages and entries that differ between two runs."""
        runs = [self.runs[run_id].stages for run_id in (old, new) if run_id in self.runs]
        if len(runs) < 2 or not all(runs):
            return Circumstances(self.families)
        from extractors.stages import CODE, STAGES, name_files  # noqa: PLC0415 - slow to import, and files need it not

        before, after = runs
        stages = {stage for stage in STAGES if before.get(stage) != after.get(stage)}
        code = any(
            before.get(CODE + stage) != after.get(CODE + stage) or CODE + stage not in before
            for stage in stages
        )
        files = name_files(before), name_files(after)
        edited = [
            self._read_changes(name, files[0][name], files[1][name])
            for name in files[0].keys() & files[1].keys()
            if files[0][name] != files[1][name]
        ]
        entries = frozenset(f"{change.file}:{change.id}" for some in edited for change in some)
        code = code or files[0].keys() != files[1].keys() or not all(edited)
        return Circumstances(self.families, entries, frozenset(stages), code)

    def _read_changes(self, name: str, old: str, new: str) -> "tuple[EntryChange, ...]":
        """The entries of a lexicon that differ; none where a version of it is not kept."""
        from extractors.lexicon_changes import find_changes  # noqa: PLC0415 - the same

        contents = self.read_lexicon(old), self.read_lexicon(new)
        return find_changes(name, *contents).entries if None not in contents else ()


def read_families() -> dict[str, str]:
    """Event type -> family."""
    entries = read_entries(Path(extractors.__file__).parent / "lexicons" / "event_types.toml", EventTypeEntry)
    return {name: entry.family for name, entry in entries.items()}
