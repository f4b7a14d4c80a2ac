"""Hostile and broken pages through the child that reads pages: each has a typed outcome, in time and memory."""

from collections.abc import Iterator
from datetime import date

import pytest

from flows.pages import Page, Reader
from models.article import Article
from models.errors import PageError

LAST = "The governor called for calm and promised an inquiry."
STORY = (
    "<p>Rebels ambushed a supply column on the road to Goundam, killing seven soldiers, the defence ministry said on "
    "Thursday. Three lorries were burned and a fourth was driven away into the dunes.</p>"
    "<p>A patrol of the gendarmerie followed their tracks for some hours and found eleven stolen camels. "
    f"{LAST}</p>"
)
ARTICLE = f"<article>{STORY}</article>"
LD = '<script type="application/ld+json">{}</script>'
CYRILLIC = (
    "<p>По меньшей мере двенадцать человек погибли в понедельник при нападении на рынок, сообщила полиция. "
    "Нападавшие приехали на мотоциклах и открыли огонь по толпе, рассказали очевидцы.</p>"
)
ARABIC = (
    "<p>قتل ما لا يقل عن اثني عشر شخصا يوم الاثنين في هجوم على سوق في شمال البلاد، حسبما قالت الشرطة.</p>"
)
CHINESE = (
    "<p>警方表示，周一该国北部一个市场遭到袭击，至少十二人死亡。目击者说，袭击者骑着摩托车赶来，向人群开火。</p>"
    * 2
)


def html(body: str = ARTICLE, head: str = "", charset: str = "utf-8") -> bytes:
    return f"<html lang=en><head>{head}</head><body>{body}</body></html>".encode(charset)


def many(number: int, piece: str) -> str:
    return "".join(piece.format(n) for n in range(number))


WHOLE = {  # fault -> a page whose article must come out whole
    "nesting of 254": html("<div>" * 254 + STORY + "</div>" * 254),
    "nesting of 5,000": html("<div>" * 5_000 + STORY + "</div>" * 5_000),
    "50,000 unclosed b before the text": html("<b>" * 50_000 + STORY),
    "200,000 unclosed p before the text": html("<p>" * 200_000 + STORY),
    "200,000 unclosed p behind the text": html(ARTICLE + "<p>" * 200_000),
    "300,000 br": html(ARTICLE + "<br>" * 300_000),
    "100,000 links": html(ARTICLE + many(100_000, '<a href="/{0}">more {0}</a>')),
    "100,000 list items": html(f"{ARTICLE}<ul>{'<li>x</li>' * 100_000}</ul>"),
    "50,000 table rows": html(f"{ARTICLE}<table>{'<tr><td>x</td></tr>' * 50_000}</table>"),
    "60,000 dates": html(ARTICLE + many(60_000, "<p>2024-03-05 item {}</p>")),
    "50,000 attributes": html(f"{ARTICLE}<div {many(50_000, 'a{}=1 ')}>x</div>"),
    "5,000 nested svg groups": html(f"<svg>{'<g>' * 5_000}{'</g>' * 5_000}</svg>{ARTICLE}"),
    "200 nested tables": html("<table><tr><td>" * 200 + STORY + "</td></tr></table>" * 200),
    "5 MB of JSON-LD": html(head=LD.format('{"articleBody": "' + "so on " * 800_000 + '"}')),
    "JSON-LD 100,000 deep": html(head=LD.format("[" * 100_000)),
    "300,000 comments": html("<!-- x -->" * 300_000 + ARTICLE),
    "unclosed comment behind the text": html(f"{ARTICLE}<!-- {'and so on ' * 1000}"),
    "entity bomb": b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + html() + b"&b;" * 50_000,
    "one bad byte in UTF-8": html(head='<meta charset="utf-8">').replace(b"camels", b"cam\xffels"),
    "one bad byte and no charset": html(ARTICLE + "<p>é à ü</p>").replace(b"hours", b"hou\xfers"),
    "UTF-16": html(charset="utf-16"),
    "UTF-16 without its mark": html(charset="utf-16-le"),
    "some NULs": html().replace(b"<p>", b"<p>\x00\x00"),
    "headers of a video and a page behind": b"\n" * 4096 + html(),
}
REFUSED = {  # fault -> the reason, and the page
    "nothing but NULs": ("empty", b"\x00" * 4096),
    "a NUL behind each letter e": ("binary", html().replace(b"e", b"e\x00")),
    "JSON body": ("not_html", b'{"text": "Four killed near the border post"}'),
    "JSON body with markup": ("not_html", b'{"html": "<div><p>Four killed near the border</p></div>"}'),
    "JSON list": ("not_html", b'[{"html": "<p>Four killed near the border</p>"}]'),
    "PDF as HTML": ("binary", b"%PDF-1.4 <html><body>" + STORY.encode()),
    "MP4 as HTML": ("binary", b"\x00\x00\x00\x20ftypisom" + b"<html>" * 500),
    "WebM as HTML": ("binary", b"\x1aE\xdf\xa3" + b"<html>" * 500),
    "feed as HTML": (
        "not_html",
        b'<?xml version="1.0"?><rss version="2.0"><channel><p>t</p></channel></rss>',
    ),
    "unclosed comment before the text": ("no_text", html(f"<!-- {ARTICLE}")),
    "a book of 5 MB": ("too_large", html(f"<p>{'word ' * 1_000_000}</p>")),
    "80,000 paragraphs": ("too_large", html(many(80_000, "<p>Report {} of the governor was read.</p>"))),
    "6 MB": ("too_large", html("<p>x</p>" * 900_000)),
}
ENCODED = {  # encoding -> text, as declared, as not declared
    "windows-1251": CYRILLIC,
    "koi8-r": CYRILLIC,
    "windows-1256": ARABIC,
    "gb18030": CHINESE,
    "big5": CHINESE.translate(str.maketrans("骑赶来动开击称警", "騎趕來動開擊稱警")),
    "shift_jis": "<p>警察によると、月曜日に国の北部の市場が襲撃され、少なくとも十二人が死亡した。目撃者が話した。</p>"
    * 2,
    "euc-kr": "<p>경찰은 월요일 북부의 한 시장에서 공격이 발생해 최소 열두 명이 숨졌다고 밝혔다. 목격자가 말했다.</p>",
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(memory=600 * 2**20) as reader:
        yield reader


def read(reader: Reader, data: bytes) -> Article | PageError:
    return reader.read(Page(data, "https://paper.example/a", fetched=date(2026, 5, 4)))


@pytest.mark.parametrize("fault", WHOLE)
def test_the_article_comes_out_whole(reader: Reader, fault: str) -> None:
    found = read(reader, WHOLE[fault])
    assert isinstance(found, Article), str(found)
    assert found.text.removeprefix("| ").startswith("Rebels ambushed a supply")  # a table's cell begins so
    assert LAST in found.text
    assert found.published is None or found.published_source != "guess" or "dates" in fault


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_refused_says_why(reader: Reader, fault: str) -> None:
    reason, data = REFUSED[fault]
    found = read(reader, data)
    assert isinstance(found, PageError), found
    assert (found.reason, "\n" in str(found)) == (reason, False)


@pytest.mark.parametrize(
    ("encoding", "declared"),  # undeclared, the detector takes EUC-KR for windows-1252
    [(e, d) for e in ENCODED for d in (True, False) if d or e != "euc-kr"],
)
def test_legacy_encodings(reader: Reader, encoding: str, declared: bool) -> None:
    wanted = ENCODED[encoding]
    head = f'<meta charset="{encoding}">' if declared else ""
    found = read(reader, html(f"<article>{wanted}</article>", head).decode().encode(encoding, "ignore"))
    assert isinstance(found, Article), str(found)
    first = wanted.removeprefix("<p>").partition("</p>")[0].encode(encoding, "ignore").decode(encoding)
    assert found.text.partition("\n")[0] == first
