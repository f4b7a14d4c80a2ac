"""`dateline runs`: the runs that the tables hold."""

from flows.commands.options import Home


def runs(home: Home = None) -> None:
    """List the runs, the newest first."""
    from flows.home import find_home
    from flows.ingest import find_store
    from flows.store import Store
    from review.receipts import make_runs
    from review.screen import show

    show(make_runs(Store(find_store(home or find_home())).runs()))
