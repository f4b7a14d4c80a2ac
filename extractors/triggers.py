"""Event words: which word of a text names which kind of event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extractors.phrases import Forms, compile_forms, read_words
from models.reason import Reason
from models.trace import Spot, Trace
from models.trigger import EventEntry

GAP = 10  # words between the parts of a split phrase ("took three aid workers hostage")
NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that names an event; `rule` is its lexicon entry."""

    span: Span
    entry: EventEntry
    rule: str
    is_noun: bool

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.span.start_char

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.span.end_char

    @property
    def head(self) -> Token:
        """The token that the sentence's tree hangs the phrase on."""
        return self.span.root

    @property
    def is_loss(self) -> bool:
        """True for words of loss (killed, wounded), which name an event only where no other word does."""
        return self.entry.level == "harm"

    @property
    def is_saying(self) -> bool:
        """True for threats, demands, accusations and the like."""
        return self.entry.level == "words"


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """Compiled event words."""

    entries: Mapping[str, EventEntry]
    order: Mapping[str, int]
    verbs: Forms
    nouns: Forms
    unless: Forms
    split: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    noun_forms: frozenset[str]
    verb_forms: frozenset[str]


def compile_triggers(entries: Mapping[str, EventEntry]) -> TriggerLexicon:
    """Matchers for every form of every entry."""
    verbs = compile_forms({name: entry.verb_forms() for name, entry in entries.items()})
    nouns = compile_forms({name: (*entry.noun_forms(), *entry.aliases) for name, entry in entries.items()})
    unless = compile_forms({name: entry.unless for name, entry in entries.items()})
    return TriggerLexicon(
        entries,
        {name: number for number, name in enumerate(entries)},
        verbs,
        nouns,
        unless,
        split_phrases(entries),
        frozenset(form for entry in entries.values() for form in (*entry.noun_forms(), *entry.aliases)),
        frozenset(form for entry in entries.values() for form in entry.verb_forms()),
    )


def split_phrases(entries: Mapping[str, EventEntry]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word of each phrasal verb -> (its other words, entry id): the object may stand between them."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entry in entries.items():
        for form in entry.verb_forms():
            head, *rest = form.split()
            if rest:
                found.setdefault(head, []).append((tuple(rest), name))
    return {head: tuple(dict.fromkeys(phrases)) for head, phrases in found.items()}


def find_triggers(doc: Doc, lexicon: TriggerLexicon, trace: Trace | None = None) -> list[Trigger]:
    """The event words of a parsed text, in text order, without overlap; the longest phrase wins."""
    phrasal = list(match_split(doc, lexicon))
    candidates = [*match_verbs(doc, lexicon, trace), *match_nouns(doc, lexicon, trace), *phrasal]
    banned = {(s.label_, t.i) for s in lexicon.unless.find_all(doc) for t in s}
    whole = {id(t) for t in phrasal if takes_object(t)}
    candidates.sort(key=lambda t: (-len(t.span), t.span.start, id(t) not in whole, lexicon.order[t.rule]))
    taken: dict[int, Trigger] = {}
    kept = []
    for trigger in candidates:
        places = {token.i for token in trigger.span}
        longer = next((taken[place] for place in sorted(places) if place in taken), None)
        if longer is not None or any((trigger.rule, place) in banned for place in places):
            note_lost(trigger, longer, trace)
            continue
        taken.update(dict.fromkeys(places, trigger))
        kept.append(trigger)
    return sorted(kept, key=lambda t: t.span.start)


def note_lost(trigger: Trigger, longer: Trigger | None, trace: Trace | None) -> None:
    """Keeps that a word is part of a longer one, or of a phrase in which it means something else."""
    if trace is None:
        return
    reason: Reason = "word:other-sense" if longer is None else "word:longer"
    other: Spot | None = None if longer is None else (longer.start, longer.end)
    trace.add("word", reason, (trigger.start, trigger.end), other=other, detail=f"events.toml:{trigger.rule}")


def note_other_class(span: Span, trace: Trace | None) -> None:
    """Keeps that a form of an event word stands as another class of word."""
    if trace is not None:
        where = (span.start_char, span.end_char)
        trace.add("word", "word:other-class", where, detail=f"events.toml:{span.label_}")


def match_verbs(doc: Doc, lexicon: TriggerLexicon, trace: Trace | None) -> Iterator[Trigger]:
    """Verb forms where the tagger sees a verb, or where the form can be no noun."""
    for span in lexicon.verbs.find_all(doc):
        if is_noun_form(span, lexicon):
            continue
        if is_verbal(span.root) or (span.text.lower() not in lexicon.noun_forms and span.root.tag_ == "JJ"):
            yield Trigger(span, lexicon.entries[span.label_], span.label_, is_noun=False)
        elif span.root.pos_ == "NOUN" and is_gerund(span, lexicon):
            yield Trigger(span, lexicon.entries[span.label_], span.label_, is_noun=True)
        else:
            note_other_class(span, trace)


def is_gerund(span: Span, lexicon: TriggerLexicon) -> bool:
    """Whether a noun is only the -ing form of an event verb with its object ("the storming of a prison")."""
    form = span.text.lower()
    return (
        form.endswith("ing")
        and form not in lexicon.noun_forms
        and any(c.lower_ == "of" and c.dep_ == "prep" for c in span.root.children)
    )


def is_noun_form(span: Span, lexicon: TriggerLexicon) -> bool:
    """Whether a form in -ing that can be a noun stands where a noun does ("fighting killed six", "under shelling")."""
    token, form = span.root, span.text.lower()
    place = (
        token.dep_ in {"csubj", "nsubj", "nsubjpass"}
        or is_misread(token)
        or (token.dep_ in {"pcomp", "dobj", "pobj"} and not any(c.dep_ == "nsubj" for c in token.children))
    )
    return (
        token.tag_ == "VBG"
        and place
        and form in lexicon.noun_forms
        and not any(c.dep_ in {"dobj", "aux"} for c in token.children)
    )


def is_misread(token: Token) -> bool:
    """Whether the parser took a compound for a clause: "died in police firing"."""
    bare = token.dep_ == "acl" and token.head.i == token.i - 1 and token.head.dep_ == "pobj"
    return bare and token.head.head.i == token.i - 2


def match_nouns(doc: Doc, lexicon: TriggerLexicon, trace: Trace | None) -> Iterator[Trigger]:
    """Noun forms where the tagger sees a noun, or where the form can be no verb."""
    for span in lexicon.nouns.find_all(doc):
        nominal = span.root.pos_ in NOMINAL or is_noun_form(span, lexicon)
        if nominal or span.text.lower() not in lexicon.verb_forms:
            yield Trigger(span, lexicon.entries[span.label_], span.label_, is_noun=True)
        else:
            note_other_class(span, trace)


def match_split(doc: Doc, lexicon: TriggerLexicon) -> Iterator[Trigger]:
    """Phrasal verbs with their object between the parts; the span is the verb alone."""
    for i, word in enumerate(read_words(doc)):
        for rest, name in lexicon.split.get(word, ()):
            if is_verbal(doc[i]) and stands_after(doc[i], rest):
                yield Trigger(doc[i : i + 1], lexicon.entries[name], name, is_noun=False)


def takes_object(trigger: Trigger) -> bool:
    """Whether a split phrase ends in its verb's own object ("fired 40 rounds", not "fired rockets at")."""
    last = {form.split()[-1] for form in trigger.entry.verb_forms() if " " in form}
    return any(c.dep_ == "dobj" and c.lower_ in last for c in trigger.head.children)


def stands_after(verb: Token, rest: tuple[str, ...]) -> bool:
    """Whether the words `rest` follow within the verb's own phrase, with something between."""
    doc, end = verb.doc, min(verb.right_edge.i + 1, verb.i + 2 + GAP)
    words = read_words(doc)
    return any(
        words[i : i + len(rest)] == rest
        and doc[i].dep_ != "conj"
        and (doc[i].head == verb or doc[i].head.head == verb)
        for i in range(verb.i + 2, end)
    )


def is_verbal(token: Token) -> bool:
    """Whether the tagger sees a verb form here."""
    return token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBG", "VBD"}
