"""What an edit of a field may say, so that the page refuses what no row can hold before it keeps it."""

from typing import Any

from models.event import EventRow
from review.fields import FIELDS

Json = dict[str, Any]
TOLD = frozenset({"description", "title", "default"})  # of a schema: what no check needs


def list_forms() -> Json:
    """The fields that can be edited with their columns, and the schema of columns and parts."""
    schema = EventRow.model_json_schema()
    fields = {name: field for name, field in FIELDS.items() if field.columns}
    columns = {column for field in fields.values() for column in field.columns}
    return {
        "fields": {name: field.columns for name, field in fields.items()},
        "alone": [name for name, field in fields.items() if len(field.columns) == 1 and not field.counts],
        "columns": {name: strip(form) for name, form in schema["properties"].items() if name in columns},
        "parts": {
            name: strip(form) | {"properties": {key: strip(one) for key, one in form["properties"].items()}}
            for name, form in schema["$defs"].items()
        },
    }


def strip(form: Json) -> Json:
    """The form without what is only for readers."""
    return {key: value for key, value in form.items() if key not in TOLD}
