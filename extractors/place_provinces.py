"""Provinces that are told by their main town: "the Belgorod region", "Hodeidah province"."""

from collections.abc import Sequence

from extractors.gazetteer import Gazetteer
from extractors.place_names import fold_name, loosen_name
from extractors.place_spans import Proposal
from models.place import Candidate

TOWNS = frozenset(("settlement", "district"))
VOWELS = str.maketrans("", "", "aiu")  # all that a loosened name has


def prefer_provinces(
    gazetteer: Gazetteer, proposal: Proposal, bare: str, found: Sequence[Candidate]
) -> list[Candidate]:
    """The candidates of a name that the text calls a province: no town or district where its country has one.

    A town whose province is named after it stands for that one; a district is as good in countries that call
    their districts provinces.
    """
    if proposal.kind is None or proposal.kind.kind != "province":
        return list(found)
    named = [c if c.kind == "province" else find_namesake(gazetteer, bare, c) for c in found]
    provinces = {c.id: c for c in named if c is not None}
    there = {c.country for c in provinces.values()}
    others = [c for c in found if c.kind in TOWNS and c.country not in there]
    districts = {c.country for c in others if c.kind == "district"}
    towns = [c for c in others if c.kind == "district" or c.country not in districts]
    return [*provinces.values(), *towns, *(c for c in found if c.kind not in TOWNS and c.kind != "province")]


def find_namesake(gazetteer: Gazetteer, name: str, place: Candidate) -> Candidate | None:
    """The province that a town or district lies in, if it bears the name of the text in any spelling."""
    bones = strip_vowels(name)
    if place.kind not in TOWNS or place.admin1 is None or len(bones) < 2:
        return None
    if not strip_vowels(place.admin1).startswith(bones):
        return None
    return gazetteer.find_subdivision(place.country, "province", fold_name(place.admin1))


def strip_vowels(name: str) -> str:
    """The consonants of a name, its noun left off: what its transliterations share."""
    return loosen_name(fold_name(name)).translate(VOWELS)
