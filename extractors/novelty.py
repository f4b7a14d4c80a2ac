"""Whether a draft's own words say that it is another event: "a separate attack", "a second bomb"."""

from extractors.bonds import Ground
from extractors.draft import Draft
from extractors.syntax import find_subjects
from extractors.totals import says_more
from extractors.triggers import Trigger

OPENING = 2  # words in which a sentence says that it goes on to something else


def is_new(draft: Draft, ground: Ground) -> bool:
    """Whether the words say that it is another event: "a separate attack", "Also in Gao, …", "another man died in"."""
    marks = [c for t in draft.triggers for c in t.head.children if c.i in ground.anew]
    if any(c.lower_ != "also" or not draft.refers_back for c in marks):  # "four also died in the fighting"
        return True
    if any(has_another_weapon(t, ground) for t in draft.triggers):
        return True
    if not draft.places or draft.refers_back:
        return False
    opening = ground.sheet.sentences[draft.sentence][:OPENING]
    opens = any(t.i in ground.anew and (t.pos_ == "ADV" or t.lower_ == "another") for t in opening)
    return opens or any(says_more(c, ground.sheet) for c in draft.casualties)


def has_another_weapon(trigger: Trigger, ground: Ground) -> bool:
    """Whether "a second bomb" or "another missile" did it."""
    if trigger.is_noun:
        return False
    weapons = [t for t in find_subjects(trigger.head) if ground.sheet.at("weapon", t) is not None]
    return any(c.i in ground.anew for t in weapons for c in t.children)
