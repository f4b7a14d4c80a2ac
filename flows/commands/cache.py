"""`dateline cache …`: look after the parses that are kept, and what finders found in them."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Home

if TYPE_CHECKING:
    from pathlib import Path

    from flows.parse_care import ParseCare

Keep = Annotated[
    list[str] | None,
    typer.Option(metavar="MODEL", help="Keep this model's, by the beginning of its digest; may be repeated."),
]


def open_care(home: "Path | None") -> "ParseCare":
    """The cache of the home's store."""
    from flows.home import find_home
    from flows.parse_care import ParseCare
    from flows.receipts import find_store
    from flows.store import Store

    return ParseCare(Store(find_store(home or find_home())))


def write_bytes(number: int) -> str:
    """Megabytes, or kilobytes where it is less than one."""
    return f"{number / 1e6:,.1f} MB" if number >= 1e6 else f"{number / 1e3:,.1f} kB"


def show(home: Home = None) -> None:
    """Show how large the parse cache is, by model, and how much of the archive it covers.

    Texts in which no event word stands are never parsed and count for nothing. `DATELINE_PARSES=off` keeps no
    parses at all.
    """
    state = open_care(home).look()
    for share in state.models:
        mark = "  (newest run)" if share.newest else ""
        size = write_bytes(share.bytes)
        typer.echo(
            f"model {share.model[:12]}: {share.texts:,} texts in {share.blocks:,} blocks, {size}{mark}"
        )
    if not state.models:
        typer.echo("no parses are kept")
    part = f"{state.covered / state.worth:.0%}" if state.worth else "nothing"
    typer.echo(
        f"covered: {part} of {state.worth:,} texts that are worth parsing, with the newest run's model"
    )
    if state.strays:
        size = write_bytes(state.stray_bytes)
        typer.echo(f"unnamed: {state.strays:,} files, {size}, of runs that are under way or were killed")
    if state.lost:
        typer.echo(f"lost: {state.lost:,} blocks that the index names are gone; their texts are parsed again")


def prune(
    keep: Keep = None,
    older_than: Annotated[
        int | None, typer.Option(metavar="DAYS", min=0, help="Drop parses that old too.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Drop every parse.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go.")] = False,
    home: Home = None,
) -> None:
    """Drop parses of other models than the newest run's, of texts of no article, those that were written anew, and
    files of killed runs.

    Nothing is lost but time: what is missing is parsed again. A block goes once none of its parses is kept.
    """
    from datetime import UTC, datetime, timedelta

    now = datetime.now(UTC)
    before = now - timedelta(days=older_than) if older_than is not None else None
    done = open_care(home).prune(keep or (), before, now, whole=everything, dry=dry_run)
    verb = "would go" if dry_run else "dropped"
    typer.echo(f"{verb}: {done.texts:,} parses, {done.files:,} files, {write_bytes(done.bytes)}")
