"""How sure a row is: the share of rows like it that were right on development corpora.

`benchmarks/confidence.py` learns the weights and writes the reliability table beside it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.bonds import can_be_one, same_reality, share_toll
from extractors.draft import Draft
from extractors.identity import same_place, share_party
from extractors.merging import absorb_words
from extractors.obstacles import find_conflicts
from extractors.sheet import Sheet
from extractors.signs import hear_voice, read_signs
from models.casualty import Casualty
from models.terms import Status
from models.trace import Term, Trace, show_terms, weigh_terms
from models.trigger import EventTypeEntry
from models.weights import Weights

TRAINED = Path(__file__).resolve().parent / "trained" / "confidence.toml"
DOUBT = 0.25  # violence less sure than this is no row: five in six such rows were wrong (benchmarks/confidence.md)
WEAK = 0.35  # violence less sure than this tells a surer event beside it again, if it can
MAYBE = 0.6  # violence less sure than this does so where it brings no victim, place or toll of its own
REACH = 12  # sentences over which a doubtful mention may speak of another event
DIGITS = 2
INTERCEPT = "any event"  # what every event starts from
NO_NEWS: frozenset[Status] = frozenset({"negated", "denied", "hypothetical", "generic", "exercise"})
LOSSES = frozenset({"killed", "injured"})


def rate_events(events: Sequence[Draft], sheet: Sheet, weights: Weights) -> None:
    """Gives each event its confidence, 0 to 1."""
    voice = hear_voice(sheet)
    for event in events:
        signs = read_signs(event, sheet, voice)
        event.confidence = round(weights.rate(signs), DIGITS)
        if sheet.trace is not None:
            intercept = Term(INTERCEPT, 1.0, weights.intercept)
            sheet.trace.terms[event.spot] = (intercept, *weigh_terms(signs, weights.weights))


def settle_doubtful(
    events: Sequence[Draft], types: Mapping[str, EventTypeEntry], trace: Trace | None = None
) -> list[Draft]:
    """The events without doubtful violence: it tells a surer event beside it again, or it is no event at all."""
    kept: list[Draft] = []
    ranked = sorted(events, key=lambda e: -e.confidence)
    for event in ranked:
        doubt = event.confidence < MAYBE and is_told(event, types)
        host = find_likely(event, kept, types) if doubt else None
        if host is not None:
            complete(host, event)
            if trace is not None:
                trace.add(
                    "word", "event:retold", event.spot, other=host.spot, detail=f"{event.confidence:.2f}"
                )
        elif not doubt or event.confidence >= DOUBT:
            kept.append(event)
        elif trace is not None:
            detail = f"{event.confidence:.2f} < {DOUBT}: {show_terms(trace.terms.get(event.spot, ()))}"
            trace.add("word", "event:doubtful", event.spot, detail=detail)
    return [e for e in events if any(e is k for k in kept)]


def is_told(event: Draft, types: Mapping[str, EventTypeEntry]) -> bool:
    """Whether the text says of violence that it happened or is to come: what it says not to be news claims nothing."""
    return types[event.type].family == "violence" and event.status not in NO_NEWS


def find_likely(event: Draft, sure: Sequence[Draft], types: Mapping[str, EventTypeEntry]) -> Draft | None:
    """The surer event that it may tell again, the nearest in the text; None where none can be meant."""
    fitting = [h for h in sure if is_near(h, event) and can_tell(h, event, types)]
    return min(fitting, key=lambda h: min(abs(n - event.sentence) for n in h.sentences), default=None)


def is_near(host: Draft, event: Draft) -> bool:
    """Whether a sentence of the one stands close to the other's."""
    return any(abs(event.sentence - n) <= REACH for n in host.sentences)


def can_tell(host: Draft, event: Draft, types: Mapping[str, EventTypeEntry]) -> bool:
    """Whether nothing in type, reality, parties, place or date keeps the two apart."""
    if event.is_new or any(c.scope == "running_total" for c in event.casualties):
        return False  # a second bomb is another one, and what sums a war is no part of one event
    free = not host.is_saying and same_reality(host, event) and not find_conflicts(host, event)
    weak = event.confidence < WEAK and not brings_toll(host, event)
    return free and (weak or not is_distinct(host, event)) and can_be_one(host, event, types)


def is_distinct(host: Draft, event: Draft) -> bool:
    """Whether an event brings a place, a victim or a toll that the other does not have."""
    if event.places and not (host.places and same_place(host.places[0], event.places[0])):
        return True
    if event.targets and host.targets and not share_party(host.targets, event.targets):
        return True
    return brings_toll(host, event)


def brings_toll(host: Draft, event: Draft) -> bool:
    """Whether an event tells of losses of several people, and not of those that the other tells."""
    tolls = any(is_toll(c) for c in event.casualties)
    return tolls and bool(host.casualties) and not share_toll(host, event)


def is_toll(casualty: Casualty) -> bool:
    """Whether several people were killed or hurt in the event itself: one person may be told in any words."""
    number = casualty.best if casualty.best is not None else casualty.low
    several = number is not None and number > 1
    return several and casualty.what in LOSSES and casualty.scope != "running_total"


def complete(host: Draft, event: Draft) -> None:
    """Adds to an event that another sentence speaks of it, and what it lacks: day, losses, and the means of its kind.

    Parties and places stay as they are: nearness is no reason to name a perpetrator, or to move an event.
    """
    absorb_words(host, event)
    told = {c.what for c in host.casualties}
    host.casualties.extend(c for c in event.casualties if c.what not in told and is_toll(c))
    if event.type == host.type:
        host.weapons = host.weapons or event.weapons
    if host.date is None and event.interval is not None and event.interval.precision == "day":
        host.date, host.interval = event.date, event.interval
