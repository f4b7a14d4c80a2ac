"""First stage: which items the sources have tonight."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from flows.feeds import Item, Listing, list_items
from flows.memory import Known
from flows.night import Night, address_of
from flows.page_keys import key_of
from flows.tally import Tally
from models.errors import FetchError, SourceError
from models.source import Source, hide_secret

ASKED = 8  # sources at a time: a dead one must not keep the others waiting
LOOK_BACK = timedelta(days=30)  # for what a part of a source had that could not be read


def plan_items(night: Night) -> int:
    """Lists each source's items and gives their number; tried again, it begins anew."""
    night.items.clear()
    night.lost.clear()
    night.partial.clear()
    night.taken.clear()
    night.tally = Tally()
    seen: set[str] = set()
    with ThreadPoolExecutor(ASKED) as pool:
        asked = [(name, pool.submit(ask_source, night, source)) for name, source in night.sources.items()]
        for done, (name, answer) in enumerate(asked):
            for item in take_answer(night, name, answer.result()):
                add_item(night, item, seen)
            night.progress("plan", done + 1, len(night.sources), str)
    return len(night.items)


def ask_source(night: Night, source: Source) -> Listing | FetchError | SourceError | None:
    """What the source has, or why it cannot be read; None where the run was to stop before it was asked."""
    if night.stop.asked:
        return None
    try:
        return list_items(source, night.fetcher, night.base, night.memory)
    except (FetchError, SourceError) as error:
        return None if getattr(error, "reason", "") == "stopped" else error


def take_answer(night: Night, name: str, listing: Listing | FetchError | SourceError | None) -> list[Item]:
    """The source's items; none where it cannot be read, which the tally keeps as an error."""
    source = night.sources[name]
    if listing is None:
        return []
    if isinstance(listing, FetchError | SourceError):
        error = listing
        night.lost.add(name)
        reason = error.reason if isinstance(error, FetchError) else "source"
        message = hide_secret(str(error)).removeprefix(f"{name}: ") + tell_past(night.memory.recall(source))
        night.tally.lose(name, source.shown, reason, message)
        return []
    for fault in listing.faults:
        night.partial.add(name)
        night.tally.lose(name, source.shown, fault.reason, hide_secret(str(fault)))
    night.tally.found(name, len(listing.items))
    return listing.items


def tell_past(known: Known) -> str:
    """Since when a source cannot be read: one that is gone for a night mostly comes back."""
    if not known.failing:
        return ""
    last = f"last read on {known.read:%Y-%m-%d}" if known.read else "never read so far"
    return f" ({known.failing + 1} runs in a row; {last})"


def add_item(night: Night, item: Item, seen: set[str]) -> None:
    """Puts the item on the list, unless another source has brought the page already."""
    night.tally.date(item.source_id, item.feed_published)
    key = key_of(address_of(item))
    if key in seen:
        night.tally.close(item.source_id, "duplicate")
        return
    seen.add(key)
    night.items.append(item)


def remember_sources(night: Night) -> int:
    """Keeps what the next run has to know, once all that this one did is committed; the sources' number."""
    for name, source in night.sources.items():
        known = night.memory.recall(source)
        changes: dict[str, object] = {}
        if name in night.lost:
            changes = {"failing": known.failing + 1}
        elif not night.stop.asked:
            complete = hold_back(known, night.started) if name in night.partial else night.started
            changes = {"failing": 0, "read": night.started, "complete": complete}
        if not night.stop.asked:  # else items may be left, and the next run begins where this one did
            changes["places"] = night.places.get(name, known.places)
        if changes and source.kind != "folder":
            night.memory.keep(source, **changes)
    return len(night.sources)


def hold_back(known: Known, started: datetime) -> datetime | None:
    """The last complete run still, so that what a part had that could not be read counts once it can be."""
    return known.complete and max(known.complete, started - LOOK_BACK)
