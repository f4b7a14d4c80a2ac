"""Proposals linked to the gazetteer, all places of a text together: context decides between namesakes."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, log10, radians, sin, sqrt

from extractors.gazetteer import Gazetteer
from extractors.place_names import fold_name
from extractors.place_spans import Proposal
from extractors.place_words import PlaceWords, split_kind
from models.place import Candidate

# What each sign is worth. Set by hand on the development texts; only their order matters much.
KINDS = {"country": 3.0, "continent": 3.0, "settlement": 1.0, "district": -1.0, "airport": -1.0}
CAPITAL = 2.5
CURATED, OWN = 1.5, 5.0
LARGE_PROVINCE = 1_000_000
RANKS = (0.0, -0.7, -2.0)
COUNTRY, PROVINCE, INSIDE, KIND, CLOSE = 3.0, 0.8, 6.0, 3.0, 1.5
CLOSE_KM = 120
VILLAGE, LARGE, CITY, METROPOLIS = 1_000, 30_000, 100_000, 300_000  # people
AT_HOME = 0.4  # what else speaks for a country that a text is about
AREAS = frozenset(("country", "province", "district", "region", "continent"))
# Nouns that need a namesake of their own kind: "Niger River" is no country.
OWN_KIND = frozenset(("river", "lake", "sea", "strait", "island"))
FITS: Mapping[str, frozenset[str]] = {
    "province": frozenset(("province", "region")),
    "district": frozenset(("district", "neighbourhood")),
    "settlement": frozenset(("settlement", "neighbourhood", "camp")),
    "neighbourhood": frozenset(("neighbourhood", "settlement", "district")),
    "base": frozenset(("base", "airport")),
    "airport": frozenset(("airport", "base")),
    "region": frozenset(("region", "district", "province", "settlement", "neighbourhood")),
}


@dataclass(slots=True)
class Linker:
    """One text's look-ups and what speaks for each country and province."""

    gazetteer: Gazetteer
    words: PlaceWords
    capitals: Mapping[str, str]
    countries: Counter[str] = field(default_factory=Counter)
    provinces: Counter[tuple[str, str]] = field(default_factory=Counter)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    cache: dict[str, list[Candidate]] = field(default_factory=dict)

    def find(self, proposal: Proposal) -> list[Candidate]:
        """The places that a proposal may stand for."""
        name = proposal.name
        if name not in self.cache:
            self.cache[name] = self.look_up(name)
        found = self.cache[name]
        if proposal.country:
            return find_country(proposal.country, found) or found
        return [c for c in found if fits_kind(proposal, c)]

    def look_up(self, name: str) -> list[Candidate]:
        """The places of a name; where it has none with its noun ("Hit district"), without it."""
        key = fold_name(name)
        bare, _ = split_kind(name, self.words)
        found = self.gazetteer.find_key(key)
        if not found and bare != key:
            found = self.gazetteer.find_key(bare) or self.gazetteer.find_alike(bare)
        return found or self.gazetteer.find_alike(key)


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
    if proposal.kind is None:
        return True
    if proposal.kind.kind in OWN_KIND:
        return candidate.kind == proposal.kind.kind
    if candidate.kind in {"country", "continent"}:
        return fold_name(proposal.name) == fold_name(candidate.name)
    return True


def link_places(
    linker: Linker,
    text: str,
    proposals: Sequence[Proposal],
    weights: Mapping[str, float],
) -> list[Candidate | None]:
    """The place of each proposal, or None. `weights` are what the text says of countries before any place."""
    found = [linker.find(proposal) for proposal in proposals]
    linker.countries.update(weights)  # type: ignore[arg-type]
    weigh_candidates(linker, proposals, found)
    holders = find_holders(text, proposals)
    chosen: list[Candidate | None] = [None] * len(proposals)
    for _ in range(2):
        chosen = [
            choose(linker, proposal, found[i], [chosen[j] or best(found[j]) for j in holders[i]])
            for i, proposal in enumerate(proposals)
        ]
        linker.points = {c.name: (c.latitude, c.longitude) for c in chosen if c and c.kind not in AREAS}
    return share_senses(proposals, chosen, holders)


def best(found: Sequence[Candidate]) -> Candidate | None:
    """The first guess for the place that holds another: an area before a town."""
    areas = [c for c in found if c.kind in AREAS]
    return max(areas or found, key=lambda c: (c.kind == "country", -c.rank, c.population), default=None)


def weigh_candidates(
    linker: Linker, proposals: Sequence[Proposal], found: Sequence[Sequence[Candidate]]
) -> None:
    """Counts each distinct name for the countries and provinces that it may lie in, split among them."""
    seen: set[str] = set()
    for proposal, candidates in zip(proposals, found, strict=True):
        key = fold_name(proposal.name)
        if key in seen or not candidates or (not proposal.sure and len(candidates) > 3):
            continue
        seen.add(key)
        add_shares(linker.countries, (c.country for c in candidates if c.country))
        add_shares(
            linker.provinces,
            ((c.country, fold_name(p)) for c in candidates if c.country and (p := province_of(c))),
        )


def add_shares(counts: Counter, keys: Iterable[object]) -> None:  # type: ignore[type-arg]
    """Adds one to the counts, split evenly among the distinct keys."""
    distinct = sorted(set(keys), key=str)
    for key in distinct:
        counts[key] += 1 / len(distinct)


def province_of(candidate: Candidate) -> str | None:
    """The province that a place lies in or is."""
    return candidate.name if candidate.kind == "province" else candidate.admin1


HOLDING = re.compile(
    r"(?:, (?:in )?(?:the )?| \((?:the )?|,? in (?:the )?(?:[a-z]+ern |central )?(?:[a-z]+ )?(?:of )?| of (?:the )?)"
)
HELD = re.compile(r"(?:’s|'s|’|'),? (?:the )?(?:[a-z-]+ ){0,3}(?:of )?(?:the )?")


def find_holders(text: str, proposals: Sequence[Proposal]) -> list[list[int]]:
    """For each proposal the numbers of those that hold it: `X, Y`, `X in Y province`, `Y's X`."""
    holders: list[list[int]] = [[] for _ in proposals]
    for i in range(len(proposals) - 1):
        between = text[proposals[i].end : proposals[i + 1].start]
        if HOLDING.fullmatch(between):
            holders[i].append(i + 1)
            if i + 2 < len(proposals) and text[proposals[i + 1].end : proposals[i + 2].start] == ", ":
                holders[i].append(i + 2)
        elif HELD.fullmatch(between):
            holders[i + 1].append(i)
    return holders


def choose(
    linker: Linker, proposal: Proposal, found: Sequence[Candidate], holders: Sequence[Candidate | None]
) -> Candidate | None:
    """The likeliest place, or None where nothing speaks for any."""
    if not found:
        return None
    scored = [(score(linker, proposal, c, holders), c.population, c.id, c) for c in found]
    top = max(scored, key=lambda entry: entry[:3])
    return top[3] if is_likely(linker, proposal, top[3], holders) else None


def score(
    linker: Linker, proposal: Proposal, candidate: Candidate, holders: Sequence[Candidate | None]
) -> float:
    """What speaks for a candidate."""
    total = log10(candidate.population + 100) + KINDS.get(candidate.kind, 0.0) + RANKS[candidate.rank]
    most = max(linker.countries.values(), default=0)
    if candidate.id.startswith("dateline:"):
        total += CURATED
    if candidate.name == proposal.own:
        total += CURATED if candidate.kind in {"settlement", "neighbourhood"} else OWN
    if candidate.kind == "settlement" and linker.capitals.get(fold_name(proposal.name)) == candidate.country:
        total += CAPITAL
    if candidate.country and most:
        total += COUNTRY * linker.countries[candidate.country] / max(most, 2)
    if candidate.country and (province := province_of(candidate)):
        total += PROVINCE * min(2.0, linker.provinces[candidate.country, fold_name(province)] - 0.5)
    if any(holder and is_inside(candidate, holder) for holder in holders):
        total += INSIDE
    if proposal.kind and candidate.kind in FITS.get(proposal.kind.kind, frozenset((proposal.kind.kind,))):
        total += KIND
    return total + CLOSE * (is_close(linker, candidate) or has_sibling(linker, candidate))


def is_inside(candidate: Candidate, holder: Candidate) -> bool:
    """Whether a place lies in another, by name of country and province or by distance."""
    if candidate.id == holder.id or candidate.kind in {"country", "continent"}:
        return False
    if holder.country != candidate.country:
        return holder.country is None
    if holder.kind == "country":
        return True
    if holder.name in {candidate.admin1, candidate.admin2} and candidate.admin1:
        return True
    reach = holder.radius_km * 1.5 + 20
    return measure_km((candidate.latitude, candidate.longitude), (holder.latitude, holder.longitude)) < reach


def is_close(linker: Linker, candidate: Candidate) -> bool:
    """Whether another place of the text is near."""
    here = (candidate.latitude, candidate.longitude)
    return candidate.kind not in AREAS and any(
        name != candidate.name and measure_km(here, point) < CLOSE_KM for name, point in linker.points.items()
    )


def has_sibling(linker: Linker, candidate: Candidate) -> bool:
    """Whether the text names another province of the same country."""
    return candidate.kind == "province" and any(
        country == candidate.country and name != fold_name(candidate.name) and share >= 0.5
        for (country, name), share in linker.provinces.items()
    )


def is_likely(
    linker: Linker, proposal: Proposal, candidate: Candidate, holders: Sequence[Candidate | None]
) -> bool:
    """Whether enough speaks for the likeliest candidate to say so."""
    if proposal.own or proposal.country or any(holder and is_inside(candidate, holder) for holder in holders):
        return True
    countries = {other.country for other in linker.find(proposal)}
    told = linker.countries[candidate.country] if candidate.country else 1.0
    at_home = told - 1 / len(countries) >= AT_HOME  # what the name itself adds does not count
    if candidate.rank == 2:
        return at_home and proposal.sure and (proposal.near or proposal.kind is not None)
    if candidate.rank and not proposal.near and not (proposal.sure and at_home):
        return False
    return candidate.population >= people_needed(proposal, at_home, len(countries) == 1)


def people_needed(proposal: Proposal, at_home: bool, alone: bool) -> int:
    """How large a place must be: the less the text says that the name is a place there, the larger."""
    part = proposal.kind is not None and proposal.kind.part
    near = not part and (proposal.near or proposal.kind is not None)
    if near and at_home:
        return 0
    if part and not at_home:
        return METROPOLIS
    if near and not proposal.doubted:
        return VILLAGE if alone else LARGE
    if proposal.sure:
        return VILLAGE if at_home else CITY
    return LARGE if at_home else METROPOLIS


def share_senses(
    proposals: Sequence[Proposal], chosen: Sequence[Candidate | None], holders: Sequence[Sequence[int]]
) -> list[Candidate | None]:
    """One sense a text: a name that stands once with the place that holds it means the same elsewhere."""
    told: dict[tuple[str, str], Candidate] = {}
    for proposal, candidate, held in zip(proposals, chosen, holders, strict=True):
        if candidate and held:
            told.setdefault((fold_name(proposal.name), proposal.kind_id), candidate)
    return [
        candidate if held else told.get((fold_name(proposal.name), proposal.kind_id), candidate)
        for proposal, candidate, held in zip(proposals, chosen, holders, strict=True)
    ]


def measure_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle kilometres between two points."""
    (lat1, lon1), (lat2, lon2) = a, b
    half = sin(radians(lat2 - lat1) / 2) ** 2
    half += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))
