"""An event's totals of losses: nobody is counted twice, however often the article tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from extractors.casualty_scopes import is_single, load_cues
from extractors.casualty_words import load_nouns, load_words
from extractors.draft import Draft
from extractors.sheet import Sheet, cover
from extractors.tallies import side_of_victims
from models.casualty import Casualty
from models.terms import CountWhat
from models.trace import Notes

MORE_REACH = 25  # characters before a number in which "another" or "also" speaks of it


@dataclass(frozen=True, slots=True)
class Total:
    """People, as a closed range; all null where the text gives no number."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


def total_people(what: CountWhat, draft: Draft, sheet: Sheet) -> Total:
    """The event's total of one kind of loss.

    Numbers of one sentence add up; of several sentences the first total stands, later ones that disagree
    widen the range, and smaller ones about others of the victims are taken to be part of it.
    """
    notes = Notes(sheet.trace, "counts", draft.spot)
    told = [c for c in draft.casualties if c.scope == "event"]
    for casualty in draft.casualties if notes.trace else ():
        if casualty.what == what and casualty.scope != "event":
            notes.add("total:part" if casualty.scope == "part" else "total:running", casualty)
    by_sentence: dict[int, list[Casualty]] = {}
    for casualty in told:
        if casualty.what == what:
            by_sentence.setdefault(sentence_of(casualty, sheet), []).append(casualty)
    sentences = [
        notes.keep_few("total:repeated", items, drop_repeats(items, sheet))
        for _, items in sorted(by_sentence.items())
    ]
    groups = [group for items in sentences for group in split_by_source(items)]
    if not groups:
        return Total()
    counted = groups[0]
    total = add_up(counted, sheet)
    for items in groups[1:]:
        later = add_up(items, sheet)
        if adds_new(items, counted, told, sheet) and not tells_again(items, total, sheet):
            total = Total(
                plus(total.low, later.low), plus(total.best, later.best), plus(total.high, later.high)
            )
            counted = [*counted, *items]
        else:
            wider = widen(total, later, are_rivals(items, counted, sheet))
            for item in items if notes.trace else ():
                notes.add("total:counted" if wider == total else "total:wider", item, counted[0])
            total = wider
    return total


def drop_repeats(items: Sequence[Casualty], sheet: Sheet) -> list[Casualty]:
    """One sentence's numbers without those told twice: "Two shot - police say two men were hit"."""
    kept: list[Casualty] = []
    for item in sorted(items, key=lambda c: c.start):
        if not any(is_repeat(item, before, sheet) for before in kept):
            kept.append(item)
    return kept


def is_repeat(later: Casualty, before: Casualty, sheet: Sheet) -> bool:
    """Whether another word of the sentence tells the same number of the same people; "and" makes them others."""
    several = later.low is not None and later.low > 1 and later.anchor != before.anchor
    if not several or (later.low, later.best, later.high) != (before.low, before.best, before.high):
        return False
    anchors = [cover(sheet.doc, c.anchor, c.anchor + 1)[0] for c in (later, before)]
    if anchors[0] in anchors[1].conjuncts or not load_cues().anew.isdisjoint(words_at(later, sheet)):
        return False
    nouns = [c.whom.split()[-1].casefold() for c in (later, before) if c.whom]
    known = load_nouns()
    return len({noun for noun in nouns if noun not in known.generic}) < 2


def split_by_source(items: Sequence[Casualty]) -> list[list[Casualty]]:
    """One sentence's numbers, apart where another source gives them ("30 dead, it said; the army said five")."""
    groups: list[list[Casualty]] = []
    for item in sorted(items, key=lambda c: c.start):
        told = {c.source for c in groups[-1]} - {None} if groups else set()
        if groups and (item.source is None or not told or item.source in told):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def are_rivals(items: Sequence[Casualty], counted: Sequence[Casualty], sheet: Sheet) -> bool:
    """Whether another source counts the same people, so that a smaller number is the lower bound."""
    first, later = counted[0], items[0]
    if (
        len(items) > 1
        or first.source is None
        or later.source is None
        or later.source in {c.source for c in counted}
    ):
        return False
    if load_cues().superseded.search(sheet.sentences[sentence_of(later, sheet)].text):
        return False
    if later.whom is None or later.whom.split()[-1] in {c.whom.split()[-1] for c in counted if c.whom}:
        return True
    side = side_of_victims(later, sheet)
    return side is not None and side != "civil" and side == side_of_victims(first, sheet)


def sentence_of(casualty: Casualty, sheet: Sheet) -> int:
    """The number of the sentence that a casualty stands in."""
    span = sheet.doc.char_span(casualty.start, casualty.end, alignment_mode="expand")
    return sheet.sentence_of[span.start] if span is not None and len(span) else 0


def add_up(items: Sequence[Casualty], sheet: Sheet) -> Total:
    """The sum of one sentence's numbers; a bound is known only where all have it."""
    unique = list({(c.start, c.end): c for c in items}.values())
    unique = [c for c in unique if not is_unnumbered(c, sheet)] or unique
    return Total(*(sum_known([getattr(c, name) for c in unique]) for name in ("low", "best", "high")))


def is_unnumbered(casualty: Casualty, sheet: Sheet) -> bool:
    """Whether a noun of loss only says that there were some: "injuries were reported", "a number of injuries"."""
    some = casualty.form == "vague" and casualty.low == 2 and casualty.whom is None
    word = sheet.text[casualty.start : casualty.end].casefold()
    return some and (word in load_words() or word in load_nouns().amounts)


def sum_known(values: Sequence[int | None]) -> int | None:
    """The sum, or None where one is unknown."""
    known = [v for v in values if v is not None]
    return sum(known) if known and len(known) == len(values) else None


def adds_new(
    items: Sequence[Casualty], counted: Sequence[Casualty], told: Sequence[Casualty], sheet: Sheet
) -> bool:
    """Whether these are other victims than those already counted.

    The text must say so ("also", "two others"), or name people of another side; whoever is pointed at by a
    pronoun, a definite description or a name after a description has been counted.
    """
    if is_further(items[0], told, sheet):
        return True
    sides = [{side for c in group if (side := side_of_victims(c, sheet))} for group in (items, counted)]
    return bool(sides[0]) and bool(sides[1]) and not sides[0] & sides[1]


def is_further(casualty: Casualty, told: Sequence[Casualty], sheet: Sheet) -> bool:
    """Whether a word like "another" or "also" sets the people apart from those of an earlier sentence.

    Behind another loss of the same sentence it only sets them apart from that one: "two died, six others were
    hurt" is as new as the two.
    """
    if not says_more(casualty, sheet):
        return False
    here = sentence_of(casualty, sheet)
    before = [
        c for c in told
        if c.what != casualty.what and c.start < casualty.start and sentence_of(c, sheet) == here
    ]  # fmt: skip
    return not before or any(says_more(c, sheet) or is_of_new_side(c, told, sheet) for c in before)


def is_of_new_side(casualty: Casualty, told: Sequence[Casualty], sheet: Sheet) -> bool:
    """Whether the people are of another side than all who were lost in earlier sentences."""
    here = sheet.sentences[sentence_of(casualty, sheet)].start_char
    earlier = {side_of_victims(c, sheet) for c in told if c.start < here} - {None}
    side = side_of_victims(casualty, sheet)
    return side is not None and bool(earlier) and side not in earlier


def tells_again(items: Sequence[Casualty], total: Total, sheet: Sheet) -> bool:
    """Whether it is the very number of several people that was counted, or only says that there were some."""
    if all(is_unnumbered(c, sheet) for c in items):
        return True
    if any(is_single(c) or not load_cues().anew.isdisjoint(words_at(c, sheet)) for c in items):
        return False  # "two more were killed"
    later = add_up(items, sheet)
    return later.low is not None and later.low > 1 and (later.low, later.best) == (total.low, total.best)


def says_more(casualty: Casualty, sheet: Sheet) -> bool:
    """Whether a word like "another" or "also" stands at the number."""
    cues = load_cues()
    return not (cues.anew | cues.apart).isdisjoint(words_at(casualty, sheet))


def words_at(casualty: Casualty, sheet: Sheet) -> list[str]:
    """The words of the number and its people, shortly before them, and the one behind."""
    sentence = sheet.sentences[sentence_of(casualty, sheet)]
    start = max(casualty.start - MORE_REACH, sentence.start_char)
    end = max(casualty.end, casualty.whom_end or 0)
    behind = sheet.text[end : end + MORE_REACH].split()[:1]  # "three more were"
    words = [word.strip(".,;:") for word in (*sheet.text[start:end].casefold().split(), *behind)]
    return [word for word, next_one in zip_longest(words, words[1:]) if next_one != "than"]  # "more than 20"


def plus(a: int | None, b: int | None) -> int | None:
    """The sum, or None where one is unknown."""
    return None if a is None or b is None else a + b


def widen(total: Total, later: Total, rival: bool) -> Total:
    """The first total with bounds that take in a later, larger one, or a rival's smaller one."""
    if total.best is None:
        return sharpen(total, later)
    if later.best is None:
        return total
    if total.best == 0 and later.best > 0:
        return Total(0, later.best, later.high)  # nobody, one source says
    if later.best <= total.best and not rival:
        return total
    if later.best <= total.best:
        return Total(min(later.best, total.low or later.best), total.best, total.high)
    return Total(total.low, total.best, max(later.high or later.best, total.high or total.best))


def sharpen(total: Total, later: Total) -> Total:
    """An open total, or the later one where it can be a better number for the same people.

    A number below the first one's least is that of some of them.
    """
    if total.low is None:
        return total if total.high is not None and later.best is None else later
    given = later.low if later.best is None else later.best
    if given is None or given < total.low:
        return total
    if total.high is not None and later.best is not None:
        inside = later.best <= total.high
        return Total(total.low, later.best if inside else None, max(total.high, later.high or later.best))
    return later
