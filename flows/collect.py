"""Second stage: every item's page into the archive, from the net or from a folder."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flows.archive import Record
from flows.feeds import Item
from flows.fetch import fetch_all
from flows.fetched import Fetched, Request
from flows.night import Night, Ready, address_of
from models.errors import ArchiveError, FetchError

MAX_BYTES = 5 * 2**20  # what the page reader takes; a larger file is no article


def collect_pages(night: Night) -> int:
    """Archives the pages not collected yet and gives how many are ready to be read."""
    places = {id(item): place for place, item in enumerate(night.items)}
    waiting = [item for item in night.items if places[id(item)] not in night.ready]
    for done, (item, page) in enumerate(get_pages(night, waiting)):
        if isinstance(page, FetchError):
            night.tally.fail(item.source_id, address_of(item), page.reason, str(page))
        else:
            keep_page(night, places[id(item)], item, page)
        night.progress("fetch", done + 1, len(waiting))
        if night.stop.asked:
            break
    return len(night.ready)


def get_pages(night: Night, items: list[Item]) -> Iterator[tuple[Item, Fetched | FetchError]]:
    """Every item with its page or its failure: files first, then the net as answers come."""
    for item in items:
        if item.path:
            yield item, read_file(item, item.path)
    requests = {}
    for item in items:
        if item.url and not item.path:
            etag, last_modified = night.archive.validators(item.url)
            requests[item.url] = (item, Request(item.url, etag=etag, last_modified=last_modified))
    answers = fetch_all(night.fetcher, (request for _, request in requests.values()))
    for request, answer in answers:
        yield requests[request.url][0], answer


def read_file(item: Item, path: Path) -> Fetched | FetchError:
    """A saved page as if it had been fetched from its address."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return FetchError("too_large", f"{path.name}: larger than {MAX_BYTES >> 20} MiB")
        body = path.read_bytes()
    except OSError as error:
        return FetchError("unreadable", f"{path.name}: cannot be read ({error.strerror})")
    address = address_of(item)
    return Fetched(address, address, 200, (("content-type", "text/html"),), body, datetime.now(UTC))


def keep_page(night: Night, place: int, item: Item, page: Fetched) -> None:
    """Archives the page, unless it is what the archive has, and puts it with the ready ones."""
    address = address_of(item)
    earlier = night.archive.find(address)
    if page.status == 304:
        if earlier is None:
            night.tally.fail(item.source_id, address, "not_modified", "304 for a page that we never had")
            return
        night.ready[place] = Ready(item, address, earlier, digest_body(night.archive.read(earlier).body))
        return
    night.tally.fetched(item.source_id)
    payload = digest_body(page.body)
    record = earlier if item.path and is_same(night, earlier, payload) else None
    record = record or night.archive.append(page, {"source": item.source_id})
    night.ready[place] = Ready(item, address, record, payload)


def is_same(night: Night, record: Record | None, payload: str) -> bool:
    """Whether the archived page has these bytes; a damaged one has not."""
    if record is None:
        return False
    try:
        return digest_body(night.archive.read(record).body) == payload
    except ArchiveError:
        return False


def digest_body(body: bytes) -> str:
    """Sixteen hex digits of the SHA-256 of the bytes."""
    return sha256(body).hexdigest()[:16]
