"""How a status is shown: five groups, told apart by sign and word as well as by colour."""

from dataclasses import dataclass

from models.terms import Status


@dataclass(frozen=True, slots=True)
class Standing:
    """A group of statuses with its sign, its colour in a terminal and its meaning in words."""

    name: str
    sign: str
    style: str
    meaning: str
    statuses: tuple[Status, ...]


STANDINGS = (
    Standing("happened", "●", "bold blue", "told as fact, or reported undoubted", ("actual", "reported")),
    Standing("doubted", "◐", "yellow", "doubted or denied by the report", ("alleged", "denied")),
    Standing("failed", "×", "cyan", "did not happen as meant", ("attempted", "thwarted", "negated")),
    Standing("ahead", "◇", "magenta", "said of the future", ("threatened", "planned", "hypothetical")),
    Standing("background", "○", "dim", "history, habit or drill", ("historical", "generic", "exercise")),
)
BY_STATUS = {status: standing for standing in STANDINGS for status in standing.statuses}
