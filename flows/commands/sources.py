"""`dateline sources`: what they are, what they would bring, and new ones."""

from typing import Annotated

import typer

from flows.commands.nights import SOURCES, Sources
from flows.commands.options import Home, Private


def list_sources(sources: Sources = SOURCES, home: Home = None) -> None:
    """List the sources of the file: kind, state, when they were last read."""
    from flows.source_work import list_all
    from review.screen import show
    from review.sources import make_list

    show(make_list(list_all(sources, home)))


def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Default: all that are not paused.", show_default=False),
    ] = None,
    sources: Sources = SOURCES,
    home: Home = None,
    allow_private: Private = False,
) -> None:
    """Try sources and print what each would bring; a paused one too where it is named. Nothing is stored.

    Exit codes: 0 all can be read · 1 at least one fault, each on its own line · 2 the file is not valid.
    """
    from flows.source_work import check_all
    from review.screen import show
    from review.sources import make_checks

    checks = check_all(sources, home, names or [], allow_private=allow_private)
    show(make_checks(checks))
    raise typer.Exit(int(any(one.faults for one in checks)))


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A site's front page, a feed or a sitemap.")],
    sources: Sources = SOURCES,
    name: Annotated[
        str | None, typer.Option(help="What to call it.", show_default="the outlet's name")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take the first one found and ask nothing.")] = False,
    allow_private: Private = False,
) -> None:
    """Find the feeds and sitemaps of a site and append one to the file of sources.

    What the file says otherwise, comments included, stays as it is.

    Exit codes: 0 added · 1 nothing chosen · 2 nothing found, or it is there already.
    """
    from flows.source_file import add_source
    from flows.source_work import find_offers
    from review.screen import show
    from review.sources import make_checks

    found = find_offers(url, allow_private=allow_private)
    show(make_checks(found, numbered=True))
    number = 1 if yes else typer.prompt("Which one (0 for none)", default=1, type=int)
    if not 1 <= number <= len(found):
        raise typer.Exit(1)
    chosen, block = add_source(sources, found[number - 1].source, name)
    typer.echo(f"\n{block}\nadded to {sources}; try it: dateline sources check {chosen}")
