"""What tests of the nightly run share: pages, a site that publishes them, and a file of sources."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path

from models.receipt import Receipt
from tests.servers import Site, reply

TOWNS = ("Port Alder", "Kesh Valley", "Old Harrow", "Tamun", "Brennick", "Sulah", "Ost Ferry", "Marrow Hill")


def make_page(number: int, more: str = "") -> str:
    town = TOWNS[number % len(TOWNS)]
    return f"""<html lang="en"><head><title>Traders shot near {town}</title>
<meta property="article:published_time" content="2024-03-{number % 28 + 1:02}T06:30:00+03:00"></head>
<body><article><h1>Traders shot near {town}</h1><p>Gunmen of the Free Valley Front shot dead
{number + 2} traders near {town} on Monday, the district police said in a statement read out on the radio.</p>
<p>The market of {town} stayed shut the next day, and shopkeepers said that they would not open it before
the soldiers had left the road to the harbour, where lorry number {number} was waiting in a long line.</p>
<p>{more}</p></article></body></html>"""


def put(site: Site, path: str, body: bytes) -> None:
    """A page that answers 304 to whoever has it."""
    etag = f'"{hash(body)}"'

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == etag:
            reply(handler, b"", 304, etag=etag)
        else:
            reply(handler, body, etag=etag)

    site.answers[path] = answer


def publish(site: Site, *numbers: int, extra: tuple[str, ...] = ()) -> None:
    """Puts the pages on the site, and them and the extra paths into its feed."""
    for number in numbers:
        put(site, f"/{number}.html", make_page(number).encode())
    links = [*(f"/{number}.html" for number in numbers), *extra]
    items = "".join(f"<item><title>t</title><link>{site.url(link)}</link></item>" for link in links)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>s</title>{items}</channel></rss>'
    put(site, "/feed.xml", feed.encode())


def make_feed(site: Site, *paths: str) -> bytes:
    items = "".join(f"<item><link>{site.url(path)}</link></item>" for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def count_conditional(site: Site) -> int:
    """Requests for a page only if it has changed."""
    return sum("if-none-match" in headers and path != "/feed.xml" for path, headers in site.requests)


def write_sources(folder: Path, **sources: dict[str, object]) -> Path:
    lines = []
    for name, fields in sources.items():
        lines += [
            f"[{name}]",
            *(
                f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
                for key, value in fields.items()
            ),
        ]
    path = folder / "feeds.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_pages(folder: Path, *numbers: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:04}.html").write_text(make_page(number), encoding="utf-8")


def feed_of(site: Site, **more: object) -> dict[str, object]:
    return {"kind": "feed", "url": site.url("/feed.xml"), "host_delay": 0.0, **more}


def outcomes(receipt: Receipt) -> dict[str, int]:
    return {outcome: number for outcome, number in receipt.outcomes.items() if number}
