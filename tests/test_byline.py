"""Who wrote an article, its section, and the page at which it goes on."""

import pytest

from extractors.html import read_page
from models.article import Article

URL = "https://paper.example/2026/05/oumtiman"
STORY = (
    "<p>Two herders were shot dead on Monday near the village of Oumtiman, police in south-eastern Chad said. "
    "Witnesses told the regional radio that men on horses had come from the west at dawn.</p>"
)


def read(head: str = "", above: str = "", url: str = URL) -> Article:
    return read_page(
        f"<html lang=en><head>{head}</head><body><article>{above}{STORY}</article></body></html>".encode(),
        url,
    )


def ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'


AUTHORS = [
    (ld('{"name": "Amina Oumar"}'), "", ("Amina Oumar",)),
    (
        ld('[{"name": "Amina Oumar"}, {"name": "Jean Tchad"}, {"name": "Amina Oumar"}]'),
        "",
        ("Amina Oumar", "Jean Tchad"),
    ),
    (ld('"By Amina Oumar and Jean Tchad"'), "", ("Amina Oumar", "Jean Tchad")),
    (ld('{"name": ["Agence Regionale"]}'), "", ("Agence Regionale",)),
    (
        ld('{"name": "https://paper.example/staff/9"}') + '<meta name="author" content="Amina Oumar">',
        "",
        ("Amina Oumar",),
    ),
    ('<meta property="article:author" content="https://face.example/amina">', "", ()),
    ('<meta name="author" content="Amina Oumar, Jean Tchad">', "", ("Amina Oumar", "Jean Tchad")),
    ('<meta name="author" content="Amina Oumar, Abeche">', "", ("Amina Oumar",)),
    ('<meta name="author" content="admin">', "", ()),
    ("", '<p class="byline">Reporting by <a rel="author">Amina Oumar</a></p>', ("Amina Oumar",)),
    ("", '<p class="byline">By Amina Oumar &amp; Jean Tchad</p>', ("Amina Oumar", "Jean Tchad")),
    ("", '<p class="byline">From our man who was there on the morning of the attack on the herders</p>', ()),
    (
        "",
        '<span itemprop="author"><b itemprop="name">Amina Oumar</b>, amina@paper.example</span>',
        ("Amina Oumar",),
    ),
    (ld(str([f"Amina Number{chr(65 + n)}" for n in range(26)] * 9).replace("'", '"')), "", None),
    (ld(f'"{"x" * 5000}"'), "", ()),
    (ld('{"name": {"name": {"deep": 1}}}'), "", ()),
]


@pytest.mark.parametrize(("head", "above", "names"), AUTHORS)
def test_authors(head: str, above: str, names: tuple[str, ...] | None) -> None:
    found = read(head, above).authors
    assert len(found) == 12 if names is None else found == names


def test_section_is_the_first_that_is_declared() -> None:
    lists = '<script type="application/ld+json">{"@type": "Article", "articleSection": ["Africa", "World"]}</script>'
    assert read(lists).section == "Africa"
    assert (
        read('<meta property="article:section" content=" World &amp;amp; Africa ">').section
        == "World & Africa"
    )
    assert read().section is None


NEXT = [
    ("/2026/05/oumtiman/2", URL + "/2"),
    ("/2026/05/oumtiman?page=2", URL + "?page=2"),
    ("https://paper.example/2026/05/oumtiman/page/2/", URL + "/page/2/"),
    ("/2026/05/am-timan", None),
    ("/2026/05/oumtiman?id=2", None),
    ("#next", None),
    ("https://other.example/2026/05/oumtiman/2", None),
    ("http://[bad", None),
]


@pytest.mark.parametrize(("link", "address"), NEXT)
def test_an_article_that_goes_on_names_where(link: str, address: str | None) -> None:
    assert read(f'<link rel="next" href="{link}">').continued == address


def test_the_next_number_is_not_the_next_page() -> None:
    assert (
        read('<link rel="next" href="/news/1235">', url="https://paper.example/news/1234").continued is None
    )
    assert read('<a rel="next nofollow" href="/a-3.html">', url="https://paper.example/a-2.html").continued
