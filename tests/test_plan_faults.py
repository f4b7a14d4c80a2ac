"""Sources that cannot be read, or only in part: the night goes on, keeps what it knows and tells no secret."""

import os
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows import fetch
from flows.feeds import read_sources
from flows.ingest import Work, ingest
from flows.memory import Known, Memory, find_memory
from flows.plan import hold_back
from flows.sitemaps import Bounds
from models.errors import FetchError, SourceError
from models.receipt import Receipt
from models.source import hide_secret, read_source
from tests.fetching import make_fetcher
from tests.nights import make_page, outcomes, write_pages, write_sources
from tests.servers import Site
from tests.test_sitemap_faults import walk
from tests.test_sitemaps import index, page, urlset


def plan(sources: Path, home: Path) -> Receipt:
    def run(stage: str, work: Work) -> int:
        return work() if stage in {"plan", "commit"} else 0

    return ingest(sources, home, allow_private=True, run=run)


def test_a_file_whose_name_is_not_utf8_is_read(tmp_path: Path, extractor: Extractor) -> None:
    write_pages(tmp_path / "saved", 1)
    Path(os.fsdecode(bytes(tmp_path / "saved") + b"/caf\xe9.html")).write_text(make_page(2), encoding="utf-8")
    Path(os.fsdecode(bytes(tmp_path / "saved") + b"/\xe9.html")).write_bytes(bytes(6 << 20))
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "saved"})
    receipt = ingest(sources, tmp_path / "home", extractor=extractor)
    assert outcomes(receipt) == {"new": 2, "failed": 1}
    assert receipt.failures[0].item == "file:///saved/%E9.html"


@pytest.mark.parametrize("path", ["a" * 300, "shut"], ids=["too long", "shut"])
def test_a_folder_that_cannot_be_read_is_an_error_of_one_line(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path / "saved", 1)
    write_pages(tmp_path / "shut", 1)
    iterate = Path.iterdir

    def refuse(folder: Path) -> object:  # whoever runs the tests may be allowed to read everything
        if folder.name == "shut":
            raise PermissionError(13, "Permission denied")
        return iterate(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    folders = {"bad": {"kind": "folder", "path": path}, "saved": {"kind": "folder", "path": "saved"}}
    receipt = plan(write_sources(tmp_path, **folders), tmp_path / "home")
    (error,) = receipt.errors
    assert error.startswith(f"bad: {path} cannot be read")
    assert receipt.total.items == 1


def test_a_sitemap_of_which_a_part_failed_is_not_complete(tmp_path: Path, site: Site) -> None:
    site.add("/i.xml", index(site.url("/good.xml"), site.url("/bad.xml")))
    site.add("/good.xml", urlset(page(1)))
    site.add("/bad.xml", urlset(page(2)))
    sources = write_sources(tmp_path, s={"kind": "sitemap", "url": site.url("/i.xml"), "host_delay": 0.0})
    memory, source = Memory(find_memory(tmp_path / "home")), read_sources(sources)["s"]
    plan(sources, tmp_path / "home")
    whole = memory.recall(source)
    assert whole.complete
    site.add("/bad.xml", b"", 410)
    plan(sources, tmp_path / "home")
    known = memory.recall(source)
    assert known.complete == whole.complete
    assert known.read
    assert known.read > whole.complete


def test_a_part_that_fails_for_ever_does_not_hold_back_for_ever() -> None:
    now = datetime(2024, 3, 5, tzinfo=UTC)
    days = {1: 1, 20: 20, 90: 30}
    found = {days: hold_back(Known(complete=now - timedelta(days=days)), now) for days in days}
    assert found == {given: now - timedelta(days=held) for given, held in days.items()}
    assert hold_back(Known(), now) is None


def test_a_stop_inside_sitemaps_is_no_fault_of_theirs() -> None:
    asked: list[str] = []

    def get(address: str) -> tuple[bytes, str]:
        asked.append(address)
        if len(asked) > 1:
            raise FetchError("stopped", "was not asked")
        return index(*(f"https://paper.example/{n}.xml" for n in range(9))), address

    walked = walk({})
    walked.get = get
    with pytest.raises(FetchError, match="was not asked"):
        walked.read("https://paper.example/i.xml")
    assert (len(asked), walked.faults) == (2, [])


def test_sitemaps_that_wait_are_bounded() -> None:
    body = index(*(f"https://paper.example/{n}.xml" for n in range(90)))
    many = walk({"https://paper.example/i.xml": body})
    many.bounds = Bounds(files=1, pages=20)
    with pytest.raises(FetchError, match="one of over 20 sitemaps"):
        many.read("https://paper.example/i.xml")
    assert len(many.seen) == 20


@pytest.mark.parametrize(("kind", "scheme"), [("warc", "ftp"), ("warc", "nosuch"), ("feed", "http")])
def test_no_password_stands_in_a_receipt(
    kind: str, scheme: str, tmp_path: Path, extractor: Extractor
) -> None:
    url = f"{scheme}://reader:hidden@127.0.0.1:9/x.warc.gz"
    receipt = ingest(
        write_sources(tmp_path, s={"kind": kind, "url": url}),
        tmp_path / "home",
        allow_private=True,
        extractor=extractor,
    )
    assert receipt.failures[0].item == f"{scheme}://127.0.0.1:9/x.warc.gz"
    assert "hidden" not in receipt.model_dump_json()
    assert hide_secret("https://paper.example/@name and a@b") == "https://paper.example/@name and a@b"


def test_tls_is_made_once_for_a_fetcher_and_its_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    monkeypatch.setattr(fetch, "make_tls_context", lambda: made.append(object()) or made[-1])
    fetcher = make_fetcher()
    one, other = copy(fetcher), copy(fetcher)
    assert one.find_tls() is other.find_tls() is fetcher.find_tls()
    assert len(made) == 1


def test_a_password_in_an_address_is_not_shown() -> None:
    source = read_source("feeds.toml", "x", {"kind": "feed", "url": "https://me:secret@paper.example/feed"})
    assert source.shown == "https://paper.example/feed"


def test_a_path_holds_no_nul() -> None:
    with pytest.raises(SourceError, match=r"feeds.toml: \[x\] 'path' is"):
        read_source("feeds.toml", "x", {"kind": "list", "path": "a\0b"})
