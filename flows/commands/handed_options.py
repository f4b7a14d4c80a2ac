"""Options that stand before a subcommand: they are its own, as if they stood behind it."""

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperCommand

SIDES = ("home", "before", "after")  # what a review of goldens does not have


class HandedCommand(TyperCommand):
    """A subcommand that takes what was given before it. A usage error where that contradicts, or is not for it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads its own words, then takes over those that stand before it."""
        rest = super().parse_args(ctx, args)
        above = dict(list_given(ctx.parent))
        for name, value in above.items():
            if name != "goldens":
                self.take_over(ctx, name, value)
        refuse_sides({*above, *(name for name, _ in list_given(ctx))})
        return rest

    def take_over(self, ctx: Any, name: str, value: Any) -> None:
        """Sets one option of those before the subcommand."""
        if name == "serve" and self.name == "serve":
            return
        if name not in ctx.params:
            raise typer.BadParameter(f"`{self.name}` has no --{name}, which stands before it")
        if is_given(ctx, name) and ctx.params[name] != value:
            raise typer.BadParameter(
                f"{name} is {value} before `{self.name}` and {ctx.params[name]} behind it: say it once"
            )
        ctx.params[name] = value


def refuse_sides(given: set[str]) -> None:
    """A usage error where goldens are reviewed and runs are named too."""
    named = [f"--{name}" for name in SIDES if name in given]
    if named and "goldens" in given:
        raise typer.BadParameter(f"--goldens is a review of its own: {', '.join(named)} is not of it")


def list_given(ctx: Any) -> Iterator[tuple[str, Any]]:
    """Name and value of what stands on the command line for this command itself."""
    yield from ((name, value) for name, value in ctx.params.items() if is_given(ctx, name))


def is_given(ctx: Any, name: str) -> bool:
    """Whether it was written, and is no default."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
