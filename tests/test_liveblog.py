"""Live blogs keep their updates' headings and times, and dates are read against the update's own day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from extractors import extract_events
from extractors.extractor import Extractor
from extractors.html import read_page
from extractors.updates import find_days, write_time
from flows.pages import Page, Reader
from models.article import Article

URL = "https://paper.example/world/live/kesh-valley"
START = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
HEAD = "<title>Kesh Valley live | The Paper</title>"
POSTING = (
    '<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished": "2026-05-04T05:00:00Z"%s}'
    "</script>"
)


def update(number: int, shape: str = "article") -> str:
    moment = (START + timedelta(minutes=20 * number)).isoformat()
    words = f"<p>Report {number}: the road to the harbour stayed shut, a clerk of the district said.</p>"
    if shape == "time below":
        time = f"<span><time datetime={moment}>{number}</time></span>"
        return f"<div class=entry><h3>Heading {number}</h3>{words}{time}</div>"
    head = f"<time datetime={moment}>now</time><h2>Heading {number}</h2>"
    return f"<{shape}>{head}{words}<p>More of {number}.</p></{shape}>"


def blog(updates: str, head: str = POSTING % "", mark: str = "") -> bytes:
    top = "<header><h1>Kesh Valley live</h1><p>What is known of the fighting, hour by hour, from our desk.</p></header>"
    side = "<aside><ul><li><time datetime=2026-05-01>1 May</time> Who is who in the valley</li></ul></aside>"
    body = f"{top}{side}<main class='{mark}'>{updates}</main>"
    return f"<html lang=en><head>{HEAD}{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize("shape", ["article", "section", "li", "time below"])
@pytest.mark.parametrize(
    ("head", "mark"), [(POSTING % "", ""), ("", "live-blog")], ids=["declared", "marked"]
)
def test_every_update_keeps_heading_and_time(shape: str, head: str, mark: str) -> None:
    article = read_page(blog("".join(update(n, shape) for n in reversed(range(5))), head, mark), URL)
    blocks = article.text.split("\n\nHeading ")
    assert blocks[0] == "What is known of the fighting, hour by hour, from our desk."
    assert [block[0] for block in blocks[1:]] == ["4", "3", "2", "1", "0"]
    assert blocks[-1].startswith("0\n\n4 May 2026, 06:00 UTC\n\nReport 0: the road")
    first = datetime(2026, 5, 4, 5, 0, tzinfo=UTC) if head else START
    assert (article.published, article.published_source) == (first, "jsonld" if head else "time")
    assert article.modified == START + timedelta(minutes=80)


def test_200_updates_in_the_child() -> None:
    with Reader() as reader:
        article = reader.read(
            Page(blog("".join(update(n) for n in range(200))), URL, fetched=date(2026, 5, 9))
        )
    assert isinstance(article, Article)
    assert article.text.count("\n\nHeading ") == 200
    assert len(find_days(article.text, None).days) == 200
    assert article.text.endswith("More of 199.")


def test_updates_that_only_json_ld_has_are_read() -> None:
    entry = '{"headline": "Heading %d", "datePublished": "2026-05-0%dT08:00:00+03:00", "articleBody": "%s"}'
    entries = ", ".join(
        entry % (n, n, f"Report {n} of the district tells that the road is shut.") for n in (3, 4)
    )
    article = read_page(
        blog("<p>Loading the newest updates</p>", POSTING % f', "liveBlogUpdate": [{entries}]'), URL
    )
    assert article.text == (
        "Heading 3\n\n3 May 2026, 08:00 +03:00\n\nReport 3 of the district tells that the road is shut.\n\n"
        "Heading 4\n\n4 May 2026, 08:00 +03:00\n\nReport 4 of the district tells that the road is shut."
    )


def test_an_article_beside_dated_teasers_is_no_live_blog() -> None:
    story = (
        "<article><p>Two herders were shot dead on Monday near Oumtiman, police in Chad said.</p></article>"
    )
    words = "<p>Another story of the week in the valley, of the harbour and the road</p>"
    teasers = "".join(f"<div><time datetime=2026-05-0{n}>x</time>{words}</div>" for n in (1, 2, 3))
    text = read_page(blog(story + teasers, head=""), "https://paper.example/a").text
    assert "May 2026" not in text


def test_times_are_written_as_the_publisher_gave_them() -> None:
    assert write_time(datetime.fromisoformat("2026-05-04T09:30:00-03:30")) == "4 May 2026, 09:30 -03:30"
    assert write_time(datetime.fromisoformat("2026-05-04T09:30:00")) == "4 May 2026, 09:30"
    assert write_time(date(2026, 5, 4)) == "4 May 2026"
    assert find_days("4 May 2026\nText", None).days == ()  # many a text has a day alone on a line
    assert find_days("31 June 2026, 09:30\nText", None).days == ()


def test_dates_are_read_against_the_day_of_their_update(extractor: Extractor) -> None:
    text = (
        "Troops entered the town of Maiduguri.\n\nSix farmers shot\n\n6 May 2026, 08:10 +01:00\n\n"
        "Gunmen shot dead six farmers in Maiduguri yesterday.\n\nBomb in the market\n\n3 May 2026, 21:00 +01:00\n\n"
        "A bomb killed nine traders in Kano today. Gunmen wounded two guards in Kaduna."
    )
    article = Article(text, "live", published=date(2026, 5, 3))
    rows = next(rows for _, rows in extract_events(extractor, [article]))
    days = {row.place_name: (row.date_start, row.date_end) for row in rows if row.event_type != "deployment"}
    assert days["Maiduguri"] == (date(2026, 5, 5), date(2026, 5, 5))
    assert days["Kano"] == (date(2026, 5, 3), date(2026, 5, 3))
    assert days["Kaduna"][1] == date(2026, 5, 3)
    assert not {row.sentence for row in rows} & {"6 May 2026, 08:10 +01:00", "3 May 2026, 21:00 +01:00"}
