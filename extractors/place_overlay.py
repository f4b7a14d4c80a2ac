"""The rows of places.csv in memory: what they add to the places of the gazetteer file and put right in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.place import Candidate

Read = tuple[Candidate, str | None, str | None]  # with the ids of its province and district
Ranks = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Overlay:
    """Our places by id, and by key the rank of each that has it; one with a source's id replaces that."""

    places: dict[str, Candidate] = field(default_factory=dict)
    named: dict[str, dict[str, int]] = field(default_factory=dict)
    alike: dict[str, dict[str, int]] = field(default_factory=dict)

    def merge(self, read: Sequence[Read], ours: Ranks) -> list[Candidate]:
        """The places read, put right, and ours of the same key, the most populous first."""
        right = [self.put_right(*place) for place in read]
        if not ours:
            return right
        found = {candidate.id: candidate for candidate in right}
        found |= {place_id: replace(self.places[place_id], rank=rank) for place_id, rank in ours.items()}
        return sorted(found.values(), key=lambda candidate: (-candidate.population, candidate.id))

    def put_right(self, candidate: Candidate, province: str | None, district: str | None) -> Candidate:
        """The place as we have it; else with the names that we give to its province and district."""
        own = self.places.get(candidate.id)
        if own:
            return replace(own, rank=max(1, candidate.rank))  # the source's main name is another name of ours
        above, below = self.places.get(province or ""), self.places.get(district or "")
        if above is None and below is None:
            return candidate
        return replace(
            candidate,
            admin1=above.name if above else candidate.admin1,
            admin2=below.name if below else candidate.admin2,
        )
