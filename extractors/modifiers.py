"""What a word's own modifiers, auxiliaries and arguments say of whether it happened."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from extractors.cues import Cue, Cues, show, show_token
from extractors.tree import children
from models.event import Evidence
from models.terms import Status

MODALS: Mapping[str, Status] = {
    "will": "planned", "'ll": "planned", "’ll": "planned", "shall": "planned", "wo": "planned",
    "may": "hypothetical", "might": "hypothetical", "could": "hypothetical", "would": "hypothetical",
    "should": "hypothetical", "can": "hypothetical", "must": "hypothetical", "ca": "hypothetical",
}  # fmt: skip
PRESENT = frozenset({"VBP", "VBZ"})
EVERY = frozenset({"each", "every"})
TIMES = frozenset(
    {"day", "night", "week", "month", "year", "season", "morning", "evening", "summer", "winter"}
)
AGES = frozenset({"years", "decades", "generations", "centuries"})
ANYBODY = frozenset({"those", "anyone", "anybody", "whoever", "whomever", "everyone", "everybody"})
OF_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "pobj"})

Verdict = tuple[Status, Evidence]


def modified(token: Token, cues: Cues) -> Iterator[Verdict]:
    """Statuses from the word's own modifiers, auxiliaries and the conjunction that opens its clause."""
    yield from habitual(token)
    for child in token.children:
        if child.dep_ in {"aux", "auxpass"} and child.lower_ in MODALS:
            yield MODALS[child.lower_], show_token(child, "status:modal")
        yield from ((c.entry.status, show(c)) for c in cues.get(child.i, ()) if reaches(c, child))
        if child.dep_ in OF_ARGUMENT and token.pos_ in {"VERB", "AUX"}:
            yield from nobody(child, cues)
        if child.dep_ == "prep":
            yield from set_in(child, cues)
            if child.lower_ in {"according", "per"}:
                yield "reported", show_token(child, "status:according-to")


def habitual(token: Token) -> Iterator[Verdict]:
    """What the present tense says of every time or of anybody ("ambush traders every market day")."""
    yield from ongoing(token)
    if token.tag_ not in PRESENT or children(token, "aux"):
        return
    for child in token.children:
        often = child.dep_ == "npadvmod" or child.lower_ in TIMES
        times = often and any(c.lower_ in EVERY for c in child.lefts)
        objects = [child, *children(child, "pobj")]
        whom = [t for t in objects if t.dep_ in {"dobj", "pobj"} and t.lower_ in ANYBODY]
        if times or whom:
            yield "generic", show_token(child, "status:habit")


def ongoing(token: Token) -> Iterator[Verdict]:
    """What has gone on for years, and is no one event ("have fought over the wells for decades")."""
    if not any(c.lower_ in {"have", "has", "had", "'ve"} for c in children(token, "aux")):
        return
    for prep in children(token, "prep"):
        if prep.lower_ == "for" and any(t.lower_ in AGES for t in children(prep, "pobj")):
            yield "generic", show_token(prep, "status:for-years")


def nobody(argument: Token, cues: Cues) -> Iterator[Verdict]:
    """A subject or object that is nobody ("no soldiers", "neither side", "none of them")."""
    for token in (argument, *(t for child in argument.lefts for t in (child, *child.lefts))):
        for cue in cues.get(token.i, ()):
            if cue.entry.status == "negated" and cue.entry.reach == "modifies":
                yield "negated", show(cue)


def set_in(prep: Token, cues: Cues) -> Iterator[Verdict]:
    """A frame that the clause is set in: "in a drill", "as part of the exercises"."""
    for item in children(prep, "pobj"):
        inner = [t for of in children(item, "prep") if of.lower_ == "of" for t in children(of, "pobj")]
        for token in (item, *inner):
            yield from ((c.entry.status, show(c)) for c in cues.get(token.i, ()) if c.entry.reach == "clause")


def reaches(cue: Cue, child: Token) -> bool:
    """Whether a cue that hangs on a word applies to it."""
    reach = cue.entry.reach
    if reach == "opens":
        return child.dep_ in {"mark", "advmod", "aux"}
    if reach == "modifies":
        return child.dep_ in {"neg", "advmod", "amod", "det", "compound", "nmod"}
    return reach == "clause" and child.dep_ in {
        "advmod",
        "npadvmod",
        "amod",
        "nmod",
        "compound",
        "prep",
        "pcomp",
    }
