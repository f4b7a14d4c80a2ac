"""Runs for a terminal: what each is, what one holds, and two side by side."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from models.passage import Figures, RunState, Standing
from models.run import Run
from review.controls import show_controls

STYLES: Mapping[RunState, str] = {
    "current": "bold green",
    "candidate": "yellow",
    "past": "",
    "reviewed": "",
    "dropped": "dim",
}
VERSIONS = {"extractor_version": "rules", "model_version": "model"}
NUMBERS = {
    "articles": "articles",
    "telling": "articles with events",
    "rows": "rows",
    "incidents": "incidents",
    "killed": "killed, best",
    "injured": "injured, best",
}


def list_runs(standings: Iterable[Standing]) -> RenderableType:
    """A line a run, the newest first, and below it what it was based on and read with."""
    lines = [line for one in standings for line in write_lines(one)]
    heading = Text(write_cells("run", "kind", "state", "since (UTC)", "articles", "rows"), "dim")
    return Group(heading, *lines) if lines else Text("no runs yet: dateline ingest makes the first")


def write_lines(one: Standing) -> Iterator[Text]:
    """The line of a run; the one below it where there is more to say."""
    run = one.run
    cells = write_cells(
        show_controls(run.run_id),
        run.kind,
        one.state,
        name_moment(one.since),
        str(run.articles),
        str(run.rows),
    )
    yield Text(cells, STYLES[one.state])
    below = (f"on {run.base}" if run.base else "", name_versions(run), one.reason)
    if any(below):
        yield Text("  " + show_controls(" · ".join(part for part in below if part)), "dim")


def write_cells(run: str, kind: str, state: str, since: str, articles: str, rows: str) -> str:
    """Cells in columns that never move."""
    return f"{run:<22} {kind:<9} {state:<9} {since:<16} {articles:>8} {rows:>8}"


def name_versions(run: Run) -> str:
    """Rules and model in short; empty where nothing was read."""
    return " · ".join(part for part in (run.extractor_version, run.model_version) if part)


def name_moment(moment: datetime) -> str:
    """Day and minute."""
    return f"{moment:%Y-%m-%d %H:%M}"


def describe_run(one: Standing) -> RenderableType:
    """All that is known of a run besides its receipt."""
    run = one.run
    table = Table.grid(padding=(0, 2))
    facts = {
        "run": run.run_id,
        "kind": run.kind,
        "state": f"{one.state} since {name_moment(one.since)} UTC",
        "by": one.by,
        "reason": one.reason,
        "base": run.base or "",
        "started": f"{name_moment(run.started)} UTC, took {(run.ended - run.started).total_seconds():.0f} s",
        "articles, rows": f"{run.articles}, {run.rows}",
        "scope": ", ".join(f"{name} {value}" for name, value in run.scope.items() if value),
        "read with": name_versions(run),
        "stages": ", ".join(f"{name} {digest[:12]}" for name, digest in run.stages.items()),
    }
    for name, fact in facts.items():
        if fact:
            table.add_row(Text(name, "dim"), Text(show_controls(fact)))
    return table


def compare_runs(before: Figures, after: Figures) -> RenderableType:
    """The numbers side by side, then what the two were read with where that differs."""
    table = Table("", box=None, pad_edge=False, header_style="dim")
    for figures in (before, after):
        table.add_column(show_controls(figures.run.run_id), justify="right")
    table.add_column("change", justify="right")
    for name, old, new in list_numbers(before, after):
        change = f"{new - old:+d}" if new != old else "·"
        table.add_row(name, str(old), str(new), Text(change, "bold" if new != old else "dim"))
    return Group(table, *list_differences(before.run, after.run))


def list_numbers(before: Figures, after: Figures) -> Iterator[tuple[str, int, int]]:
    """Name and both numbers of every line; statuses and types that neither has are left out."""
    for name, title in NUMBERS.items():
        yield title, getattr(before, name), getattr(after, name)
    for title, old, new in (
        ("status", before.statuses, after.statuses),
        ("type", before.types, after.types),
    ):
        for term in sorted({*old, *new}):
            yield f"{title} {term.replace('_', ' ')}", old.get(term, 0), new.get(term, 0)


def list_differences(before: Run, after: Run) -> Iterator[Text]:
    """Rules, model and stages that the two runs do not share."""
    pairs = [(title, getattr(before, name), getattr(after, name)) for name, title in VERSIONS.items()]
    pairs += [
        (f"stage {name}", before.stages.get(name, "")[:12], after.stages.get(name, "")[:12])
        for name in sorted({*before.stages, *after.stages})
    ]
    for title, old, new in pairs:
        if old != new:
            yield Text(show_controls(f"{title}: {old or '(not told)'} → {new or '(not told)'}"), "yellow")
