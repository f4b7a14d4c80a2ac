"""Columns, JSON schema and table types come from the one definition of the row."""

import json

import duckdb
import pytest
from rows import make_full_row

from models.event import COLUMNS, EventRow, Party
from models.schema import PARTS, Column, make_json_schema, read_columns, write_markdown
from models.terms import Status

COLUMN = {column.name: column for column in read_columns()}


def test_every_column_of_the_row_is_described_in_its_order() -> None:
    assert tuple(COLUMN) == COLUMNS
    assert all(column.description for column in COLUMN.values())


@pytest.mark.parametrize(
    ("name", "kind", "nullable", "sql"),
    [
        ("event_id", "text", False, "VARCHAR"),
        ("published", "instant", True, "TIMESTAMP WITH TIME ZONE"),
        ("date_start", "day", True, "DATE"),
        ("killed_low", "integer", True, "BIGINT"),
        ("latitude", "number", True, "DOUBLE"),
        ("is_aggregate", "flag", False, "BOOLEAN"),
        ("civilian_targeting", "flag", True, "BOOLEAN"),
        ("claimed_by", "list", False, "VARCHAR[]"),
        ("evidence", "json", False, "VARCHAR"),
    ],
)
def test_a_column_has_the_kind_of_its_type_hint(name: str, kind: str, nullable: bool, sql: str) -> None:
    column = COLUMN[name]
    assert (column.kind, column.nullable, column.sql_type) == (kind, nullable, sql)


def test_a_list_of_parts_is_a_list_of_structs() -> None:
    assert COLUMN["weapons"].sql_type == (
        'STRUCT("text" VARCHAR, "name" VARCHAR, "id" VARCHAR, "category" VARCHAR)[]'
    )
    assert COLUMN["actors"].label == "list of Party"


def test_closed_lists_are_told() -> None:
    assert COLUMN["status"].terms == Status.__args__  # type: ignore[attr-defined]
    assert COLUMN["place_precision"].label.endswith("sea_or_air?")


@pytest.mark.parametrize("column", read_columns(), ids=lambda column: column.name)
def test_every_table_type_is_one_that_duckdb_knows(column: Column) -> None:
    duckdb.sql(f"SELECT CAST(NULL AS {column.sql_type})")


def test_the_json_schema_names_every_key_of_a_row() -> None:
    schema = make_json_schema()
    assert tuple(schema["properties"]) == COLUMNS
    assert set(json.loads(make_full_row().model_dump_json())) <= set(schema["properties"])
    assert schema["properties"]["status"]["enum"] == list(COLUMN["status"].terms)


def test_the_docs_table_names_every_column_and_every_key_of_a_part() -> None:
    text = write_markdown()
    names = [*COLUMNS, *(key for part in PARTS for key in part.model_fields)]
    assert all(f"| `{name}` |" in text for name in names)
    assert "| `country` | str? | ISO 3166-1 alpha-3 |" in text


def test_keys_of_a_part_are_columns_too() -> None:
    assert [column.name for column in read_columns(Party)] == list(Party.model_fields)
    assert set(EventRow.model_fields) == set(COLUMN)
