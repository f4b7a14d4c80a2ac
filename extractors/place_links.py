"""Proposals linked to the gazetteer, all places of a text together: context decides between namesakes."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from extractors.place_candidates import AREAS, Linker
from extractors.place_names import fold_name
from extractors.place_scores import choose, province_of
from extractors.place_spans import Proposal
from models.place import Candidate

Key = TypeVar("Key", bound=Hashable)
HOLDING = re.compile(
    r"(?:, (?:in )?(?:the )?| \((?:the )?|,? in (?:the )?(?:[a-z]+ern |central )?(?:[a-z]+ )?(?:of )?| of (?:the )?)"
)
HELD = re.compile(r"(?:’s|'s|’|'),? (?:the )?(?:[a-z-]+ ){0,3}(?:of )?(?:the )?")


def link_places(
    linker: Linker,
    text: str,
    proposals: Sequence[Proposal],
    weights: Mapping[str, float],
) -> list[Candidate | None]:
    """The place of each proposal, or None. `weights` are what the text says of countries before any place."""
    found = [linker.find(proposal) for proposal in proposals]
    for country, weight in weights.items():
        linker.countries[country] += weight
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


def add_shares(counts: defaultdict[Key, float], keys: Iterable[Key]) -> None:
    """Adds one to the counts, split evenly among the distinct keys."""
    distinct = sorted(set(keys), key=str)
    for key in distinct:
        counts[key] += 1 / len(distinct)


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
        elif candidate and proposal.sure:
            seen.setdefault(key, candidate)
    return [
        candidate if held and candidate else told.get(key, candidate or seen.get(key))
        for key, candidate, held in zip(keys, chosen, holders, strict=True)
    ]
