"""What speaks for a candidate, and whether it is enough."""

from collections.abc import Iterator, Mapping, Sequence
from math import asin, cos, log10, radians, sin, sqrt

from extractors.place_candidates import AREAS, Linker, is_own
from extractors.place_names import fold_name
from extractors.place_spans import Proposal
from models.place import Candidate
from models.reason import PlaceSign

# What each sign is worth. Set by hand on the development texts; only their order matters much.
KINDS = {"country": 3.0, "continent": 3.0, "settlement": 1.0, "district": -1.0, "airport": -1.0}
CAPITAL = 2.5
CURATED, OWN, NAMED_OWN = 1.5, 5.0, 8.0
RANKS = (0.0, -0.7, -2.0)
COUNTRY, PROVINCE, INSIDE, KIND, CLOSE, SIBLING = 5.5, 1.2, 6.0, 3.0, 2.5, 2.5
CLOSE_KM, TOWN_KM = 150, 40
VILLAGE, LARGE, CITY, METROPOLIS = 1_000, 30_000, 100_000, 300_000  # people
DWARF = 10  # a namesake abroad with less than a tenth of the people is none
AT_HOME = 0.4  # what else speaks for a country that a text is about
Ranked = Sequence[tuple[float, int, str, Candidate]]
FITS: Mapping[str, frozenset[str]] = {
    "province": frozenset(("province", "region")),
    "district": frozenset(("district", "neighbourhood")),
    "settlement": frozenset(("settlement", "neighbourhood", "camp")),
    "neighbourhood": frozenset(("neighbourhood", "settlement", "district")),
    "base": frozenset(("base", "airport")),
    "airport": frozenset(("airport", "base")),
    "region": frozenset(("region", "district", "province", "settlement", "neighbourhood")),
}


def rank(
    linker: Linker, proposal: Proposal, found: Sequence[Candidate], holders: Sequence[Candidate]
) -> Ranked:
    """(score, population, id, place) of each candidate, the likeliest first."""
    scored = [(score(linker, proposal, c, holders), c.population, c.id, c) for c in found]
    return sorted(scored, key=lambda entry: entry[:3], reverse=True)


def choose(
    linker: Linker, proposal: Proposal, ranked: Ranked, holders: Sequence[Candidate]
) -> Candidate | None:
    """The likeliest place, or None where too little speaks for it; a main name may stand second."""
    for _, _, _, candidate in ranked[:2]:
        if is_likely(linker, proposal, candidate, holders):
            return candidate
        if candidate.rank == 0 or len(ranked) == 1 or ranked[1][3].rank:
            return None
    return None


def score(linker: Linker, proposal: Proposal, candidate: Candidate, holders: Sequence[Candidate]) -> float:
    """What speaks for a candidate, in all."""
    total = 0.0
    for _, worth in weigh(linker, proposal, candidate, holders):
        total += worth
    return total


def weigh(
    linker: Linker, proposal: Proposal, candidate: Candidate, holders: Sequence[Candidate]
) -> Iterator[tuple[PlaceSign, float]]:
    """What speaks for a candidate and against it, sign by sign."""
    yield "people", log10(candidate.population + 100)
    yield "kind of place", KINDS.get(candidate.kind, 0.0)
    yield "other name", RANKS[candidate.rank]
    most = max(linker.countries.values(), default=0)
    if candidate.id.startswith("dateline:"):
        yield "listed", CURATED
    if is_own(proposal, candidate):
        yield "our name", weigh_own(proposal, candidate)
    if candidate.kind == "settlement" and linker.capitals.get(fold_name(proposal.name)) == candidate.country:
        yield "capital", CAPITAL
    if candidate.country and most:
        yield "country of the text", COUNTRY * linker.countries[candidate.country] / max(most, 2)
    if candidate.country and (province := province_of(candidate)):
        told = min(2.0, linker.provinces[candidate.country, fold_name(province)] - 0.5)
        yield "province of the text", PROVINCE * told
    if any(is_inside(candidate, holder) for holder in holders):
        yield "in the place beside it", INSIDE
    if proposal.kind and candidate.kind in FITS.get(proposal.kind.kind, frozenset((proposal.kind.kind,))):
        yield "called so", KIND
    if is_close(linker, proposal, candidate):
        yield "near other places", CLOSE
    if has_sibling(linker, proposal, candidate):
        yield "province among provinces", SIBLING


def weigh_own(proposal: Proposal, candidate: Candidate) -> float:
    """What it is worth that we list a place under that name: most where that is its main name."""
    if candidate.kind in {"settlement", "neighbourhood"}:
        return CURATED
    return NAMED_OWN if fold_name(candidate.name) == fold_name(proposal.name) else OWN


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


def is_close(linker: Linker, proposal: Proposal, candidate: Candidate) -> bool:
    """Whether a place that another name of the text stands for is near."""
    here, own = (candidate.latitude, candidate.longitude), fold_name(proposal.name)
    return candidate.kind not in AREAS and any(
        name != own and place != candidate.id and measure_km(here, point) < CLOSE_KM
        for name, (place, point) in linker.points.items()
    )


def is_namesake(linker: Linker, proposal: Proposal, candidate: Candidate) -> bool:
    """Whether a building is only named after a town, which is far from the places of the text: "Jerusalem Street"."""
    part = proposal.kind is not None and proposal.kind.part and candidate.kind == "settlement"
    return part and is_far(linker, proposal, candidate)


def is_far(linker: Linker, proposal: Proposal, candidate: Candidate) -> bool:
    """Whether the text names other places, and none of them is near."""
    here, own = (candidate.latitude, candidate.longitude), fold_name(proposal.name)
    others = [measure_km(here, point) for name, (_, point) in linker.points.items() if name != own]
    return bool(others) and min(others) > TOWN_KM


def has_sibling(linker: Linker, proposal: Proposal, candidate: Candidate) -> bool:
    """Whether the text names another province of the same country, and calls this one so or by its main name."""
    called = proposal.kind is not None or candidate.rank == 0
    return (
        called
        and candidate.kind == "province"
        and any(country == candidate.country and name != candidate.name for country, name in linker.siblings)
    )


def is_likely(linker: Linker, proposal: Proposal, candidate: Candidate, holders: Sequence[Candidate]) -> bool:
    """Whether enough speaks for the likeliest candidate to say so."""
    if proposal.own or proposal.country or any(is_inside(candidate, holder) for holder in holders):
        return True
    if is_bare_district(proposal, candidate) or is_namesake(linker, proposal, candidate):
        return False
    found = linker.find(proposal)
    if is_only_province(proposal, candidate, found):
        return True
    rivals = {other.country for other in found if other.population * DWARF >= candidate.population}
    at_home = is_at_home(linker, proposal, candidate)
    if candidate.rank == 2:
        return (
            not is_far(linker, proposal, candidate)
            and at_home
            and proposal.sure
            and (proposal.near or proposal.kind is not None)
        )
    if candidate.rank and not proposal.near and not (proposal.sure and at_home):
        return False
    return candidate.population >= people_needed(proposal, at_home, alone=not rivals - {candidate.country})


def is_only_province(proposal: Proposal, candidate: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether the text calls it a province, and just one has that name: its people need not be counted."""
    called = proposal.kind is not None and proposal.kind.kind == "province"
    return called and candidate.rank < 2 and [c.id for c in found if c.kind == "province"] == [candidate.id]


def is_at_home(linker: Linker, proposal: Proposal, candidate: Candidate) -> bool:
    """Whether the text is about the country of a place, whatever the name itself adds to that."""
    if candidate.country is None:
        return True
    own = linker.shares.get(fold_name(proposal.name), {}).get(candidate.country, 0.0)
    return linker.countries[candidate.country] - own >= AT_HOME


def is_bare_district(proposal: Proposal, candidate: Candidate) -> bool:
    """Whether a name would be short for a district, where nothing says that it is a place: Ford is no Ford County."""
    told = proposal.sure or proposal.near or proposal.kind is not None
    return not told and candidate.kind == "district" and fold_name(candidate.name) != fold_name(proposal.name)


def people_needed(proposal: Proposal, at_home: bool, *, alone: bool) -> int:
    """How large a place must be: the less the text says that the name is a place there, the larger."""
    part = proposal.kind is not None and proposal.kind.part
    near = not part and (proposal.near or proposal.kind is not None)
    if near and at_home:
        return 0
    if part and not at_home:
        return METROPOLIS
    if near and not proposal.doubted:
        return VILLAGE if alone else LARGE
    if near and alone:
        return LARGE
    if proposal.sure:
        return VILLAGE if at_home else CITY
    return LARGE if at_home else METROPOLIS


def province_of(candidate: Candidate) -> str | None:
    """The province that a place lies in or is."""
    return candidate.name if candidate.kind == "province" else candidate.admin1


def measure_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle kilometres between two points."""
    (lat1, lon1), (lat2, lon2) = a, b
    half = sin(radians(lat2 - lat1) / 2) ** 2
    half += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))
