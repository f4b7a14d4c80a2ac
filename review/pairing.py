"""Which rows with different ids are the same event: by sentence, type, trigger, parties, place and numbers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from models.event import EventRow

MOST_COMPARED = 40_000  # pairs of one page; beyond that only rows of one and the same sentence are compared
MOST_SPLIT = 100  # rows of one sentence that one new row may have been a part of
WORDS = 300  # of a sentence that are compared
ALIKE = 500  # thousandths that two sentences must share
ENOUGH = 600  # thousandths for a pair
SENTENCE, TYPE, TRIGGER, REST = 45, 15, 20, 5  # of 100; what counts is the words, then what is read in them

Families = Mapping[str, str]
Pair = tuple[EventRow, EventRow]


@dataclass(slots=True)
class Pairs:
    """Rows of one page: those that belong together, and those of either side that are left."""

    pairs: list[Pair] = field(default_factory=list)
    gone: list[EventRow] = field(default_factory=list)
    new: list[EventRow] = field(default_factory=list)
    coarse: bool = False


def pair_rows(before: Sequence[EventRow], after: Sequence[EventRow], families: Families) -> Pairs:
    """One-to-one, the most alike first; the same pairs whichever side is called before."""
    found = Pairs(coarse=len(before) * len(after) > MOST_COMPARED)
    if found.coarse:
        found.pairs = pair_same_sentences(before, after, families)
    else:
        found.pairs = pair_best(product(before, after), families)
    paired = {(row.event_id, side) for pair in found.pairs for side, row in enumerate(pair)}
    found.gone = [row for row in before if (row.event_id, 0) not in paired]
    found.new = [row for row in after if (row.event_id, 1) not in paired]
    return found


def pair_best(candidates: Iterable[Pair], families: Families) -> list[Pair]:
    """The pairs that are alike enough, each row in one of them."""
    words: dict[str, frozenset[str]] = {}
    scored = []
    for a, b in candidates:
        if score := measure_likeness(a, b, families, words):
            scored.append((-score, *sorted((a.event_id, b.event_id)), a, b))
    taken: set[tuple[int, str]] = set()
    pairs = []
    for *_, a, b in sorted(scored, key=lambda item: item[:3]):
        keys = {(0, a.event_id), (1, b.event_id)}
        if not keys & taken:
            taken |= keys
            pairs.append((a, b))
    return pairs


def pair_same_sentences(
    before: Sequence[EventRow], after: Sequence[EventRow], families: Families
) -> list[Pair]:
    """Pairs among the rows of one and the same sentence; where even these are too many, in order."""
    sides: dict[str, tuple[list[EventRow], list[EventRow]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((before, after)):
        for row in rows:
            sides[row.sentence][side].append(row)
    pairs: list[Pair] = []
    for olds, news in sides.values():
        if len(olds) * len(news) > MOST_COMPARED:
            pairs += zip(*(sorted(rows, key=order_of) for rows in (olds, news)), strict=False)
        else:
            pairs += pair_best(product(olds, news), families)
    return pairs


def order_of(row: EventRow) -> tuple[str, int, str]:
    """Where the row stands among those of its sentence."""
    return row.event_type, row.trigger_start, row.event_id


def measure_likeness(a: EventRow, b: EventRow, families: Families, words: dict[str, frozenset[str]]) -> int:
    """Thousandths, 0 where the two are not the same event."""
    sentence = compare_sentences(a, b, words)
    if sentence < ALIKE:
        return 0
    kind = compare_types(a, b, families)
    trigger = compare_triggers(a, b)
    if not kind and not trigger:
        return 0
    rest = (compare_parties(a, b), compare_places(a, b), compare_days(a, b), compare_numbers(a, b))
    score = (SENTENCE * sentence + TYPE * kind + TRIGGER * trigger + REST * sum(rest)) // 100
    return score if score >= ENOUGH else 0


def compare_sentences(a: EventRow, b: EventRow, words: dict[str, frozenset[str]]) -> int:
    """How much two evidence sentences share: 1000 the same, 900 the other row tells it too."""
    if a.sentence == b.sentence:
        return 1000
    if tells(a, b.sentence) or tells(b, a.sentence):
        return 900
    some, others = (
        words.setdefault(row.sentence, frozenset(row.sentence.casefold().split(maxsplit=WORDS)[:WORDS]))
        for row in (a, b)
    )
    alike = 2000 * len(some & others) // ((len(some) + len(others)) or 1)
    return max(alike, overlap(a, b))


def tells(row: EventRow, sentence: str) -> bool:
    """Whether the sentence is one of the row's."""
    return any(told.text == sentence for told in row.sentences)


def overlap(a: EventRow, b: EventRow) -> int:
    """Thousandths of the shorter evidence sentence that lie in the other, in one and the same text."""
    if a.article_id != b.article_id:
        return 0
    (start, end), (other_start, other_end) = map(find_sentence, (a, b))
    shared = min(end, other_end) - max(start, other_start)
    shorter = min(end - start, other_end - other_start)
    return max(0, 1000 * shared // shorter) if shorter > 0 else 0


def find_sentence(row: EventRow) -> tuple[int, int]:
    """Offsets of the evidence sentence."""
    return next(((told.start, told.end) for told in row.sentences if told.text == row.sentence), (0, 0))


def compare_types(a: EventRow, b: EventRow, families: Families) -> int:
    """1000 the same type, 700 types of one family."""
    if a.event_type == b.event_type:
        return 1000
    family = families.get(a.event_type)
    return 700 if family is not None and family == families.get(b.event_type) else 0


def compare_triggers(a: EventRow, b: EventRow) -> int:
    """1000 the same word at the same place or in another text, 400 the same word elsewhere, 0 another word."""
    if a.article_id == b.article_id:
        if max(a.trigger_start, b.trigger_start) < min(a.trigger_end, b.trigger_end):
            return 1000
        return 400 if a.trigger.casefold() == b.trigger.casefold() else 0
    return 1000 if a.trigger.casefold() == b.trigger.casefold() else 0


def compare_parties(a: EventRow, b: EventRow) -> int:
    """1000 where actors or targets are shared, 500 where one row names none."""
    some, others = (name_all(row) for row in (a, b))
    return 1000 if some & others else 500 if not (some and others) else 0


def name_all(row: EventRow) -> set[str]:
    """The parties by side and id or name."""
    sides = (("actor", row.actors), ("target", row.targets))
    return {f"{side} {party.id or party.name.casefold()}" for side, parties in sides for party in parties}


def compare_places(a: EventRow, b: EventRow) -> int:
    """1000 the same place, 500 where one row has none."""
    some, others = ({*filter(None, (row.place_id, row.place_text, row.place_name))} for row in (a, b))
    return 1000 if some & others else 500 if not (some and others) else 0


def compare_days(a: EventRow, b: EventRow) -> int:
    """1000 the same days, 500 otherwise where one has none."""
    some, others = ((row.date_start, row.date_end) for row in (a, b))
    return 1000 if some == others else 500 if some == (None, None) or others == (None, None) else 0


def compare_numbers(a: EventRow, b: EventRow) -> int:
    """1000 the same losses, 500 where one row has none."""
    some, others = ({(c.what, c.low, c.high) for c in row.counts} for row in (a, b))
    return 1000 if some == others else 500 if some & others or not (some and others) else 0


def find_splits(
    pairs: Sequence[Pair], new: Sequence[EventRow], families: Families
) -> Iterator[tuple[int, EventRow]]:
    """(number of a pair, new row) where the new row took over what the pair's row before had and lost."""
    lost = [list_facets(a) - list_facets(b) for a, b in pairs]
    by_sentence: dict[str, list[int]] = defaultdict(list)
    for number, (a, _) in enumerate(pairs):
        for told in {told.text for told in a.sentences}:
            by_sentence[told].append(number)
    for row in new:
        best = (0, 0)
        for number in by_sentence.get(row.sentence, ())[:MOST_SPLIT]:
            a, b = pairs[number]
            taken = len(list_facets(row) & lost[number]) + adds_up(a, b, row)
            if taken and compare_types(a, row, families):
                best = max(best, (taken, -number))
        if best[0]:
            yield -best[1], row


def list_facets(row: EventRow) -> set[tuple[str, ...]]:
    """What a row tells, in pieces that another row may take over."""
    places = {row.place_name or "", *(place.name for place in row.other_places)} - {""}
    return {
        *(("sentence", told.text) for told in row.sentences),
        *(("place", place) for place in places),
        *(("party", party) for party in name_all(row)),
        *(("weapon", weapon.name) for weapon in row.weapons),
        *(("count", c.what, str(c.low), str(c.best), str(c.high), c.whom or "") for c in row.counts),
    }


def adds_up(a: EventRow, b: EventRow, row: EventRow) -> int:
    """1 where the row before counts as many killed or injured as the two after together."""
    sums = (
        (a.killed_best, b.killed_best, row.killed_best),
        (a.injured_best, b.injured_best, row.injured_best),
    )
    return int(any(all(n for n in some) and some[0] == (some[1] or 0) + (some[2] or 0) for some in sums))
