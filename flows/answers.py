"""What a back-end is: it does the work on partitions, and gives an answer for each."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flows.stop import Stop

P = TypeVar("P")
R = TypeVar("R")
Say = Callable[[str], None]
TRIES = 3  # a partition that its worker dies of so often is given up


@dataclass(frozen=True, slots=True)
class Answer(Generic[P, R]):
    """A partition with what the work gave; or with `loss`, which says in a line why there is nothing."""

    partition: P
    result: R | None
    loss: str = ""


class Backend(Protocol):
    """Something that does the work on partitions. `name` is for people."""

    @property
    def name(self) -> str: ...  # noqa: D102

    def answers(  # noqa: D102
        self, work: Callable[[P], R], partitions: Iterable[P], stop: Stop, say: Say
    ) -> Generator[Answer[P, R]]: ...


def name_partition(partition: object) -> str:
    """What messages call it; a partition that is long should have a `__str__`."""
    return str(partition)[:80]
