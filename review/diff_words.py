"""The diff in words: effects, kinds, causes and quotes, the same in terminal and Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.change import OPERATIONS, Change, Diff, Group, Side, Totals
from models.event import Evidence, Told

AROUND = 110  # characters of a sentence that are shown on either side of the evidence
LONGEST = 160  # characters of a value
NOTHING = "(none)"
LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence, or what of it stands around the evidence, cut into plain and marked pieces."""

    pieces: tuple[tuple[str, bool], ...]


def quote(told: Told, spans: Sequence[Evidence]) -> Quote:
    """The sentence with the evidence marked; far from it, it is left out."""
    within = sorted({(s.start, s.end) for s in spans if told.start <= s.start and s.end <= told.end})
    marks = list(join([(start - told.start, end - told.start) for start, end in within]))
    first, last = (marks[0][0], marks[-1][1]) if marks else (0, 0)
    begin, end = max(0, first - AROUND), min(len(told.text), last + AROUND)
    pieces, at = [(f"{LEFT_OUT} " if begin else "", False)], begin
    for start, stop in marks:
        pieces += [(told.text[at:start], False), (shorten(told.text[start:stop]), True)]
        at = stop
    pieces += [(told.text[at:end], False), (f" {LEFT_OUT}" if end < len(told.text) else "", False)]
    return Quote(tuple(piece for piece in pieces if piece[0]))


def join(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    at = None
    for start, end in spans:
        if at is not None and start < at[1]:
            at = at[0], max(at[1], end)
            continue
        if at is not None:
            yield at
        at = start, end
    if at is not None:
        yield at


def shorten(text: str) -> str:
    """The text, cut where it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def list_quotes(change: Change) -> Iterator[tuple[str, tuple[Told, ...], tuple[Evidence, ...]]]:
    """What is quoted of a change: both sides, or one where both are the same words."""
    sides = [(change.told_before, change.evidence_before), (change.told_after, change.evidence_after)]
    texts = [([told.text for told in tolds], [span.text for span in spans]) for tolds, spans in sides]
    if texts[0] == texts[1]:
        yield "=", *sides[1]
        return
    for mark, side in zip("-+", sides, strict=True):
        if side[0]:
            yield mark, *side


def name_number(number: int, word: str) -> str:
    """`1 change`, `1,104 changes`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def sign(number: int) -> str:
    """`+1,104`, `−41`, `±0`."""
    return f"+{number:,}" if number > 0 else f"−{-number:,}" if number else "±0"


def name_effect(effect: Totals) -> list[str]:
    """What moved, the gravest first; nothing where the totals stay."""
    words = []
    for loss in ("killed", "injured"):
        low, best, high = (getattr(effect, f"{loss}_{end}") for end in ("low", "best", "high"))
        if low == best == high:
            words += [f"{sign(best)} {loss}"] if best else []
        else:
            words.append(f"{sign(best)} {loss} (low {sign(low)}, high {sign(high)})")
    words += [f"{sign(effect.rows)} rows"] if effect.rows else []
    return words + ([f"{sign(effect.incidents)} incidents"] if effect.incidents else [])


def name_kinds(group: Group) -> str:
    """Kind before → kind after; one of them where they are the same."""
    if group.kind_before == group.kind_after:
        return group.kind_before
    return f"{group.kind_before} → {group.kind_after}"


def name_root(root: str) -> str:
    """What led to changes, in words; nothing where they have several roots or none."""
    kind, _, name = root.partition(" ")
    if kind in {"entry", "file"}:
        return f"follows from {name}"
    if kind == "rule":
        return f"read by {name}"
    known = {
        "model": "follows from another model",
        "rules": "follows from other rules",
        "unknown": "cause not known",
    }
    return f"follows from {root}" if kind == "stage" else known.get(root, root)


def short_root(root: str) -> str:
    """What a root is named by: the entry, file, stage or rule alone."""
    return root.partition(" ")[2] if root.partition(" ")[0] in {"entry", "file", "stage", "rule"} else root


def name_values(change: Change) -> tuple[str, str]:
    """The two values, or what stands for none."""
    before, after = (shorten(words) or NOTHING for words in (change.words_before, change.words_after))
    return before, after


def name_confidence(change: Change) -> str:
    """`0.80`, or `0.80 → 0.60`."""
    told = [f"{sure:.2f}" for sure in (change.confidence_before, change.confidence_after) if sure is not None]
    return " → ".join(dict.fromkeys(told))


def name_versions(side: Side) -> str:
    """The versions of the side's rows."""
    return ", ".join((*side.extractor_versions, *side.model_versions))


def name_rows(diff: Diff) -> str:
    """What became of the rows."""
    counts = [f"{diff.rows[name]:,} {name}" for name in OPERATIONS if diff.rows.get(name)]
    return ", ".join((*counts, f"{diff.same:,} the same"))


def list_totals(diff: Diff) -> Iterator[tuple[str, str, str, str]]:
    """Name, before, after, difference of each total that there is."""
    for name in Totals.model_fields:
        before, after = getattr(diff.before.totals, name), getattr(diff.after.totals, name)
        if before or after:
            yield name.replace("_", " "), f"{before:,}", f"{after:,}", sign(after - before)
