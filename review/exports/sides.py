"""Parties as other codebooks name and class them."""

from collections.abc import Iterable, Sequence

from models.event import EventRow, Party

JOINT = "; "


def join(names: Iterable[str]) -> str:
    """Names in one cell; the mark between them is taken out of each."""
    return JOINT.join(name.replace(";", ",") for name in names)


def split(cell: str | None) -> list[str]:
    """The names of a cell."""
    return cell.split(JOINT) if cell else []


def among(parties: Sequence[Party], kinds: Iterable[str]) -> list[Party]:
    """The parties of those kinds."""
    wanted = set(kinds)
    return [p for p in parties if p.kind in wanted]


def people(row: EventRow) -> list[Party]:
    """The targets that are people or bodies, not things."""
    return [p for p in row.targets if p.kind != "other"]


def make_party(name: str, kind: str, country: str | None = None) -> Party:
    """A party as it comes back out of another codebook's table."""
    return Party.model_validate(
        {"text": name, "name": name, "kind": kind, "country": country, "named": False}
    )
