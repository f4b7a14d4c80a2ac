"""`dateline events list` and `history`: the rows that the tables hold, now and in the past."""

from typing import Annotated

import typer

from flows.commands.events import Form, Output, guess_format
from flows.commands.options import Home

Of = Annotated[
    str | None,
    typer.Option("--run", metavar="RUN", help="As it stood with that run, or would with that candidate."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="As it stood then: a day or an instant (ISO 8601)."),
]


def list_events(
    run: Of = None, as_of: AsOf = None, form: Form = None, output: Output = None, home: Home = None
) -> None:
    """Write the rows that stand, or stood.

    Examples: dateline events list · dateline events list --as-of 2026-05-04 --output then.csv
    """
    from flows.event_lists import read_moment, write_view
    from flows.home import find_home
    from flows.receipts import find_store
    from flows.store import Store
    from models.errors import InputError

    if run and as_of:
        raise InputError("--run and --as-of each name what is shown; give one of them")
    store = Store(find_store(home or find_home()))
    view = store.view(run, read_moment(as_of) if as_of else None)
    write_view(store, view, form or guess_format(output), output)


def show_history(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="As in the column event_id.")],
    home: Home = None,
) -> None:
    """Show an event's row over all runs: which stood from when, and what changed in it, field by field."""
    import sys

    from flows.home import find_home
    from flows.receipts import find_store
    from flows.store import Store
    from models.errors import InputError
    from review.row_history import make_row_history
    from review.screen import make_console, show

    place = home or find_home()
    passages = Store(find_store(place)).history(event_id)
    if not passages:
        raise InputError(
            f"no run in {place} ever had event {event_id}; dateline events list shows what stands"
        )
    show(make_row_history(event_id, passages, make_console(sys.stdout).width))
