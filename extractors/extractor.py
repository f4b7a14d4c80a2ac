"""The extractor: pipeline, lexicons and gazetteer, loaded once, and what they read in a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, TypeVar

from spacy.tokens import Doc

from extractors.casualties import find_casualties
from extractors.dates import find_dateline_date, resolve, resolve_all
from extractors.events import assemble_events
from extractors.finders import Finders, find_losses
from extractors.findings import (
    PREFILTER,
    READ,
    UNREAD,
    Findings,
    Read,
    hash_values,
    hash_written,
    join_mentions,
    read_findings,
)
from extractors.language import can_read
from extractors.overlaps import settle_overlaps
from extractors.parses import NoParses, Parses
from extractors.pipeline import BATCH, Pipeline
from extractors.prefilter import Prefilter
from extractors.pronouns import find_pronouns
from extractors.resolved import show_mention
from extractors.sheet import Sheet, lay_out
from extractors.stages import COUNTS, FINDERS, LOSSES, MENTIONS
from extractors.updates import find_days
from extractors.words import EventWords
from models.article import Article
from models.dates import Interval, TimeExpression
from models.event import EventRow
from models.mention import Mention
from models.reason import NoteField
from models.terms import MentionLabel
from models.trace import Trace, spot

Thing = TypeVar("Thing")
Asked = tuple[Article, Mapping[str, str]]  # stage -> hash of what its finder is known to find
FIELDS: Mapping[MentionLabel, NoteField] = {
    "actor": "actors",
    "weapon": "weapons",
    "place": "place",
    "date": "date",
    "count": "counts",
}
PERSONAL = "pronouns:personal"


@dataclass(frozen=True, slots=True)
class Extractor:
    """Everything that reading needs. `version` names code, lexicons and gazetteer by digest, `stages` each stage."""

    pipeline: Pipeline
    finders: Finders
    words: EventWords
    prefilter: Prefilter
    version: str
    stages: Mapping[str, str]

    def extract_events(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[EventRow]]]:
        """Each article with its rows, in order; texts not in English or without an event word are not parsed."""
        for read in self.read(articles):
            yield read.article, read.rows

    def read(
        self, articles: Iterable[Article], parses: Parses | None = None, *, trace: bool = False
    ) -> Iterator[Read]:
        """The same with what each finder found, where traced. Parses that are kept are not made again."""
        return self.read_again(((article, {}) for article in articles), parses or NoParses(), trace=trace)

    def read_again(self, asked: Iterable[Asked], parses: Parses, *, trace: bool = True) -> Iterator[Read]:
        """The same of articles of which it is known what some finders find: what is kept of that is not found again.

        What the pipeline learns of a batch's words is forgotten with it: memory stays flat over a million texts.
        """
        for batch in batched(asked):
            with self.pipeline.nlp.memory_zone():
                found = self.read_batch(batch, parses, trace)
            yield from found

    def read_batch(self, batch: Sequence[Asked], parses: Parses, trace: bool) -> list[Read]:
        """What is read in some articles."""
        wanted = [self.wants(article) for article, _ in batch]
        texts = [article.text for (article, _), want in zip(batch, wanted, strict=True) if want]
        docs = iter(self.parse_batch(texts, parses))
        return [
            self.read_one(*next(docs), asked, parses, trace)
            if want
            else Read(asked[0], [], {PREFILTER: UNREAD} if trace else {})
            for asked, want in zip(batch, wanted, strict=True)
        ]

    def parse_batch(self, texts: Sequence[str], parses: Parses) -> list[tuple[Doc, bool]]:
        """The Docs of some texts, each with whether it was parsed now, since it is not kept."""
        kept = [parses.get(text, self.pipeline.nlp.vocab) for text in texts]
        fresh = self.pipeline.parse(text for text, doc in zip(texts, kept, strict=True) if doc is None)
        return [(next(fresh), True) if doc is None else (doc, False) for doc in kept]

    def read_one(self, doc: Doc, fresh: bool, asked: Asked, parses: Parses, trace: bool) -> Read:
        """What is read in one parsed article; what was parsed or found now is handed on to be kept."""
        article, known = asked
        told = parses.recall(article.text, known) if known else {}
        kept = read_findings(told)
        found = self.find_all(doc, article, kept=kept)
        rows = self.assemble(doc, article, found)
        if not trace:
            if fresh:
                parses.put(article.text, doc, {})
            return Read(article, rows, {})
        written = found.write(but=kept) | {stage: told[stage] for stage in kept}
        hashes = {stage: known[stage] if stage in kept else hash_written(written[stage]) for stage in FINDERS}
        anew = len(kept) < len(hashes)  # it may be kept already, where all was asked again
        if fresh or (anew and len(parses.recall(article.text, hashes)) < len(hashes)):
            parses.put(article.text, doc, written)
        return Read(article, rows, {PREFILTER: READ} | hashes)

    def check(
        self, asked: Iterable[tuple[Article, frozenset[str]]], parses: Parses
    ) -> Iterator[Mapping[str, str] | None]:
        """Hashes of what these stages find now in each article's kept parse; None where none is kept."""
        for batch in batched(asked):
            with self.pipeline.nlp.memory_zone():
                found = [self.check_one(article, stages, parses) for article, stages in batch]
            yield from found

    def check_one(self, article: Article, stages: frozenset[str], parses: Parses) -> Mapping[str, str] | None:
        """The same of one article. The prefilter is asked first: where it says no, no parse is needed."""
        told = {PREFILTER: READ if self.wants(article) else UNREAD} if PREFILTER in stages else {}
        finders = stages - {PREFILTER}
        if not finders or told.get(PREFILTER) == UNREAD:
            return told
        doc = parses.get(article.text, self.pipeline.nlp.vocab)
        if doc is None:
            return None
        wanted = finders | {COUNTS} if LOSSES in finders else finders
        apart = self.finders.find_apart(doc, article, sorted(wanted - {LOSSES}))
        found = {stage: hash_values(mentions) for stage, mentions in apart.items()}
        if LOSSES in finders:
            found[LOSSES] = hash_values(find_losses(doc, article, apart))
        return told | {stage: found[stage] for stage in sorted(finders)}

    def wants(self, article: Article) -> bool:
        """Whether the text is worth parsing: in English, and with a word that can tell an event."""
        return can_read(article.language) and self.prefilter.can_hold_event(article.text)

    def extract_mentions(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
        """Each article with its mentions in the shape of event-row.md, in order."""
        for batch in batched(articles):
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
        apart = self.finders.find_apart(doc, Article(doc.text, "", url=url), trace=trace)
        return settle_overlaps(join_mentions(apart), trace)

    def find_all(
        self,
        doc: Doc,
        article: Article,
        trace: Trace | None = None,
        kept: Mapping[str, list[Any]] = MappingProxyType({}),
    ) -> Findings:
        """What all finders find in an article; those of which something is `kept` are not asked."""
        days = find_days(article.text, None)
        asked = [stage for stage in MENTIONS if stage not in kept]
        fresh = self.finders.find_apart(doc, article, asked, trace)
        apart = {stage: kept[stage] if stage in kept else fresh[stage] for stage in MENTIONS}
        settled = settle_overlaps(join_mentions(apart), trace)
        mentions = [m for m in settled if not days.heads(m.start)]
        if trace is not None:
            for mention in (m for m in settled if days.heads(m.start)):
                trace.add(FIELDS[mention.label], "mention:heading", spot(mention))
        if LOSSES in kept:
            return Findings(apart, mentions, kept[LOSSES])
        return Findings(apart, mentions, find_losses(doc, article, apart, trace))

    def read_events(self, doc: Doc, article: Article, trace: Trace | None = None) -> list[EventRow]:
        """The rows of one parsed article."""
        return self.assemble(doc, article, self.find_all(doc, article, trace), trace)

    def assemble(
        self, doc: Doc, article: Article, found: Findings, trace: Trace | None = None
    ) -> list[EventRow]:
        """The rows that the findings make."""
        sheet = lay_out(doc, found.mentions, found.casualties, trace)
        versions = (self.version, self.pipeline.version)
        intervals = resolve_dates(found.mentions, article)
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


def batched(things: Iterable[Thing], size: int = BATCH) -> Iterator[list[Thing]]:
    """The things in lists of at most a pipeline batch."""
    source = iter(things)
    return iter(partial(lambda: list(islice(source, size))), [])
