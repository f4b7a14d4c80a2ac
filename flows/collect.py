"""Second stage: every item's page into the archive, from the net or from a folder."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.archive import Record
from flows.drain import drain_archives
from flows.feeds import Item
from flows.fetch import fetch_all
from flows.fetched import Fetched, Request
from flows.memory import show_name
from flows.night import Night, Ready, address_of
from flows.warc_records import digest_payload
from models.errors import FetchError

LARGEST = 5 * 2**20  # what a fetch may bring; a larger file is no article either


def collect_pages(night: Night) -> int:
    """Archives the pages and gives how many are ready to be read; tried again, it goes on where it was."""
    recall_pages(night)
    ended = night.ready.keys() | night.refused
    waiting = {place: item for place, item in enumerate(night.items) if place not in ended}
    if any(item.path is None for item in waiting.values()):  # the first answer may take a while
        night.progress("fetch", 0, len(waiting), lambda: describe_hosts(night))
    for done, (place, page) in enumerate(get_pages(night, waiting)):
        item = night.items[place]
        if isinstance(page, FetchError):
            night.refused.add(place)
            night.tally.fail(item.source_id, address_of(item), page.reason, str(page))
        else:
            night.ready[place] = keep_page(night, item, page)
        night.progress("fetch", done + 1, len(waiting), lambda: describe_hosts(night))
    drain_archives(night)
    return len(night.ready)


def recall_pages(night: Night) -> None:
    """Takes from the archive what was fetched a short while ago: a run that is done again asks nobody twice."""
    for place, item in enumerate(night.items):
        record = None if item.path or not night.fresh else night.archive.find(address_of(item))
        if record and timedelta(0) <= night.started - record.fetched_at <= night.fresh:
            night.ready.setdefault(place, Ready(item, address_of(item), record))


def describe_hosts(night: Night) -> str:
    """Whose answers are waited for."""
    first, *others = night.fetcher.traffic.in_hand() or [""]
    return f"{first} and {len(others)} more" if others else first


def get_pages(night: Night, items: dict[int, Item]) -> Iterator[tuple[int, Fetched | FetchError]]:
    """Every item's place with its page or its failure: files first, then the net as answers come.

    A wish to stop ends it, after the pages that are under way.
    """
    for place, item in items.items():
        if item.path and not night.stop.asked:
            yield place, read_file(item, item.path)
    requests = (ask_for(night, place, item) for place, item in items.items() if not item.path)
    for request, answer in fetch_all(night.fetcher, requests):
        yield int(request.key), answer


def ask_for(night: Night, place: int, item: Item) -> Request:
    """The request for an item's page, if it has changed since it was archived."""
    address = address_of(item)
    etag, last_modified = night.archive.validators(address)
    record = night.archive.find(address)
    return Request(address, etag, last_modified, str(place), record.final_url if record else "")


def read_file(item: Item, path: Path) -> Fetched | FetchError:
    """A saved page as if it had been fetched from its address."""
    try:
        if path.stat().st_size > LARGEST:
            return FetchError("too_large", f"{show_name(path.name)}: larger than {LARGEST >> 20} MiB")
        body = path.read_bytes()
    except OSError as error:
        return FetchError("unreadable", f"{show_name(path.name)}: cannot be read ({error.strerror})")
    address = address_of(item)
    return Fetched(address, address, 200, (("content-type", "text/html"),), body, datetime.now(UTC))


def keep_page(night: Night, item: Item, page: Fetched) -> Ready:
    """Archives the page; a file that has not changed since it was archived is not archived again."""
    night.tally.fetched(item.source_id, page.status, len(page.body))
    record = find_same(night, page) if item.path else None
    record = record or night.archive.append(page, {"source": item.source_id})
    if record.kind == "revisit":
        night.tally.revisit(item.source_id)
    return Ready(item, address_of(item), record)


def find_same(night: Night, page: Fetched) -> Record | None:
    """The latest record of the page, where it has the same bytes."""
    record = night.archive.find(page.url)
    return record if record and record.digest == digest_payload(page.body) else None
