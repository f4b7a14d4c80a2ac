"""An event on its way to a row: what one sentence tells of it, later merged with what others tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from extractors.parties import PartyMention
from extractors.sources import Sources
from extractors.triggers import Trigger
from models.casualty import Casualty
from models.dates import Interval
from models.event import Evidence, Weapon
from models.mention import CountValue, Mention
from models.terms import EventType, Status, Strength, WeaponCategory
from models.trace import Spot, spot


@dataclass(frozen=True, slots=True)
class WeaponUse:
    """A weapon of the event, where it stands, and how much its words say."""

    weapon: Weapon
    start: int
    end: int
    rule: str
    strength: Strength

    @property
    def category(self) -> WeaponCategory:
        """The class of the weapon."""
        return self.weapon.category


@dataclass(frozen=True, slots=True)
class Record:
    """Why a deed is told only of its doers ("was involved in the killing"); a verdict needs no news of them."""

    cue: Evidence
    frame: Token | None
    doers: Sequence[PartyMention]
    verdict: bool


@dataclass(slots=True)
class Draft:
    """One event as one sentence tells it. Merging fills what is missing and adds sentences.

    `date_of_news` tells that the date is only when somebody said so, `is_new` that its words call it another event.
    """

    triggers: list[Trigger]
    sentence: int
    type: EventType
    status: Status = "actual"
    status_cues: list[Evidence] = field(default_factory=list)
    actors: list[PartyMention] = field(default_factory=list)
    targets: list[PartyMention] = field(default_factory=list)
    weapons: list[WeaponUse] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    date: Mention | None = None
    interval: Interval | None = None
    date_of_news: bool = False
    is_new: bool = False
    sources: Sources = field(default_factory=Sources)
    casualties: list[Casualty] = field(default_factory=list)
    strays: list[Casualty] = field(default_factory=list)
    is_aggregate: bool = False
    attacks: CountValue | None = None
    attacks_at: tuple[int, int] | None = None
    refers_back: bool = False
    sentences: list[int] = field(default_factory=list)
    context: Mention | None = None
    accident: bool = False
    record: Record | None = None
    confidence: float = 1.0
    part_of: "Draft | None" = None

    @property
    def trigger(self) -> Trigger:
        """The leading event word."""
        return self.triggers[0]

    @property
    def spot(self) -> Spot:
        """Where the leading event word stands: what a trace knows the draft by."""
        return spot(self.triggers[0])

    @property
    def is_saying(self) -> bool:
        """True for threats, demands, accusations, agreements, sanctions."""
        return self.trigger.is_saying

    @property
    def is_loss(self) -> bool:
        """True where only words of loss tell the event."""
        return all(t.is_loss for t in self.triggers)

    @property
    def is_pointer(self) -> bool:
        """True where the event word only points at an event told elsewhere."""
        return all(t.entry.level == "anaphor" for t in self.triggers)
