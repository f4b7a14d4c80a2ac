"""Addresses of articles as links."""

import pytest

from review.links import make_link


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example/a", "news.example"),
        ("http://новини.example/a", "xn--b1amarcd.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://bank.example@evil.example/", None),
        ("//evil.example", None),
        ("https://[::1", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None, host: str | None) -> None:
    link = make_link(url)
    assert (link.host if link else None) == host
