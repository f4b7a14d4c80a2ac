"""What a night adds up to, as small numbers: summed from the tables by flows, drawn and told by the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from review.values import name_range

Side = Literal["civilians", "parties", "unstated"]
State = Literal["read", "silent", "failed"]
MoverKind = Literal["actor", "weapon", "place"]
EARLIER = 4  # periods that the newest is measured against


@dataclass(frozen=True, slots=True)
class Scale:
    """How time is cut: a bar stands for `days`, a period for `span` days; `bars` and `periods` are drawn."""

    unit: str
    days: int
    span: int
    bars: int
    periods: int
    now: str  # the newest period in words
    earlier: str  # the mean it is measured against


# The first that holds most of the run's dated events is used: a backfill of old pages is not drawn by day.
SCALES = (
    Scale("day", 1, 7, 56, 12, "this week", "a week in the four before"),
    Scale("week", 7, 28, 56, 13, "these four weeks", "in four weeks, over the 16 before"),
    Scale("four weeks", 28, 364, 65, 5, "this year (364 days)", "a year in the four years before"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """People, added over incidents: at least, the texts' own numbers, at most; `open` where some give no most."""

    low: int = 0
    best: int = 0
    high: int = 0
    open: bool = False

    def __str__(self) -> str:
        return name_range(self.low, None, None if self.open else self.high)

    @property
    def words(self) -> str:
        """The range with its best number; never a bare number, so that none passes for more exact than it is."""
        if not (self.high or self.open):
            return "none told"
        return (
            f"{self} (best {self.best})"
            if self.open or self.low != self.high
            else f"{self} (all texts agree)"
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: incidents by type, and how many the tables held of it before this run."""

    start: date
    types: Mapping[str, int]
    before: int = 0

    @property
    def total(self) -> int:
        """Incidents of all types."""
        return sum(self.types.values())


@dataclass(frozen=True, slots=True)
class Period:
    """A longer stretch: people killed by side, and people injured."""

    start: date
    killed: Mapping[Side, Span]
    injured: Span


@dataclass(frozen=True, slots=True)
class Change:
    """How many incidents the newest period has, and how many an earlier one had; None where none is known."""

    now: int
    before: float | None = None

    @property
    def sign(self) -> Literal["more", "fewer", "same"]:
        """`same` within a quarter, or one incident; where nothing earlier is known too."""
        off = 0.0 if self.before is None else self.now - self.before
        if abs(off) <= max(1.0, (self.before or 0) / 4):
            return "same"
        return "more" if off > 0 else "fewer"

    @property
    def words(self) -> str:
        """`+3.5 (+140 %)`; a dash where there is nothing to compare with."""
        if self.before is None:
            return "–"
        share = f" ({(self.now - self.before) / self.before:+.0%})" if self.before else ""
        off = f"{self.now - self.before:+,.1f}".removesuffix(".0")
        return f"{off}{share.replace('%', ' %')}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class RowId:
    """A row of the tables: its event, and the run whose page shows it."""

    run_id: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Mover:
    """An actor, weapon or place with its change; `new` where no earlier run knew it."""

    kind: MoverKind
    key: str
    name: str
    change: Change
    new: bool = False
    rows: tuple[RowId, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with what happened there: its point, how far off that may be, change and people killed."""

    name: str
    latitude: float
    longitude: float
    radius_km: float
    precision: str
    change: Change
    killed: Span = Span()
    rows: tuple[RowId, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows of the articles of the time drawn that are in no picture, and why."""

    totals: int = 0
    unreal: int = 0  # doubted, failed, ahead, background
    undated: int = 0  # no day as fine as a bar
    outside: int = 0  # dated before or after what is drawn


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source does: whether it was read, when last, and how many articles it normally gives."""

    name: str
    state: State
    why: str
    items: int
    new: int
    usual: float | None
    success: date | None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the run's articles, how many there are, and how many of them gave rows."""

    name: str
    articles: int
    told: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All numbers of the page but those of the run's own rows."""

    end: date
    scale: Scale = SCALES[0]
    first: bool = True  # no earlier run holds rows
    known: int = 0  # earlier periods that the tables reach back to, EARLIER at most
    bars: tuple[Bar, ...] = ()
    periods: tuple[Period, ...] = ()
    total: Change = Change(0)
    movers: tuple[Mover, ...] = ()  # of each kind the most frequent
    newcomers: tuple[Mover, ...] = ()  # known to no earlier run
    spots: tuple[Spot, ...] = ()
    placeless: int = 0  # incidents of the newest period that have no place
    wide: int = 0  # … whose place is no finer than a country or a region
    left_out: LeftOut = LeftOut()
    sources: tuple[SourceState, ...] = ()
    tongues: tuple[Tongue, ...] = ()
    pages: frozenset[str] = frozenset()  # runs whose page stands beside this one
    waiting: tuple[str, ...] = ()  # candidate runs that nobody has promoted or dropped, the newest first
    held: int = 0  # values of the tables that a review refused or edited, and that stand as decided
    notes: tuple[str, ...] = field(default=())

    @property
    def start(self) -> date:
        """The first day of the newest period."""
        return self.end - timedelta(days=self.scale.span - 1)
