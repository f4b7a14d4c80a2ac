"""Which addresses can be fetched, and which network addresses may be connected to."""

import ipaddress
import re
from collections.abc import Sequence
from functools import lru_cache

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from models.errors import FetchError

PORTS = {"http": 80, "https": 443}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
Found = tuple[int, tuple[str, int]]  # family and socket address
EVERYWHERE: Networks = (ipaddress.IPv4Network("0.0.0.0/0"), ipaddress.IPv6Network("::/0"))
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Addresses of the inside can hide in these: NAT64 and 6to4 carry an IPv4 address within.
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def choose_addresses(host: str, found: Sequence[Found], inside: Networks) -> list[Found]:
    """Of the addresses found for a host, those that may be connected to.

    Those are public, or in one of the networks of the inside. The caller connects to just these, so a name
    that changes its address in between gains nothing. Raises FetchError `private_address`.
    """
    allowed = [
        (family, where) for family, where in found if is_public(where[0]) or is_inside(where[0], inside)
    ]
    if not allowed:
        raise FetchError(
            "private_address", f"{host}: its address {found[0][1][0]} is not on the public internet"
        )
    return allowed


def is_public(text: str) -> bool:
    """Whether an address is on the public internet, looking through addresses that carry another one."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    inner = carried(address) if isinstance(address, ipaddress.IPv6Address) else None
    if inner:
        return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_inside(text: str, inside: Networks) -> bool:
    """Whether an address is in one of the networks."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return any(address in network for network in inside)


def carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address within an IPv6 one."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


@lru_cache(maxsize=1000)
def read_url(url: str) -> Url:
    """The parts of a web address. Raises FetchError `url` or `scheme`."""
    if CONTROL.search(url):
        raise FetchError("url", f"{url!r}: is no address, since it holds control characters")
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise FetchError("url", f"{url}: is no address") from error
    if parts.scheme not in PORTS:
        raise FetchError("scheme", f"{url}: only http and https addresses are fetched")
    if not parts.host:
        raise FetchError("url", f"{url}: names no host")
    return parts
