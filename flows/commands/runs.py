"""`dateline runs`: the runs that the tables hold, and what became of one."""

from typing import Annotated

import typer

from flows.commands.options import Home


def runs(context: typer.Context, home: Home = None) -> None:
    """List the runs, the newest first; `runs show` prints the receipt of one."""
    if context.invoked_subcommand:
        return
    from flows.home import find_home
    from flows.receipts import find_store
    from flows.store import Store
    from review.receipts import make_runs
    from review.screen import show

    show(make_runs(Store(find_store(home or find_home())).runs()))


def show_run(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="Its id or the beginning of it, or `last`.")
    ] = "last",
    home: Home = None,
    as_json: Annotated[bool, typer.Option("--json", help="All of it, as JSON.")] = False,
) -> None:
    """Print the receipt of a run: out of its file, or of the tables where the file is gone.

    Exit codes: 0 the run was ok · 1 its receipt names errors, or it was stopped · 2 there is no such run.
    """
    from flows.home import find_home
    from flows.receipts import recall_receipt
    from review.receipts import make_receipt
    from review.screen import show

    receipt = recall_receipt(home or find_home(), run)
    if as_json:
        typer.echo(receipt.model_dump_json(indent=2))
    else:
        show(make_receipt(receipt))
    raise typer.Exit(0 if receipt.ok else 1)
