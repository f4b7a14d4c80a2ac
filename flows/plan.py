"""First stage: which items the sources have tonight."""

from flows.feeds import Item, list_items
from flows.night import Night, address_of
from flows.tally import Tally
from models.errors import FetchError, SourceError
from models.source import Source


def plan_items(night: Night) -> int:
    """Lists each source's items and gives their number; tried again, it begins anew."""
    night.items.clear()
    night.tally = Tally()
    seen: set[str] = set()
    for done, (name, source) in enumerate(night.sources.items()):
        if night.stop.asked:
            break
        for item in ask_source(night, name, source):
            add_item(night, item, seen)
        night.progress("plan", done + 1, len(night.sources), str)
    return len(night.items)


def ask_source(night: Night, name: str, source: Source) -> list[Item]:
    """The source's items; none where it cannot be read, which the tally keeps as an error."""
    try:
        items = list_items(source, night.fetcher, night.base)
    except (FetchError, SourceError) as error:
        reason = error.reason if isinstance(error, FetchError) else "source"
        message = str(error).removeprefix(f"{name}: ")
        night.tally.lose(name, str(source.url or source.path), reason, message)
        return []
    night.tally.found(name, len(items))
    return items


def add_item(night: Night, item: Item, seen: set[str]) -> None:
    """Puts the item on the list, unless another source has brought it already."""
    night.tally.date(item.source_id, item.feed_published)
    address = address_of(item)
    if address in seen:
        night.tally.close(item.source_id, "duplicate")
        return
    seen.add(address)
    night.items.append(item)
