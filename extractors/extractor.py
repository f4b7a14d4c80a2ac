"""The extractor: pipeline, lexicons and gazetteer, loaded once, and what they read in a text."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extractors.actor_lexicon import ActorLexicon, compile_actors
from extractors.actors import find_actors
from extractors.casualties import find_casualties
from extractors.counts import find_counts
from extractors.dates import find_dateline_date, find_dates, read_unread, resolve, resolve_all
from extractors.events import assemble_events
from extractors.gazetteer import Gazetteer
from extractors.language import can_read
from extractors.overlaps import settle_overlaps
from extractors.phrases import LEXICONS
from extractors.pipeline import BATCH, DEFAULT, Pipeline, load_pipeline
from extractors.places import PlaceLexicon, compile_places, find_places
from extractors.prefilter import Prefilter, compile_prefilter
from extractors.pronouns import find_pronouns
from extractors.resolved import show_mention
from extractors.sheet import Sheet, lay_out
from extractors.updates import find_days
from extractors.weapons import WeaponLexicon, compile_weapons, find_weapons
from extractors.words import EventWords, compile_words
from models.article import Article
from models.dates import Interval, TimeExpression
from models.errors import GazetteerError
from models.event import EventRow
from models.lexicon import ActorEntry, CountryEntry, NounEntry, WeaponEntry, read_entries
from models.mention import Mention
from models.reason import NoteField
from models.terms import MentionLabel
from models.trace import Trace, spot
from models.trigger import EventEntry

FIELDS: Mapping[MentionLabel, NoteField] = {
    "actor": "actors",
    "weapon": "weapons",
    "place": "place",
    "date": "date",
    "count": "counts",
}
PERSONAL = "pronouns:personal"
TRAINED = LEXICONS.parent / "trained"


@dataclass(frozen=True, slots=True)
class Extractor:
    """Everything that reading needs. `version` names code, lexicons and gazetteer by digest."""

    pipeline: Pipeline
    actors: ActorLexicon
    weapons: WeaponLexicon
    places: PlaceLexicon
    words: EventWords
    prefilter: Prefilter
    version: str

    def extract_events(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[EventRow]]]:
        """Each article with its rows, in order; texts not in English or without an event word are not parsed."""
        for batch in take_batches(articles):
            wanted = [can_read(a.language) and self.prefilter.can_hold_event(a.text) for a in batch]
            docs = self.pipeline.parse(a.text for a, want in zip(batch, wanted, strict=True) if want)
            for article, want in zip(batch, wanted, strict=True):
                yield article, self.read_events(next(docs), article) if want else []

    def extract_mentions(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
        """Each article with its mentions in the shape of event-row.md, in order."""
        for batch in take_batches(articles):
            for article, doc in zip(batch, self.pipeline.parse(a.text for a in batch), strict=True):
                mentions = [
                    *self.find_mentions(doc, article.url),
                    *(m for m in find_pronouns(doc) if m.rule == PERSONAL),
                ]
                mentions.sort(key=lambda m: (m.start, m.end, m.label))
                intervals = resolve_dates(mentions, article)
                yield article, [show_mention(m, intervals.get(m)) for m in mentions]

    def trace_events(self, article: Article) -> tuple[list[EventRow], Trace]:
        """The rows of one article, and what was not taken, with the reason of whatever decided it."""
        trace = Trace()
        if not can_read(article.language):
            trace.add("article", "article:language", (0, 0), detail=article.language or "")
        elif not self.prefilter.can_hold_event(article.text):
            trace.add("article", "article:no-word", (0, 0))
        else:
            doc = next(iter(self.pipeline.parse([article.text])))
            return self.read_events(doc, article, trace), trace
        return [], trace

    def find_mentions(self, doc: Doc, url: str | None = None, trace: Trace | None = None) -> list[Mention]:
        """What the finders find, in text order; the outlet's address helps to tell namesakes apart."""
        proposed = [(e.start_char, e.end_char, e.text) for e in doc.ents if e.label_ in {"DATE", "TIME"}]
        found = [
            *find_actors(doc, self.actors),
            *find_weapons(doc, self.weapons),
            *find_places(doc, self.places, self.places.weigh_outlet(url), trace),
            *read_unread(proposed, find_dates(doc)),
            *find_counts(doc, trace),
        ]
        return settle_overlaps(found, trace)

    def read_events(self, doc: Doc, article: Article, trace: Trace | None = None) -> list[EventRow]:
        """The rows of one parsed article."""
        days = find_days(article.text, None)
        found = self.find_mentions(doc, article.url, trace)
        mentions = [m for m in found if not days.heads(m.start)]
        if trace is not None:
            for mention in (m for m in found if days.heads(m.start)):
                trace.add(FIELDS[mention.label], "mention:heading", spot(mention))
        sheet = self.lay_out(doc, mentions, trace)
        versions = (self.version, self.pipeline.version)
        intervals = resolve_dates(mentions, article)
        return assemble_events(sheet, article, find_day(article), intervals, self.words, versions)

    def lay_out(self, doc: Doc, mentions: Sequence[Mention], trace: Trace | None = None) -> Sheet:
        """Mentions and losses laid over the text's tokens."""
        counts = [m for m in mentions if m.label == "count"]
        return lay_out(doc, mentions, find_casualties(doc, counts, trace), trace)


def find_day(article: Article) -> date | None:
    """The day of publication, else the day of the text's own dateline."""
    if article.day is not None:
        return article.day
    mention = find_dateline_date(article.text)
    if mention is None or not isinstance(mention.value, TimeExpression):
        return None
    interval = resolve(mention.value, None)
    return interval.end if interval is not None else None


def resolve_dates(mentions: Iterable[Mention], article: Article) -> dict[Mention, Interval | None]:
    """Each date mention with its interval, anchored in the day of its passage and in the story."""
    dates = [m for m in mentions if m.label == "date"]
    passages = find_days(article.text, find_day(article)).split(dates)
    found = (zip(inside, resolve_all(inside, day), strict=True) for day, inside in passages)
    return dict(chain.from_iterable(found))


def take_batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in lists of at most a pipeline batch."""
    source = iter(articles)
    return iter(partial(lambda: list(islice(source, BATCH))), [])


def load(gazetteer: Path | None, model: str | None = None) -> Extractor:
    """The extractor over the bundled lexicons. Raises ModelError, LexiconError or GazetteerError."""
    pipeline = load_pipeline(model or DEFAULT)
    opened = open_gazetteer(gazetteer)
    weapons = read_entries(LEXICONS / "weapons.toml", WeaponEntry)
    actors = compile_actors(
        read_entries(LEXICONS / "actors.toml", ActorEntry),
        read_entries(LEXICONS / "actor_nouns.toml", NounEntry),
        read_entries(LEXICONS / "countries.toml", CountryEntry),
        read_entries(LEXICONS / "titles.toml", NounEntry),
    )
    return Extractor(
        pipeline,
        actors,
        compile_weapons(weapons),
        compile_places(opened, LEXICONS),
        compile_words(LEXICONS),
        compile_prefilter(read_entries(LEXICONS / "events.toml", EventEntry), weapons),
        name_version(opened, LEXICONS),
    )


def open_gazetteer(path: Path | None) -> Gazetteer:
    """The gazetteer, opened read-only. Raises GazetteerError."""
    if path is None or not path.is_file():
        raise GazetteerError(f"no gazetteer at {path}: run `make setup`")
    return Gazetteer(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True))


def name_version(gazetteer: Gazetteer, lexicons: Path) -> str:
    """`VERSION rules DIGEST gazetteer DIGEST`: what besides the model decides the rows."""
    rules = sha256()
    for path in (
        *sorted(lexicons.glob("*")),
        *sorted(TRAINED.glob("*")),
        *sorted(LEXICONS.parent.rglob("*.py")),
    ):
        if path.is_file():
            rules.update(path.name.encode() + path.read_bytes())
    return f"{version('dateline')} rules {rules.hexdigest()[:12]} gazetteer {gazetteer.digest[:12]}"
