"""The child process that reads pages: order, limits, restarts."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from flows.pages import Page, Reader, read_one, read_pages
from models.article import Article
from models.errors import PageError

STORY = (
    "<p>Rebels ambushed a supply column on the road to Goundam, killing seven soldiers, the defence ministry said on "
    "Thursday. Three lorries were burned and a fourth was driven away into the dunes.</p>"
)


def story(n: int) -> Page:
    body = (
        f"<html><body><article>{STORY}<p>Report number {n} of the week ends here.</p></article></body></html>"
    )
    return Page(body.encode(), f"https://paper.example/{n}", fetched=date(2026, 5, 4))


LARGE = Page(b"<p>x</p>" * (50 * 2**17), "https://paper.example/large")
# Nothing in this page is wrong but its depth, which costs minutes.
ENDLESS = Page(f"<html><body>{'<div>' * 100_000}{STORY}".encode(), "https://paper.example/endless")


def test_order_is_kept_and_bad_pages_do_not_stop_the_rest() -> None:
    pages = [
        story(0),
        Page(b"", "https://paper.example/empty"),
        LARGE,
        story(1),
        Page(b"%PDF-1.4", None, "scan"),
        story(2),
    ]
    found = list(read_pages(iter(pages)))
    assert [page for page, _ in found] == pages
    kinds = [outcome.reason if isinstance(outcome, PageError) else "article" for _, outcome in found]
    assert kinds == ["article", "empty", "too_large", "article", "binary", "article"]
    assert all("\n" not in str(outcome) for _, outcome in found if isinstance(outcome, PageError))


def test_child_and_this_process_read_alike() -> None:
    page = story(3)
    assert [outcome for _, outcome in read_pages([page])] == [read_one(page)]


def test_a_page_that_takes_for_ever_is_stopped_by_cpu_time() -> None:
    with Reader(cpu_seconds=1) as reader:
        start = time.monotonic()
        outcome = reader.read(ENDLESS)
        assert isinstance(outcome, PageError)
        assert outcome.reason == "timeout"
        assert time.monotonic() - start < 15
        assert isinstance(reader.read(story(4)), Article)


def test_a_page_that_takes_for_ever_is_stopped_by_the_wall_clock() -> None:
    with Reader(wall_seconds=4) as reader:  # long enough for good pages on a busy machine
        assert isinstance(reader.read(story(5)), Article)
        outcome = reader.read(ENDLESS)
        assert isinstance(outcome, PageError)
        assert outcome.reason == "timeout"
        assert isinstance(reader.read(story(6)), Article)


def test_a_page_that_takes_all_the_memory_is_stopped() -> None:
    cells = Page(f"<html><body><table>{'<td>a</td>' * 400_000}".encode(), "https://paper.example/cells")
    with Reader(memory=300 * 2**20) as reader:
        outcome = reader.read(cells)
        assert isinstance(outcome, PageError)
        assert outcome.reason in {"memory", "crashed", "not_html"}  # by who runs out first, Python or libxml2
        assert isinstance(reader.read(story(11)), Article)


def test_a_killed_child_costs_one_page() -> None:
    with Reader() as reader:
        reader.read(story(7))
        assert reader.child is not None
        os.kill(reader.child.process.pid, 9)
        outcome = reader.read(story(8))
        assert isinstance(outcome, PageError)
        assert outcome.reason == "crashed"
        assert isinstance(reader.read(story(9)), Article)


def test_nothing_is_left_running() -> None:
    with Reader() as reader:
        reader.read(story(10))
        assert reader.child is not None
        process = reader.child.process
    assert process.poll() is not None


@pytest.mark.parametrize("module", ["flows.page_child", "flows.pages"])
def test_the_child_knows_nothing_of_prefect_or_spacy(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('prefect', 'spacy', 'pandas') if m in sys.modules])"
    root = str(Path(__file__).parent.parent)
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
