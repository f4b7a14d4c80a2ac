"""The page of a run in a real Chromium: quiet, deaf to hostile text, readable by everybody, at every width."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from rows import make_full_row, make_hostile_row
from servers import Site
from test_report import NOW, make_receipt

from benchmarks.invented import write_nights
from flows.reports import report_run
from models.event import EventRow
from models.receipt import Failure, Receipt, SourceCount
from review.figures import Bar, Change, Figures, Mover, RowId, SourceState, Span, Spot, Tongue
from review.figures import Period as Stretch
from review.geography.outlines import Shape, read_world
from review.report import render_report, write_page
from review.summary import SHOWN, summarise
from tests.browser import look

MEGABYTE = 2**20
RUN = "<script>document.title='ran'</script>"
MARKUP = (
    RUN,
    "</title></style></svg><script src='{url}'></script>",
    "\"><img src='{url}' onerror='document.title=1'>",
    "<svg onload=\"fetch('{url}')\"><style>@import '{url}';*{{background:url({url})}}</style>",
    "<a href=\"javascript:fetch('{url}')\">x</a><iframe src='{url}'></iframe>",
    "<meta http-equiv=refresh content='0;{url}'>",
)
ATTACKS = (
    " ".join(MARKUP),
    " ".join(reversed(MARKUP)),
    "{{{{7*7}}}} {{% include 'x' %}} &lt;script&gt; ]]> --> \u202eevil\u2069\u202c \x1b[2J \x9b31m \u2028 \ud800",
    "w" * 100_000,
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the last of some invented nights."""
    home = tmp_path_factory.mktemp("home")
    return report_run(home, write_nights(home, 7, 12))


def make_hostile_page(path: Path, text: str) -> Path:
    """A page with the text in every place that text from outside comes to."""
    row, span, change = RowId(text, text), Span(1, 2, 3), Change(5, 1.0)
    movers = tuple(Mover(kind, text, text, change, True, (row,)) for kind in ("actor", "weapon", "place"))
    killed = dict.fromkeys(("civilians", "parties", "unstated"), span)
    figures = Figures(
        end=NOW.date(),
        first=False,
        known=4,
        bars=tuple(Bar(NOW.date() - timedelta(days=n), {text: 2}, 1) for n in range(9, 0, -1)),
        periods=(Stretch(NOW.date(), killed, span),),
        total=change,
        movers=movers,
        newcomers=movers,
        spots=(Spot(text, 10.0, 10.0, 30.0, text, change, span, (row,)),),
        sources=(SourceState(text, "silent", text, 1, 1, 1.0, NOW.date()),),
        tongues=(Tongue(text, 3, 0),),
        pages=frozenset({text}),
        notes=(text,),
    )
    count = SourceCount(source=text, items=1, failed=1, reasons={text: 1}, silent=text)
    receipt: Receipt = make_receipt(
        run_id=text,
        sources=(count,),
        failures=(Failure(source=text, item=text, reason=text, message=text),),
        errors=(text,),
        notes=(text,),
        extractor_version=text,
        model_version=text,
    )
    party = {"text": text, "name": text, "id": text, "kind": "unknown", "named": True}
    told = {"start": 0, "end": len(text), "text": text}
    rows = [
        make_hostile_row(),
        make_row_of(text, party, told),
        make_full_row(date_start="1025-01-01", title=text),
    ]
    shapes = (*read_world(), Shape(text, read_world()[0].rings))
    return write_page(path, render_report(receipt, summarise(rows), figures, shapes))


def make_row_of(text: str, party: dict[str, object], told: dict[str, object]) -> EventRow:
    fields = (
        "event_id",
        "article_id",
        "url",
        "publisher",
        "title",
        "language",
        "place_text",
        "place_name",
        "admin1",
    )
    fields += ("place_id", "date_text", "sentence", "trigger", "extractor_version", "model_version", "run_id")
    weapon = {"text": text, "name": text, "id": text, "category": "other"}
    lists = {
        "actors": (party,),
        "targets": (party,),
        "weapons": (weapon,),
        "claimed_by": (text,),
        "denied_by": (text,),
    }
    rules = {"actors": ({**told, "rule": text},)}
    return make_full_row(
        **dict.fromkeys(fields, text), **lists, sentences=(told, told), evidence=rules, killed_high=900
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_hostile_text_is_shown_and_does_nothing(
    browser: Browser,
    site: Site,
    tmp_path: Path,
    attack: str,
) -> None:
    text = attack.format(url=site.url("/beacon"))
    path = make_hostile_page(tmp_path / "page.html", text)
    with look(browser, path, width=900) as seen:
        assert seen.requests == [path.as_uri()]
        assert (seen.scripts, seen.complaints, seen.dialogs) == ([], [], [])
        assert seen.page.title().endswith("· dateline")
        assert seen.page.locator("script, iframe, object, img, link, [onload], [onerror]").count() == 0
        shown = seen.page.locator("h1 code").inner_text()
        assert shown[:20].replace(" ", "") == text[:20].replace(" ", "") or "‹U+" in shown
        assert seen.overflow <= 0
    assert site.requests == []


def test_the_recorder_sees_what_a_page_without_our_care_would_do(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "bad.html"
    path.write_text(
        f"<title>x</title>{RUN}<img src='{site.url('/beacon')}' onerror='alert(1)'>", encoding="utf-8"
    )
    with look(browser, path) as seen:
        seen.page.wait_for_timeout(300)
        assert seen.requests == [path.as_uri(), site.url("/beacon")]
        assert seen.scripts
        assert seen.dialogs == ["1"]
        assert seen.page.title() == "ran"
        assert seen.check()  # no language, no heading
    assert site.hits("/beacon") == 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    browser: Browser,
    page: Path,
    scheme: str,
    width: int,
) -> None:
    with look(browser, page, scheme=scheme, width=width) as seen:  # type: ignore[arg-type]
        for details in seen.page.locator("summary").all()[:6]:
            details.click()
        assert seen.check() == []
        assert seen.overflow <= 0


def test_the_page_is_whole_with_scripts_off(browser: Browser, page: Path) -> None:
    with look(browser, page, scripts=False) as seen:
        heads = seen.page.locator("h2").all_inner_texts()
        wanted = ["Receipt", "Key points", "Where", "Events per day", "Top actors", "Trust", "Events"]
        assert [head for head in wanted if head not in heads] == []
        assert seen.page.locator("svg[role=img]").count() >= 7
        assert (
            seen.page.locator("svg[role=img]:visible").count() == seen.page.locator("svg[role=img]").count()
        )
        assert seen.page.get_by_text("Lone Shore Cell").count() > 0  # the newcomer
        assert seen.page.get_by_text("years before its article").count() == 1


def test_numbers_are_saved_by_a_click(browser: Browser, page: Path, tmp_path: Path) -> None:
    with look(browser, page) as seen, seen.page.expect_download() as saved:
        seen.page.get_by_role("link", name="Save as CSV places.csv").click()
        saved.value.save_as(tmp_path / "places.csv")
    rows = list(csv.DictReader(StringIO((tmp_path / "places.csv").read_text(encoding="utf-8"))))
    assert rows[0]["place"]
    assert {"events", "best", "latitude"} <= set(rows[0])
    assert saved.value.suggested_filename == "places.csv"


def test_a_key_point_leads_to_its_row(browser: Browser, page: Path) -> None:
    with look(browser, page) as seen:
        link = seen.page.locator(".points a[href^='#e-']").first
        wanted = link.get_attribute("href") or ""
        link.click()
        assert seen.page.evaluate("location.hash") == wanted
        box = seen.page.locator(wanted).bounding_box()
        assert box is not None
        assert -1 <= box["y"] < 900
        assert seen.requests == [page.as_uri()]  # what stands beside the page is only asked for by a click


def test_a_run_without_rows_has_a_sound_page(browser: Browser, tmp_path: Path) -> None:
    path = report_run(tmp_path, write_nights(tmp_path, 1, 0))
    with look(browser, path, width=320) as seen:
        assert (seen.complaints, seen.overflow) == ([], 0)
        assert "0 of 0 rows" in seen.page.locator("#events .head").inner_text()
        assert seen.check() == []


def test_a_run_of_5000_rows_is_under_3_megabytes(browser: Browser, tmp_path: Path) -> None:
    plain = make_full_row()
    rows = (
        plain.model_copy(update={"event_id": f"{n:016x}", "article_id": f"{n // 3:016x}"})
        for n in range(5000)
    )
    figures = Figures(end=NOW.date())
    path = write_page(
        tmp_path / "page.html", render_report(make_receipt(), summarise(rows), figures, read_world())
    )
    assert path.stat().st_size < 3 * MEGABYTE
    with look(browser, path) as seen:
        head = seen.page.locator("#events .head").inner_text()
        assert f"{SHOWN} of 5000 rows" in head
        assert "dateline export --run" in head
        assert seen.page.locator("tr.facts").count() == SHOWN
