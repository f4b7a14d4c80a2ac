"""Numbers that only break down another: "including three children", "two of them"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.casualty_lists import children, expand
from extractors.casualty_numbers import Tally, read_value
from extractors.casualty_people import count_people, whom_of
from extractors.casualty_words import load_nouns
from models.casualty import Casualty
from models.mention import Mention

COMMAS = (",", ":", "-", "–", "—", "(")
NEAR = 20  # characters that "of whom at least" can take
OF_WHOM = re.compile(r"\bof (?:whom|them)(?: at least)?\s+\Z", re.IGNORECASE)
OF_THEM = re.compile(r"\s+of\s+(?:them|whom|the (?:dead|victims|wounded|injured))\b", re.IGNORECASE)


def find_parts(
    text: str, sentence: Span, told: Sequence[Casualty], counts: Sequence[Mention]
) -> Iterator[Casualty]:
    """The parts of the casualties of a sentence, each as a casualty of scope `part`."""
    used = {casualty.start for casualty in told}
    for whole, tally in (*told_behind(sentence, told, counts), *told_of_them(text, sentence, told, counts)):
        if tally.start not in used:
            used.add(tally.start)
            yield part_of(text, whole, tally)


def told_behind(
    sentence: Span, told: Sequence[Casualty], counts: Sequence[Mention]
) -> Iterator[tuple[Casualty, Tally]]:
    """What stands behind "including" or "among"."""
    words = load_nouns().parts
    for token in sentence:
        if token.lower_ in words:
            whole = nearest(told, token.idx, token.i < sentence.start + 3)
            for head in expand(list_parts(token)) if whole else []:
                tally = count_people(head, counts)
                if whole and tally:
                    yield whole, tally


def told_of_them(
    text: str, sentence: Span, told: Sequence[Casualty], counts: Sequence[Mention]
) -> Iterator[tuple[Casualty, Tally]]:
    """Numbers before "of them"."""
    for mention in counts:
        whole = nearest(told, mention.start, leading=False)
        if whole and OF_THEM.match(text, mention.end):
            head = next(token for token in sentence if token.idx + len(token) >= mention.end)
            yield whole, Tally(mention.start, mention.end, read_value(mention), head, mention.rule)


def mark_of_whom(text: str, told: Sequence[Casualty]) -> list[Casualty]:
    """The casualties, as parts where "of whom" stands before their number: "seven dead, of whom four hunters"."""
    return [
        replace(c, scope="part") if n and OF_WHOM.search(text[max(0, c.start - NEAR) : c.start]) else c
        for n, c in enumerate(told)
    ]


def mark_breakdown(text: str, told: list[Casualty]) -> list[Casualty]:
    """The list as it is, or its rest as parts where it adds up to its first: "three people, two men and a boy"."""
    if len(told) < 3 or told[0].best is None or told[0].whom is None:
        return told
    first, rest = told[0], told[1:]
    generic = told[0].whom.split()[-1].lower() in load_nouns().generic
    comma = text[first.whom_end : rest[0].start].strip()[:1] in COMMAS
    if generic and comma and first.best == sum(casualty.best or 0 for casualty in rest):
        return [first, *(replace(casualty, scope="part") for casualty in rest)]
    return told


def list_parts(token: Token) -> list[Token]:
    """The nouns behind "including"; of "among them two women" the women."""
    heads = children(token, "pobj", "dobj")
    if heads and heads[0].pos_ == "PRON" and token.head.i > token.i:
        return [token.head]
    return heads


def nearest(told: Sequence[Casualty], place: int, leading: bool) -> Casualty | None:
    """The casualty before that place; where the place leads the sentence, the first behind it."""
    events = [casualty for casualty in told if casualty.scope != "part" and casualty.high != 0]
    ahead = [casualty for casualty in events if casualty.end <= place]
    if ahead:
        return ahead[-1]
    return events[0] if events and leading else None


def part_of(text: str, whole: Casualty, tally: Tally) -> Casualty:
    """The part of a whole that a tally stands for."""
    whom, value = whom_of(tally), tally.value
    return replace(
        whole,
        low=value.low,
        best=value.best,
        high=value.high,
        form=value.form,
        scope="part",
        start=tally.start,
        end=tally.end,
        whom=text[whom[0] : whom[1]] if whom else None,
        whom_start=whom[0] if whom else None,
        whom_end=whom[1] if whom else None,
    )
