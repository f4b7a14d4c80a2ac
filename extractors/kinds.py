"""Which type an attack is: told by the weapon, else by who meets whom."""

from collections.abc import Mapping, Sequence

from extractors.draft import Draft
from extractors.parties import PartyMention
from extractors.relevance import ARMED
from models.terms import EventType, PartyKind, WeaponCategory
from models.trigger import EventTypeEntry

REFINED = frozenset({"bombing", "armed_assault", "shelling", "other_attack", "armed_clash"})
BOMBED = frozenset({"bomb", "bombs", "bombed", "bombing", "bombings"})
STATE = frozenset({"state_military", "police", "government", "international"})


def order_weapons(types: Mapping[str, EventTypeEntry]) -> dict[str, str]:
    """Weapon category, weapon id or noun of a doer -> event type, from event_types.toml."""
    return {key: name for name, entry in types.items() for key in (*entry.weapons, *entry.means)}


def refine_type(draft: Draft, by_weapon: Mapping[str, str]) -> EventType:
    """The event's type, as fine as weapon and parties allow; a word that names the type is believed."""
    entry = draft.trigger.entry
    categories = [use.weapon.category for use in draft.weapons]
    if entry.type in REFINED and {"aircraft", "bomb"} <= set(categories):
        return "air_strike"  # whoever drops it from above
    if entry.level in {"attack", "harm"}:
        doers = [p.party.text.lower().removesuffix("s") for p in draft.actors]
        ids = [use.weapon.id for use in draft.weapons if use.weapon.id]
        told = type_by_weapon([*doers, *categories, *ids], by_weapon)
        if told:
            return told
        return type_by_parties(draft, entry.type)
    if entry.type == "bombing":
        told = next((t for c, t in SHIFTS if c in categories), None)
        return told or ("air_strike" if is_bombed_from_air(draft) else entry.type)
    if entry.type == "armed_assault" and kinds_of(draft.actors) & {"police"} and not draft.weapons:
        return "raid" if draft.trigger.span.text.lower().startswith(("raid", "storm")) else entry.type
    if entry.type == "seizure" and takes_people(draft):
        return "arrest" if kinds_of(draft.actors) & STATE else "abduction"
    return entry.type


def is_bombed_from_air(draft: Draft) -> bool:
    """Whether a state's forces "bombed" and no planted device is named: armies bomb from the air."""
    word = draft.trigger.span.text.lower()
    planted = any(use.weapon.id for use in draft.weapons)
    return word in BOMBED and not planted and bool(kinds_of(draft.actors) & {"state_military", "government"})


SHIFTS: tuple[tuple[WeaponCategory, EventType], ...] = (
    ("suicide_bomb", "suicide_bombing"),
    ("aircraft", "air_strike"),
    ("air_strike", "air_strike"),
    ("drone", "drone_attack"),
    ("ballistic_missile", "missile_or_rocket_attack"),
    ("cruise_missile", "missile_or_rocket_attack"),
)


def type_by_weapon(categories: Sequence[str], by_weapon: Mapping[str, str]) -> EventType | None:
    """The type that the most telling weapon makes it; platforms tell only where no munition is named."""
    for category in sorted(categories, key=lambda c: c in {"aircraft", "armour", "naval", "small_arms"}):
        if category in by_weapon:
            return by_weapon[category]  # type: ignore[return-value]  # keys of event_types.toml are checked on load
    return None


def type_by_parties(draft: Draft, default: EventType) -> EventType:
    """The type of an attack or killing without a known weapon."""
    actors, targets = kinds_of(draft.actors), kinds_of(draft.targets)
    if default not in {"other_attack", "violence_against_civilians"}:
        return "raid" if default == "armed_assault" and actors & {"police"} else default
    if targets and targets <= {"civilians", "media"}:
        return "violence_against_civilians"
    if draft.is_loss and actors & ARMED and targets & ARMED:
        return "armed_clash"
    if actors & ARMED and not draft.is_loss:
        return "armed_assault" if not actors & {"state_military"} else default
    return default


def takes_people(draft: Draft) -> bool:
    """Whether what is captured are people, not ground or things."""
    kinds = kinds_of(draft.targets)
    return bool(kinds) and not kinds & {"other"}


def kinds_of(parties: Sequence[PartyMention]) -> set[PartyKind]:
    """The kinds of the parties."""
    return {item.party.kind for item in parties}
