"""What a proposal may stand for: the candidates of one text's names."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.gazetteer import Gazetteer
from extractors.place_entries import OWN
from extractors.place_names import fold_name
from extractors.place_provinces import prefer_provinces
from extractors.place_spans import Proposal
from extractors.place_words import PlaceWords, split_kind
from models.place import Candidate

LARGE_PROVINCE = 1_000_000  # people: Georgia in America is meant as often as the country
AREAS = frozenset(("country", "province", "district", "region", "continent"))
# Nouns that need a namesake of their own kind: "Niger River" is no country.
OWN_KIND = frozenset(("river", "lake", "sea", "strait", "island"))


@dataclass(slots=True)
class Linker:
    """One text's look-ups and what speaks for each country and province; `shares` is what each name adds,
    `siblings` are the provinces that it names."""

    gazetteer: Gazetteer
    words: PlaceWords
    capitals: Mapping[str, str]
    countries: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    provinces: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    shares: dict[str, dict[str, float]] = field(default_factory=dict)
    siblings: set[tuple[str | None, str]] = field(default_factory=set)
    points: dict[str, tuple[str, tuple[float, float]]] = field(default_factory=dict)
    cache: dict[str, list[Candidate]] = field(default_factory=dict)

    def find(self, proposal: Proposal) -> list[Candidate]:
        """The places that a proposal may stand for."""
        name = proposal.name
        if name not in self.cache:
            self.cache[name] = self.look_up(name)
        found = self.cache[name]
        if proposal.country:
            return find_country(proposal.country, found) or found
        fitting = [c for c in found if fits_kind(proposal, c)]
        return prefer_provinces(self.gazetteer, proposal, split_kind(name, self.words)[0], fitting)

    def look_up(self, name: str) -> list[Candidate]:
        """The places of a name; where it has none with its noun ("Hit district"), without it."""
        key = fold_name(name)
        bare, kind = split_kind(name, self.words)
        found = self.gazetteer.find_key(key)
        if kind and bare != key and not (found and (kind.kind == "settlement" or is_listed(key, found))):
            seen = {candidate.id for candidate in found}
            found = found + [c for c in self.gazetteer.find_key(bare) if c.id not in seen]
        return found or self.gazetteer.find_alike(key) or self.gazetteer.find_alike(bare)


def is_listed(key: str, found: Sequence[Candidate]) -> bool:
    """Whether a place of ours has that main name: then its noun is part of it ("Gaza Strip")."""
    return any(c.id.startswith(OWN) and fold_name(c.name) == key for c in found)


def find_country(country: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The country itself, or its part of that name (England), or a large province elsewhere (Georgia)."""
    parts = [c for c in found if c.country == country and c.kind == "province" and c.rank == 0]
    itself = [c for c in found if c.country == country and c.kind == "country" and (c.rank == 0 or not parts)]
    large = [
        c for c in found if c.country != country and c.kind == "province" and c.population > LARGE_PROVINCE
    ]
    return [*itself, *(parts if not itself else []), *large]


def fits_kind(proposal: Proposal, candidate: Candidate) -> bool:
    """Whether a place can be what the noun by its name says."""
    if proposal.kind is None or is_own(proposal, candidate):
        return True
    if proposal.kind.kind in OWN_KIND:
        return candidate.kind == proposal.kind.kind
    if candidate.kind in {"country", "continent"}:
        return fold_name(proposal.name) == fold_name(candidate.name)
    return True


def is_own(proposal: Proposal, candidate: Candidate) -> bool:
    """Whether a place is the one of our overlay whose name was read."""
    row = proposal.own
    if row is None:
        return False
    same = (candidate.name, candidate.country, candidate.kind) == (row.name, row.country, row.kind)
    return same or candidate.id == f"{OWN}{row.id}"
