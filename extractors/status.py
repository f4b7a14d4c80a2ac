"""Whether it happened: cues in reach of an event word, and which of them decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from extractors.phrases import add_forms
from extractors.syntax import chain, children, is_passive
from models.event import Evidence
from models.terms import Status
from models.trigger import CueEntry

# What outranks what, where several cues reach one event: what did not happen before what may yet happen,
# that before what is long past, and all of it before who says so.
RANK: tuple[Status, ...] = (
    "negated", "denied", "thwarted", "threatened", "planned", "hypothetical", "attempted", "exercise",
    "historical", "generic", "alleged", "reported", "actual",
)  # fmt: skip
MODALS: Mapping[str, Status] = {
    "will": "planned", "'ll": "planned", "’ll": "planned", "shall": "planned", "wo": "planned",
    "may": "hypothetical", "might": "hypothetical", "could": "hypothetical", "would": "hypothetical",
    "should": "hypothetical", "can": "hypothetical", "must": "hypothetical", "ca": "hypothetical",
}  # fmt: skip
COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "pobj", "pcomp", "nsubjpass", "acl", "compound", "amod", "oprd"}
)
LINKS = frozenset({"of", "to", "for", "about", "from", "with", "at", "on", "against", "over", "that", "into"})
APART = frozenset({"advcl", "relcl", "appos", "parataxis"})  # clauses that a cue above does not reach into
UNREAL = frozenset({"negated", "denied", "thwarted", "threatened", "planned", "hypothetical", "attempted"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that changes a status, where it stands."""

    span: Span
    entry: CueEntry
    rule: str


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Compiled cues."""

    entries: Mapping[str, CueEntry]
    words: PhraseMatcher
    unless: PhraseMatcher


def compile_cues(nlp: Language, entries: Mapping[str, CueEntry]) -> CueLexicon:
    """Matchers for every form of every cue."""
    words, unless = (PhraseMatcher(nlp.vocab, attr="LOWER") for _ in range(2))
    for name, entry in entries.items():
        add_forms(words, nlp, name, entry.forms())
        add_forms(unless, nlp, name, entry.unless)
    return CueLexicon(entries, words, unless)


def find_cues(doc: Doc, lexicon: CueLexicon) -> dict[int, list[Cue]]:
    """The cues of a text by the token that each hangs on."""
    banned = {(s.label_, t.i) for s in lexicon.unless(doc, as_spans=True) for t in s}
    found: dict[int, list[Cue]] = {}
    for span in lexicon.words(doc, as_spans=True):
        if not any((span.label_, token.i) in banned for token in span):
            cue = Cue(span, lexicon.entries[span.label_], f"status.toml:{span.label_}")
            found.setdefault(span.root.i, []).append(cue)
    return found


def read_status(heads: Sequence[Token], cues: Mapping[int, Sequence[Cue]]) -> tuple[Status, list[Evidence]]:
    """The status of the event that these words tell, and the cue that decided; `actual` needs no cue."""
    verdicts = [verdict for head in heads[:1] for verdict in judge(head, cues)]
    if not verdicts:
        return "actual", []
    status, evidence = min(verdicts, key=lambda verdict: RANK.index(verdict[0]))
    return status, [evidence]


def judge(head: Token, cues: Mapping[int, Sequence[Cue]]) -> Iterator[tuple[Status, Evidence]]:
    """Every status that a cue in reach gives the word."""
    own = True
    below = head
    for token in (head, *chain(head)):
        if token != head:
            if below.dep_ in APART:
                break
            if below.dep_ == "conj":
                below = token
                continue
            yield from governed(token, below, cues)
            own = (
                own
                and below.dep_ in {"dobj", "pobj", "prep", "nsubjpass", "compound", "nsubj"}
                and not (below.dep_ == "prep" and below.lower_ not in LINKS)
            )
        if own or token.pos_ in {"VERB", "AUX"}:
            yield from modified(token, cues, own=own)
        below = token


def governed(
    token: Token, below: Token, cues: Mapping[int, Sequence[Cue]]
) -> Iterator[tuple[Status, Evidence]]:
    """Statuses that a governing word gives to its complement."""
    for cue in cues.get(token.i, ()):
        if cue.entry.reach == "governs" and is_complement(below, token):
            yield cue.entry.status, show(cue)


def is_complement(below: Token, head: Token) -> bool:
    """Whether the word below is what the head is about, not its subject or circumstance."""
    if below.dep_ == "nsubj":
        return head.pos_ == "ADJ" or head.lower_ in {"likely", "possible", "feared", "planned"}
    if below.dep_ == "nsubjpass":
        return is_passive(head)
    if below.dep_ == "prep":
        return below.lower_ in LINKS
    return below.dep_ in COMPLEMENTS


def modified(
    token: Token, cues: Mapping[int, Sequence[Cue]], *, own: bool
) -> Iterator[tuple[Status, Evidence]]:
    """Statuses from the word's own modifiers, auxiliaries and the conjunction that opens its clause."""
    for child in token.children:
        if child.dep_ in {"aux", "auxpass"} and child.lower_ in MODALS:
            yield MODALS[child.lower_], show_token(child, "status:modal")
        for cue in cues.get(child.i, ()):
            if reaches(cue, child, own=own):
                yield cue.entry.status, show(cue)
        if child.dep_ == "prep" and child.pos_ == "ADP":
            for item in children(child, "pobj"):
                for cue in cues.get(item.i, ()):
                    if cue.entry.reach == "clause":
                        yield cue.entry.status, show(cue)
        if child.dep_ == "prep" and child.lower_ in {"according", "per"}:
            yield "reported", show_token(child, "status:according-to")


def reaches(cue: Cue, child: Token, *, own: bool) -> bool:
    """Whether a cue that hangs on a word applies to it."""
    reach = cue.entry.reach
    if reach == "opens":
        return child.dep_ in {"mark", "advmod", "aux"} or (child.tag_ == "IN" and child.dep_ == "mark")
    if reach == "modifies":
        if child.dep_ in {"neg", "advmod"}:
            return True
        return own and child.dep_ in {"amod", "det", "compound", "nmod"}
    return reach == "clause" and child.dep_ in {"advmod", "npadvmod", "amod", "nmod", "compound"}


def show(cue: Cue) -> Evidence:
    """The cue's words as evidence."""
    span = cue.span
    return Evidence(start=span.start_char, end=span.end_char, text=span.text, rule=cue.rule)


def show_token(token: Token, rule: str) -> Evidence:
    """A word as evidence."""
    return Evidence(start=token.idx, end=token.idx + len(token.text), text=token.text, rule=rule)
