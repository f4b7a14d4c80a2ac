"""Second stage, for WARC sources: their wanted pages into our own archive as they come, never listed first."""

from flows.feeds import Item
from flows.fetched import Fetched
from flows.memory import Place
from flows.night import Night, Ready
from flows.queues import host_of
from flows.warc_files import WarcFile, find_files
from flows.warc_pages import Wanted, read_file, read_wanted
from models.errors import ArchiveError, FetchError, SourceError
from models.source import Source, hide_secret

MOST = 20_000  # pages a run: what is held in memory, and what a killed run reads again; the next goes on


def drain_archives(night: Night) -> None:
    """Reads every WARC source on from where it was left; tried again, it goes on where this run was."""
    for name, source in night.sources.items():
        if source.kind == "warc" and name not in night.lost and not night.stop.asked:
            try:
                drain_source(night, source)
            except (FetchError, SourceError, OSError) as error:
                if not (isinstance(error, FetchError) and error.reason == "stopped"):
                    lose_source(night, source, error)


def lose_source(night: Night, source: Source, error: FetchError | SourceError | OSError) -> None:
    """Keeps the error; the pages before it are kept too, and the next run goes on behind them."""
    night.lost.add(source.id)
    reason = error.reason if isinstance(error, FetchError) else "source"
    words = hide_secret(" ".join(str(error).split())).removeprefix(f"{source.id}: ")
    night.tally.lose(source.id, source.shown, reason, words)


def drain_source(night: Night, source: Source) -> None:
    """Takes the wanted pages of the source's files, up to what a run may hold. Raises what reading raises."""
    wanted = read_wanted(source)
    if source.host_delay is not None and source.url:
        night.fetcher.pacing.set_delay(host_of(source.url), source.host_delay)
    places = night.places.setdefault(source.id, dict(night.memory.recall(source).places))
    for file in find_files(source, night.fetcher, night.base):
        if not is_full(night, source) and not night.stop.asked:
            drain_file(night, source, file, places, wanted)


def drain_file(
    night: Night, source: Source, file: WarcFile, places: dict[str, Place], wanted: Wanted
) -> None:
    """Takes the pages of one file from its place on, and moves the place."""
    before = places.get(file.name)
    if before and before.done and file.fixed:
        return
    with file.open(before) as opened:
        if before and before.done and before.version == opened.version:
            return
        if opened.whole:
            words = (
                "the server sends no ranges, so the file came from its beginning; better name a copy on disk"
            )
            night.notes.append(f"{source.id}: {hide_secret(file.name)}: {words}")
        for found in read_file(opened, file.name, wanted):
            if isinstance(found, Place):
                places[file.name] = found
                if is_full(night, source):
                    return
            elif isinstance(found, Fetched):
                take_page(night, source, file.name, found)
            else:
                take_damage(night, source, file.name, found)
            if night.stop.asked:
                return


def is_full(night: Night, source: Source) -> bool:
    """Whether this run has had as many of the source's new pages as it may.

    Those that are known do not count: a file that grows is read from its beginning, and has to come to its end.
    """
    return night.taken[source.id] >= (source.most or MOST)


def take_page(night: Night, source: Source, file: str, page: Fetched) -> None:
    """Archives the page, unless it is there already, and makes it an item that is ready to be read."""
    item = Item(source.id, page.url)
    night.tally.found(source.id, 1)
    night.tally.fetched(source.id, page.status, len(page.body))
    record = night.archive.find_version(page.url, page.body)
    night.taken[source.id] += record is None
    record = record or night.archive.append(page, {"source": source.id, "from": file})
    night.ready[len(night.items)] = Ready(item, page.url, record)
    night.items.append(item)
    night.progress("fetch", len(night.ready), len(night.items), lambda: source.id)


def take_damage(night: Night, source: Source, file: str, error: ArchiveError) -> None:
    """Counts what could not be read as an item that gave no page."""
    night.tally.found(source.id, 1)
    night.tally.fail(source.id, file, "damaged", str(error))
