"""Which addresses mean one page, and which do not."""

from pathlib import Path

import pytest

from flows.page_keys import MARKS, clean_address, key_of
from models.errors import SourceError
from models.marks import read_marks

PAGE = "https://paper.example/2024/raid-on-kesh?page=2"
SAME = {
    "fragment": f"{PAGE}#top",
    "http": PAGE.replace("https", "http"),
    "port": PAGE.replace(".example", ".example:443"),
    "www": PAGE.replace("//", "//www."),
    "mobile host": PAGE.replace("//", "//m."),
    "amp host": PAGE.replace("//", "//amp."),
    "host in capitals": PAGE.replace("paper", "PAPER"),
    "amp behind": PAGE.replace("?", "/amp/?"),
    "amp before": PAGE.replace(".example", ".example/amp"),
    "amp ending": PAGE.replace("?", ".amp?"),
    "amp parameter": f"{PAGE}&outputType=amp",
    "amp cache": "https://paper-example.cdn.ampproject.org/c/s/paper.example/amp/2024/raid-on-kesh?page=2",
    "print": f"{PAGE}&print=1",
    "session": PAGE.replace("?", ";jsessionid=0A1B?"),
    "last slash": PAGE.replace("?", "/?"),
    "double slash": PAGE.replace("/raid", "//raid"),
    "utm": f"{PAGE}&utm_source=rss&utm_medium=feed",
    "cmp": f"{PAGE}&cmp=rss",
    "maca": f"{PAGE}&maca=en-rss-en-all",
    "order": PAGE.replace("?page=2", "?utm_source=x&page=2"),
}
OTHER = {
    "page": PAGE.replace("page=2", "page=3"),
    "id like a tracker": PAGE.replace("page=2", "cid=2"),
    "another id": PAGE.replace("page=2", "cid=3"),
    "bare query": PAGE.replace("page=2", "4711"),
    "another host": PAGE.replace("//", "//live."),
    "amp in a word": PAGE.replace("raid-on-kesh", "raid-on-kesh-camp"),
    "a path of capitals": PAGE.replace("raid", "RAID"),
    "a page by its fragment": f"{PAGE}#!/story/4",
}


@pytest.mark.parametrize("url", SAME.values(), ids=SAME.keys())
def test_one_page_has_one_key(url: str) -> None:
    assert key_of(url) == key_of(PAGE)


def test_other_pages_have_other_keys() -> None:
    assert len({key_of(url) for url in (PAGE, *OTHER.values())}) == len(OTHER) + 1


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/s/desk/12?single",
        "https://un.example/reports/S-2024-1.pdf",
        "https://paper.example/topic/conflict/",
        "http://m.me/desk",
        "file:///saved/a.html",
    ],
    ids=["channel", "pdf", "topic", "short host", "saved page"],
)
def test_no_address_is_dropped(url: str) -> None:
    assert key_of(url)
    if url.startswith("http"):
        assert clean_address(url, "") == url
    assert key_of(url) != key_of(f"{url}x")


def test_an_address_is_asked_for_as_it_was_given_but_for_tracking() -> None:
    given = "https://www.paper.example/amp/a;sid=1?b=%7E+c&utm_source=rss&a&print=1#top"
    assert clean_address(given, "") == "https://www.paper.example/amp/a;sid=1?b=%7E+c&a&print=1"
    assert clean_address(" /a\n/b ", "https://paper.example/feed") == "https://paper.example/a/b"
    assert clean_address("https://[oops/", "") is None
    assert clean_address("mailto:desk@paper.example", "https://paper.example/") is None


FAULTY = {
    "no file": (None, "cannot be read"),
    "no toml": ("[tracking", "addresses.toml: "),
    "a table missing": ("[tracking]\nnames = []\nbeginnings = []", "'forms'"),
    "a key unknown": (MARKS.read_text(encoding="utf-8").replace("names", "nmaes"), "'tracking.n"),
    "a capital": (MARKS.read_text(encoding="utf-8").replace('"fbclid"', '"fbClid"'), "'tracking.names"),
}


@pytest.mark.parametrize(("text", "words"), FAULTY.values(), ids=FAULTY.keys())
def test_a_faulty_file_of_marks_is_one_line(text: str | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "addresses.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_marks(path)
    assert str(caught.value).startswith("addresses.toml: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
