"""Which event words of a sentence tell the same event."""

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from extractors.casualty_words import is_somebody
from extractors.phrases import LEXICONS
from extractors.syntax import RELATIVE, distance, is_passive, join_words, path_words
from extractors.tree import chain
from extractors.triggers import Trigger
from models.casualty import PeopleEntry
from models.lexicon import read_entries

FILE = "partings.toml"
ORDER = frozenset({"after", "following", "since", "before", "despite", "amid", "against", "to", "over", "than", "until",
                   "like", "unlike", "for"})  # fmt: skip
TOGETHER = frozenset({"advcl", "conj", "xcomp", "acl", "relcl", "ccomp", "prep", "pobj", "pcomp", "dobj",
                      "nsubj", "nsubjpass", "agent", "appos", "compound", "oprd", "amod", "attr"})  # fmt: skip
NEAR = 6  # arrows; beyond that two words of loss and attack seldom belong together


@cache
def load_partings() -> frozenset[str]:
    """Every word that tells two events of one sentence apart. Raises LexiconError."""
    entries = read_entries(LEXICONS / FILE, PeopleEntry)
    return ORDER.union(*(entry.words for entry in entries.values()))


def cluster_triggers(triggers: Sequence[Trigger]) -> list[list[Trigger]]:
    """The event words of one sentence, those of one event together, its leading word first.

    Words of loss join the attack that the tree holds nearest; attack words join where one governs the
    other without a word like "after" or "in response to" between them. Sayings stay alone.
    """
    leaders: list[list[Trigger]] = []
    for trigger in (t for t in triggers if not t.is_loss):
        home = next((c for c in leaders if can_join(trigger, c)), None)
        if home is None:
            leaders.append([trigger])
        else:
            home.append(trigger)
    losses: list[list[Trigger]] = []
    for trigger in (t for t in triggers if t.is_loss):
        home = nearest_attack(trigger, leaders) or next((c for c in losses if can_share(trigger, c)), None)
        if home is None:
            losses.append([trigger])
        else:
            home.append(trigger)
    clusters = [sorted(c, key=lambda t: (is_vague(t), t.is_loss)) for c in (*leaders, *losses)]
    return sorted(clusters, key=lambda cluster: cluster[0].span.start)


def is_vague(trigger: Trigger) -> bool:
    """Whether the word only tells that a weapon was used ("launched", "use")."""
    return trigger.entry.uses


def can_join(trigger: Trigger, cluster: Sequence[Trigger]) -> bool:
    """Whether an attack word tells the same event as the cluster's leading word."""
    first = cluster[0]
    if trigger.is_saying or first.is_saying or not are_alike(trigger, first):
        return False
    upper, lower = (first, trigger) if is_above(first.head, trigger.head) else (trigger, first)
    if not is_above(upper.head, lower.head):
        return False
    between = path_words(lower.head, upper.head)
    if (
        turns_on_doer(lower.head, upper.head)
        or any(t.lower_ in load_partings() for t in between)
        or any(t.pos_ == "VERB" for t in between)
    ):
        return False
    if (lower.head.dep_ == "conj" or are_divided(lower.head, upper.head)) and not lower.is_noun:
        later = max(lower.head, upper.head, key=lambda t: t.i)
        return first.entry.type == trigger.entry.type and not has_own_object(later)
    return lower.head.dep_ in TOGETHER


def are_alike(a: Trigger, b: Trigger) -> bool:
    """Whether one of the two leaves its type open, or both are of one type."""
    open_ended = {"attack"}
    if a.entry.type == b.entry.type:
        return True
    violent = {"other_attack", "armed_assault", "armed_clash", "bombing", "shelling", "air_strike",
               "missile_or_rocket_attack", "drone_attack", "suicide_bombing"}  # fmt: skip
    return bool({a.entry.level, b.entry.level} & open_ended) and {a.entry.type, b.entry.type} <= violent


def are_divided(a: Token, b: Token) -> bool:
    """Whether a semicolon stands between two words."""
    return any(t.text == ";" for t in a.doc[min(a.i, b.i) : max(a.i, b.i)])


def has_own_object(verb: Token) -> bool:
    """Whether a verb has an object of its own."""
    return any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children)


def nearest_attack(loss: Trigger, clusters: Sequence[list[Trigger]]) -> list[Trigger] | None:
    """The attack that a word of loss belongs to, or None."""
    reach = [
        (min(distance(loss.head, t.head) for t in cluster), number, cluster)
        for number, cluster in enumerate(clusters)
        if is_cause(cluster[0]) and not stands_apart(loss, cluster[0])
    ]
    if not reach:
        return None
    far, _, cluster = min(reach, key=lambda item: item[:2])
    return cluster if far <= NEAR else None


def is_cause(trigger: Trigger) -> bool:
    """Whether people can be hurt by what the word names."""
    return not trigger.is_saying and trigger.entry.type not in {
        "arrest", "release", "surrender", "deployment", "exercise_or_test", "protest",
    }  # fmt: skip


def stands_apart(loss: Trigger, attack: Trigger) -> bool:
    """Whether a word between them makes two events of it: "killed three in revenge for the bombing"."""
    lower, upper = (attack, loss) if is_above(loss.head, attack.head) else (loss, attack)
    if turns_on_doer(lower.head, upper.head):
        return True
    between = [lower.head, *join_words(lower.head, upper.head)]
    words = {t.lower_ for t in between} | {c.lower_ for t in between for c in t.children if c.dep_ == "mark"}
    soft = {"to", "over"}
    if is_passive(loss.head) or loss.entry.subject == "patient":
        soft |= {"for"}
        soft |= set() if attack.is_noun else {"against"}
        soft |= {"after", "following", "since"} if lower is attack and not attack.is_noun else set()
    return bool(words & (load_partings() - soft))


def turns_on_doer(lower: Token, upper: Token) -> bool:
    """Whether one suffers what the main clause tells who did what the other tells ("a man who killed two was shot")."""
    doer = lower.head
    pronoun = next((c.lower_ for c in lower.children if c.dep_ == "nsubj" and c.lower_ in RELATIVE), None)
    if lower.dep_ != "relcl" or doer.head != upper or is_passive(lower) or pronoun is None:
        return False
    suffers = doer.dep_ == "dobj" or (doer.dep_ == "nsubjpass" and is_passive(upper))
    return suffers and (pronoun == "who" or is_somebody(doer))


def can_share(loss: Trigger, cluster: Sequence[Trigger]) -> bool:
    """Whether two words of loss tell one event ("killed two and wounded five")."""
    first = cluster[0]
    if is_above(first.head, loss.head) or is_above(loss.head, first.head):
        lower, upper = (loss, first) if is_above(first.head, loss.head) else (first, loss)
        if turns_on_doer(lower.head, upper.head):
            return False
        words = {t.lower_ for t in path_words(lower.head, upper.head)}
        return not words & (load_partings() - {"to", "for", "over"})
    return distance(loss.head, first.head) <= NEAR


def is_above(head: Token, token: Token) -> bool:
    """Whether `head` governs `token`."""
    return head in chain(token)
