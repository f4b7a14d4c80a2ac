"""Casualties: how many people were killed, injured, abducted, detained … as the sentences tell it."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from extractors.casualty_clauses import is_passive
from extractors.casualty_numbers import Tally, find_bar, read_value
from extractors.casualty_parts import find_parts, mark_breakdown, mark_of_whom
from extractors.casualty_people import NOUGHT, count_people, whom_of
from extractors.casualty_roles import find_sufferers, first_of_clause, of_group
from extractors.casualty_scopes import drop_retold, load_cues, scope_of, settle, share
from extractors.casualty_words import FILE, Word, load_nouns, load_words
from extractors.phrases import read_text, read_words
from models.casualty import Casualty
from models.mention import Mention
from models.reason import NumberReason
from models.terms import CountWhat
from models.trace import Trace, sift, spot


def find_casualties(doc: Doc, counts: list[Mention], trace: Trace | None = None) -> list[Casualty]:
    """The casualties of a parsed text, in text order; a number tells one thing of a kind once."""
    text, lowered, words = read_text(doc), read_words(doc), load_words()
    free = sift(counts, lambda mention: find_bar(text, mention), trace, "counts")
    found: list[Casualty] = []
    for sentence in doc.sents:
        anchors = [
            (doc[i], words[lowered[i]]) for i in range(sentence.start, sentence.end) if lowered[i] in words
        ]
        if anchors or trace is not None:
            inside = [m for m in free if sentence.start_char <= m.start < sentence.end_char]
            told = read_sentence(text, sentence, anchors, inside, trace) if anchors else []
            note_idle(inside, told, "number:nobody" if anchors else "number:no-harm", trace)
            found.extend(told)
    return found


def read_sentence(
    text: str,
    sentence: Span,
    anchors: Sequence[tuple[Token, Word]],
    counts: Sequence[Mention],
    trace: Trace | None = None,
) -> list[Casualty]:
    """The casualties of one sentence."""
    read = [c for anchor, word in anchors for c in read_anchor(text, anchor, word, counts)]
    settled = settle(read)
    kept = drop_retold(text, settled)
    note_dropped(read, settled, "loss:other-reading", trace)
    note_dropped(settled, kept, "loss:told-again", trace)
    told = mark_of_whom(text, kept)
    parts = find_parts(text, sentence, told, counts)
    return sorted([*told, *parts], key=lambda c: (c.start, c.anchor, c.what))


def note_dropped(
    before: Sequence[Casualty], after: Sequence[Casualty], reason: NumberReason, trace: Trace | None
) -> None:
    """Keeps which readings a step has left out."""
    if trace is not None:
        kept = {(c.what, c.start, c.end, c.anchor) for c in after}
        lost = (c for c in before if (c.what, c.start, c.end, c.anchor) not in kept)
        for casualty in lost:
            trace.add("counts", reason, spot(casualty), detail=casualty.what)


def note_idle(
    counts: Sequence[Mention], told: Sequence[Casualty], reason: NumberReason, trace: Trace | None
) -> None:
    """Keeps which numbers of a sentence no word of harm has taken."""
    if trace is not None:
        taken = {spot(c) for c in told}
        trace.add_all("counts", reason, [m for m in counts if spot(m) not in taken], None, None)


def read_anchor(text: str, anchor: Token, word: Word, counts: Sequence[Mention]) -> list[Casualty]:
    """What one word tells."""
    if "toll" in word.roles:
        return read_toll(text, anchor, word, counts)
    if is_summed(anchor) and (told := read_toll(text, anchor, word, counts)):
        return told
    if is_none(anchor, word):
        return read_none(text, anchor, word)
    if group := count_all(of_group(anchor), counts, word):
        told = [make(text, word.entry.what, tally, anchor, word) for tally in group]
        whole = [t for t in count_all([anchor.head], counts, word) if not t.is_single and not t.is_plural]
        wholes = [make(text, word.entry.what, tally, anchor, word) for tally in whole]
        return [*wholes, *(replace(casualty, scope="part") for casualty in told)]
    tallies = count_all(find_sufferers(anchor, word), counts, word)
    if any(is_sum(tally) for tally in tallies) and (told := read_toll(text, anchor, word, counts)):
        return told
    if is_passive(anchor):
        tallies = prefer_first(tallies, count_all(first_of_clause(anchor), counts, word))
    tallies = drop_names(tallies)
    if word.entry.also:
        kinds = (word.entry.what, *word.entry.also)
        return [share(make(text, what, tally, anchor, word)) for what in kinds for tally in tallies]
    what = "killed" if is_fatal(anchor, word) else word.entry.what
    told = [make(text, what, tally, anchor, word) for tally in tallies]
    return mark_breakdown(text, told)


def prefer_first(tallies: list[Tally], first: list[Tally]) -> list[Tally]:
    """The people that the clause begins with, where the parse took a part of them for its subject."""
    if not tallies or not first:
        return tallies or first
    if first[0].is_single or first[0].is_plural or first[0].start >= tallies[0].start:
        return tallies
    between = tallies[0].head.doc[first[0].head.i + 1 : tallies[0].head.i]
    nouns = load_nouns()
    parted = any(t.lower_ in nouns.parts | nouns.naming or t.lower_ == "them" for t in between)
    return first if parted else tallies


def drop_names(tallies: list[Tally]) -> list[Tally]:
    """The people without those whom the phrase only names: "two men, identified as Ali and his son"."""
    if not tallies or tallies[0].is_single or tallies[0].is_plural:
        return tallies
    first = tallies[0].head
    naming = [t.i for t in first.sent if t.i > first.i and t.lower_ in load_nouns().naming]
    return [t for t in tallies if not naming or t.head.i < naming[0] or not t.is_single]


def is_summed(anchor: Token) -> bool:
    """Whether the word is what "the number of" sums: "the number of wounded rose to 40"."""
    above = anchor.head.head if anchor.dep_ == "pobj" and anchor.head.lower_ == "of" else anchor
    return above.lower_ in load_nouns().amounts and above.left_edge.lower_ == "the"


def is_sum(tally: Tally) -> bool:
    """Whether the phrase is "the number of people", whose number follows."""
    head = tally.head.head.head if tally.head.dep_ == "pobj" else tally.head
    return tally.is_plural and head.lower_ in ("number", "count") and head.left_edge.lower_ == "the"


def count_all(heads: Sequence[Token], counts: Sequence[Mention], word: Word) -> list[Tally]:
    """The numbers of people that the heads stand for."""
    tallies = [tally for head in heads if (tally := count_people(head, counts, word.entry.people))]
    return [t for t in tallies if not (word.entry.numbered and (t.is_single or t.is_plural))]


def is_fatal(anchor: Token, word: Word) -> bool:
    """Whether an adverb turns a wound into a death: "fatally shot"."""
    return word.entry.what == "injured" and any(c.lower_ in load_nouns().fatal for c in anchor.children)


def make(text: str, what: CountWhat, tally: Tally, anchor: Token, word: Word) -> Casualty:
    """The casualty that a tally stands for."""
    value, whom = tally.value, whom_of(tally)
    return Casualty(
        what,
        value.low,
        value.best,
        value.high,
        value.form,
        scope_of(anchor),
        tally.start,
        tally.end,
        text[whom[0] : whom[1]] if whom else None,
        whom[0] if whom else None,
        whom[1] if whom else None,
        anchor.idx,
        value.high == 0 or any(child.dep_ == "neg" for child in anchor.children),
        f"{FILE}:{word.name}",
    )


def is_none(anchor: Token, word: Word) -> bool:
    """Whether the text says that there were none: "no casualties", "without injuries"."""
    if not {"counted", "noun"} & word.roles or anchor.pos_ not in ("NOUN", "PROPN"):
        return False
    governor = anchor.head if anchor.dep_ in ("pobj", "conj") else anchor
    holders = (anchor, governor, governor.head)
    if governor.head.lower_ in load_nouns().unknown:
        return False  # "there was no word on casualties"
    denied = any(c.lower_ == "no" and c.dep_ in ("det", "neg") for t in holders for c in t.children)
    return denied or governor.lower_ == "without"


def read_none(text: str, anchor: Token, word: Word) -> list[Casualty]:
    """Nought of what the word counts; casualties are both dead and injured."""
    if "counted" not in word.roles:
        return []
    tally = Tally(anchor.idx, anchor.idx + len(anchor), NOUGHT, anchor, "casualties:none")
    kinds: tuple[CountWhat, ...] = (word.entry.what, *word.entry.also)
    return [make(text, what, tally, anchor, word) for what in kinds]


def read_toll(text: str, anchor: Token, word: Word, counts: Sequence[Mention]) -> list[Casualty]:
    """The number behind "death toll"; of "from 28 to 34" the later one."""
    end = anchor.idx + len(anchor)
    behind = [m for m in counts if m.start > end and load_cues().toll.match(text[end : m.start])]
    later = [m for m in behind if not text[: m.start].rstrip().lower().endswith("from")]
    if not behind:
        return []
    mention = (later or behind)[0]
    head = next(token for token in anchor.sent if token.idx + len(token) >= mention.end)
    tally = Tally(mention.start, mention.end, read_value(mention), head, mention.rule)
    return [make(text, word.entry.what, tally, anchor, word)]
