"""The work of `dateline sources`."""

from collections.abc import Sequence
from pathlib import Path

from flows.discovery import discover
from flows.feeds import read_sources
from flows.fetch import Fetcher
from flows.home import find_home
from flows.memory import Memory, find_memory
from flows.progress import watch_stages
from flows.source_checks import check_source, choose_sources
from models.checked import Checked, Standing
from models.errors import SourceError


def recall(home: Path | None) -> Memory:
    """What is remembered of the sources, to be read only."""
    return Memory(find_memory(home or find_home()), read_only=True)


def list_all(path: Path, home: Path | None) -> list[Standing]:
    """The sources of the file with what is remembered of them. Raises SourceError."""
    memory = recall(home)
    known = ((source, memory.recall(source)) for source in read_sources(path).values())
    return [Standing(source, one.read, one.failing) for source, one in known]


def check_all(path: Path, home: Path | None, names: Sequence[str], *, allow_private: bool) -> list[Checked]:
    """What the sources would bring, one after the other. Raises SourceError where the file is not valid."""
    sources, memory, fetcher = choose_sources(path, names), recall(home), Fetcher(allow_private=allow_private)
    found = []
    with watch_stages() as watch:
        for done, source in enumerate(sources, 1):
            found.append(check_source(source, fetcher, path.parent, memory))
            watch("check", done, len(sources))
    return found


def find_offers(url: str, *, allow_private: bool) -> list[Checked]:
    """What a site offers. Raises FetchError, and SourceError where it offers nothing."""
    address = url if "://" in url else f"https://{url}"
    found = discover(address, Fetcher(allow_private=allow_private))
    if not any(one.items for one in found):
        why = found[0].faults[0] if found and found[0].faults else "no feed and no sitemap that has pages"
        raise SourceError(f"{address}: {why}; name the feed itself, or write a list of addresses")
    return found
