"""How large the review page is, and how long it takes from opening it to the first change on the screen.

python -m benchmarks.reviews [ARTICLES …]     1000 and 5000 unless said
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from models.article import Article
from models.event import EventRow
from review.page import Material, render_page
from tests.browser import QUIET, find_chromium, look
from tests.reviewed import make_material, make_page, strip_loss

TEXTS = Path(__file__).parent / "pages"
LENGTH = 3000  # characters of an article, as news has


def make_review(number: int) -> Material:
    """A review of that many articles, each with one number found; their texts are drawn from our own pages."""
    lines = [
        line
        for path in sorted(TEXTS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    texts = [json.loads(line)["text"] for line in lines]
    chance = random.Random(7)
    pages: list[tuple[Article, list[EventRow], list[EventRow]]] = []
    for index in range(number):
        opening = ""
        while len(opening) < LENGTH:
            opening += chance.choice(texts) + "\n"
        article, rows = make_page(index, opening)
        pages.append((article, [strip_loss(row) for row in rows], rows))
    return make_material(pages)


def time_page(path: Path) -> float:
    """Seconds from the request to the first change drawn; the median of five."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=find_chromium(), args=[*QUIET])
        taken = []
        for _ in range(5):
            began = time.perf_counter()
            with look(browser, path) as seen:
                seen.page.wait_for_selector("body[data-ready=yes]")
                taken.append(time.perf_counter() - began)
        browser.close()
    return median(taken)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for number in [int(word) for word in sys.argv[1:]] or [1000, 5000]:
            page = Path(folder) / f"{number}.html"
            page.write_text(render_page(make_review(number)), encoding="utf-8")
            print(
                f"{number} changed articles: {page.stat().st_size / 1e6:.2f} MB, open in {time_page(page):.2f} s"
            )
