"""`dateline articles history` and `list`: the texts that the tables hold."""

from typing import Annotated

import typer

from flows.commands.options import Home

Address = Annotated[str, typer.Argument(metavar="URL", help="Address of a page, or its doc_id.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000, help="How many, the newest first.")]


def history(url: Address, home: Home = None) -> None:
    """Show the text versions of a page: when each was fetched, and what changed, word by word.

    Example: dateline articles history https://www.example.org/world/convoy
    """
    from flows.home import find_home
    from flows.ingest import find_store
    from flows.store import Store
    from models.errors import InputError
    from review.history import make_history
    from review.screen import show

    store = Store(find_store(home or find_home()))
    versions = store.versions(url)
    if not versions:
        raise InputError(f"{url}: no article of this address in the tables (dateline articles list)")
    firsts = (store.find_article(v.article.duplicate_of) for v in versions if v.article.duplicate_of)
    show(make_history(versions, next(filter(None, firsts), None)))


def list_newest(limit: Limit = 20, home: Home = None) -> None:
    """List the articles fetched last, with language, copies and number of versions."""
    from flows.home import find_home
    from flows.ingest import find_store
    from flows.store import Store
    from review.history import make_list
    from review.screen import show

    show(make_list(Store(find_store(home or find_home())).newest_articles(limit)))
