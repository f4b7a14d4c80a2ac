"""Pages to articles: text, declared times, encodings, and the reasons why a page is none."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.characters import clean_text
from extractors.html import read_page
from extractors.instants import read_instant
from flows.pages import Page, read_one
from models.article import Article
from models.errors import PageError

STORY = (
    "<p>Two herders were shot dead on Monday near the village of Oumtiman, police in south-eastern Chad said. "
    "Witnesses told the regional radio that men on horses had come from the west at dawn.</p>"
    "<p>A patrol of the gendarmerie followed their tracks for some hours and found eleven stolen camels. "
    "The governor called for calm and promised an inquiry.</p>"
)
URL = "https://paper.example/2026/05/oumtiman"


def page(head: str = "", body: str = STORY, html: str = 'lang="en"') -> bytes:
    top = f"<html {html}><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
    return f"{top}<article>{body}</article></body></html>".encode()


def fail(data: bytes, **given: object) -> str:
    with pytest.raises(PageError) as caught:
        read_page(data, URL, **given)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return caught.value.reason


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_text_without_the_site() -> None:
    article = read_page(page("<title>Herders shot in Chad | The Paper</title>"), URL)
    assert article.text.startswith("Two herders")
    assert article.text.endswith("promised an inquiry.")
    assert "Home" not in article.text
    assert (article.title, article.language, article.doc_id) == ("Herders shot in Chad", "en", URL)


def test_headline_is_the_title_and_no_part_of_the_text() -> None:
    article = read_page(page("<title>Herders shot - The Paper</title>", f"<h1>Herders shot</h1>{STORY}"), URL)
    assert (article.title, article.publisher) == ("Herders shot", "The Paper")
    assert article.text.startswith("Two herders")


PLUS3 = timezone(timedelta(hours=3))
EXACT = datetime(2026, 5, 4, 9, 30, tzinfo=PLUS3)
DECLARED = [
    (ld('{"@type": "NewsArticle", "datePublished": "2026-05-04T09:30:00+03:00"}'), "jsonld"),
    (
        ld(
            '{"@graph": [{"@type": "WebSite"}, {"@type": ["ReportageNewsArticle"], '
            '"datePublished": "2026-05-04T09:30:00+03:00"}]}'
        ),
        "jsonld",
    ),
    ('<meta property="article:published_time" content="2026-05-04T09:30+0300">', "meta"),
    ('<meta name="DC.date.issued" content="Mon, 04 May 2026 09:30:00 +0300">', "meta"),
]


@pytest.mark.parametrize(("head", "source"), DECLARED)
def test_published_time_keeps_zone_and_source(head: str, source: str) -> None:
    article = read_page(page(head), URL)
    assert (article.published, article.published_source) == (EXACT, source)
    assert article.published is not None
    assert article.published.isoformat() == "2026-05-04T09:30:00+03:00"


def test_microdata_and_time_elements() -> None:
    body = f'<div itemscope><meta itemprop="datePublished" content="2026-05-04T09:30:00+03:00"></div>{STORY}'
    assert read_page(page(body=body), URL).published_source in {"meta", "microdata"}
    span = f'<span itemprop="datePublished" datetime="2026-05-04T09:30:00+03:00">4 May</span>{STORY}'
    assert read_page(page(body=span), URL).published_source == "microdata"
    time = f'<time datetime="2026-05-04T09:30:00+03:00">today</time>{STORY}'
    found = read_page(page(body=time), URL)
    assert (found.published, found.published_source) == (EXACT, "time")


def test_given_beats_declared_beats_feed_beats_guess() -> None:
    declared, feed = page(DECLARED[2][0]), datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
    assert read_page(declared, URL, published=date(2026, 1, 2)).published_source == "given"
    assert read_page(declared, URL, feed_published=feed).published == EXACT
    assert read_page(page(), URL, feed_published=feed).published_source == "feed"
    guessed = read_page(page(body=f"<p>Published: 5 May 2026</p>{STORY}"), "https://paper.example/a")
    assert (guessed.published, guessed.published_source) == (date(2026, 5, 5), "guess")


def test_a_bare_day_takes_the_instant_of_that_day_and_no_other() -> None:
    day = page(ld('{"@type": "Article", "datePublished": "2026-05-04"}'))
    same, other = datetime(2026, 5, 4, 7, 0, tzinfo=UTC), datetime(2026, 5, 6, 7, 0, tzinfo=UTC)
    assert read_page(day, URL, feed_published=same).published == same
    assert read_page(day, URL, feed_published=other).published == date(2026, 5, 4)


def test_a_date_after_the_fetch_is_no_publication_date() -> None:
    head = '<meta property="article:published_time" content="2031-01-01T00:00:00Z">'
    found = read_page(page(head), "https://paper.example/a", fetched=date(2026, 5, 4))
    assert found.published is None or found.published.year <= 2026


def test_modified_is_kept_apart() -> None:
    head = ld('{"@type": "Article", "datePublished": "2026-05-04", "dateModified": "2026-05-05T01:00:00Z"}')
    article = read_page(page(head), URL)
    assert (article.published, article.modified) == (date(2026, 5, 4), datetime(2026, 5, 5, 1, tzinfo=UTC))


def test_canonical_address_and_the_front_page_that_is_none() -> None:
    amp = "https://paper.example/2026/05/oumtiman/amp"
    link = '<link rel="canonical" href="/2026/05/oumtiman#top">'
    assert read_page(page(link), amp).url == URL
    assert read_page(page('<link rel="canonical" href="https://paper.example/">'), amp).url == amp


def test_publisher_from_meta_then_jsonld() -> None:
    both = ld('{"@type": "Article", "publisher": {"name": "Agency"}}')
    assert read_page(page(both), URL).publisher == "Agency"
    assert (
        read_page(page('<meta property="og:site_name" content="The Paper">' + both), URL).publisher
        == "The Paper"
    )


def test_language_declared_unless_the_text_is_clearly_in_another() -> None:
    spanish = (
        "<p>El gobierno confirmó que dos soldados murieron y que otros cinco resultaron heridos cuando un grupo "
        "armado atacó el puesto de la frontera. Los vecinos dijeron que oyeron disparos durante la noche, y que "
        "nadie salió de su casa hasta que llegaron los helicópteros del ejército.</p>"
    )
    assert read_page(page(body=spanish), URL).language == "es"
    assert read_page(page(html='lang="en-GB"'), URL).language == "en"
    assert read_page(page(html=""), URL).language == "en"


BAD = [
    (b"", "empty"),
    (b"\n \x00\x00 ", "empty"),
    (b"%PDF-1.7\n" + b"1 0 obj" * 50, "binary"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
    (bytes(range(256)) * 64, "binary"),
    (b"\x1f\x8b\x08\x00" + b"x" * 400, "binary"),
    (b'{"text": "Four killed near the border post"}', "not_html"),
    (b"Four people were killed near the border post on Friday.", "not_html"),
    (b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title></channel></rss>', "not_html"),
    (b"<p>x</p>" * (7 * 2**20), "too_large"),
    (b"<html><body><p>Menu</p></body></html>", "no_text"),
    (
        b"<html><head><title>Just a moment...</title></head><body>Verifying you are human.</body></html>",
        "challenge",
    ),
]


@pytest.mark.parametrize(("data", "reason"), BAD, ids=[f"{reason}-{n}" for n, (_, reason) in enumerate(BAD)])
def test_what_is_no_article_says_why(data: bytes, reason: str) -> None:
    assert fail(data) == reason


def test_paywall_stub_and_the_full_text_that_was_behind_it() -> None:
    closed = ld('{"@type": "NewsArticle", "isAccessibleForFree": "False"}')
    assert fail(page(closed)) == "paywall"
    assert fail(page(body=f"{STORY}<p>Subscribe to continue reading</p>")) == "paywall"
    hidden = '<div style="display: none"><p>Subscribe to continue reading</p></div>'
    assert read_page(page(body=STORY + hidden), URL).text.endswith("promised an inquiry.")
    many = "".join(f"<p>Report {n}: {STORY[3:]}" for n in range(8))
    assert "Report 7" in read_page(page(closed, many), URL).text


@pytest.mark.parametrize("depth", [250, 300, 600])
def test_deep_nesting_keeps_the_text(depth: int) -> None:
    body = f"<html><body>{'<div>' * depth}{STORY}{'</div>' * depth}</body></html>"
    assert "promised an inquiry" in read_page(body.encode(), URL).text


def test_unseen_characters_are_gone_and_joiners_stay() -> None:
    assert (
        clean_text("the \u202egun\u200bmen\u202c\x07 fled\u00a0 \r\n\u00ad west\u2028on")
        == "the gunmen fled\nwest\non"
    )
    assert clean_text("می\u200cخواهم") == "می\u200cخواهم"
    article = read_page(page(body=STORY.replace("herders", "her\u202edersx\u2069\x1b[31m")), URL)
    assert "herdersx were" in article.text


INSTANTS = [
    ("2026-05-04T09:30:00Z", datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
    ("2026-05-04 09:30:00 +03:00", EXACT),
    ("2026-05-04 09:30 UTC", datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
    ("2026-05-04T09:30:00.1234567+03:00", EXACT.replace(microsecond=123456)),
    ("Mon, 04 May 2026 09:30:00 -0000", datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
    ("2026-05-04T09:30:00", date(2026, 5, 4)),
    ("20260504", date(2026, 5, 4)),
    ("2026-02-30", None),
    ("4 May", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "value"), INSTANTS)
def test_instants_as_machines_write_them(text: str, value: object) -> None:
    assert read_instant(text) == value


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "<table><td>", "<script>", "<!--", "<meta charset=", '<a href="', "&#0;"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(TAGS, st.text(max_size=60), st.just(STORY)), max_size=12))
def test_any_page_gives_an_article_or_a_reason(parts: list[str]) -> None:
    data = ("<html><body>" + "".join(parts)).encode("utf-8", "replace")
    found = read_one(Page(data, URL))
    if isinstance(found, Article):
        assert clean_text(found.text) == found.text
    else:
        assert found.reason in {"empty", "binary", "no_text", "not_html", "paywall", "challenge"}
