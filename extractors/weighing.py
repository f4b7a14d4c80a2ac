"""What a cue says where it stands: "could not stop" undoes nothing, "in order to prevent" is still to come."""

from spacy.tokens import Token

from extractors.cues import Cue, Cues
from extractors.modifiers import MODALS
from extractors.syntax import is_passive
from extractors.tree import children
from models.terms import Status

UNREAL = frozenset({"negated", "denied", "thwarted", "threatened", "planned", "hypothetical", "attempted"})
UNDOING = frozenset({"negated", "denied", "thwarted"})  # cues that say nothing where they fail themselves
IMPLIED = frozenset(
    {"help", "helps", "helped", "helping", "manage", "manages", "managed", "able", "used", "moved", "acted", "rushed",
     "intervened"}
)  # fmt: skip
STOPPING = frozenset({"stop", "stopping", "halt", "halting", "contain", "end", "ending"})  # what is under way
POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})


def weigh(cue: Cue, token: Token, below: Token, cues: Cues) -> Status:
    """A cue's status where it stands: "could not stop" undoes nothing, "to prevent" is still to come."""
    status = cue.entry.status
    if status == "planned" and is_existing(token, below):
        return "actual"
    told = bool(children(token, "dobj")) or is_passive(token)
    if status == "reported" and told and is_infinitive(below):  # "told his men to fire"
        return "planned"
    if status == "attempted" and is_passive(token) and not children(below, "aux"):  # "tried on charges of"
        return "actual"
    known = any(is_definite(t) for t in children(below, "pobj"))
    if (
        status == "alleged" and token.pos_ == "VERB" and known
    ):  # "accused of the murder": only the doer is in doubt
        return "actual"
    if status not in UNDOING or token.pos_ not in {"VERB", "AUX"}:
        return status
    above = (
        [c for c in cues.get(token.head.i, ()) if c.entry.reach == "governs"] if token.head != token else []
    )
    if children(token, "neg") or any(c.entry.status in {"negated", "attempted", "thwarted"} for c in above):
        return cue.entry.undone or "actual"
    if status != "thwarted":
        return status
    if is_own_habit(below):
        return "actual"
    if not is_still_to_come(token, above):
        return status
    return "actual" if is_definite(below) and token.lower_ in STOPPING else "hypothetical"


def is_existing(verb: Token, below: Token) -> bool:
    """Whether the event is there already: "the attack was planned", "is meant to frighten", "is seen as an attack"."""
    if below.dep_ == "oprd" or (below.dep_ in {"ccomp", "xcomp"} and below.pos_ in {"NOUN", "PROPN", "ADJ"}):
        return True
    passive = below.dep_ == "nsubjpass" and is_definite(below)
    return passive and (is_past(verb) or bool(children(verb, "xcomp", "oprd")))


def is_own_habit(below: Token) -> bool:
    """Whether somebody ends what they are doing themselves ("stop bombing", "offered to stop their attacks")."""
    return (below.dep_ == "xcomp" and below.tag_ == "VBG") or any(
        c.tag_ == "PRP$" for c in children(below, "poss")
    )


def is_still_to_come(verb: Token, above: list[Cue]) -> bool:
    """Whether it is only an aim that the event does not happen ("in order to prevent", "must stop")."""
    if any(c.entry.status in UNREAL for c in above):
        return True
    first = verb.head if verb.dep_ == "conj" and not children(verb, "aux") else verb
    if verb.tag_ not in {"VB", "VBG"} and first.tag_ != "VB":
        return False
    helpers = children(first, "aux")
    if any(c.lower_ in MODALS for c in helpers):
        return True
    to = any(c.tag_ == "TO" for c in helpers)
    return to and not (verb.dep_ in {"xcomp", "ccomp"} and verb.head.lower_ in IMPLIED)


def is_past(verb: Token) -> bool:
    """Whether a passive stands in the past ("was planned")."""
    return any(c.lower_ in {"was", "were", "been"} for c in children(verb, "auxpass", "aux"))


def is_definite(noun: Token) -> bool:
    """Whether the noun points at something known ("the attack")."""
    return any(c.lower_ in POINTING for c in children(noun, "det", "poss"))


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to", and not in the past."""
    forms = {c.tag_ for c in children(verb, "aux")}
    return "TO" in forms and len(forms) == 1
