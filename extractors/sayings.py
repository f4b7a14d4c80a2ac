"""Who says a threat, a demand or an accusation, whom it is aimed at, and that saying it is what happened."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Span

from extractors.draft import Draft
from extractors.needs import REFUSING
from extractors.parties import References, read_parties, unite
from extractors.sheet import Sheet
from extractors.syntax import find_subjects, is_passive
from extractors.threats import find_threatened
from extractors.tree import chain
from extractors.triggers import Trigger

SAID = frozenset({"threat", "demand", "accusation_or_condemnation"})


def settle_saying(
    draft: Draft, sheet: Sheet, references: References, needs: Mapping[str, Sequence[Span]]
) -> None:
    """A threat's targets are those whom it is aimed at; what was said is said, whatever is still to come."""
    trigger = draft.trigger
    if draft.type == "threat":
        threatened = find_threatened(trigger.head, needs)
        more = read_parties(threatened, sheet, references, agents=False)
        speakers = {a.start for a in draft.actors}
        draft.targets = unite(draft.targets, [p for p in more if p.start not in speakers])
    refuses = draft.status == "negated" and trigger.span[0].lower_ in REFUSING  # "will not tolerate"
    if draft.type in SAID and (refuses or draft.status in {"threatened", "planned", "reported"}):
        draft.status, draft.status_cues = "actual", []


def complete_saying(draft: Draft, sheet: Sheet, references: References) -> None:
    """A saying's actor is whoever speaks; where they are is not where it happens."""
    if draft.type in SAID:
        draft.places = []
    if draft.type == "threat" and not is_own_threat(draft.trigger):
        return  # whoever tells of a threat or gets one has not made it
    for verb in chain(draft.trigger.head):
        if draft.actors or verb.dep_ in {"advcl", "relcl"}:
            return
        if verb.pos_ == "VERB":
            speakers = read_parties(find_subjects(verb), sheet, references, agents=True)
            aimed = {t.start for t in draft.targets}  # "a man accused of it was shot": he accused nobody
            draft.actors = [p for p in speakers if p.start not in aimed]


def is_own_threat(trigger: Trigger) -> bool:
    """Whether a verb threatens, or a noun has its owner beside it ("its intentions")."""
    if trigger.is_noun:
        return any(c.tag_ == "PRP$" for c in trigger.head.children)
    return not is_passive(trigger.head)
