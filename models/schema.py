"""What the event row looks like to others: columns for the docs, JSON schema, table types."""

import types
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from models.event import Count, EventRow, Evidence, OtherPlace, Party, Told, Weapon

Kind = Literal["text", "integer", "number", "flag", "day", "instant", "list", "json"]
PARTS: tuple[type[BaseModel], ...] = (Party, Weapon, Count, OtherPlace, Told, Evidence)
PLAIN: dict[object, Kind] = {str: "text", int: "integer", float: "number", bool: "flag", date: "day"}
SQL_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "day": "DATE",
    "instant": "TIMESTAMP WITH TIME ZONE",
    "json": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, whether it may be null, its closed list of terms, and what a list holds."""

    name: str
    kind: Kind
    nullable: bool
    description: str
    terms: tuple[str, ...] = ()
    items: object = None

    @property
    def sql_type(self) -> str:
        """The DuckDB type; a mapping is JSON text."""
        return write_sql_type(self.kind, self.items)

    @property
    def label(self) -> str:
        """The type as the docs write it: `str?`, `list of Party`, `air_strike | raid`."""
        if self.terms:
            return " | ".join(self.terms) + ("?" if self.nullable else "")
        words = {"text": "str", "integer": "int", "number": "float", "flag": "bool", "day": "date"}
        if self.kind == "list":
            return f"list of {getattr(self.items, '__name__', 'str')}"
        return words.get(self.kind, self.kind) + ("?" if self.nullable else "")


def read_columns(model: type[BaseModel] = EventRow) -> tuple[Column, ...]:
    """The columns of the row, or the keys of one of its parts, in the order of the definition."""
    return tuple(
        read_column(name, field.annotation, field.description or "")
        for name, field in model.model_fields.items()
    )


def read_column(name: str, annotation: object, description: str) -> Column:
    """One column from its type hint."""
    members = [strip_bounds(member) for member in members_of(strip_bounds(annotation))]
    nullable = type(None) in members
    first = next(member for member in members if member is not type(None))
    if datetime in members:
        return Column(name, "instant", nullable, description)
    if get_origin(first) is Literal:
        return Column(name, "text", nullable, description, get_args(first))
    if get_origin(first) is tuple:
        return Column(name, "list", nullable, description, items=strip_bounds(get_args(first)[0]))
    return Column(name, PLAIN.get(first, "json"), nullable, description)


def strip_bounds(annotation: object) -> Any:
    """The type hint without the bounds that pydantic keeps beside it."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def members_of(annotation: object) -> tuple[object, ...]:
    """The members of a union; any other hint is its own only member."""
    is_union = get_origin(annotation) in {Union, types.UnionType}
    return get_args(annotation) if is_union else (annotation,)


def write_sql_type(kind: Kind, items: object) -> str:
    """The DuckDB type of a kind; a list of parts is a list of structs."""
    if kind != "list":
        return SQL_TYPES[kind]
    if isinstance(items, type) and issubclass(items, BaseModel):
        keys = ", ".join(f'"{column.name}" {column.sql_type}' for column in read_columns(items))
        return f"STRUCT({keys})[]"
    return f"{SQL_TYPES[PLAIN[items]]}[]"


def make_json_schema() -> dict[str, Any]:
    """The JSON schema of a row as it is written."""
    schema = EventRow.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def write_markdown() -> str:
    """The columns, then the keys of each part, as Markdown tables."""
    tables = [write_table("Columns", read_columns())]
    tables += [write_table(part.__name__, read_columns(part)) for part in PARTS]
    return "\n".join(tables)


def write_table(title: str, columns: Iterable[Column]) -> str:
    """One Markdown table under its heading."""
    rows = (f"| `{c.name}` | {write_label(c)} | {c.description} |" for c in columns)
    return "\n".join((f"## {title}", "", "| name | type | meaning |", "|---|---|---|", *rows, ""))


def write_label(column: Column) -> str:
    """The type for a Markdown cell: terms as code, other types as they are."""
    if not column.terms:
        return column.label
    return ", ".join(f"`{term}`" for term in column.terms) + (", or null" if column.nullable else "")
