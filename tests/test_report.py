"""The page of a run: complete, quiet, deaf to what a text tells it to do."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from lxml.html import HtmlElement
from rows import HOSTILE, SENTENCE, find_span, make_full_row, make_hostile_row, make_row

from models.errors import OutputError
from models.event import EventRow
from models.receipt import Failure, Receipt, SourceCount
from review.figures import Bar, Change, Figures, Mover, RowId, SourceState, Spot, Tongue
from review.marks import mark_sentence
from review.report import render_report, write_page
from review.summary import SHOWN, summarise

NOW = datetime(2024, 3, 6, 2, 15, tzinfo=UTC)


def make_receipt(**changes: object) -> Receipt:
    plain: dict[str, object] = {
        "run_id": "20240306T021500Z-ab12",
        "started": NOW,
        "ended": NOW + timedelta(seconds=69),
        "sources": (SourceCount(source="village-post", items=3, fetched=3, new=2, failed=1, rows=2),),
        "extractor_version": "0.1.0 abc",
    }
    return Receipt.model_validate(plain | changes)


def make_figures(rows: int = 1, text: str = "Port Alder, COL") -> Figures:
    """Something in every picture."""
    row = RowId("20240306T021500Z-ab12", "3fa1c2d4e5b60718")
    change = Change(7, 1.5)
    return Figures(
        end=NOW.date(),
        first=False,
        known=4,
        bars=tuple(
            Bar(NOW.date() - timedelta(days=n), {"armed_assault": rows}, 1) for n in reversed(range(9))
        ),
        total=change,
        movers=(
            Mover("actor", "a", text, change, True, (row,)),
            Mover("place", "p", text, change, False, (row,)),
        ),
        newcomers=(Mover("weapon", "w", text, change, True, (row,)),),
        spots=(Spot(text, 3.5, -76.25, 40.0, "near", change, rows=(row,)),),
        placeless=5,
        sources=(SourceState(text, "failed", text, 3, 0, 2.0, NOW.date()),),
        notes=(text,),
    )


def render(rows: list[EventRow], figures: Figures | None = None, **changes: object) -> str:
    return render_report(make_receipt(**changes), summarise(rows), figures or make_figures())


def read_report(rows: list[EventRow], figures: Figures | None = None, **changes: object) -> HtmlElement:
    return lxml.html.document_fromstring(render(rows, figures, **changes).encode())


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_tells_receipt_figures_and_events(tmp_path: Path) -> None:
    path = write_page(tmp_path / "reports" / "run.html", render([make_full_row(), make_row()]))
    page = lxml.html.document_fromstring(path.read_bytes())
    text = words(page)
    for told in ("20240306T021500Z-ab12", "6 March 2024, 02:15", "✓ ok", "village-post", "Port Alder, COL"):
        assert told in text
    assert page.xpath("string(//dl/div[dt='event rows']/dd)") == "2"
    assert list(path.parent.iterdir()) == [path]


def test_one_is_told_as_one() -> None:
    one = SourceCount(source="village-post", items=1, fetched=1, new=1, copies=1, rows=1)
    figures = replace(
        make_figures(),
        sources=(SourceState("village-post", "read", "", 1, 1, 1.0, NOW.date()),),
        tongues=(Tongue("en", 1, 0),),
    )
    page = read_report([make_row(killed_low=1, killed_best=1, killed_high=1)], figures, sources=(one,))
    text = words(page)
    for told in (
        "from 1 of 1 source",
        "1 source read, ",
        "over 1 incident¹",
        "1 of 1 article gave no event",
        "1 article repeats the text of another page; its incidents",
    ):
        assert told in text
    for word in ("sources", "articles", "incidents", "totals"):
        assert f" 1 {word}" not in text


def test_the_same_run_gives_the_same_bytes() -> None:
    rows = [make_full_row(), make_hostile_row()]
    assert render(rows) == render(rows)


def test_the_quote_is_the_sentence_with_its_spans_marked() -> None:
    page = read_report([make_full_row()])
    marks = page.xpath("//blockquote//mark")
    told = [(mark.get("class"), mark.xpath("string(bdi)"), mark.get("title")) for mark in marks]
    assert told[0] == (
        "mark-A",
        "Gunmen of the Free Valley Front",
        "actor · actors.toml:free-valley-front",
    )
    assert [(kind, text) for kind, text, _ in told[1:]] == [
        ("mark-E", "shot dead"),
        ("mark-N", "at least 4"),
        ("mark-A", "traders"),
        ("mark-P", "near Port Alder"),
        ("mark-D", "Monday"),
    ]
    assert "".join(page.xpath("//blockquote/bdi/text() | //blockquote/mark/bdi/text()")) == SENTENCE


def test_offsets_are_code_points() -> None:
    text = "🚀🚀 In Kherson, shelling killed two."
    span = find_span("shelling", "events.toml:shelling", text)
    row = make_row(
        sentence=text,
        sentences=({"start": 100, "end": 100 + len(text), "text": text},),
        evidence={"event_type": [span | {"start": 100 + span["start"], "end": 100 + span["end"]}]},
    )
    marks = mark_sentence(row.sentences[0], row)
    assert [mark.text for mark in marks] == ["🚀🚀 In Kherson, ", "shelling", " killed two."]


def test_spans_that_overlap_are_marked_once_and_lose_no_words() -> None:
    evidence = {
        "actors": [find_span("Gunmen of the Free Valley Front", "a")],
        "place": [find_span("Valley", "b")],
        "weapons": [find_span("shot", "c")],
        "event_type": [find_span("shot dead", "d")],
        "killed": [find_span("4", "e"), {"start": 500, "end": 503, "text": "far", "rule": "f"}],
    }
    row = make_row(evidence=evidence)
    marks = mark_sentence(row.sentences[0], row)
    assert "".join(mark.text for mark in marks) == SENTENCE
    assert [(mark.text, mark.rule) for mark in marks if mark.kind] == [
        ("Valley", "b"),
        ("shot", "c"),
        ("4", "e"),
    ]


def test_nothing_runs_and_nothing_is_asked_of_a_network() -> None:
    page = read_report([make_full_row(), make_hostile_row()])
    assert not page.xpath("//script | //iframe | //object | //embed | //img | //link | //form | //base")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert not page.xpath("//@style | //@src | //@srcset")
    assert "url(" not in page.xpath("string(//style)")
    drawn = {fill for fill in page.xpath("//@fill | //@d") if "url" in fill}
    assert {fill for fill in drawn if not fill.startswith("url(#kind-")} == set()
    assert "@import" not in page.xpath("string(//style)")
    links = {a.get("href") for a in page.xpath("//a")}
    saved = {link for link in links if link.startswith("data:text/csv;charset=utf-8,")}
    assert len(saved) == 4
    assert {link for link in links - saved if not link.startswith("#")} == {"https://example.org/a?b=1&c=2"}
    assert {a.get("rel") for a in page.xpath("//a[starts-with(@href, 'http')]")} == {"noreferrer noopener"}


def test_the_policy_forbids_all_but_the_page_s_own_style() -> None:
    page = read_report([])
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    digest = b64encode(sha256(page.xpath("string(//style)").encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_hostile_text_is_shown_and_does_nothing() -> None:
    failure = Failure(source=HOSTILE, item=HOSTILE, reason="no_text", message=HOSTILE)
    page = render([make_hostile_row()], make_figures(1, HOSTILE), failures=(failure,), errors=(HOSTILE,))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "javascript:" not in page
    assert "{{7*7}}" in page
    assert page.replace("\n", "").isprintable()
    assert "'=cmd|" in unquote(page)  # in a CSV, where a spreadsheet would run it
    chips = set(lxml.html.document_fromstring(page.encode()).xpath("//span[@class='chip']/text()"))
    assert chips == {"U+001B", "U+202E", "U+202C", "U+009B"}


def test_every_table_has_headers_and_every_picture_a_name() -> None:
    page = read_report(
        [make_full_row(event_id="3fa1c2d4e5b60718")],
        failures=(Failure(source="s", item="i", reason="r", message="m"),),
    )
    for table in page.xpath("//table"):
        assert table.xpath("thead//th")
        assert all(th.get("scope") == "col" for th in table.xpath("thead//th"))
        assert all(th.get("scope") in {"row", "rowgroup"} for th in table.xpath("(tbody|tfoot)//th"))
    names = {element.get("id") for element in page.iter() if element.get("id")}
    assert set(page.xpath("//@aria-labelledby")) <= names
    assert page.xpath("//svg[@role='img']")
    assert all(svg.get("aria-label") for svg in page.xpath("//svg[@role='img']"))
    assert {svg.get("aria-hidden") for svg in page.xpath("//svg[not(@role)]")} == {"true"}
    pictures = len(page.xpath("//section[.//svg[@role='img']]"))
    assert len(page.xpath("//section[.//svg[@role='img']][.//summary='Show as table']")) == pictures == 2
    assert {a.get("href")[1:] for a in page.xpath("//a[starts-with(@href, '#')]")} <= names
    assert page.get("lang") == "en"
    assert len(page.xpath("//*[@id]")) == len(names)


def test_the_page_holds_the_first_rows_and_counts_the_rest() -> None:
    rows = (make_row(event_id=f"{n:016x}") for n in range(SHOWN + 5))
    text = words(read_report(list(rows)))
    assert f"{SHOWN} of {SHOWN + 5} rows" in text
    assert "dateline export --run 20240306T021500Z-ab12" in text


def test_a_run_without_events_has_a_page_too() -> None:
    text = words(
        read_report([], Figures(end=NOW.date()), errors=("village-post: 0 items, expected at least 5",))
    )
    assert "No event rows in this run." in text
    assert "expected at least 5" in text
    assert "look at the errors" in text


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_page(tmp_path / "file" / "run.html", "page")
