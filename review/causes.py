"""Which rule, lexicon entry or stage made a difference, and how its evidence lies to the evidence before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.change import Relation
from models.event import Evidence

STAGES: Mapping[
    str, tuple[str, ...]
] = {  # what reads a field first, then what may have given it something else
    "actors": ("actors",),
    "targets": ("actors",),
    "weapons": ("weapons",),
    "place": ("places",),
    "other_places": ("places",),
    "date": ("dates",),
    "killed": ("casualties", "counts"),
    "injured": ("casualties", "counts"),
}
LATER = ("assembly", "parse", "reader")  # the prefilter decides only whether a text is read at all


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of the two runs beside their rows."""

    families: Mapping[str, str] = field(default_factory=dict)  # event type -> family
    entries: frozenset[str] = frozenset()  # `actors.toml:taliban`: entries that differ between the lexicons
    stages: frozenset[str] = frozenset()  # stages whose digests differ
    code: bool = (
        False  # whether anything besides these entries differs: rules, gazetteer, model, a lost lexicon
    )
    model: bool = False  # whether the spaCy pipelines differ
    rules: bool = False  # whether the versions of the rules differ
    unread: frozenset[str] = frozenset()  # articles that only one of the two has read
    near: tuple[str, ...] = ()  # of these entries those that rows of the page tell, the commonest first

    @property
    def entry(self) -> str | None:
        """The one entry that differs, where nothing else does."""
        return min(self.entries) if len(self.entries) == 1 and not self.code else None


def find_causes(
    name: str, before: Iterable[Evidence], after: Iterable[Evidence], known: Circumstances
) -> tuple[str, ...]:
    """The rules that came and went and the entries that changed; where there are none, the stage."""
    olds, news = ({span.rule for span in spans} for spans in (before, after))
    moved = [f"+{rule}" for rule in sorted(news - olds)] + [f"-{rule}" for rule in sorted(olds - news)]
    parts = {part for rule in olds & news for part in rule.split(" -> ")}
    edited = [f"entry {entry}" for entry in sorted(parts & known.entries)]
    return tuple(moved + edited) or (find_stage(name, known),)


def find_stage(name: str, known: Circumstances) -> str:
    """The stage that changed and may have made the difference."""
    for stage in (*STAGES.get(name, ()), *LATER):
        if stage in known.stages:
            return f"stage {stage}"
    if others := known.stages - {"prefilter"}:
        return f"stage {min(others)}"
    return "model" if known.model else "rules" if known.rules else "unknown"


def relate(before: Sequence[Evidence], after: Sequence[Evidence], same_text: bool) -> Relation:
    """How the words after lie to the words before: by offset in one text, by wording between two."""
    if not before or not after:
        return "new" if after else "gone" if before else "none"
    covers, covered = covers_all(after, before, same_text), covers_all(before, after, same_text)
    if covers and covered:
        return "same"
    return "longer" if covers else "shorter" if covered else "other"


def covers_all(some: Sequence[Evidence], others: Sequence[Evidence], same_text: bool) -> bool:
    """Whether each of the others lies within one of the first."""
    if same_text:
        return all(any(a.start <= b.start and b.end <= a.end for a in some) for b in others)
    return all(any(b.text in a.text for a in some) for b in others)
