"""The review page in a real browser: every key and button, undo, filters, the file that it saves, hostile text."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from review.decisions import read_decisions, replay
from review.page import Material, make_data, render_page
from tests.browser import Look, look
from tests.reviewed import make_hostile_review, make_material, make_page, make_review, strip_loss


@pytest.fixture(scope="module")
def review() -> Material:
    return make_review(4)


@pytest.fixture(scope="module")
def page(review: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    return path


@pytest.fixture
def seen(browser: Browser, page: Path) -> Iterator[Look]:
    with look(browser, page, width=1600, height=1000) as seen:
        ready(seen)
        yield seen
        assert seen.complaints == []


def ready(seen: Look) -> None:
    seen.page.wait_for_selector("body[data-ready=yes]")


def press(seen: Look, *keys: str) -> None:
    for key in keys:
        seen.page.keyboard.press(key)
        seen.page.evaluate("() => new Promise(done => setTimeout(done, 15))")


def states(seen: Look, path: Path, review: Material) -> dict[str, str]:
    """State of each change by the file that the page saves, as Python reads it."""
    with seen.page.expect_download() as saved:
        seen.page.get_by_role("button", name="Save decisions").click()
    saved.value.save_as(path)
    outcome = replay(review.changes, read_decisions(path), review.policy.accepted)
    assert outcome.stale == ()
    return {name: standing.state for name, standing in outcome.standings.items()}


def text(seen: Look, selector: str) -> str:
    return " ".join(seen.page.locator(selector).first.inner_text().split())


def test_it_opens_from_disk_and_asks_for_nothing(seen: Look, page: Path) -> None:
    assert seen.requests == [page.resolve().as_uri()]
    assert "event removed" in text(seen, "#groups")
    assert seen.page.locator("#groups li").count() >= 5
    assert seen.page.locator("mark.dropped").count() > 0


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "dark"), (640, "light"), (1600, "light"), (1600, "dark")]
)
def test_it_reads_well_in_either_light_and_any_width(
    browser: Browser, page: Path, scheme: str, width: int
) -> None:
    with look(browser, page, scheme=scheme, width=width) as seen:  # type: ignore[arg-type]
        ready(seen)
        assert seen.check() == []
        assert seen.overflow <= 0
        press(seen, "?")
        assert seen.check() == []


def test_without_scripts_every_group_can_be_read(browser: Browser, page: Path, review: Material) -> None:
    with look(browser, page, scripts=False) as seen:
        shown = seen.page.locator("details").count()
        assert shown == len(review.diff.groups)
        assert seen.page.locator("details del").first.inner_text() != ""


def test_a_decision_is_made_moves_on_and_is_undone_to_the_byte(
    seen: Look, review: Material, tmp_path: Path
) -> None:
    first = text(seen, ".card.open h3")
    press(seen, "a")
    assert text(seen, "#live").endswith("accepted")
    assert text(seen, ".card.open h3") != first or text(seen, "#decided").startswith("1 of")
    found = states(seen, tmp_path / "one.jsonl", review)
    assert [state for state in found.values() if state == "accept"]
    press(seen, "r", "s", "x", "u", "u", "u", "u")
    assert text(seen, "#live").startswith("Undone: accept")
    assert set(states(seen, tmp_path / "none.jsonl", review).values()) == {"open"}
    assert len(read_decisions(tmp_path / "none.jsonl")) == 8  # nothing is deleted
    press(seen, "u")
    assert text(seen, "#live") == "Nothing to undo"


def test_decisions_outlive_the_page(browser: Browser, page: Path, review: Material, tmp_path: Path) -> None:
    with look(browser, page) as seen:
        ready(seen)
        press(seen, "r")
        seen.page.reload()
        ready(seen)
        assert "reject" in states(seen, tmp_path / "kept.jsonl", review).values()
        press(seen, "u")
        assert set(states(seen, tmp_path / "undone.jsonl", review).values()) == {"open"}


def test_the_same_decision_twice_within_a_second_is_two(seen: Look, review: Material, tmp_path: Path) -> None:
    press(seen, "J", "r", "u", "r")
    assert "reject" in states(seen, tmp_path / "d.jsonl", review).values()


def test_two_tabs_of_one_page_lose_nothing(
    browser: Browser, page: Path, review: Material, tmp_path: Path
) -> None:
    with look(browser, page) as seen:
        ready(seen)
        other = seen.page.context.new_page()
        other.goto(page.resolve().as_uri())
        other.wait_for_selector("body[data-ready=yes]")
        press(seen, "a", "r")
        other.keyboard.press("J")
        other.keyboard.press("s")
        expect(other.locator("#live")).to_contain_text("skipped")
        other.close()
        press(seen, "x")
        states(seen, tmp_path / "d.jsonl", review)
    assert [d.verdict for d in read_decisions(tmp_path / "d.jsonl")] == ["accept", "reject", "skip", "flag"]


def test_300_alike_changes_take_less_than_ten_keys(browser: Browser, tmp_path: Path) -> None:
    pages = []
    for index in range(300):
        article, rows = make_page(index)
        rows = [row.model_copy(update={"confidence": 0.5 if index < 3 else 0.9}) for row in rows]
        pages.append((article, [strip_loss(row) for row in rows], rows))
    review = make_material(pages)
    path = tmp_path / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    with look(browser, path) as seen:
        ready(seen)
        press(seen, "A")
        assert "Accept 297 of 300" in text(seen, "#dialog")
        assert "3 less sure than 0.6" in text(seen, "#dialog")
        press(seen, "Enter")
        expect(seen.page.locator("#live")).to_contain_text("297 changes accepted; 3 stay")
        press(seen, "a", "a", "a")
        found = states(seen, tmp_path / "all.jsonl", review)
    assert set(found.values()) == {"accept"}
    assert len(read_decisions(tmp_path / "all.jsonl")) == 4


def test_a_sample_says_what_it_proves(browser: Browser, tmp_path: Path) -> None:
    pages = []
    for index in range(40):
        article, rows = make_page(index)
        pages.append((article, [strip_loss(row) for row in rows], rows))
    path = tmp_path / "review.html"
    path.write_text(render_page(make_material(pages)), encoding="utf-8")
    with look(browser, path) as seen:
        ready(seen)
        seen.page.get_by_role("button", name="See 10 at random").click()
        press(seen, *"aaaaaaaaaa")
        assert "10 of 10 right: at most 26 % of the group may still be wrong (95 % sure)" in text(
            seen, "#dialog"
        )
        press(seen, "Escape")
        seen.page.get_by_role("button", name="See 10 at random").click()
        press(seen, "r", *"sssssssss")
        assert "1 of 10 wrong" in text(seen, "#dialog")
        press(seen, "Escape")
        seen.page.get_by_role("button", name="See 10 at random").click()
        press(seen, "a", *"jjjjjjjjj")
        assert "not judged: the sample proves nothing yet" in text(seen, "#dialog") or "wrong" in text(
            seen, "#dialog"
        )


def test_keys_move_pick_cycle_and_show_sides(seen: Look) -> None:
    address = seen.page.url
    press(seen, "J")
    assert seen.page.url != address
    press(seen, "K")
    assert seen.page.url == address
    press(seen, "j", "k")
    assert seen.page.url == address
    press(seen, "J", "f")
    assert seen.page.locator(".field.picked").count() == 1
    press(seen, "e")
    assert seen.page.locator("mark.ringed").count() == 1
    press(seen, "1")
    assert seen.page.locator("mark.new").count() == 0
    press(seen, "2")
    assert seen.page.locator("mark.dropped").count() == 0
    press(seen, "3")
    assert text(seen, "#live") == "Before and after"


def test_one_field_alone_is_decided(seen: Look, review: Material, tmp_path: Path) -> None:
    event = next(
        e for e in {c.after_ids for c in review.changes} if sum(c.after_ids == e for c in review.changes) > 1
    )
    seen.page.evaluate(f"location.hash = 'event={event[0]}'")
    press(seen, "f", "a")
    found = [state for name, state in states(seen, tmp_path / "d.jsonl", review).items() if state != "open"]
    assert found == ["accept"]


def test_a_comment_and_an_edit_with_its_reason(seen: Look, review: Material, tmp_path: Path) -> None:
    seen.page.get_by_label("Filter").fill("field:killed")
    seen.page.get_by_label("Filter").press("Enter")
    press(seen, "Escape", "c")
    seen.page.get_by_role("textbox", name="Comment").fill('same group? "quotes" \\ ü 🚀 \u202e')
    seen.page.get_by_role("button", name="Keep").click()
    press(seen, "f", "Enter")
    seen.page.get_by_role("button", name="Keep").click()
    assert "Say why" in text(seen, "#dialog")
    seen.page.get_by_label("Reason").fill("the later report")
    seen.page.get_by_label("Value as JSON").fill("{")
    seen.page.get_by_role("button", name="Keep").click()
    assert "No JSON" in text(seen, "#dialog")
    seen.page.get_by_label("Value as JSON").fill('{"killed_low": 5, "killed_best": 5, "killed_high": null}')
    seen.page.get_by_role("button", name="Keep").click()
    assert "edit" in states(seen, tmp_path / "d.jsonl", review).values()
    comment, edit = read_decisions(tmp_path / "d.jsonl")
    assert comment.comment == 'same group? "quotes" \\ ü 🚀 \u202e'
    assert json.loads(edit.value or "")["killed_best"] == 5
    assert edit.comment == "the later report"


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("field:killed", 4, 4),
        ("op:removed", 1, 1),
        ("actor:gunmen field:actors", 1, 1),
        ("conf:<0.6", 1, 3),
        ("state:accepted", 0, 0),
        ("source:example.org op:added", 1, 1),
        ('"port alder" field:killed', 4, 4),
        ("nothing-like-this", 0, 0),
    ],
)
def test_the_filter_finds(seen: Look, words: str, least: int, most: int) -> None:
    press(seen, "/")
    seen.page.keyboard.type(words)
    press(seen, "Enter")
    left = int(text(seen, "#live").split()[0])
    assert least <= left <= most
    if not left:
        assert "Nothing matches" in text(seen, "#groups")


def test_the_address_brings_one_back(browser: Browser, page: Path, seen: Look) -> None:
    press(seen, "J", "J", "J")
    card = text(seen, ".card.open header .what")
    with look(browser, seen.page.url) as again:
        ready(again)
        assert text(again, ".card.open header .what") == card


def test_the_table_sorts_and_is_saved_without_formulas(seen: Look, tmp_path: Path) -> None:
    press(seen, "g", "t")
    assert seen.page.locator("#table tbody tr").count() > 5
    seen.page.get_by_role("button", name="field", exact=True).click()
    fields = seen.page.locator("#table tbody td:nth-child(2)").all_inner_texts()
    assert fields == sorted(fields)
    with seen.page.expect_download() as saved:
        seen.page.get_by_role("button", name="CSV").click()
    saved.value.save_as(tmp_path / "changes.csv")
    assert (tmp_path / "changes.csv").read_text().startswith('"group","field","event"')
    assert seen.check() == []
    press(seen, "g", "t")
    assert seen.page.locator("#panes").is_visible()


def test_buttons_do_what_keys_do(seen: Look, review: Material, tmp_path: Path) -> None:
    seen.page.locator("#keys [data-run=a]").click()
    seen.page.locator("#keys [data-run=r]").click()
    seen.page.get_by_role("button", name="Undo", exact=True).click()
    seen.page.locator(".card.open").get_by_role("button", name="Reject").click()
    found = list(states(seen, tmp_path / "d.jsonl", review).values())
    assert found.count("accept") >= 1
    assert found.count("reject") >= 1
    seen.page.get_by_role("button", name="Light or dark").click()
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_single_letter_keys_can_be_switched_off(seen: Look) -> None:
    press(seen, "?")
    seen.page.get_by_label("single-letter keys on").uncheck()
    seen.page.get_by_label("Your name").fill("lena")
    seen.page.get_by_role("button", name="Close").click()
    press(seen, "a")
    assert "none yet" in text(seen, "#log")


def test_a_saved_file_is_loaded_elsewhere(
    browser: Browser, page: Path, review: Material, tmp_path: Path
) -> None:
    with look(browser, page) as seen:
        ready(seen)
        press(seen, "a", "r")
        wanted = states(seen, tmp_path / "d.jsonl", review)
    forged = (tmp_path / "d.jsonl").read_text() + (tmp_path / "d.jsonl").read_text().replace(
        "accept", "reject"
    )
    (tmp_path / "forged.jsonl").write_text(forged)
    with look(browser, page) as seen:
        ready(seen)
        press(seen, "?")
        seen.page.get_by_label("Load decisions").set_input_files(tmp_path / "forged.jsonl")
        expect(seen.page.locator("#live")).to_contain_text("2 records loaded")
        press(seen, "Escape")
        assert states(seen, tmp_path / "e.jsonl", review) == wanted


def test_hostile_text_is_shown_and_does_nothing(browser: Browser, tmp_path: Path) -> None:
    review = make_hostile_review()
    path = tmp_path / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    with look(browser, path, width=1600) as seen:
        ready(seen)
        for group in range(seen.page.locator("#groups button").count()):
            seen.page.locator("#groups button").nth(group).click()
            press(seen, "j", "e", "j", "j")
        press(seen, "g", "t")
        assert seen.page.title().startswith("Review")
        assert seen.requests == [path.resolve().as_uri()]
        assert seen.complaints == []
        assert seen.dialogs == []
        assert len(set(seen.scripts)) == 1
        press(seen, "g", "t")
        assert seen.page.locator(".chip", has_text="U+202E").count() > 0
        assert seen.overflow <= 0


def test_the_policy_stops_what_escaping_would_miss(browser: Browser, page: Path, tmp_path: Path) -> None:
    broken = page.read_text().replace(
        "</main>", "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"></main>"
    )
    (tmp_path / "broken.html").write_text(broken)
    with look(browser, tmp_path / "broken.html") as seen:
        ready(seen)
        assert seen.page.title().startswith("Review")
        assert any("Content Security Policy" in line for line in seen.complaints)
        thrown = seen.page.evaluate(
            "() => { try { document.body.innerHTML = '<b>x</b>'; return ''; } catch (error) { return error.name; } }"
        )
        assert thrown == "TypeError"


def test_spans_fall_on_their_words_behind_an_emoji(seen: Look) -> None:
    seen.page.get_by_label("Filter").fill("field:killed")
    seen.page.get_by_label("Filter").press("Enter")
    marked = seen.page.locator("mark.new.mark-N bdi").all_inner_texts()
    assert "4 traders" in marked


def test_the_page_is_small_the_same_twice_and_says_what_it_leaves_out() -> None:
    pages = []
    for index in range(100):
        article, rows = make_page(index)
        pages.append((article, [strip_loss(row) for row in rows], rows))
    material = make_material(pages)
    page = render_page(material)
    assert len(page) <= 300_000  # `benchmarks/reviews.py` opens five thousand
    assert render_page(material) == page
    assert make_data(material, limit=50_000)["left_out"] > 50
