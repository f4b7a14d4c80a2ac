"""What a word's own modifiers, auxiliaries and arguments say of whether it happened."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from extractors.cues import Cue, Cues, show, show_token
from extractors.syntax import children
from models.event import Evidence
from models.terms import Status

MODALS: Mapping[str, Status] = {
    "will": "planned", "'ll": "planned", "’ll": "planned", "shall": "planned", "wo": "planned",
    "may": "hypothetical", "might": "hypothetical", "could": "hypothetical", "would": "hypothetical",
    "should": "hypothetical", "can": "hypothetical", "must": "hypothetical", "ca": "hypothetical",
}  # fmt: skip
OF_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "pobj"})

Verdict = tuple[Status, Evidence]


def modified(token: Token, cues: Cues) -> Iterator[Verdict]:
    """Statuses from the word's own modifiers, auxiliaries and the conjunction that opens its clause."""
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
