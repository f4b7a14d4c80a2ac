"""What differs between two goldens in at most fifteen lines, for the failure of a test."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from models.change import Change
from review.controls import show_controls
from review.diff_words import list_quotes, name_number, name_values, quote
from review.golden_changes import PAGE

MOST = 11  # lines of changes; with heading, what is left out, and what to do next there are fifteen
WIDTH = 110


def tell_changes(changes: Sequence[Change]) -> list[str]:
    """Event, field before → after with its rule, the sentence with its words marked; how many changes are left out."""
    lines: list[str] = []
    label = ""
    for number, change in enumerate(changes):
        told = [] if change.label == label else [cut(show_controls(change.label))]
        told += tell_change(change)
        if number and len(lines) + len(told) > MOST:
            return [*lines, f"… {name_number(len(changes) - number, 'more change')}"]
        lines += told
        label = change.label
    return lines


def tell_change(change: Change) -> Iterator[str]:
    """One change in a line, and a line for each sentence that its evidence stands in."""
    before, after = map(show_controls, name_values(change))
    if before == after and not change.same_value:
        before, after = (show_controls(json.dumps(side, ensure_ascii=False)) for side in tell_apart(change))
    rules = " ".join(dict.fromkeys(span.rule for span in (change.evidence_after or change.evidence_before)))
    rule = cut(f"  [{show_controls(rules)}]", 60) if rules else ""
    if change.operation in {"removed", "added"}:
        yield f"  {change.operation}{rule}"
    elif change.operation == "changed" and change.same_value:
        yield f"  {change.field}: {cut(after)}, read from other words or by another rule{rule}"
    else:
        name = change.operation if change.field == "row" else change.field
        yield f"  {name}: {cut(before)} → {cut(after)}{rule}"
    if change.field == PAGE:
        return
    for mark, told, spans in list_quotes(change):
        for sentence in told[:1]:
            found = quote(sentence, spans)
            pieces = "".join(f"[{piece}]" if marked else piece for piece, marked in found.pieces)
            yield f"    {mark} {cut(show_controls(' '.join(pieces.split())), 2 * WIDTH)}"


def tell_apart(change: Change) -> tuple[Any, Any]:
    """The two values where their words are the same: of mappings, what differs."""
    before, after = change.before, change.after
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return before, after
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def cut(text: str, most: int = WIDTH) -> str:
    """The text on one line, cut where it is long."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
