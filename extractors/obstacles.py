"""What keeps two drafts apart, however much else ties them: kinds, parties, dates, places, victims, the sentence."""

from extractors.bonds import Ground, brings_actor, can_be_one, means_doer
from extractors.clusters import stands_apart
from extractors.draft import Draft
from extractors.identity import are_apart, are_rivals, overlap, share_party
from extractors.retelling import have_other_victims


def find_obstacles(event: Draft, draft: Draft, ground: Ground) -> set[str]:
    """What tells two events apart: `type`, `victims`, and what `find_conflicts` finds."""
    found = find_conflicts(event, draft)
    found |= set() if can_be_one(event, draft, ground.types) else {"type"}
    return found | ({"victims"} if have_other_victims(event, draft, ground.sheet) else set())


def find_conflicts(event: Draft, draft: Draft) -> set[str]:
    """Which of `record`, `rivals`, `crossed` parties, `told apart`, `date` and `place` tell two events apart.

    In a clash either side may be told as the actor.
    """
    found = {"record"} if has_record_beside(event, draft) else set()
    if "armed_clash" not in {event.type, draft.type}:
        found |= {"rivals"} if act_against(event, draft) else set()
        found |= {"crossed"} if are_crossed(event, draft) or strikes_doer(event, draft) else set()
    found |= {"rivals"} if have_own_actors(event, draft) else set()
    found |= {"told apart"} if are_told_apart(event, draft) else set()
    told = (
        event.date is not None and draft.date is not None and not (event.date_of_news or draft.date_of_news)
    )
    if told and event.interval and draft.interval and not overlap(event.interval, draft.interval):
        found.add("date")
    if event.places and draft.places and are_apart(event.places[0], draft.places[0]):
        found.add("place")
    return found


def has_record_beside(event: Draft, draft: Draft) -> bool:
    """Whether one tells what somebody did and the other what became of him ("shot a man wanted for the murder of")."""
    return any(
        deed.record is not None and fate.record is None and share_party(deed.record.doers, fate.targets)
        for deed, fate in ((event, draft), (draft, event))
    )


def act_against(event: Draft, draft: Draft) -> bool:
    """Whether the actors are rivals."""
    strangers = event.actors and draft.actors and not share_party(event.actors, draft.actors)
    return bool(strangers) and are_rivals(event.actors, draft.actors)


def have_own_actors(event: Draft, draft: Draft) -> bool:
    """Whether one sentence gives each its own actor: "fired rockets after troops killed a commander"."""
    if event.sentence != draft.sentence or not event.actors or not brings_actor(event, draft):
        return False
    if share_party(event.actors, draft.targets) or share_party(draft.actors, event.targets):
        return False  # two sides of one fight
    return not any(means_doer(actor, draft) for actor in event.actors)


def are_told_apart(event: Draft, draft: Draft) -> bool:
    """Whether a word like "since" stands between an attack and losses of the same sentence, which have their doer."""
    losses = [d for d in (event, draft) if d.is_loss]
    if event.sentence != draft.sentence or len(losses) != 1 or not losses[0].actors:
        return False
    attack = draft if losses[0] is event else event
    return stands_apart(losses[0].trigger, attack.trigger)


def strikes_doer(event: Draft, draft: Draft) -> bool:
    """Whether it happens to "the attacker" of an event that happened to others."""
    if not (event.targets and draft.targets) or share_party(event.targets, draft.targets):
        return False
    return any(
        all(means_doer(t, one) for t in other.targets) for one, other in ((event, draft), (draft, event))
    )


def are_crossed(event: Draft, draft: Draft) -> bool:
    """Whether whoever acts in one suffers in the other."""
    return any(
        share_party(one.actors, two.targets) and not share_party(one.actors, two.actors)
        for one, two in ((event, draft), (draft, event))
    )
