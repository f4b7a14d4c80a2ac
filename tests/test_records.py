"""JSON lines: each good line is an article, each bad one a line that says why."""

import json

import pytest

from flows.records import LONGEST, read_records
from models.article import Article


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON (Expecting property name enclosed in double quotes)"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not JSON (bad encoding or nesting)"),
        (b"\xff\xfe", "not JSON (bad encoding or nesting)"),
        ('{"doc_id": "1"}', "no text; give each line a key 'text'"),
        ('{"text": 7}', "no text"),
        ('{"text": " \\n"}', "the text is empty"),
        ('{"text": "a\\ud800b"}', "half a character (\\ud800) in the text"),
        ('{"text": "a", "title": "\\udc00"}', "half a character in 'title'"),
        ('{"text": "a", "date": "5 March"}', "'5 March' is no date; write 2024-03-05 or"),
        ('{"text": "a", "date": "2024-02-30"}', "'2024-02-30' is no date"),
        ('{"text": "a", "date": 20240305}', "'date' is no string"),
        ('{"text": "a", "doc_id": {}}', "'doc_id' is no string"),
    ],
)
def test_a_bad_line_is_an_error_that_names_it_and_the_rest_goes_on(line: str | bytes, fault: str) -> None:
    data = line if isinstance(line, bytes) else line.encode()
    bad, good = read_records([data, b'{"text": "a"}'], "d.jsonl")
    assert str(bad).startswith(f"d.jsonl:1: {fault}")
    assert "\n" not in str(bad)
    assert isinstance(good, Article)
    assert good.doc_id == "d.jsonl:2"


def test_a_text_that_no_machine_parses_is_refused() -> None:
    (found,) = read_records([json.dumps({"text": "a" * (LONGEST + 1)}).encode()], "d")
    assert str(found) == "d:1: a text of 1,000,001 characters; split it at 1,000,000"
