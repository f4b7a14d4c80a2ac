"""Whatever is named on the command line gives its articles, or one line that says what is wrong."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from servers import serve
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.documents import Given, read_documents
from flows.inputs import find_inputs, kind_of, sniff
from models.article import Article
from models.errors import DatelineError

STORY = "Rebels shelled the village of Old Ferry on Sunday, killing two herders, its council said. " * 4
PAGE = f"""<!doctype html><html lang="en"><head><title>Shells on Old Ferry</title>
<meta property="article:published_time" content="2024-03-05T06:30:00+03:00"></head>
<body><article><h1>Shells on Old Ferry</h1><p>{STORY}</p></article></body></html>"""


def read(*names: str | Path, **given: object) -> list[Article | DatelineError]:
    return list(read_documents([str(name) for name in names], Given(**given)))  # type: ignore[arg-type]


def tell(found: list[Article | DatelineError]) -> list[str]:
    return [one.doc_id if isinstance(one, Article) else f"! {one}" for one in found]


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@contextmanager
def standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> Iterator[None]:
    stream = SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", stream)
        yield


def test_json_lines_are_read_as_given(tmp_path: Path) -> None:
    text = "  Two lines\r\nof \u2028 one\x0btext 🚀\x85 "
    record = {"doc_id": "7", "text": text, "date": "2024-03-05", "title": "T", "url": "https://a.example/"}
    path = write(tmp_path / "d.jsonl", "\ufeff" + json.dumps(record, ensure_ascii=False) + "\r\n\n")
    assert read(path) == [
        Article(
            text,
            "7",
            "https://a.example/",
            title="T",
            published=date(2024, 3, 5),
            published_source="given",
            identity="7",
        )
    ]


def test_a_page_is_read_as_the_nightly_run_reads_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", PAGE)
    (found,) = read(path)
    assert isinstance(found, Article)
    assert found.doc_id == "a.html"
    assert found.title == "Shells on Old Ferry"
    assert found.published == datetime.fromisoformat("2024-03-05T06:30:00+03:00")
    (given,) = read(path, url="https://post.example/1", published=date(2024, 3, 1))
    assert isinstance(given, Article)
    assert (given.published, given.published_source) == (date(2024, 3, 1), "given")
    assert given.url == "https://post.example/1"


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    write(tmp_path / "b" / "two.html", PAGE)
    write(tmp_path / "a.txt", STORY)
    write(tmp_path / "c.jsonl", '{"doc_id": "x", "text": "y"}\n')
    write(tmp_path / "b" / "one.htm", PAGE)
    write(tmp_path / "notes.toml", "[a]")
    write(tmp_path / ".hidden" / "d.txt", STORY)
    assert tell(read(tmp_path)) == ["a.txt", "b/one.htm", "b/two.html", "x"]
    assert tell(read(tmp_path, kind="html")) == ["b/one.htm", "b/two.html"]


def test_bad_items_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    names = [
        write(tmp_path / "empty.html", ""),
        write(tmp_path / "binary.html", bytes(range(256)) * 40),
        write(tmp_path / "good.html", PAGE),
        write(tmp_path / "huge.html", PAGE.encode() + b" " * 6 * 2**20),
        write(tmp_path / "binary.txt", b"a\0b"),
        write(tmp_path / "latin.txt", "Bogotá".encode("latin-1")),
        write(tmp_path / "blank.txt", " \n"),
        tmp_path / "missing.html",
        write(tmp_path / "good.txt", STORY),
        tmp_path / "empty-folder",
    ]
    (tmp_path / "empty-folder").mkdir()
    found = tell(read(*names))
    starts = [
        "! empty.html: empty",
        "! binary.html: ",
        "good.html",
        "! huge.html: ",
        "! binary.txt: binary data, no text",
        "! latin.txt: not UTF-8 (byte 5); convert it",
        "! blank.txt: the text is empty",
        f"! {tmp_path}/missing.html: no such file or folder",
        "good.txt",
        f"! {tmp_path}/empty-folder: nothing to read in the folder",
    ]
    assert [told[: len(start)] for told, start in zip(found, starts, strict=True)] == starts
    assert not [told for told in found if "\n" in told]


def test_a_file_that_may_not_be_opened_is_one_line(tmp_path: Path) -> None:
    link = tmp_path / "loop.txt"
    link.symlink_to(tmp_path / "loop.txt")
    assert tell(read(link)) == [f"! {link}: no such file or folder"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (STORY.encode(), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (b'{"doc_id": "1", "text": "a"}\n{"doc_id": "2", "text": "b"}', ["1", "2"]),
        (b"", ["! stdin: empty"]),
    ],
)
def test_standard_input_is_read_for_what_it_is(
    monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]
) -> None:
    with standard_input(monkeypatch, data):
        assert tell(read("-")) == ids


def make_archive() -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for n, (status, mime) in enumerate(
        [("200 OK", "text/html"), ("404 Gone", "text/html"), ("200 OK", "image/png")]
    ):
        headers = StatusAndHeaders(status, [("Content-Type", f"{mime}; charset=utf-8")], protocol="HTTP/1.1")
        payload = io.BytesIO(PAGE.encode())
        record = writer.create_warc_record(
            f"https://post.example/{n}", "response", payload=payload, http_headers=headers
        )
        writer.write_record(record)
    return buffer.getvalue()


def test_an_archive_gives_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "night.warc.gz", make_archive())
    assert tell(read(path)) == ["https://post.example/0"]
    with standard_input(monkeypatch, make_archive()):
        assert tell(read("-")) == ["https://post.example/0"]


def test_a_damaged_archive_is_told_and_its_sound_part_read(tmp_path: Path) -> None:
    data = make_archive()
    path = write(tmp_path / "night.warc.gz", data[:-40])
    found = tell(read(path))
    assert found[0] == "https://post.example/0"
    assert found[1].startswith("! night.warc.gz: ")


@pytest.mark.parametrize("address", ["gopher://post.example/1", "file:///etc/passwd", "ftp://a.example/x"])
def test_an_unknown_scheme_is_refused_before_any_connection(address: str) -> None:
    (found,) = tell(read(address))
    assert found.startswith("! ")
    assert address.partition(":")[0] in found


def test_a_private_address_is_refused_unless_allowed() -> None:
    with serve() as site:
        site.add("/story", PAGE.encode(), content_type="text/html; charset=utf-8")
        (refused,) = tell(read(site.url("/story")))
        (article,) = read(site.url("/story"), allow_private=True)
        (missing,) = tell(read(site.url("/none"), allow_private=True))
    assert refused.startswith("! 127.0.0.1: ")
    assert isinstance(article, Article)
    assert article.title == "Shells on Old Ferry"
    assert article.doc_id == site.url("/story")
    assert "404" in missing


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.JSONL", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.xhtml", "html"),
        ("a.b.txt", "text"),
        ("a.warc", "warc"),
        ("a.warc.gz", "warc"),
        ("a.gz", "auto"),
        ("a", "auto"),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: str) -> None:
    assert kind_of(Path(name)) == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'\xef\xbb\xbf {"text"', "jsonl"),
        (b"WARC/1.1\r\n", "warc"),
        (b"\x1f\x8b\x08", "warc"),
        (b"\n<!DOCTYPE html>", "html"),
        (b"<p>hm", "text"),
        (b"Five dead", "text"),
    ],
)
def test_else_the_first_bytes_do(head: bytes, kind: str) -> None:
    assert sniff(head) == kind


def test_a_named_kind_wins_over_the_name(tmp_path: Path) -> None:
    path = write(tmp_path / "page.txt", PAGE)
    (found,) = read(path, kind="html")
    assert isinstance(found, Article)
    assert found.title == "Shells on Old Ferry"
    assert [one.kind for one in find_inputs(str(path), "auto")] == ["text"]


def test_the_time_given_goes_for_every_document(tmp_path: Path) -> None:
    path = write(tmp_path / "d.jsonl", '{"text": "a", "date": "2020-01-01"}\n{"text": "b"}\n')
    moment = datetime(2024, 3, 5, tzinfo=UTC)
    assert [one.published for one in read(path, published=moment) if isinstance(one, Article)] == [moment] * 2
