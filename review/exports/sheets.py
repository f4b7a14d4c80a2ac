"""Tables on their way out: their columns, their lines, and what their columns are to maps and feeds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from models.schema import Kind

Value = str | int | float | bool | date | datetime | None
Line = tuple[Value, ...]
Role = Literal[
    "id", "latitude", "longitude", "start", "end", "kind", "place", "killed", "title", "text", "url", "updated"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table that goes out; `hxl` is its tag of the Humanitarian Exchange Language."""

    name: str
    kind: Kind = "text"
    description: str = ""
    hxl: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. `read` gives its lines anew each time; `roles` says which column is the place, the day …

    `nested` gives them as JSON types with lists in them, where the flat lines say less.
    """

    name: str
    fields: tuple[Field, ...]
    read: Callable[[], Iterator[Line]]
    roles: Mapping[Role, str] = field(default_factory=dict)
    nested: Callable[[], Iterator[dict[str, Any]]] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(f.name for f in self.fields)

    def records(self) -> Iterator[dict[str, Any]]:
        """The lines as JSON types by column, nested where they can be."""
        if self.nested:
            return self.nested()
        return (dict(zip(self.names, map(plain, line), strict=True)) for line in self.read())

    def find(self, role: Role) -> int | None:
        """Where the column of that role stands."""
        return self.names.index(self.roles[role]) if role in self.roles else None

    def take(self, line: Line, role: Role) -> Value:
        """The value of that role."""
        place = self.find(role)
        return None if place is None else line[place]


@dataclass(frozen=True, slots=True)
class Export:
    """What goes out: the table that was asked for, the tables that belong to it, and the account of both."""

    main: Sheet
    about: tuple[tuple[str, str], ...]
    beside: tuple[Sheet, ...] = ()
    losses: Sheet | None = None
    moment: datetime | None = None  # when the newest run ended: what a file may give as its time

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All tables, the main one first, the account last."""
        losses = (self.losses,) if self.losses else ()
        return (self.main, *self.beside, *losses, self.columns, self.account)

    @property
    def columns(self) -> Sheet:
        """What the columns of the tables mean."""
        told = (self.main, *self.beside, *((self.losses,) if self.losses else ()))
        lines = [(s.name, f.name, f.kind, f.description) for s in told for f in s.fields]
        fields = tuple(map(Field, ("table", "column", "type", "meaning")))
        return Sheet("columns", fields, lambda: iter(lines))

    @property
    def account(self) -> Sheet:
        """Run, versions, choice, what was left out, whose data it is."""
        return Sheet("about", (Field("what"), Field("value")), lambda: iter(self.about))


def plain(value: Value) -> str | int | float | bool | None:
    """A value as a JSON type: days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def write_text(value: Value) -> str:
    """A value as text: ISO days, `true`, numbers as they are, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
