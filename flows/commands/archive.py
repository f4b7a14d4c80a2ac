"""`dateline archive …`: look after the archive of pages."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Home

if TYPE_CHECKING:
    from flows.archive import Archive

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="WARC files, packed or not.")]
Since = Annotated[datetime | None, typer.Option(help="Fetched then (UTC) or later.", formats=["%Y-%m-%d"])]
Until = Annotated[datetime | None, typer.Option(help="Fetched before then.", formats=["%Y-%m-%d"])]


def find_folder(home: Path | None) -> Path:
    """The folder of the archive. Raises ArchiveError where there is none."""
    from flows.home import find_home
    from models.errors import ArchiveError

    folder = (home or find_home()) / "archive"
    if not folder.is_dir():
        raise ArchiveError(f"{folder}: there is no archive here; name its home with --home")
    return folder


def open_archive(home: Path | None, *, read_only: bool = False) -> "Archive":
    """The archive, to be entered."""
    from flows.archive import Archive
    from flows.home import find_archive_url

    return Archive(find_folder(home), read_only=read_only, url=find_archive_url())


def verify(home: Home = None) -> None:
    """Read every record and compare its digests, and the index with the files. Changes nothing.

    One line for each fault: file, byte, what is wrong.

    Exit codes: 0 all is sound · 1 there are faults · 2 there is no archive, or another process writes to it.
    """
    from flows.archive_checks import check_archive
    from flows.home import find_archive_url

    found = check_archive(find_folder(home), find_archive_url())
    for fault in found.faults:
        typer.echo(fault)
    without = f", {found.without_digest:,} without a digest" if found.without_digest else ""
    looked = f"{found.files:,} files, {found.records:,} records{without}"
    typer.echo(f"{looked}: {f'{len(found.faults):,} faults' if found.faults else 'sound'}")
    raise typer.Exit(1 if found.faults else 0)


def repair(home: Home = None) -> None:
    """Write the sound records of each damaged file into a new one; set the damaged one aside, in archive/damaged."""
    from flows.archive_rewrites import repair_archive

    with open_archive(home) as archive:
        for name in repair_archive(archive):
            typer.echo(f"{name}: repaired, the damaged file is in {archive.folder / 'damaged'}")


def index(home: Home = None) -> None:
    """Make the index anew from the WARC files alone."""
    from flows.lock import hold_lock

    folder = find_folder(home)
    with hold_lock(folder / "lock"):
        for path in folder.glob("index.sqlite*"):
            path.unlink()
    with open_archive(home) as archive:
        typer.echo(
            f"{len(archive.index.sizes()):,} files, {archive.index.count():,} records indexed", err=True
        )


def import_warc(files: Files, home: Home = None) -> None:
    """Take the pages of WARC files into the archive. Begun again, it goes on where it was: each fetch once.

    Only pages are taken (status 200, and revisits of them). Damage costs what is damaged.

    Exit codes: 0 all was taken · 1 some records could not be, each on its own line · 2 nothing can be written.
    """
    from flows.archive import Archive
    from flows.archive_imports import Import, import_file
    from flows.home import find_archive_url, find_home
    from flows.outputs import complain
    from flows.progress import watch_stages

    faults = 0
    folder = (home or find_home()) / "archive"
    with Archive(folder, url=find_archive_url()) as archive, watch_stages() as watch:
        for path in files:
            state = Import()
            for state in import_file(archive, path):
                watch("import", state.seen, state.seen)
            for fault in state.faults:
                complain(fault)
            faults += len(state.faults)
            told = f"{state.new:,} new, {state.known:,} known, {state.left_out:,} no pages"
            typer.echo(f"{path.name}: {told}, {len(state.faults):,} faults")
    raise typer.Exit(1 if faults else 0)


def export(
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="One CDXJ file a WARC file, in DIR.")
    ] = None,
    warc: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The pages themselves, as a WARC file.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Only this address.")] = None,
    since: Since = None,
    until: Until = None,
    home: Home = None,
) -> None:
    """Write CDXJ lines of the archive to standard output, or to files, or pages as a WARC file."""
    import sys
    from datetime import UTC

    from flows.archive_exports import export_lines, export_pages, select_records
    from flows.cdxj import write_cdxj

    start, end = (when.replace(tzinfo=UTC) if when else None for when in (since, until))
    with open_archive(home, read_only=True) as archive:
        if folder:
            typer.echo(f"{sum(1 for _ in export_lines(archive, folder)):,} files written", err=True)
        chosen = select_records(archive, url, start, end)
        if warc:
            typer.echo(f"{export_pages(archive, chosen, warc):,} fetches written", err=True)
        elif not folder:
            sys.stdout.write(write_cdxj(chosen).decode("utf-8"))


def compact(home: Home = None) -> None:
    """Join small files into large ones, byte for byte. A crash at any moment leaves the old or the new ones."""
    from flows.archive_rewrites import compact_archive

    with open_archive(home) as archive:
        for names, made in compact_archive(archive):
            typer.echo(f"{made}: holds {len(names)} files of before")


def remove(
    url: Annotated[str, typer.Argument(metavar="URL", help="As it was asked for, or as it was reached.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the note.")] = "",
    home: Home = None,
) -> None:
    """Take all records of an address out of the archive, and those that have their body from one of them.

    The files are written anew without them. A note without content stays in archive/removed.jsonl. Not
    touched: the tables (rows that were read from the page), and damaged files that repair has set aside.

    Exit codes: 0 removed · 1 no record of this address.
    """
    from flows.archive_rewrites import remove_address
    from flows.outputs import complain

    with open_archive(home) as archive:
        taken = remove_address(archive, url, reason)
        aside = list(archive.folder.glob("damaged/*"))
    for one in taken.dependent:
        typer.echo(f"removed too, its body was the same: {one.url} of {one.fetched_at:%Y-%m-%d}")
    for one in taken.elsewhere:
        complain(f"the same body stays under {one.url}; if it is meant, remove that address too")
    if taken.records and aside:
        complain(f"{len(aside)} damaged files set aside may hold it still: {aside[0].parent}")
    if not taken.records:
        complain(f"{url}: no record of this address is in the archive")
        raise typer.Exit(1)
    typer.echo(f"{len(taken.records):,} records removed")
