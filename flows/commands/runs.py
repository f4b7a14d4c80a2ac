"""`dateline runs`: the runs that the tables hold, what became of one, and which of them stands."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Home

if TYPE_CHECKING:
    from flows.store import Store
    from models.passage import Standing
    from models.receipt import Receipt


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


Json = Annotated[bool, typer.Option("--json", help="All of it, as JSON.")]
Chosen = Annotated[
    str,
    typer.Argument(
        metavar="RUN", help="Its id or the beginning of it; or current, previous, candidate, last."
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Kept with the change of state.")]


def list_runs(home: Home = None, as_json: Json = False) -> None:
    """List the runs with their kind, their state, the run they were based on, and what they were read with."""
    from review.runs import list_runs as make_list
    from review.screen import show

    standings = open_store(home).standings()
    if as_json:
        from review.jsontext import write_json

        for one in standings:
            said = {"state": one.state, "since": one.since.isoformat(), "by": one.by, "reason": one.reason}
            typer.echo(write_json(one.run.model_dump(mode="json", exclude={"receipt"}) | said))
    else:
        show(make_list(standings))


def show_run(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="Its id or the beginning of it, or `last`.")
    ] = "last",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print the receipt of a run: out of its file, or of the tables where the file is gone.

    Below that of a re-extraction stands what it read, and with what; one that a review made has no receipt.

    Exit codes: 0 the run was ok · 1 its receipt names errors, or it was stopped · 2 there is no such run.
    """
    from flows.home import find_home
    from flows.receipts import load_receipt, recall_receipt
    from review.receipts import make_receipt
    from review.screen import show

    place, store = home or find_home(), open_store(home)
    if (found := find_reextraction(store, run)) is not None:
        known = load_receipt(place, store, found.run.run_id)
        show_reextraction(found, known, as_json=as_json)
        raise typer.Exit(0 if known is None or known.ok else 1)
    receipt = recall_receipt(place, run)
    if as_json:
        typer.echo(receipt.model_dump_json(indent=2))
    else:
        show(make_receipt(receipt))
    raise typer.Exit(0 if receipt.ok else 1)


def show_reextraction(found: "Standing", receipt: "Receipt | None", *, as_json: bool) -> None:
    """Prints the receipt of a re-extraction, where there is one, and what it read, and with what."""
    from review.jsontext import write_json
    from review.receipts import make_receipt
    from review.runs import describe_run
    from review.screen import show

    if as_json:
        told = receipt.model_dump(mode="json") if receipt else None
        typer.echo(write_json(found.run.model_dump(mode="json") | {"receipt": told}))
        return
    if receipt:
        show(make_receipt(receipt))
    show(describe_run(found))


def promote(
    run: Chosen,
    reason: Reason = "",
    anyway: Annotated[
        bool,
        typer.Option(
            "--anyway", help="Also where it undoes what another run changed since, or a review holds."
        ),
    ] = False,
    home: Home = None,
) -> None:
    """Let a candidate stand: its rows replace those of the articles that it read. Or go back to an earlier run.

    Rows that ingest added meanwhile stay. Example: dateline runs promote candidate
    """
    store = open_store(home)
    before = store.current()
    now = store.promote(run, by=name_user(), reason=reason, anyway=anyway)
    back = f"; dateline runs promote {before.run_id} goes back" if before else ""
    typer.echo(f"run {now.run_id} is current{back}")


def drop(run: Chosen, reason: Reason = "", home: Home = None) -> None:
    """Give a candidate up and take its tables away; its line in the list of runs stays."""
    dropped = open_store(home).drop(run, by=name_user(), reason=reason)
    typer.echo(f"run {dropped.run_id} is dropped")


def compare(before: Chosen, after: Chosen, home: Home = None, as_json: Json = False) -> None:
    """Set the numbers of two runs side by side; `dateline diff` shows which rows make the difference."""
    from review.runs import compare_runs
    from review.screen import show

    store = open_store(home)
    figures = store.figures(before), store.figures(after)
    if not as_json:
        show(compare_runs(*figures))
        return
    from dataclasses import asdict

    from review.jsontext import write_json

    for one in figures:
        run = one.run.model_dump(mode="json", exclude={"receipt"})
        typer.echo(write_json(asdict(one) | {"run": run}))


def open_store(home: Path | None) -> "Store":
    """The store of the home."""
    from flows.home import find_home
    from flows.receipts import find_store
    from flows.store import Store

    return Store(find_store(home or find_home()))


def find_reextraction(store: "Store", wanted: str) -> "Standing | None":
    """The run that is meant where it is a re-extraction; None where it is another, or none of the tables."""
    from models.errors import StoreError

    ledger = store.ledger()
    try:
        run = ledger.find(wanted)
    except StoreError:  # a receipt may tell of a run that the tables do not hold
        return None
    return ledger.make_standing(run) if run.kind == "reextract" else None


def name_user() -> str:
    """Who asks."""
    return os.environ.get("USER") or f"user {os.getuid()}"
