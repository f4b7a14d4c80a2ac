"""The diff as Markdown fit for a pull request: every text from outside escaped, and never longer than it takes."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator

from models.change import Change, Diff, Group
from models.event import Evidence, Told
from review.controls import show_controls
from review.diff_words import (
    list_quotes,
    list_totals,
    name_confidence,
    name_effect,
    name_kinds,
    name_number,
    name_root,
    name_rows,
    name_values,
    name_versions,
    quote,
)

MOST = 60_000  # characters; a comment on GitHub holds 65,536
SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#+!|~@&$:-]")
Lines = Iterator[str]


def escape(text: str) -> str:
    """The text on one line with nothing in it that Markdown, HTML or GitHub would act upon."""
    return SPECIAL.sub(write_letter, show_controls(text))


def write_letter(found: re.Match[str]) -> str:
    """The letter as an entity; one that would call a person or an issue is parted from the next letter."""
    return f"&#{ord(found[0])};" + ("&#8203;" if found[0] in "@#" else "")


def write_markdown(
    diff: Diff, groups: Iterable[Group], examples: Callable[[Group], Iterable[Change]]
) -> Lines:
    """The lines, within the limit; what is left out is counted."""
    groups = list(groups)
    size = 0
    for line in write_head(diff):
        size += len(line)
        yield line
    if not groups:
        yield "No difference."
        return
    size += yield from write_table(groups, MOST // 2)
    left = 0
    for group in groups:
        text = "\n".join(write_group(group, examples(group)))
        if size + len(text) > MOST:
            left += 1
            continue
        size += len(text)
        yield text
    if left:
        yield f"\n*Examples of {left:,} groups are left out here for length; the JSON has all.*"


def write_head(diff: Diff) -> Lines:
    """Sides, totals and what has to be known first."""
    yield f"### {escape(diff.before.name)} → {escape(diff.after.name)}"
    yield ""
    if diff.mistaken:
        yield f"> **{diff.share:.0%} of the rows changed: is the baseline right?**"
        yield ""
    yield from (f"> {escape(note)}\n" for note in diff.notes)
    yield f"Rows: {name_rows(diff)}; {name_number(diff.changes, 'change')} in {name_number(diff.articles, 'article')}."
    yield ""
    yield f"| total | {escape(diff.before.name)} | {escape(diff.after.name)} | difference |"
    yield "|---|---:|---:|---:|"
    yield f"| version | {escape(name_versions(diff.before))} | {escape(name_versions(diff.after))} | |"
    yield from (f"| {' | '.join(cells)} |" for cells in list_totals(diff))
    yield ""


def write_table(groups: list[Group], most: int) -> Generator[str, None, int]:
    """A line a group; gives the characters written."""
    size, left, changes = 0, 0, 0
    yield "| no. | alike changes | kind | cause | changes | articles | effect on totals |"
    yield "|---:|---|---|---|---:|---:|---|"
    for group in groups:
        cause = escape("; ".join(dict.fromkeys((name_root(group.root), *group.cause))).strip("; "))
        effect = "; ".join(name_effect(group.effect))
        cells = (
            str(group.number),
            escape(group.name),
            escape(name_kinds(group)),
            cause,
            f"{group.changes:,}",
        )
        line = f"| {' | '.join((*cells, f'{group.articles:,}', effect))} |"
        if size + len(line) > most:
            left, changes = left + 1, changes + group.changes
            continue
        size += len(line)
        yield line
    if left:
        yield f"\n*{left:,} more groups with {changes:,} changes are left out here for length; the JSON has all.*"
    return size


def write_group(group: Group, changes: Iterable[Change]) -> Lines:
    """The group's examples, folded."""
    shown = list(changes)
    counted = f"{len(shown):,} of {group.changes:,}"
    yield f"\n<details><summary>{group.number}. {escape(group.name)} ({counted})</summary>\n"
    for change in shown:
        before, after = map(escape, name_values(change))
        yield f"- {escape(change.label)} ({escape(' '.join(dict.fromkeys((*change.before_ids, *change.after_ids))))})"
        if group.operation not in {"removed", "added"}:
            yield f"  - {escape(change.field)}: {before} → {after}"
        for mark, told, spans in list_quotes(change):
            yield from write_quotes({"-": "−", "+": "&#43;", "=": "="}[mark], told, spans)
        yield f"  - confidence {name_confidence(change)}; {escape(change.url or '')}"
    yield "\n</details>"


def write_quotes(mark: str, told: Iterable[Told], spans: tuple[Evidence, ...]) -> Lines:
    """The sentences of one side, the evidence in bold."""
    for sentence in told:
        pieces = (
            f"<b>{escape(text)}</b>" if marked else escape(text)
            for text, marked in quote(sentence, spans).pieces
        )
        yield f"  - {mark} {''.join(pieces)}"
