"""Whether it happened: cues in reach of an event word, and which of them decides."""

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.cues import Cues, show, show_span, show_token
from extractors.modifiers import ANYBODY, PRESENT, Verdict, modified
from extractors.syntax import is_passive
from extractors.tree import chain, children
from extractors.triggers import Trigger
from extractors.weighing import UNDOING, UNREAL, is_definite, is_infinitive, weigh
from models.event import Evidence
from models.terms import Status

# What outranks what, where several cues reach one event: what did not happen before what may yet happen,
# that before what is long past, and all of it before who says so.
RANK: tuple[Status, ...] = (
    "negated", "denied", "thwarted", "exercise", "threatened", "planned", "hypothetical", "attempted",
    "historical", "generic", "alleged", "reported", "actual",
)  # fmt: skip
AGREEING = "status.toml:agree"
PROMISED = frozenset({"threatened", "planned", "attempted"})
SAYING: frozenset[Status] = frozenset({"reported", "alleged", "denied", "exercise"})
CAUSES = frozenset({"because", "after", "since", "following", "despite", "during", "amid", "due", "owing"})
COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "pobj", "pcomp", "nsubjpass", "acl", "compound", "amod", "oprd"}
)
LINKS = frozenset(
    {"of", "to", "for", "about", "from", "with", "at", "on", "against", "over", "that", "into", "by"}
)
APART = frozenset({"advcl", "relcl", "appos", "parataxis"})  # clauses that a cue above does not reach into
NOMINAL = frozenset({"dobj", "pobj", "prep", "nsubj", "nsubjpass", "agent", "dative"})
BEING = frozenset({"is", "are", "was", "were"})
CLAUSES = frozenset({"ccomp", "xcomp", "pcomp"})


def read_status(trigger: Trigger, cues: Cues) -> tuple[Status, list[Evidence]]:
    """The status of the event that this word tells, and what decided; `actual` needs no cue."""
    if trigger.entry.status is not None:
        return trigger.entry.status, [show_span(trigger.span, f"events.toml:{trigger.rule}")]
    verdicts = list(judge(trigger.head, cues))
    if trigger.entry.type == "ceasefire_or_agreement":
        verdicts = [v for v in verdicts if v[1].rule != AGREEING]  # to agree is what the event is
    if not verdicts:
        return "actual", []
    if any(status == "hypothetical" for status, _ in verdicts):  # "it is possible that they will attack"
        verdicts = [v for v in verdicts if v[0] != "planned" or v[1].rule != "status:modal"]
    status, evidence = min(verdicts, key=lambda verdict: RANK.index(verdict[0]))
    if status == "attempted" and trigger.is_noun and trigger.entry.type == "armed_clash":
        return "actual", []  # a battle that failed was fought
    if status == "negated" and children(trigger.head, "neg"):
        told = any(verdict[0] == "reported" for verdict in verdicts)
        status = "denied" if told and is_own_deed(trigger.head) else trigger.entry.undone or status
    return status, [evidence]


def is_own_deed(verb: Token) -> bool:
    """Whether the speaker's own side would have done it ("our pilots did not bomb the clinic")."""
    return any(
        t.lower_ in {"i", "we"} or any(c.tag_ == "PRP$" for c in children(t, "poss"))
        for t in children(verb, "nsubj")
    )


def judge(head: Token, cues: Cues) -> Iterator[Verdict]:
    """Every status that a cue in reach gives the word, from its own modifiers up to the top of its clause.

    `open_to` holds the statuses that words further up may still give. A clause that states a fact, a cause, and
    a word that undoes the event or makes something else of it let through only who says so.
    """
    yield from modified(head, cues)
    below, near, open_to = head, True, frozenset(RANK)
    for token in chain(head):
        if below.dep_ in APART and not is_promised(below, token, cues):
            yield from set_back(below, token, cues)
            yield from aimed_by(below, token, cues)
            return
        if below.dep_ == "conj":
            if near and is_shared(below, token):
                yield from modified(token, cues)
            below = token
            continue
        if is_cause(below, token):
            open_to &= SAYING
        near = near and passes(below, token, cues)
        found = [*governed(token, below, cues), *stated_of(token, below, head, cues), *to_be(token, below)]
        if any(status == "actual" for status, _ in found):
            open_to &= SAYING
        if near or below.dep_ in {"ccomp", "dobj"}:
            found += [v for v in modified(token, cues) if near or v[0] in {"reported", "alleged"}]
        yield from (v for v in found if v[0] in open_to and v[0] != "actual")
        open_to &= passed_by(token, below, {v[0] for v in found}, cues)
        below = token


def passed_by(token: Token, below: Token, found: set[Status], cues: Cues) -> frozenset[Status]:
    """The statuses that may come from above a word, seen what it has said of the event below it."""
    if is_other(below, token, cues):
        return SAYING - {"alleged", "denied"}
    told = any(c.entry.status == "reported" for c in cues.get(token.i, ()))
    if found & UNDOING or (below.dep_ == "ccomp" and not is_infinitive(below)) or (told and found):
        return SAYING | (frozenset() if found & UNDOING else frozenset({"historical"}))
    return frozenset(RANK)


def is_cause(below: Token, token: Token) -> bool:
    """Whether the event is told as what went before or led to what the verb says ("because of", "after")."""
    if below.dep_ not in {"prep", "npadvmod"} or token.pos_ not in {"VERB", "AUX"}:
        return False
    return below.lower_ in CAUSES or (below.i < token.i and below.lower_ == "by")


def to_be(token: Token, below: Token) -> Iterator[Verdict]:
    """What is to happen ("the two armies are to hold drills"), or what if it did ("were they to seize the port")."""
    bare = token.lower_ in BEING and not children(token, "acomp", "attr", "aux", "csubj")
    if bare and below.dep_ in {"xcomp", "advcl"} and is_infinitive(below):
        yield "hypothetical" if token.lower_ == "were" else "planned", show_token(token, "status:to-be")


def is_promised(below: Token, token: Token, cues: Cues) -> bool:
    """Whether words between tear an infinitive from its verb ("threatened on Monday to resume attacks")."""
    if below.dep_ not in {"advcl", "relcl"} or below.i < token.i or not is_infinitive(below):
        return False
    if token.lower_ == "were" and not children(token, "acomp", "attr"):
        return True
    return any(c.entry.reach == "governs" and c.entry.status in PROMISED for c in cues.get(token.i, ()))


def aimed_by(below: Token, token: Token, cues: Cues) -> Iterator[Verdict]:
    """What an object right before an infinitive says of it, where the parser hangs both on one verb ("a plot to")."""
    if below.dep_ != "advcl" or not is_infinitive(below):
        return
    for thing in children(token, "dobj", "nsubjpass"):
        if thing.i == below.left_edge.i - 1:
            yield from (
                (c.entry.status, show(c)) for c in cues.get(thing.i, ()) if c.entry.status in PROMISED
            )


def set_back(below: Token, token: Token, cues: Cues) -> Iterator[Verdict]:
    """What crosses over is history ("years ago, when …", "they remember the men who …") and drill."""
    found: list[Verdict] = []
    if below.dep_ == "advcl" and any(c.lower_ == "when" for c in below.children):
        found = [*modified(token, cues)]
    elif below.dep_ == "relcl":
        found = [*governed(token.head, token, cues)]
        found += [(c.entry.status, show(c)) for c in cues.get(token.i, ()) if c.entry.reach == "clause"]
    if (
        below.dep_ == "relcl"
        and token.lower_ in ANYBODY
        and below.tag_ in PRESENT
        and not children(below, "aux")
    ):
        yield "generic", show_token(token, "status:anybody")
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
    return below.dep_ in NOMINAL and token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"}


def governed(token: Token, below: Token, cues: Cues) -> Iterator[Verdict]:
    """Statuses that a governing word gives to its complement; `actual` where it fails to undo it."""
    for cue in cues.get(token.i, ()):
        inside = cue.span.start <= below.i < cue.span.end
        clause = cue.entry.reach == "states" and below.dep_ in CLAUSES
        near = inside or is_complement(below, token) or below.dep_ == "advcl"
        if clause or (cue.entry.reach == "governs" and near):
            yield weigh(cue, token, below, cues), show(cue)


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
            own = children(child, "acl", "relcl", "xcomp")  # "the attack is an attempt to frighten them"
            if child != below and cue.entry.reach == "governs" and not own and not children(token, "neg"):
                yield cue.entry.status, show(cue)
    if below == head and below.dep_ in {"nsubj", "nsubjpass"} and not is_definite(below):
        yield from (v for v in modified(token, cues) if v[1].rule == "status:modal")
