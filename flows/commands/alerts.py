"""`dateline alerts`: whether the hooks of alerts.toml work, and whether a run was missed."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.nights import SOURCES, Sources
from flows.commands.options import Home


def try_hooks(sources: Sources = SOURCES) -> None:
    """Send every hook of alerts.toml a message and tell which of them took it.

    Exit codes: 0 all took it · 1 some did not · 2 the file is not valid or names no hook.
    """
    from flows.alarm import name_us
    from flows.alerts import Message, find_alerts, find_file, tell
    from flows.outputs import complain
    from models.errors import AlertError
    from models.hook import OCCASIONS

    hooks = find_alerts(sources).hooks
    if not hooks:
        raise AlertError(f"{find_file(sources)}: names no hook")
    message = Message(frozenset(OCCASIONS), f"{name_us()}: a test", ("Nothing happened; this is a test.",))
    delivery = tell(hooks, message)
    for name in delivery.sent:
        typer.echo(f"{name}: sent")
    for fault in delivery.unsent:
        complain(fault)
    raise typer.Exit(1 if delivery.unsent else 0)


def check_runs(
    sources: Sources = SOURCES,
    home: Home = None,
    within: Annotated[
        float | None,
        typer.Option(
            "--within",
            metavar="HOURS",
            min=0,
            help="How old the last run may be.",
            show_default="missed_after",
        ),
    ] = None,
) -> None:
    """Tell the hooks where no run has ended for too long: for a timer of its own.

    Exit codes: 0 all is well · 1 a run was missed · 2 nothing says what too long is.
    """
    from flows.alarm import check_missed
    from flows.alerts import find_alerts, find_file
    from flows.home import find_home
    from flows.ingest import read_clock
    from flows.outputs import complain
    from models.errors import AlertError

    alerts = find_alerts(sources)
    hours = within or alerts.missed_after
    if not hours:
        raise AlertError(f"{find_file(sources)}: has no 'missed_after'; give --within HOURS")
    late = check_missed(home or find_home(), alerts, hours, read_clock())
    if late:
        complain(late)
    raise typer.Exit(1 if late else 0)


def show_units(
    sources: Sources = SOURCES,
    home: Home = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write them there instead.")
    ] = None,
) -> None:
    """Print systemd units that run all this at its time, with the paths of this installation."""
    from flows.home import find_home
    from flows.units import make_units, print_units, write_units

    units = make_units(sources, home or find_home())
    typer.echo(write_units(units, output) if output else print_units(units), nl=False)
