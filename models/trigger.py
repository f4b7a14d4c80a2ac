"""Lexicon entries of event words and of cues that decide a status."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from models.inflection import inflect_phrase, plural_of
from models.lexicon import Entry
from models.terms import EventType, Status, WeaponCategory

Role = Literal["agent", "patient", "both", "none"]
Needs = Literal[
    "weapon",
    "people",
    "armed",
    "territory",
    "captive",
    "aircraft",
    "hostile",
    "party",
    "reprisal",
    "sides",
    "menace",
    "device",
    "munition",
    "ordnance",
    "ground",
    "state",
    "force",
    "captor",
]


class EventEntry(Entry):
    """Words that name one kind of event.

    `level` tells how much the word says: `event` names its type; `attack` leaves the type to weapon and
    parties; `harm` tells losses, and is an event of its own only where no other word tells it; `words` is a
    saying (threat, demand …); `anaphor` points at an event told elsewhere ("the incident"); `backdrop`
    says who stands against whom ("the escalation between"), and is no event.
    """

    type: EventType
    level: Literal["event", "attack", "harm", "words", "anaphor", "backdrop"] = "event"
    verbs: tuple[str, ...] = Field(default=(), description="base forms; the first word is inflected")
    irregular: tuple[str, ...] = Field(default=(), description="verb forms that no rule makes")
    nouns: tuple[str, ...] = Field(default=(), description="singular; plurals are made by rule")
    unless: tuple[str, ...] = Field(default=(), description="phrases in which the word means something else")
    weapon: WeaponCategory | None = Field(default=None, description="means that the word itself tells")
    subject: Role = Field(default="agent", description="what the subject of the active verb is")
    owner: Role = Field(default="agent", description="what the noun's owner is: his murder: patient")
    status: Status | None = Field(
        default=None, description="what the word itself says of whether it happened"
    )
    undone: Status | None = Field(
        default=None, description="the status where the verb is negated ('did not explode')"
    )
    needs: tuple[Needs, ...] = Field(default=(), description="what must be near: any one of these suffices")

    @property
    def uses(self) -> bool:
        """Whether the word only tells that a weapon was used, and not which."""
        return self.needs in {("weapon",), ("ordnance",)}

    def forms(self) -> tuple[str, ...]:
        """Every inflected form, of nouns and of verbs."""
        return (*self.noun_forms(), *self.verb_forms())

    def noun_forms(self) -> tuple[str, ...]:
        """Singular and plural."""
        return (*self.nouns, *map(plural_of, self.nouns))

    def verb_forms(self) -> tuple[str, ...]:
        """Base, third person, past and -ing of each verb, and the irregular forms."""
        return (*(form for verb in self.verbs for form in inflect_phrase(verb)), *self.irregular)


class CueEntry(Entry):
    """Words that change the status of the events in their reach.

    `reach`: `governs` what depends on the word; `modifies` the event word it stands at; `clause` the
    clause it stands in; `opens` the clause that it introduces (if, unless); `carries` gives no status, but
    passes on to its complement what is said of itself ("did not launch attacks"); `states` governs clauses
    alone ("claimed that they attacked", not "claimed the attack"); `record` tells a past deed of somebody whom
    the news is about ("was arrested … wanted for the murder of"), `verdict` one that the law has judged.
    """

    status: Status
    reach: Literal["governs", "modifies", "clause", "opens", "carries", "states", "record", "verdict"]
    undone: Status | None = Field(default=None, description="the status where the cue itself is negated")
    verbs: tuple[str, ...] = ()
    irregular: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = Field(default=(), description="forms that are not inflected")
    unless: tuple[str, ...] = Field(default=(), description="phrases in which the word is no cue")

    def forms(self) -> tuple[str, ...]:
        """Every inflected form."""
        verbs = (form for verb in self.verbs for form in inflect_phrase(verb))
        return (*self.words, *self.nouns, *map(plural_of, self.nouns), *verbs, *self.irregular)


class AcledType(BaseModel):
    """An event type of ACLED with its sub-event type."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    event: str
    sub: str


class EventTypeEntry(Entry):
    """What an event type is to other codebooks, and which weapons make an attack one of this type."""

    label: str
    family: Literal["violence", "control", "posture", "words", "unrest"]
    weapons: tuple[WeaponCategory, ...] = ()
    means: tuple[str, ...] = Field(
        default=(), description="ids of weapons, or nouns of doers, that tell it too"
    )
    plover: str
    plover_mode: str = ""
    plover_contexts: tuple[str, ...] = ()
    acled: str = Field(default="", description="none where ACLED has no such event")
    acled_sub: str = ""
    acled_armed: AcledType | None = Field(default=None, description="where the target bears arms")
    acled_state: AcledType | None = Field(default=None, description="where a state acts")
    acled_doer: str = Field(default="", description="what ACLED calls its doers: Protesters")
    ucdp: Literal["", "state-based or non-state", "one-sided", "by parties"] = ""
    cameo: str = Field(pattern=r"^\d\d$")


class RoleEntry(Entry):
    """Verbs that lend their subject or object to an event word beside them."""

    role: Literal["light", "suffer", "reach", "order", "blame", "resort", "blast"]
    verbs: tuple[str, ...]
    irregular: tuple[str, ...] = ()

    def forms(self) -> tuple[str, ...]:
        """Every inflected form."""
        return (*(form for verb in self.verbs for form in inflect_phrase(verb)), *self.irregular)


class MeansEntry(Entry):
    """Verbs by what they tell of the weapon beside them: somebody uses, holds or finds it, or neither (idle)."""

    role: Literal["use", "hold", "find", "idle"]
    verbs: tuple[str, ...]
    irregular: tuple[str, ...] = ()

    def forms(self) -> tuple[str, ...]:
        """Every inflected form."""
        return (*(form for verb in self.verbs for form in inflect_phrase(verb)), *self.irregular)


class SourceEntry(Entry):
    """Verbs by what their subject does: report, claim, own, accuse, deny, reckon the toll, or did it (deed).

    The other roles name who did it by a noun or an adjective (extractors/culprits.py).
    """

    role: Literal[
        "report",
        "claim",
        "own",
        "accuse",
        "deny",
        "deed",
        "reckon",
        "answer",
        "suspect",
        "work",
        "author",
        "onus",
        "rest",
        "hold",
        "hands",
        "lay",
        "confess",
    ]
    verbs: tuple[str, ...] = ()
    irregular: tuple[str, ...] = ()
    words: tuple[str, ...] = Field(default=(), description="nouns and adjectives, not inflected")

    def forms(self) -> tuple[str, ...]:
        """Every inflected form."""
        return (
            *self.words,
            *(form for verb in self.verbs for form in inflect_phrase(verb)),
            *self.irregular,
        )


class NeedEntry(Entry):
    """Words that must be near an event word, or that tell what kind of passage it stands in."""

    verbs: tuple[str, ...] = ()
    irregular: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def forms(self) -> tuple[str, ...]:
        """Every inflected form."""
        verbs = (form for verb in self.verbs for form in inflect_phrase(verb))
        return (*self.words, *self.nouns, *map(plural_of, self.nouns), *verbs, *self.irregular)
