"""Whether it happened: cues in reach of an event word, and which of them decides."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from extractors.cues import Cue, Cues, show, show_token
from extractors.syntax import chain, children, is_passive
from models.event import Evidence
from models.terms import Status

# What outranks what, where several cues reach one event: what did not happen before what may yet happen,
# that before what is long past, and all of it before who says so.
RANK: tuple[Status, ...] = (
    "negated", "denied", "thwarted", "exercise", "threatened", "planned", "hypothetical", "attempted",
    "historical", "generic", "alleged", "reported", "actual",
)  # fmt: skip
MODALS: Mapping[str, Status] = {
    "will": "planned", "'ll": "planned", "’ll": "planned", "shall": "planned", "wo": "planned",
    "may": "hypothetical", "might": "hypothetical", "could": "hypothetical", "would": "hypothetical",
    "should": "hypothetical", "can": "hypothetical", "must": "hypothetical", "ca": "hypothetical",
}  # fmt: skip
UNREAL = frozenset({"negated", "denied", "thwarted", "threatened", "planned", "hypothetical", "attempted"})
PROMISED = frozenset({"threatened", "planned", "attempted"})
UNDOING = frozenset({"negated", "denied", "thwarted"})  # cues that say nothing where they fail themselves
COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "pobj", "pcomp", "nsubjpass", "acl", "compound", "amod", "oprd"}
)
LINKS = frozenset(
    {"of", "to", "for", "about", "from", "with", "at", "on", "against", "over", "that", "into", "by"}
)
APART = frozenset({"advcl", "relcl", "appos", "parataxis"})  # clauses that a cue above does not reach into
NOMINAL = frozenset({"dobj", "pobj", "prep", "nsubj", "nsubjpass", "agent", "dative"})
CLAUSES = frozenset({"ccomp", "xcomp", "pcomp"})
POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
OF_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "pobj"})

Verdict = tuple[Status, Evidence]


def read_status(heads: Sequence[Token], cues: Cues) -> tuple[Status, list[Evidence]]:
    """The status of the event that these words tell, and the cue that decided; `actual` needs no cue."""
    verdicts = [verdict for head in heads[:1] for verdict in judge(head, cues)]
    if not verdicts:
        return "actual", []
    status, evidence = min(verdicts, key=lambda verdict: RANK.index(verdict[0]))
    return status, [evidence]


def judge(head: Token, cues: Cues) -> Iterator[Verdict]:
    """Every status that a cue in reach gives the word, from its own modifiers up to the top of its clause."""
    yield from modified(head, cues)
    below, near, real, remote = head, True, False, False
    for token in chain(head):
        if below.dep_ in APART and not is_promised(below, token, cues):
            yield from set_back(below, token, cues)
            return
        if below.dep_ == "conj":
            if near and is_shared(below, token):
                yield from modified(token, cues)
            below = token
            continue
        near = near and passes(below, token, cues)
        found = [*governed(token, below, cues), *stated_of(token, below, head, cues)]
        real = real or any(status == "actual" for status, _ in found)
        if near or below.dep_ in {"ccomp", "dobj"}:
            found += [v for v in modified(token, cues) if near or v[0] in {"reported", "alleged"}]
        yield from (v for v in found if v[0] == "reported" or not (remote or v[0] == "actual" or real))
        remote = remote or is_other(below, token, cues)
        below = token


def is_promised(below: Token, token: Token, cues: Cues) -> bool:
    """Whether words between tear an infinitive from its verb ("threatened on Monday to resume attacks")."""
    if below.dep_ != "advcl" or below.i < token.i or not is_infinitive(below):
        return False
    return any(c.entry.reach == "governs" and c.entry.status in PROMISED for c in cues.get(token.i, ()))


def set_back(below: Token, token: Token, cues: Cues) -> Iterator[Verdict]:
    """What crosses over is history ("years ago, when …", "they remember the men who …") and drill."""
    found: list[Verdict] = []
    if below.dep_ == "advcl" and any(c.lower_ == "when" for c in below.children):
        found = [*modified(token, cues)]
    elif below.dep_ == "relcl":
        found = [*governed(token.head, token, cues)]
        found += [(c.entry.status, show(c)) for c in cues.get(token.i, ()) if c.entry.reach == "clause"]
    yield from (verdict for verdict in found if verdict[0] in {"historical", "exercise"})


def is_shared(below: Token, token: Token) -> bool:
    """Whether a second conjunct shares the first one's auxiliaries and modifiers ("will shell and storm")."""
    if any(c.lower_ == "but" for c in token.children if c.dep_ == "cc"):
        return False
    alike = below.tag_ == token.tag_ or {below.tag_, token.tag_} <= {"NN", "NNS"}
    own = children(below, "nsubj", "nsubjpass", "aux", "auxpass", "det", "neg")
    return alike and not own


def passes(below: Token, token: Token, cues: Cues) -> bool:
    """Whether what modifies the word above holds for the event below it ("did not carry out the attack")."""
    if below.dep_ == "ccomp":
        return is_infinitive(below)
    if below.dep_ in NOMINAL:
        return (below.dep_ == "pobj" and token.pos_ == "ADP") or carries(token, cues)
    return True


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands with "to", and not in the past."""
    forms = {c.tag_ for c in children(verb, "aux")}
    return "TO" in forms and len(forms) == 1


def carries(token: Token, cues: Cues) -> bool:
    """Whether what is said of the word holds for its complement ("did not launch", "will try", "no wave of")."""
    return any(
        cue.entry.reach == "carries"
        or (cue.entry.reach in {"governs", "states"} and cue.entry.status in UNREAL)
        for cue in cues.get(token.i, ())
    )


def is_other(below: Token, token: Token, cues: Cues) -> bool:
    """Whether the word makes something else of the event ("investigate the attack", "the site of the attack")."""
    passing = [*cues.get(token.i, ())]
    if children(below, "pcomp"):  # "accused the men of killing"
        passing += cues.get(token.head.i, ())
    if any(cue.entry.reach in {"carries", "governs", "states"} for cue in passing):
        return False
    return below.dep_ in NOMINAL and token.pos_ in {"NOUN", "PROPN", "VERB"}


def governed(token: Token, below: Token, cues: Cues) -> Iterator[Verdict]:
    """Statuses that a governing word gives to its complement; `actual` where it fails to undo it."""
    for cue in cues.get(token.i, ()):
        inside = cue.span.start <= below.i < cue.span.end
        clause = cue.entry.reach == "states" and below.dep_ in CLAUSES
        near = inside or is_complement(below, token) or below.dep_ == "advcl"
        if clause or (cue.entry.reach == "governs" and near):
            yield weigh(cue, token, below, cues), show(cue)


def weigh(cue: Cue, token: Token, below: Token, cues: Cues) -> Status:
    """A cue's status where it stands: "could not stop" undoes nothing, "to prevent" is still to come."""
    status = cue.entry.status
    if status == "planned" and below.dep_ == "nsubjpass" and is_definite(below) and is_past(token):
        return "actual"
    if status == "reported" and children(token, "dobj") and is_infinitive(below):  # "told his men to fire"
        return "planned"
    if status not in UNDOING or token.pos_ not in {"VERB", "AUX"}:
        return status
    above = (
        [c for c in cues.get(token.head.i, ()) if c.entry.reach == "governs"] if token.head != token else []
    )
    if children(token, "neg") or any(c.entry.status in {"negated", "attempted", "thwarted"} for c in above):
        return cue.entry.undone or "actual"
    coming = token.tag_ == "VB" and (children(token, "aux") and token.dep_ not in {"xcomp"})
    if status == "thwarted" and (coming or any(c.entry.status in UNREAL for c in above)):
        return "hypothetical"
    return status


def is_past(verb: Token) -> bool:
    """Whether a passive stands in the past ("was planned")."""
    return any(c.lower_ in {"was", "were", "been"} for c in children(verb, "auxpass", "aux"))


def is_definite(noun: Token) -> bool:
    """Whether the noun points at something known ("the attack")."""
    return any(c.lower_ in POINTING for c in children(noun, "det", "poss"))


def is_complement(below: Token, head: Token) -> bool:
    """Whether the word below is what the head is about, not its subject or circumstance."""
    if below.dep_ == "nsubj":
        return head.pos_ == "ADJ" or head.lower_ in {"likely", "possible", "feared", "planned"}
    if below.dep_ == "nsubjpass":
        return is_passive(head)
    if below.dep_ in {"prep", "agent"}:
        return below.lower_ in LINKS
    return below.dep_ in COMPLEMENTS


def stated_of(token: Token, below: Token, head: Token, cues: Cues) -> Iterator[Verdict]:
    """What a verb says of its subject or object by a predicate or a modal ("attacks are common")."""
    if below.dep_ not in {"nsubj", "nsubjpass", "dobj", "ccomp"} or token.pos_ not in {"VERB", "AUX"}:
        return
    for child in children(token, "acomp", "oprd", "attr", "ccomp"):
        for cue in cues.get(child.i, ()):
            if child != below and cue.entry.reach == "governs" and not children(token, "neg"):
                yield cue.entry.status, show(cue)
    if below == head and below.dep_ in {"nsubj", "nsubjpass"} and not is_definite(below):
        yield from (v for v in modified(token, cues) if v[1].rule == "status:modal")


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
