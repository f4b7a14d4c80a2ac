"""What a site's robots.txt allows, by RFC 9309."""

from dataclasses import dataclass

from protego import Protego

# RFC 9309 asks for at least this much to be read; the rest is not.
LARGEST = 512 * 1024
SLOWEST = 120.0


@dataclass(frozen=True)
class Robots:
    """The rules of one host for one agent; `rules` is None where nothing is forbidden."""

    agent: str
    rules: Protego | None = None

    def allows(self, url: str) -> bool:
        """Whether the agent may fetch the address."""
        return self.rules is None or bool(self.rules.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """The seconds between requests that the site asks for, else 0; never over two minutes."""
        asked = self.rules.crawl_delay(self.agent) if self.rules else None
        return min(max(float(asked or 0), 0.0), SLOWEST)


def read_robots(body: bytes, agent: str) -> Robots:
    """The rules of a robots.txt; a page of HTML in its place forbids nothing."""
    text = body[:LARGEST].decode("utf-8-sig", "replace")
    return Robots(agent, None if text.lstrip().startswith("<") else Protego.parse(text))
