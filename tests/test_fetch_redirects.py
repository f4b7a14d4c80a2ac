"""Where answers lead on to: followed and kept, or refused with a reason; and addresses that are never asked."""

import socket
import time
from ipaddress import ip_network

import pytest

from flows.addresses import is_public
from flows.fetch import Fetcher
from flows.hops import Hop
from flows.redirects import find_refresh
from tests.fetching import PAGE, fail, make_fetcher
from tests.hostile import answer, stalled
from tests.servers import Site, serve

PRIVATE = ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1.", "10.1.2.3",
           "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0", "0.0.0.0", "224.0.0.1",
           "255.255.255.255", "localhost", "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[ff02::1]",
           "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::1]",
           "[2001:0:4136:e378:8000:63bf:80ff:fffe]"]  # fmt: skip


def make_strict() -> Fetcher:
    """A fetcher for which the test's server is the whole inside."""
    return Fetcher(inside=(ip_network("127.0.0.1/32"),), host_delay=0, backoff=0.01)


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_refused(host: str) -> None:
    assert fail(f"http://{host}:9/x", Fetcher()) == "private_address"


INSIDE = [host for host in PRIVATE if not host.startswith(("127.", "2130", "0x7f", "0177", "local"))]


@pytest.mark.parametrize("host", INSIDE)
def test_redirects_to_private_addresses_are_refused(site: Site, host: str) -> None:
    site.add("/go", status=302, location=f"http://{host}:{site.port}/admin".encode().decode("latin-1"))
    assert fail(site.url("/go"), make_strict()) == "private_address"
    assert [path for path, _ in site.requests] == ["/robots.txt", "/go"]


def test_public_addresses_are_not_private() -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:4700::1111")
    assert not is_public("2002:7f00:1::1")


def test_a_name_that_changes_its_address_gains_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer that was looked at is the one that is connected to; each new connection is looked at anew."""
    answers = [["93.184.215.14", "127.0.0.1"], ["127.0.0.1"]]
    connected = []

    def look_up(host: str, port: int, *_: object, flags: int = 0, **__: object) -> list[object]:
        if flags:
            raise socket.gaierror("no number")
        found = answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    def connect(_: socket.socket, where: tuple[str, int]) -> None:
        connected.append(where[0])
        raise ConnectionRefusedError("closed")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    fetcher = Fetcher(host_delay=0, backoff=0.01)
    assert fail(f"http://rebinding.example:{site.port}/x", fetcher) == "refused"
    assert fail(f"http://rebinding.example:{site.port}/x", fetcher) == "private_address"
    assert connected == ["93.184.215.14"]
    assert site.requests == []


def test_redirects_are_followed_and_kept(site: Site) -> None:
    for n in range(5):
        site.add(f"/{n}", status=(301, 302, 303, 307, 308)[n], location=f"/{n + 1}")
    site.add("/5", PAGE)
    found = make_fetcher().fetch(site.url("/0"))
    assert (found.url, found.final_url, found.body) == (site.url("/0"), site.url("/5"), PAGE)
    assert found.redirects == tuple(site.url(f"/{n}") for n in range(1, 5))


LOCATIONS = {
    "": "redirect", "  ": "redirect", "/go": "redirect_loop", "#top": "redirect_loop", "?": "redirect_loop",
    "http://[bad": "redirect", "http://": "redirect_loop", "http:///": "status_404", "http://a:99999/": "url",
    "http://%zz.example/": "url", "file:///etc/passwd": "scheme", "ftp://127.0.0.1/x": "scheme",
    "http://①②⑦.⓪.⓪.①/": "url", "javascript:alert(1)": "scheme", "data:text/html,x": "scheme",
    "gopher://127.0.0.1/x": "scheme",
    "http://a b.example/": "url", "http://" + "a" * 300 + ".example/": "dns", "http://ü\x80.example/": "url",
}  # fmt: skip


@pytest.mark.parametrize("location", LOCATIONS)
def test_locations_that_lead_nowhere(site: Site, location: str) -> None:
    site.add("/go", status=302, location=location.encode().decode("latin-1"))
    assert fail(site.url("/go")) == LOCATIONS[location]


def test_a_redirect_without_a_location(site: Site) -> None:
    site.add("/go", status=302)
    assert fail(site.url("/go")) == "redirect"


@pytest.mark.parametrize(
    "location", ["b", "./b", "../b", "//127.0.0.1:{}/b", "/b#part", " /b ", "HTTP://127.0.0.1:{}/b"]
)
def test_relative_and_odd_locations(site: Site, location: str) -> None:
    site.add("/a", status=302, location=location.format(site.port))
    site.add("/b", PAGE)
    assert make_fetcher().fetch(site.url("/a")).body == PAGE


def test_locations_in_utf_8(site: Site) -> None:
    site.add("/a", status=302, location="/новости".encode().decode("latin-1"))
    site.add("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", PAGE)
    assert make_fetcher().fetch(site.url("/a")).body == PAGE


def test_a_chain_without_end_and_a_circle(site: Site) -> None:
    for n in range(30):
        site.add(f"/{n}", status=301, location=f"/{n + 1}")
    assert fail(site.url("/0")) == "redirect_loop"
    site.add("/a", status=302, location="/b")
    site.add("/b", status=302, location="/a")
    assert fail(site.url("/a")) == "redirect_loop"
    assert site.hits("/a") == 1


def test_a_redirect_asks_the_robots_of_its_new_host(site: Site) -> None:
    with serve() as other:
        other.add("/robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
        other.add("/x", PAGE)
        site.add("/go", status=302, location=other.url("/x"))
        assert fail(site.url("/go")) == "robots"
        assert other.hits("/x") == 0


def test_a_redirect_asks_the_robots_of_its_own_host(site: Site) -> None:
    site.add("/robots.txt", b"User-agent: *\nDisallow: /closed", content_type="text/plain")
    site.add("/go", status=302, location="/closed")
    site.add("/closed", PAGE)
    assert fail(site.url("/go")) == "robots"
    assert site.hits("/closed") == 0


def test_a_chain_over_many_slow_hosts_ends_in_time() -> None:
    """Each host has a robots.txt that never comes: their deadlines must not add up without end."""
    with serve(address="0.0.0.0") as site:
        for n in range(9):
            site.add(f"/{n}", status=302, location=site.url(f"/{n + 1}", f"127.0.0.{n + 2}"))
        site.answers["/robots.txt"] = lambda handler: (
            stalled(b"") if "0.0.1:" not in handler.headers["Host"] else answer(b"", 404)
        )(handler)
        start = time.monotonic()
        assert fail(site.url("/0"), make_fetcher(deadline=0.5)) == "deadline"
        assert time.monotonic() - start < 2


def test_a_page_that_only_refreshes_is_a_redirect(site: Site) -> None:
    site.add("/go", b'<meta http-equiv="refresh" content="0; url=/story?a=1&amp;b=2">')
    site.add("/story?a=1&b=2", PAGE)
    found = make_fetcher().fetch(site.url("/go"))
    assert (found.url, found.final_url, found.body) == (site.url("/go"), site.url("/story?a=1&b=2"), PAGE)
    site.add("/bad", b"<META CONTENT='1;URL=http://10.0.0.1/' HTTP-EQUIV=Refresh>")
    assert fail(site.url("/bad"), make_strict()) == "private_address"
    site.add("/file", b'<meta http-equiv="refresh" content="0;url=file:///etc/passwd">')
    assert fail(site.url("/file")) == "scheme"


STAYS = [
    b'<meta http-equiv="refresh" content="300">', b'<meta http-equiv="refresh" content="300;url=/other">',
    b'<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript><p>Text.</p>',
    b'<!-- <meta http-equiv="refresh" content="0;url=/x"> --><p>Text.</p>',
    b'<script>"<meta http-equiv=refresh content=\'0;url=/x\'>"</script><p>Text.</p>',
    b'<meta name="description" content="0;url=/x">', b'<meta http-equiv="refresh" content="soon;url=/x">',
    b'<meta http-equiv="refresh" content="0;url=">', b'<meta http-equiv="refresh"' + b" " * 15_000 + b">",
    b"<meta http-equiv=refresh content='0;" + b" " * 1900 + b"'>", b"<meta " * 2700,
    b'<meta http-equiv="refresh" content="0;url=/x">' + b"<p>Text of a page.</p>" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("body", STAYS, ids=range(len(STAYS)))
def test_pages_that_stay(body: bytes) -> None:
    assert find_refresh(Hop(200, (("Content-Type", "text/html"),), body)) is None
    assert find_refresh(Hop(200, (("Content-Type", "text/plain"),), STAYS[0])) is None


def test_a_page_that_refreshes_to_itself_is_a_page(site: Site) -> None:
    body = b'<meta http-equiv="refresh" content="5;url=/live"><p>Live.</p>'
    site.add("/live", body)
    assert make_fetcher().fetch(site.url("/live")).body == body
    assert site.hits("/live") == 1
