"""Proposals linked to the gazetteer, all places of a text together: context decides between namesakes."""

import re
from collections.abc import Iterable, Mapping, Sequence

from extractors.place_candidates import AREAS, Linker
from extractors.place_entries import OWN
from extractors.place_names import fold_name
from extractors.place_scores import Ranked, choose, is_inside, province_of, rank, weigh
from extractors.place_spans import Proposal
from models.place import Candidate
from models.reason import PlaceReason
from models.trace import Sense, Trace

ROUNDS = 3
SHOWN = 5  # namesakes that a trace keeps
SHARPNESS = 4.0
HOLDING = re.compile(
    r"(?:, (?:in )?(?:the )?| \((?:the )?|,? in (?:the )?(?:[a-z]+ern |central )?(?:[a-z]+ )?(?:of )?| of (?:the )?)"
)
HELD = re.compile(r"(?:’s|'s|’|'),? (?:the )?(?:[a-z-]+ ){0,3}(?:of )?(?:the )?")


def link_places(
    linker: Linker,
    text: str,
    proposals: Sequence[Proposal],
    weights: Mapping[str, float],
    trace: Trace | None = None,
) -> list[Candidate | None]:
    """The place of each proposal, or None. `weights` are what the text says of countries before any place.

    Each round reads the context from what the names most likely are, and what they are from the context.
    """
    holders = find_holders(text, proposals)
    found = [linker.find(proposal) for proposal in proposals]
    tops: list[Candidate | None] = [None] * len(proposals)
    ranked: list[Ranked] = []
    read_context(linker, proposals, [], weights)
    for _ in range(ROUNDS):
        ranked = [
            rank(linker, proposal, found[i], list_held(tops, holders[i]))
            for i, proposal in enumerate(proposals)
        ]
        tops = [places[0][3] if places else None for places in ranked]
        read_context(linker, proposals, ranked, weights)
    bounds = [
        list_held(tops, [j for j in held if is_bound(proposals[i], proposals[j])])
        for i, held in enumerate(holders)
    ]
    chosen = [
        choose(linker, proposal, fit_bounds(ranked[i], bounds[i]), list_held(tops, holders[i]))
        for i, proposal in enumerate(proposals)
    ]
    shared = share_senses(proposals, chosen, holders)
    if trace is not None:
        for i, proposal in enumerate(proposals):
            inside = fit_bounds(ranked[i], bounds[i])
            note_senses(linker, proposal, inside, list_held(tops, holders[i]), shared[i], trace)
            if shared[i] is None and (ranked[i] or not proposal.is_told):
                reason: PlaceReason = "place:unlikely" if ranked[i] else "place:unknown"
                trace.add("place", reason, (proposal.start, proposal.end))
    return shared


def note_senses(
    linker: Linker,
    proposal: Proposal,
    ranked: Ranked,
    holders: Sequence[Candidate],
    chosen: Candidate | None,
    trace: Trace,
) -> None:
    """Keeps the likeliest places of one name, with their scores as last weighed.

    The place that was chosen stands first, also where the name means it elsewhere in the text.
    """
    spot = (proposal.start, proposal.end)
    first = sorted(ranked, key=lambda entry: chosen is None or entry[3].id != chosen.id)[:SHOWN]
    for _, _, _, place in first:
        signs = tuple(weigh(linker, proposal, place, holders))
        taken = chosen is not None and place.id == chosen.id
        where = (place.name, place.country, place.admin1, place.kind)
        trace.senses.append(Sense(spot, place.id, *where, sum(w for _, w in signs), signs, taken))


def is_bound(proposal: Proposal, holder: Proposal) -> bool:
    """Whether the text puts a name in a province or district that it calls so: "Karanja in the Latehar district"."""
    return (
        holder.kind is not None
        and holder.kind.kind in {"district", "province"}
        and proposal.kind != holder.kind
    )


def fit_bounds(ranked: Ranked, bounds: Sequence[Candidate]) -> Ranked:
    """The places that lie where the text puts the name; a namesake elsewhere is not meant."""
    return [entry for entry in ranked if all(is_inside(entry[3], bound) for bound in bounds)]


def list_held(tops: Sequence[Candidate | None], numbers: Iterable[int]) -> list[Candidate]:
    """The likeliest places of the proposals with those numbers."""
    return [top for number in numbers if (top := tops[number])]


def read_context(
    linker: Linker, proposals: Sequence[Proposal], ranked: Sequence[Ranked], weights: Mapping[str, float]
) -> None:
    """What the text's names say of countries, provinces and points, each distinct name split among its places."""
    linker.countries.clear()
    linker.countries.update(weights)
    linker.provinces.clear()
    linker.shares.clear()
    linker.siblings.clear()
    linker.points = {}
    seen: set[str] = set()
    for proposal, places in zip(proposals, ranked, strict=False):
        key = fold_name(proposal.name)
        if not places or (not proposal.sure and len(places) > 3):
            continue
        top = places[0][3]
        if top.kind not in AREAS:
            linker.points.setdefault(key, (top.id, (top.latitude, top.longitude)))
        if seen.isdisjoint((key, top.id)):
            seen |= {key, top.id}
            add_shares(linker, key, places)


def add_shares(linker: Linker, key: str, places: Ranked) -> None:
    """Adds what one name says."""
    top = places[0][3]
    if top.kind == "province":
        linker.siblings.add((top.country, top.name))
    own = linker.shares.setdefault(key, {})
    for share, candidate in split(places):
        if candidate.country is None:
            continue
        own[candidate.country] = own.get(candidate.country, 0.0) + share
        linker.countries[candidate.country] += share
        if province := province_of(candidate):
            linker.provinces[candidate.country, fold_name(province)] += share


def split(places: Ranked) -> list[tuple[float, Candidate]]:
    """The places of a name with how likely each is: ten times for each point of its score."""
    weights = [(SHARPNESS ** (score - places[0][0]), candidate) for score, _, _, candidate in places]
    total = sum(weight for weight, _ in weights)
    return [(weight / total, candidate) for weight, candidate in weights]


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


def is_held(text: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether the words put the first of two names in the second, or the second in the first: `X in Y`, `Y's X`."""
    (_, end), (start, _) = sorted((one, two))
    pattern = HOLDING if one < two else HELD
    return pattern.fullmatch(text, end, start) is not None


def share_senses(
    proposals: Sequence[Proposal], chosen: Sequence[Candidate | None], holders: Sequence[Sequence[int]]
) -> list[Candidate | None]:
    """One sense a text: a name that stands once with the place that holds it means the same elsewhere."""
    told: dict[tuple[str, str], Candidate] = {}
    seen: dict[tuple[str, str], Candidate] = {}
    keys = [(fold_name(proposal.name), proposal.kind_id) for proposal in proposals]
    for key, proposal, candidate, held in zip(keys, proposals, chosen, holders, strict=True):
        if candidate and held:
            told.setdefault(key, candidate)
        elif candidate and (proposal.sure or candidate.id.startswith(OWN)):
            seen.setdefault(key, candidate)
    return [
        candidate if held and candidate else told.get(key, candidate or seen.get(key))
        for key, candidate, held in zip(keys, chosen, holders, strict=True)
    ]
