"""What a re-run need not do again: how two runs' stages differ, and what that means for one text.

A text's rows are carried over where nothing that can have read it changed; where only finders did, each is run
again on the kept parse, and the rows are carried over if it finds what it found before. Else it is read again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.findings import PREFILTER, UNREAD
from extractors.lexicon_changes import FileChange, find_changes
from extractors.stages import CODE, FINDERS, STAGES, name_files

Step = Literal["carry", "check", "read", "reader"]
UNKNOWN = frozenset(STAGES) - {"reader"}  # the readers of a file that there is no more
ReadFile = Callable[[str, str], bytes | None]  # name, digest -> the content that a run used


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a text of which changes touch `stages`: carry its rows over; check these stages first; read it;
    make text of its page anew."""

    step: Step
    stages: frozenset[str] = frozenset()

    def list_known(self, found: Mapping[str, str]) -> dict[str, str]:
        """Of what the finders `found` by hashes, what they would find again: in the same parse, by the same rules."""
        if not self.stages.isdisjoint({"reader", "parse"}):
            return {}
        return {stage: found[stage] for stage in FINDERS if stage in found and stage not in self.stages}


@dataclass(frozen=True, slots=True)
class Carry:
    """Stages whose rules, model or gazetteer changed, and files that changed, with the stages that read them."""

    stages: frozenset[str]
    files: Sequence[tuple[FileChange, frozenset[str]]] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing changed at all."""
        return not self.stages and not self.files

    def hit(self, text: str) -> frozenset[str]:
        """The stages that may find something else in the text."""
        touched = (
            stages for change, stages in self.files if not stages <= self.stages and change.touches(text)
        )
        return self.stages.union(*touched)

    def decide(self, text: str, found: Mapping[str, str]) -> Decision:
        """What to do with a text in which the stages `found` that before; nothing where that is not known."""
        hit = self.hit(text)
        if "reader" in hit:
            return Decision("reader", hit)
        if not hit:
            return Decision("carry")
        if found.get(PREFILTER) == UNREAD:  # without a parse no other stage has seen it
            return Decision("check", frozenset({PREFILTER})) if PREFILTER in hit else Decision("carry")
        if not hit.isdisjoint({"parse", "assembly"}) or not hit <= found.keys():
            return Decision("read", hit)
        return Decision("check", hit)


def plan_carry(
    old: Mapping[str, str],
    new: Mapping[str, str],
    read_old: ReadFile,
    read_new: ReadFile,
    readers: Mapping[str, frozenset[str]],
) -> Carry:
    """What changed from one run's stages to another's; `readers` tells which stages read a file.

    A run of which no stages are known may have been anything: all of them changed.
    """
    stages = {stage for stage in STAGES if old.get(stage) != new.get(stage)}
    if not stages:
        return Carry(frozenset())
    before, after = name_files(old), name_files(new)
    changed = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    by_rule = {stage for stage in stages if old.get(CODE + stage) != new.get(CODE + stage)}
    files = []
    for name in changed:
        contents = [
            read(name, digests[name]) if name in digests else None
            for read, digests in ((read_old, before), (read_new, after))
        ]
        lost = any(c is None and name in d for c, d in zip(contents, (before, after), strict=True))
        change = FileChange(name, (), None) if lost else find_changes(name, *contents)
        files.append((change, readers.get(name, UNKNOWN)))
    return Carry(frozenset(by_rule), tuple(files))
