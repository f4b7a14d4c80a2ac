"""Samples: who is drawn, what counts as judged, and what it proves, the same on the page and in the terminal."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from review.bulk import bound_wrong, draw_sample
from review.bulk_words import make_sample
from review.page import Material, render_page
from tests.browser import Look, look
from tests.review_pages import find, press, ready, text
from tests.reviewed import POLICY, make_material, make_page, strip_loss
from tests.test_decisions import make_change

SCRIPT = Path(__file__).parents[1] / "review" / "templates" / "page" / "samples.js"


def make_alike(number: int, unsure: int = 0) -> Material:
    """A review of one group: on so many pages a number was found, on the first ones by rows that are less sure."""
    pages = []
    for index in range(number):
        article, rows = make_page(index)
        row = rows[0].model_copy(update={"confidence": 0.5 if index < unsure else 0.9})
        pages.append((article, [strip_loss(row)], [row]))
    return make_material(pages)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Look]:
    path = tmp_path / "review.html"
    path.write_text(render_page(make_alike(*request.param)), encoding="utf-8")
    with look(browser, path) as seen:
        ready(seen)
        yield seen
        assert seen.complaints == []


def draw(seen: Look) -> None:
    seen.page.get_by_role("button", name="See 10 at random").click()


def name_card(seen: Look) -> str:
    return seen.page.evaluate("location.hash").partition("event=")[2]  # type: ignore[no-any-return]


def test_a_sample_is_the_same_whatever_the_order() -> None:
    changes = [make_change(str(n)) for n in range(300)]
    drawn = draw_sample(changes, 10, "seed")
    assert drawn == draw_sample(changes[::-1], 10, "seed")
    assert len({change.id for change in drawn}) == 10
    assert drawn != draw_sample(changes, 10, "another")


@pytest.mark.parametrize("level", ["0.95", "0.9", "0.5", "0.99"])
def test_the_bound_is_that_of_counting_every_draw(level: str) -> None:
    for of in range(1, 10):
        for right in range(of + 1):
            draws = [set(draw) for draw in combinations(range(of), right)]
            possible = [
                wrong
                for wrong in range(of + 1)
                if Fraction(sum(draw.isdisjoint(range(wrong)) for draw in draws), len(draws))
                > 1 - Fraction(level)
            ]
            assert bound_wrong(right, of, float(level)) == max(possible)


def test_the_bound_is_none_for_a_whole_group_and_that_of_many_for_a_large_one() -> None:
    assert bound_wrong(4, 4, POLICY.level) == 0
    assert bound_wrong(0, 4, POLICY.level) == 4
    shares = [round(bound_wrong(n, 1_000_000, POLICY.level) / 1_000_000, 3) for n in (10, 20, 30, 59, 100)]
    assert shares == [0.259, 0.139, 0.095, 0.05, 0.03]  # research: 26, 14, 9.5, 5, 3 %


def test_the_page_counts_as_the_command_does(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("<title>x</title>")
    source = SCRIPT.read_text(encoding="utf-8")
    body = source[source.index("function boundWrong") : source.index("// As `tell_bound`")]
    sizes = [(right, of) for of in (*range(1, 60), 297, 5000) for right in range(0, of + 1, 1 + of // 60)]
    pairs = [(right, of, level) for right, of in sizes for level in (0.95, 0.9)]
    with look(browser, tmp_path / "empty.html") as seen:
        told = seen.page.evaluate(
            f"pairs => {{ {body} return pairs.map(pair => boundWrong(...pair)); }}", pairs
        )
    assert told == [bound_wrong(*pair) for pair in pairs]


@pytest.mark.parametrize("opened", [(40,)], indirect=True)
def test_a_sample_says_what_it_proves_and_more_of_it_proves_more(opened: Look) -> None:
    draw(opened)
    press(opened, *"aaaaaaaaaa")
    words = "at most 9 of the other 30 (30 %) may still be wrong (95 % sure)"
    assert f"10 of 10 right: {words}" in text(opened, "#dialog")
    assert words in make_sample(10, 40, POLICY).plain
    assert opened.check() == []
    opened.page.get_by_role("button", name="10 more").click()
    assert "no. 11 of 20 drawn at random" in text(opened, ".banner")
    press(opened, *"aaaaaaaaaa")
    words = "at most 4 of the other 20 (20 %) may still be wrong (95 % sure)"
    assert f"20 of 20 right: {words}" in text(opened, "#dialog")
    assert words in make_sample(20, 40, POLICY).plain
    opened.page.get_by_role("button", name="Accept the rest").click()
    assert "Accept 20 of 20" in text(opened, "#dialog")
    press(opened, "Enter")
    assert text(opened, "#decided") == "1 of 1 group decided"


@pytest.mark.parametrize("opened", [(40,)], indirect=True)
def test_a_sample_with_a_wrong_one_or_without_a_judgement_proves_nothing(opened: Look) -> None:
    draw(opened)
    press(opened, "r", *"sssssssss")
    assert "1 of 10 wrong" in text(opened, "#dialog")
    assert opened.page.get_by_role("button", name="Accept the rest").is_disabled()
    press(opened, "Escape")
    draw(opened)
    first = name_card(opened)
    press(opened, "a", *"jjjjjjjjj")
    assert "9 of 10 not judged: the sample proves nothing yet" in text(opened, "#dialog")
    opened.page.get_by_role("button", name="Judge them").click()
    assert "no. 2 of 10" in text(opened, ".banner")
    press(opened, *"aaaaaaaa", "a")
    assert "10 of 10 right: at most" in text(opened, "#dialog")
    press(opened, "Escape")
    draw(opened)
    assert name_card(opened) != first


@pytest.mark.parametrize("opened", [(14,)], indirect=True)
def test_what_was_decided_before_is_neither_drawn_nor_counted(opened: Look) -> None:
    draw(opened)
    drawn = set()
    for _ in range(10):
        drawn.add(name_card(opened))
        press(opened, "a")
    press(opened, "Escape")
    draw(opened)
    fresh = set()
    for _ in range(4):
        fresh.add(name_card(opened))
        press(opened, "a")
    assert "4 of 4 right: that was all of them, none is left to be wrong" in text(opened, "#dialog")
    assert not fresh & drawn
    press(opened, "Escape")
    draw(opened)
    assert "Nothing to draw from" in text(opened, "#live")


@pytest.mark.parametrize("opened", [(4,)], indirect=True)
def test_a_bulk_accept_or_an_undo_meanwhile_is_no_judgement(opened: Look) -> None:
    draw(opened)
    press(opened, "a", "u", "k", *"jaaa")
    assert "1 of 4 not judged" in text(opened, "#dialog")
    press(opened, "Escape", "u", "u", "u")
    draw(opened)
    press(opened, "A", "Enter")
    assert text(opened, "#decided") == "1 of 1 group decided"
    press(opened, *"jjjj")
    assert not opened.page.locator("#dialog").is_visible()  # the sample ended with the decision on all


@pytest.mark.parametrize("opened", [(30, 6)], indirect=True)
def test_the_sample_is_of_what_the_decision_would_cover(opened: Look) -> None:
    draw(opened)
    assert "10 of 24 drawn at random" in text(opened, "#live")
    find(opened, "conf:<0.6")
    draw(opened)
    assert "all is decided, or stays for single review" in text(opened, "#live")


def test_the_words_of_the_command() -> None:
    whole, many = make_sample(4, 4, POLICY).plain, make_sample(10, 297, POLICY).plain
    assert whole.endswith("if all are right, that was all of them, none is left to be wrong")
    assert many.startswith("10 of 297 drawn at random: if all are right, at most 75 of the other 287 (27 %)")
    assert make_sample(0, 0, POLICY).plain.startswith("nothing to draw from")
