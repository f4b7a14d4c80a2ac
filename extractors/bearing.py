"""What a passage is about: whether an event's words speak of conflict, or of a game, a market, a stage, a storm."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Span

from extractors.draft import Draft
from extractors.sheet import Sheet, cover
from extractors.signs import Sign
from extractors.syntax import is_simile
from extractors.topics import is_shouted, list_words, weigh_topic
from models.casualty import Casualty
from models.mention import ActorValue, Mention, WeaponValue
from models.terms import CountWhat, EventType, PartyKind
from models.trace import show_terms, weigh_terms
from models.weights import Weights

TRAINED = Path(__file__).resolve().parent / "trained" / "bearing.toml"
LIKELY = 0.7  # an event that is less likely of conflict than this is none (benchmarks/bearing.md)
SURE = 0.9  # one such event makes a text one of conflict
ENOUGH = 40  # words: a text of fewer says too little of its topic to be refused as lightly ...
LEAST = 0.2  # ... down to this part of the bar
HOSTILE: frozenset[PartyKind] = frozenset({"rebel_group", "militia", "criminal"})
ORDERLY: frozenset[PartyKind] = frozenset({"state_military", "police"})
RULING: frozenset[PartyKind] = frozenset({"state_military", "government", "international"})
PLATFORMS = frozenset({"aircraft", "armour", "naval", "other"})
HARM: tuple[CountWhat, ...] = ("killed", "injured", "abducted")
CIVIL: frozenset[EventType] = frozenset(
    {"raid", "deployment", "release", "arrest", "demand", "threat", "accusation_or_condemnation"}
)  # what is done in peace too, by soldiers in a disaster or by the law
MISHAP = ("accident", "nature", "hazard")
FICTION = ("fiction", "story")
REACH = 2  # sentences on either side that tell what a passage is about
MANY, CAP = 3, 6  # words that count as one sign, and how many count at most

Told = Mapping[int, frozenset[str]]  # sentence -> words


@dataclass(frozen=True, slots=True)
class Page:
    """What a text says of its topic, by sentence and whole: words, signs of conflict, mishaps and made-up stories."""

    words: Sequence[frozenset[str]]
    every: frozenset[str]
    hard: Told
    soft: Told
    mishap: Told
    fiction: Told


def keep_conflict(
    events: Sequence[Draft],
    sheet: Sheet,
    words: Mapping[str, Sequence[Span]],
    topics: Weights,
    bearing: Weights,
) -> list[Draft]:
    """The events that the passage around them makes likely to be of conflict."""
    if not events:
        return []
    page = read_page(events, sheet, words)
    rates = [bearing.rate(read_bearing(e, page, topics)) for e in events]
    bar = set_bar(page, max(rates, default=0.0))
    if sheet.trace is not None:
        for event in (e for e, rate in zip(events, rates, strict=True) if rate < bar):
            terms = weigh_terms(read_bearing(event, page, topics), bearing.weights)
            sheet.trace.add("word", "event:no-conflict", event.spot, detail=show_terms(terms))
    return [e for e, rate in zip(events, rates, strict=True) if rate >= bar]


def set_bar(page: Page, best: float) -> float:
    """How likely of conflict an event must be: where the text surely tells of one, its others may be told with less."""
    if best >= SURE:
        return LIKELY * LEAST
    return LIKELY * max(LEAST, min(1, len(page.every) / ENOUGH))


def read_page(events: Sequence[Draft], sheet: Sheet, words: Mapping[str, Sequence[Span]]) -> Page:
    """What the text says around its events; their own words are no signs of themselves."""
    own = {(t.span.start_char, t.span.end_char) for e in events for t in e.triggers}
    weapons = [
        m
        for m in sheet.mentions["weapon"]
        if not any(s < m.end and m.start < e for s, e in own) and not is_simile(sheet.head(m))
    ]
    actors = [m for m in sheet.mentions["actor"] if not is_simile(sheet.head(m))]
    hard = [m for m in actors if has_kind(m, HOSTILE)] + [m for m in weapons if is_munition(m)]
    soft = [m for m in actors if has_kind(m, ORDERLY)] + [m for m in weapons if not is_munition(m)]
    soft += [m for m in actors if any(is_victim(m.start, c) for c in sheet.casualties)]
    tolls = [cover(sheet.doc, c.start, c.end) for c in sheet.casualties if c.whom is None and c.what in HARM]
    shouted = is_shouted(sheet)
    told = [list_words(sentence, shouted=shouted) for sentence in sheet.sentences]
    return Page(
        told,
        frozenset().union(*told),
        spread([*(sheet.span(m) for m in hard), *words.get("conflict", ())], sheet),
        spread([*(sheet.span(m) for m in soft), *tolls, *words.get("strife", ())], sheet),
        spread([span for name in MISHAP for span in words.get(name, ())], sheet),
        spread([span for name in FICTION for span in words.get(name, ())], sheet),
    )


def read_bearing(event: Draft, page: Page, topics: Weights) -> dict[str, float]:
    """The signs of one event by name: what it says of itself, and what is told around it.

    Nothing of its status or its way of telling: what is only feared or denied is of conflict all the same.
    """
    signs = (*sign_topic(event, page, topics), *sign_conflict(event, page), *sign_facts(event))
    return dict(signs)


def sign_topic(event: Draft, page: Page, topics: Weights) -> Iterator[Sign]:
    """What the words speak of: the event word's, its sentences', those around and the whole text's."""
    near = reach(event)
    yield "topic: word", weigh_topic(list_words(t for s in event.triggers for t in s.span), topics) / MANY
    yield "topic: sentence", weigh_topic(gather(page.words, event.sentences), topics) / MANY
    yield "topic: passage", weigh_topic(gather(page.words, near), topics) / MANY
    yield "topic: text", weigh_topic(page.every, topics) / MANY


def sign_conflict(event: Draft, page: Page) -> Iterator[Sign]:
    """Armed people, weapons, victims and other words of conflict, in the passage and elsewhere."""
    near = reach(event)
    for name, told in (
        ("hard", page.hard),
        ("soft", page.soft),
        ("mishap", page.mishap),
        ("fiction", page.fiction),
    ):
        inside = unite(told, near)
        yield f"{name}: near", len(inside) / MANY
        yield f"{name}: far", min(CAP, len(unite(told) - inside)) / MANY
    armed = any(p.party.kind in HOSTILE | ORDERLY for p in event.actors)
    yield "armed doer", float(armed and event.type not in CIVIL)
    bare = event.is_loss and not event.actors and not event.weapons
    yield "bare loss", float(bare)
    yield "bare loss, nothing hard near", float(bare and not unite(page.hard, near))
    yield "nothing hard", float(not any(page.hard.values()))


def sign_facts(event: Draft) -> Iterator[Sign]:
    """What is told of the event itself."""
    yield "saying", float(event.is_saying)
    yield "accident", float(event.accident)
    yield "specific", float(any(t.entry.level == "event" for t in event.triggers))
    yield "doer", float(bool(event.actors))
    yield "target", float(any(p.party.kind != "other" for p in event.targets))
    yield "place", float(bool(event.places))
    yield "date", float(event.date is not None)
    yield "weapon", float(bool(event.weapons))
    for what in HARM:
        yield what, float(any(c.what == what and not c.negated for c in event.casualties))


def is_grounded(event: Draft) -> bool:
    """Whether an event is tied to the ground: violence with place, day, victims or claim, a threat with a target."""
    if event.type == "sanction":
        return any(p.party.kind in RULING for p in event.actors)
    if event.is_saying:
        return event.type == "threat" and bool(event.targets)
    victims = any(c.whom_start is not None for c in event.casualties)
    told = event.places or event.date or victims or event.sources.attribution
    return event.type not in CIVIL | {"seizure"} and bool(told)


def is_deadly(event: Draft) -> bool:
    """Whether people were killed in it, and some doing, not dying, tells so."""
    killed = any(c.what == "killed" and not c.negated and c.whom_start is not None for c in event.casualties)
    return killed and not all(t.entry.subject == "patient" for t in event.triggers)


def has_kind(mention: Mention, kinds: frozenset[PartyKind]) -> bool:
    """Whether the actor is of one of these kinds."""
    return isinstance(mention.value, ActorValue) and mention.value.kind in kinds


def is_munition(mention: Mention) -> bool:
    """Whether the weapon strikes by itself."""
    return isinstance(mention.value, WeaponValue) and mention.value.category not in PLATFORMS


def is_victim(start: int, casualty: Casualty) -> bool:
    """Whether what starts there was killed, hurt or taken."""
    if casualty.whom_start is None or casualty.whom_end is None or casualty.what not in HARM:
        return False
    return casualty.whom_start <= start < casualty.whom_end


def spread(spans: Iterable[Span], sheet: Sheet) -> Told:
    """The heads of the phrases by sentence, in lower case."""
    found: dict[int, set[str]] = {}
    for span in spans:
        found.setdefault(sheet.sentence_of[span.start], set()).add(span.root.lower_)
    return {number: frozenset(words) for number, words in found.items()}


def reach(event: Draft) -> frozenset[int]:
    """The numbers of the sentences that tell the event and of those around them."""
    return frozenset(n for s in event.sentences for n in range(s - REACH, s + REACH + 1))


def gather(words: Sequence[frozenset[str]], numbers: Iterable[int]) -> frozenset[str]:
    """The words of those sentences that there are."""
    return frozenset(w for n in numbers if 0 <= n < len(words) for w in words[n])


def unite(told: Told, near: Container[int] | None = None) -> frozenset[str]:
    """The words of all sentences, or of those near."""
    return frozenset(w for n, words in told.items() if near is None or n in near for w in words)
