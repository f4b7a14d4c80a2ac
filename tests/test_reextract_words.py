"""What people read of a re-extraction: its receipt, on the screen and on Prefect's pages, and what it would do."""

import io
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from flows.artifacts import write_markdown
from flows.partitions import Entry, cut_partitions
from flows.receipts import list_receipts, save_receipt
from flows.reextractions import Command, run_command
from models.again import Again, Estimate
from models.errors import InputError
from models.receipt import Failure, Receipt, SourceCount
from models.scope import Scope
from review.receipts import make_receipt
from review.reextraction import make_estimate, write_time
from tests.reextraction import START

AGAIN = Again(
    articles=4, carried=1, read=1, failed=1, left=1, unparsed=1, before=2, rows=3, added=2, removed=1
)
LOST = SourceCount(source="wire", items=1, failed=1, reasons={"archive": 1})
FAILURE = Failure(source="wire", item="https://a.example/1", reason="archive", message="a \x1b[31mred\n page")
RECEIPT = Receipt(
    run_id="r2", started=START, ended=START, sources=(LOST,), failures=(FAILURE,), stopped=True, again=AGAIN
)


def write(shown: RenderableType) -> str:
    console = Console(width=120, file=io.StringIO(), record=True)
    console.print(shown)
    return console.export_text()


def test_receipt_tells_what_was_done_with_every_article() -> None:
    told = write(make_receipt(RECEIPT))
    for words in (
        "carried over",
        "read again",
        "cannot be read any more",
        "did not come to them",
        "2 new, 1 gone",
    ):
        assert words in told
    assert "parsed anew" not in told  # none was
    assert "\x1b[31m" not in told
    assert sum(RECEIPT.outcomes.values()) == AGAIN.articles == 4
    assert (RECEIPT.articles, RECEIPT.rows, RECEIPT.reasons) == (
        2,
        3,
        {"archive": 1},
    )  # one failed, one is left
    page = write_markdown(RECEIPT)
    assert "| carried | 1 |" in page
    assert "\x1b" not in page
    assert Receipt.model_validate_json(RECEIPT.model_dump_json()) == RECEIPT


def test_receipts_of_nights_are_not_pushed_out_by_those_of_re_extractions(tmp_path: Path) -> None:
    for number in range(3):
        night = Receipt(run_id=f"n{number}", started=START, ended=START, sources=())
        save_receipt(tmp_path, night)
    for number in range(4):
        save_receipt(tmp_path, RECEIPT.model_copy(update={"run_id": f"r{number}"}))
    receipts, faults = list_receipts(tmp_path, 2)
    assert ([one.run_id for one in receipts], faults) == (["n1", "n2"], [])


def test_estimate_names_what_changed_and_shows_no_control_characters() -> None:
    entries = {"weapons.toml": tuple(f"id{n} (new)" for n in range(9)), "actors.toml": ("\x1b[2Jx (gone)",)}
    found = Estimate(
        scope="the whole archive",
        articles=9,
        needs={"carry": 7, "read": 2},
        unparsed=1,
        stages=("assembly",),
        entries=entries,
        seconds=200.0,
        goes_on="r1",
    )
    told = write(make_estimate(found))
    for words in (
        "9 articles",
        "7  carried over",
        "assembly",
        "id7 (new) and 1 more",
        "about 3 min",
        "run r1",
    ):
        assert words in told
    assert "\x1b[2J" not in told
    assert [write_time(seconds) for seconds in (0.2, 59, 61, 9000)] == ["1 s", "59 s", "1 min", "2.5 h"]


def test_sample_cannot_be_promoted_and_is_not_even_begun(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sample"):
        run_command(Command(Scope(sample=3), promote=True, plain=True), tmp_path)
    assert not list(tmp_path.iterdir())


def test_partitions_are_of_one_month_and_named_by_what_is_in_them() -> None:
    planned = [("2024-01", Entry(f"a{n}", "r1", "r1")) for n in range(5)] + [("2024-02", Entry("b", "r1"))]
    cut = list(cut_partitions(planned, 2))
    assert [(p.number, p.month, len(p.entries)) for p in cut] == [
        (0, "2024-01", 2),
        (1, "2024-01", 2),
        (2, "2024-01", 1),
        (3, "2024-02", 1),
    ]
    assert len({p.name for p in cut}) == 4
    assert [p.name for p in cut_partitions(planned, 2)] == [p.name for p in cut]
    other = [(month, Entry(e.article_id, e.run_id, "r2")) for month, e in planned]
    assert {p.name for p in cut_partitions(other, 2)}.isdisjoint(p.name for p in cut)
