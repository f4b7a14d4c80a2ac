"""A store of invented nights: what the picture in the README, tests of size and the benchmark of the report show.

python -m benchmarks.invented HOME [NIGHTS] [ROWS_A_NIGHT]

The places are real, all else is made up: parties, events, numbers, sources. The same numbers give the same rows.
"""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.invented_names import ACTORS, LATECOMERS, NEWCOMER, PLACES, SOURCES, TYPES
from flows.receipts import find_store, save_receipt
from flows.reports import report_run
from flows.store import Store
from models.article import Article
from models.event import EventRow
from models.receipt import Failure, Receipt, SourceCount
from models.run import Run

LAST = datetime(2026, 3, 8, 2, 15, tzinfo=UTC)


def make_rows(
    chance: random.Random, night: datetime, number: int, ago: int
) -> Iterator[tuple[Article, EventRow]]:
    """Invented articles of one event each, published in the day before the night that was so many days ago."""
    for n in range(number):
        published = night - timedelta(minutes=chance.randrange(60, 1440))
        newest = ago == 0 and n == 0
        actors = (NEWCOMER,) if newest else ACTORS + (LATECOMERS * 2 if ago < 7 else ())
        article, row = make_row(chance, published, f"{night:%Y%m%d}-{n}", actors, late=ago < 7)
        if ago == 0 and n == number // 2:  # as a date that was read wrong would look
            days = dict.fromkeys(("date_start", "date_end"), date(1025, 3, 7))
            row = row.model_copy(update={"status": "reported", "is_aggregate": False} | days)
        yield article, row


def make_row(
    chance: random.Random,
    published: datetime,
    name: str,
    actors: tuple[tuple[str, str, str], ...],
    *,
    late: bool,
) -> tuple[Article, EventRow]:
    """An article and its event."""
    place = chance.choices(PLACES, [p[6] if late else p[5] for p in PLACES])[0]
    kind, _, weapon, category = chance.choices(
        TYPES, [t[1] * (2 if late and t[0] == "drone_attack" else 1) for t in TYPES]
    )[0]
    actor = chance.choices(actors, range(len(actors) + 1, 1, -1))[0]
    killed = chance.choices((None, 0, 1, 2, 3, 5, 8, 14), (6, 3, 5, 5, 4, 3, 2, 1))[0]
    verb = kind.replace("_", " ")
    lost = f", killing {'at least ' if killed and killed > 4 else ''}{killed}" if killed else ""
    sentence = f"{actor[1]} carried out a {verb} near {place[0]} on {published:%A}{lost}, officials said."
    article = Article(
        sentence,
        name,
        f"https://news.example/{name}",
        "The Alder Post",
        f"{verb.capitalize()} near {place[0]}",
        "en",
        published,
    )
    spans = {
        "event_type": (verb, f"events.toml:{kind}"),
        "place": (f"near {place[0]}", "places:near"),
        "date": (f"on {published:%A}", "dates:weekday"),
        "actors": (actor[1], f"actors.toml:{actor[0]}"),
        **({"killed": (lost.rsplit(maxsplit=1)[-1], "counts:number")} if lost else {}),
    }
    fields = locate(chance, place) | count(chance, killed, sentence) | name_parties(actor, weapon, category)
    day = published.date() - timedelta(days=chance.choices((0, 1, 2, 9), (6, 5, 1, 1))[0])
    told = tell(article, verb, spans) | judge(chance, kind)
    return article, EventRow.model_validate(told | fields | date_it(chance, day))


def tell(article: Article, verb: str, spans: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """The columns that the article and its sentence give."""
    sentence = article.text
    return {
        "article_id": article.article_id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "date_text": f"{article.published:%A}",
        "date_precision": "day",
        "date_source": "relative",
        "sentence": sentence,
        "sentences": [{"start": 0, "end": len(sentence), "text": sentence}],
        "trigger": verb,
        "trigger_start": sentence.index(verb),
        "trigger_end": sentence.index(verb) + len(verb),
        "evidence": {field: (find_span(sentence, *span),) for field, span in spans.items()},
        "extractor_version": "0.1.0 invented",
        "model_version": "none",
    }


def judge(chance: random.Random, kind: str) -> dict[str, Any]:
    """Id, type, standing and confidence."""
    statuses = ("reported", "actual", "alleged", "planned", "historical")
    return {
        "event_id": f"{chance.getrandbits(64):016x}",
        "event_type": kind,
        "status": chance.choices(statuses, (8, 8, 2, 1, 1))[0],
        "is_aggregate": chance.random() < 0.06,
        "confidence": round(chance.betavariate(6, 2), 2),
    }


def find_span(sentence: str, words: str, rule: str) -> dict[str, Any]:
    """The words in the sentence as evidence."""
    start = sentence.rindex(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": rule}


def date_it(chance: random.Random, day: date) -> dict[str, Any]:
    """One day; now and then none."""
    if chance.random() < 0.07:
        return {
            "date_start": None,
            "date_end": None,
            "date_precision": None,
            "date_source": None,
            "date_text": None,
        }
    return {"date_start": day, "date_end": day}


def locate(chance: random.Random, place: tuple[Any, ...]) -> dict[str, Any]:
    """The place, a little off, or none."""
    if chance.random() < 0.06:
        return {}
    radius = (6.0, 15.0, 45.0, 9.0, 110.0)[len(place[0]) % 5]
    return {
        "place_text": place[0],
        "place_name": place[0],
        "place_id": f"invented:{place[0]}",
        "admin1": place[1],
        "country": place[2],
        "latitude": place[3],
        "longitude": place[4],
        "place_precision": "near" if radius < 50 else "province",
        "place_radius_km": radius,
    }


def count(chance: random.Random, killed: int | None, sentence: str) -> dict[str, Any]:
    """People killed as a range, and whose they were."""
    if killed is None:
        return {}
    high = None if killed > 4 else killed + chance.choice((0, 0, 1, 2))
    side = chance.choices(("civilians", "target", "unknown"), (5, 3, 3))[0]
    at = max(sentence.find(str(killed)), 0)
    one = {"what": "killed", "side": side, "form": "at_least" if high is None else "exact", "scope": "event"}
    told = {"low": killed, "best": killed, "high": high, "start": at, "end": at + 1}
    injured = killed + chance.randrange(9)
    return {
        "killed_low": killed,
        "killed_best": killed,
        "killed_high": high,
        "injured_low": injured,
        "injured_best": injured,
        "injured_high": injured + chance.choice((0, 0, 6)),
        "counts": (one | told,),
    }


def name_parties(actor: tuple[str, str, str], weapon: str, category: str) -> dict[str, Any]:
    """Who did it and with what."""
    party = {"text": actor[1], "name": actor[1], "id": actor[0], "kind": actor[2], "named": True}
    weapons = (
        ({"text": weapon, "name": weapon, "id": weapon.replace(" ", "-"), "category": category},)
        if weapon
        else ()
    )
    return {"actors": (party,), "weapons": weapons}


def write_nights(home: Path, nights: int = 40, rows: int = 30) -> Receipt:
    """Fills the store of a home with nights and their receipts; gives the last receipt."""
    chance, store = random.Random(7), Store(find_store(home))
    receipt = None
    for back in reversed(range(nights)):
        night = LAST - timedelta(days=back)
        number = rows + chance.randrange(-rows // 3, rows // 3 + 1) if back else rows
        made = list(make_rows(chance, night, number, back))
        receipt = write_receipt(night, number, silent=back < 6)
        run = Run(
            run_id=receipt.run_id,
            kind="ingest",
            started=night,
            ended=receipt.ended,
            complete=True,
            articles=number,
            rows=number,
            receipt=receipt.model_dump_json(),
        )
        store.commit_run(run, [article for article, _ in made], [row for _, row in made])
        save_receipt(home, receipt)
    assert receipt is not None
    return receipt


def write_receipt(night: datetime, rows: int, *, silent: bool) -> Receipt:
    """What became of the night's items: one source is silent of late, one cannot be read."""
    shares = [rows // 3, rows // 4, rows // 6, 0 if silent else rows // 8]
    shares.append(0)
    shares[0] += rows - sum(shares)
    counts = [
        SourceCount(source=name, items=share + 4, fetched=share, new=share, unchanged=4, rows=share)
        for name, share in zip(SOURCES[:4], shares, strict=False)
    ]
    if silent:
        counts[3] = counts[3].model_copy(
            update={"silent": "it has brought nothing new for 6 days, and never was more than 2 days"}
        )
    fault = "https://plateau.example/feed: the answer took longer than 30 s"
    down = night > LAST - timedelta(days=2)
    counts.append(
        SourceCount(
            source=SOURCES[4], **({"reasons": {"deadline": 1}} if down else {"items": 3, "unchanged": 3})
        )
    )
    failure = Failure(
        source=SOURCES[4], item="https://plateau.example/feed", reason="deadline", message=fault
    )
    return Receipt(
        run_id=f"{night:%Y%m%dT%H%M%SZ}-00{night.day:02d}",
        started=night,
        ended=night + timedelta(seconds=74),
        sources=tuple(counts),
        failures=(failure,) if down else (),
        errors=(f"{SOURCES[4]}: {fault}",) if down else (),
        extractor_version="0.1.0 invented",
        model_version="none",
    )


if __name__ == "__main__":
    print(report_run(Path(sys.argv[1]), write_nights(Path(sys.argv[1]), *map(int, sys.argv[2:4]))))
