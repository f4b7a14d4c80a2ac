"""Casualties: how many people were killed, injured, abducted, detained … as the sentences tell it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from extractors.casualty_people import NOUGHT, Tally, count_people, read_value, whom_of
from extractors.casualty_roles import children, expand, find_sufferers, first_of_clause, is_passive
from extractors.casualty_words import FILE, Word, load_nouns, load_words
from models.casualty import Casualty
from models.mention import Mention
from models.terms import CountScope, CountWhat

TOLL = re.compile(
    r"(?:\s+(?!and\b|but\b)[\w'’,()-]+){0,6}\s*\Z"
    r"|[^;]{0,160}\b(?:rose|risen|rising|increased|climbed|jumped|mounted|stood|stands|reached|gone up|went up|now)"
    r"(?:\s+(?:to|at))?(?:\s+[\w]+){0,3}\s*\Z",
)
PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
SINCE = re.compile(
    r"\b(?:since\b|so far this\b|this year\b|to date\b|over the (?:past|last)|in the (?:past|last) (?:\w+ )?"
    r"(?:years|months|decade)|during the (?:war|conflict)|over the course of)",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"\b(?:bringing|brings|brought|taking|takes|pushing|raising)\b[^.;]*\b(?:total|toll|number)\b|\btotal (?:death )?toll\b"
    r"|\boverall (?:death )?toll\b",
    re.IGNORECASE,
)
OF_THEM = re.compile(r"\s+of\s+(?:them|whom|the (?:dead|victims|wounded|injured))\b", re.IGNORECASE)


def find_casualties(doc: Doc, counts: list[Mention]) -> list[Casualty]:
    """The casualties of a parsed text, in text order; a number tells one thing of a kind once."""
    found: list[Casualty] = []
    for sentence in doc.sents:
        anchors = list(find_anchors(sentence))
        if anchors:
            inside = [m for m in counts if sentence.start_char <= m.start < sentence.end_char]
            found.extend(read_sentence(sentence, anchors, inside))
    return found


def find_anchors(sentence: Span) -> Iterator[tuple[Token, Word]]:
    """The tokens that tell what happened to people."""
    words = load_words()
    for token in sentence:
        word = words.get(token.lower_)
        if word:
            yield token, word


def read_sentence(
    sentence: Span, anchors: Sequence[tuple[Token, Word]], counts: Sequence[Mention]
) -> list[Casualty]:
    """The casualties of one sentence."""
    told = [c for anchor, word in anchors for c in read_anchor(anchor, word, counts)]
    told = settle(told)
    return sorted([*told, *find_parts(sentence, told, counts)], key=lambda c: (c.start, c.anchor, c.what))


def read_anchor(anchor: Token, word: Word, counts: Sequence[Mention]) -> list[Casualty]:
    """What one word tells."""
    if "toll" in word.roles:
        return read_toll(anchor, word, counts)
    if is_none(anchor, word):
        return nought(anchor, word)
    heads = find_sufferers(anchor, word)
    tallies = count_all(heads, counts, word)
    if not tallies and is_passive(anchor):
        tallies = count_all(first_of_clause(anchor), counts, word)
    what = "killed" if is_fatal(anchor, word) else word.entry.what
    return [make(what, tally, anchor, word, scope_of(anchor)) for tally in tallies]


def count_all(heads: Sequence[Token], counts: Sequence[Mention], word: Word) -> list[Tally]:
    """The numbers of people that the heads stand for."""
    return [tally for head in heads if (tally := count_people(head, counts, word.entry.people))]


def is_fatal(anchor: Token, word: Word) -> bool:
    """Whether an adverb turns a wound into a death: "fatally shot"."""
    return word.entry.what == "injured" and any(c.lower_ in load_nouns().fatal for c in anchor.children)


def make(what: CountWhat, tally: Tally, anchor: Token, word: Word, scope: CountScope) -> Casualty:
    """The casualty that a tally stands for."""
    doc = anchor.doc
    whom = whom_of(doc, tally)
    value, start, end = tally.value, tally.start, tally.end
    negated = any(child.dep_ == "neg" for child in anchor.children) or value.high == 0
    text = doc.text[whom[0] : whom[1]] if whom else None
    return Casualty(
        what, value.low, value.best, value.high, value.form, scope, start, end, text,
        whom[0] if whom else None, whom[1] if whom else None, anchor.idx, negated, f"{FILE}:{word.name}",
    )  # fmt: skip


def is_none(anchor: Token, word: Word) -> bool:
    """Whether the text says that there were none: "no casualties", "without injuries"."""
    if not {"counted", "noun"} & word.roles or anchor.pos_ not in ("NOUN", "PROPN"):
        return False
    governor = anchor.head if anchor.dep_ in ("pobj", "conj") else anchor
    holders = (anchor, governor, governor.head)
    denied = any(c.lower_ == "no" and c.dep_ in ("det", "neg") for t in holders for c in t.children)
    return denied or governor.lower_ == "without"


def nought(anchor: Token, word: Word) -> list[Casualty]:
    """Nought of what the word counts; casualties are both dead and injured."""
    if "counted" not in word.roles:
        return []
    tally = Tally(anchor.idx, anchor.idx + len(anchor), NOUGHT, anchor, "casualties:none")
    kinds: tuple[CountWhat, ...] = (
        ("killed", "injured") if word.name == "casualties" else (word.entry.what,)
    )
    return [make(what, tally, anchor, word, "event") for what in kinds]


def read_toll(anchor: Token, word: Word, counts: Sequence[Mention]) -> list[Casualty]:
    """The number behind "death toll"; of "from 28 to 34" the later one."""
    text, end = anchor.doc.text, anchor.idx + len(anchor)
    behind = [m for m in counts if m.start > end and TOLL.match(text[end : m.start])]
    behind = [m for m in behind if not text[: m.start].rstrip().lower().endswith("from")] or behind
    if not behind:
        return []
    mention = behind[0]
    token = next(t for t in anchor.sent if t.idx + len(t) >= mention.end)
    tally = Tally(mention.start, mention.end, read_value(mention), token, mention.rule)
    return [make(word.entry.what, tally, anchor, word, scope_of(anchor))]


def scope_of(anchor: Token) -> CountScope:
    """Whether the number sums more than one event."""
    sentence = anchor.sent.text
    total = TOTAL.search(sentence)
    if total and anchor.sent.start_char + total.start() <= anchor.idx:
        return "running_total"
    verb = anchor if anchor.pos_ in ("VERB", "ADJ") else anchor.head
    perfect = any(child.lower_ in PERFECT and child.dep_ == "aux" for child in verb.children)
    return "running_total" if perfect and SINCE.search(sentence) else "event"


def settle(told: Sequence[Casualty]) -> list[Casualty]:
    """One reading for each number: plainer words win, the killed are not also injured."""
    words = load_words_by_rule()
    kept: list[Casualty] = []
    for casualty in told:
        same = [c for c in told if (c.start, c.end) == (casualty.start, casualty.end) and c is not casualty]
        plain = [c for c in same if c.rule not in words]
        if casualty.rule in words and plain:
            continue
        if any(c.what == casualty.what and c.anchor < casualty.anchor for c in plain):
            continue
        rivals = [c for c in plain if {c.what, casualty.what} == {"killed", "injured"}]
        if not rivals or casualty.high == 0:
            kept.append(casualty)
        elif casualty.best != 1 and abs(rivals[0].anchor - casualty.anchor) < 20:
            kept.append(share(casualty))
        elif casualty.what == "killed":
            kept.append(casualty)
    return kept


def share(casualty: Casualty) -> Casualty:
    """What "killed and wounded 40" says of either: at most 40; of a vague or open number, somebody."""
    if casualty.high is None:
        return replace(casualty, low=1, best=None, form="vague")
    return replace(casualty, low=None, best=None, form="up_to")


def load_words_by_rule() -> frozenset[str]:
    """The rules of words that give way."""
    return frozenset(f"{FILE}:{word.name}" for word in load_words().values() if word.entry.yields)


def find_parts(sentence: Span, told: Sequence[Casualty], counts: Sequence[Mention]) -> Iterator[Casualty]:
    """The numbers that only break down another of the sentence: "including three children"."""
    used = {casualty.start for casualty in told}
    for token in sentence:
        if token.lower_ in load_nouns().parts:
            whole = nearest(told, token.idx, token.i < sentence.start + 3)
            heads = expand(list_parts(token)) if whole else []
            for tally in filter(None, (count_people(head, counts) for head in heads)):
                if whole and tally.start not in used:
                    used.add(tally.start)
                    yield part_of(whole, tally, sentence.doc)
    for mention in counts:
        whole = nearest(told, mention.start, False)
        if whole and mention.start not in used and OF_THEM.match(sentence.doc.text, mention.end):
            head = next(t for t in sentence if t.idx + len(t) >= mention.end)
            yield part_of(whole, Tally(mention.start, mention.end, read_value(mention), head, mention.rule), sentence.doc)


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


def part_of(whole: Casualty, tally: Tally, doc: Doc) -> Casualty:
    """The part of a whole that a tally stands for."""
    whom = whom_of(doc, tally)
    value = tally.value
    return replace(
        whole, low=value.low, best=value.best, high=value.high, form=value.form, scope="part",
        start=tally.start, end=tally.end, whom=doc.text[whom[0] : whom[1]] if whom else None,
        whom_start=whom[0] if whom else None, whom_end=whom[1] if whom else None,
    )  # fmt: skip
