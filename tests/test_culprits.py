"""Who did it, in nouns and adjectives. Each case: sentence, doers, attribution, who claims, who accuses."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

CASES = [
    ("The bombing of the ministry in Lima was the work of separatists.", ["separatists"], "stated", [], []),
    ("Police said the bombing in Lima was the work of rebels.", ["rebels"], "accused", [], ["Police"]),
    ("The bombing in Lima was a work of destruction.", [], "unknown", [], []),
    (
        "Police believe the rebels are responsible for the bombing of a bus.",
        ["rebels"],
        "accused",
        [],
        ["Police"],
    ),
    (
        "The militia said it was responsible for the bombing of a bus.",
        ["militia"],
        "claimed",
        ["militia"],
        [],
    ),
    ("The militia denied that it was responsible for the murder of a mayor.", [], "denied", [], []),
    ("Police asked whether rebels were responsible for the bombing of a bus.", [], "unknown", [], []),
    (
        "A minister is responsible for security in Lima, where a bomb killed two people.",
        [],
        "unknown",
        [],
        [],
    ),
    ("Responsibility for the murder of a mayor lies with the rebels.", ["rebels"], "accused", [], []),
    ("Responsibility for the murder of a mayor lies in the open.", [], "unknown", [], []),
    ("Four soldiers were implicated in the murder of a mayor.", ["soldiers"], "accused", [], []),
    ("Four soldiers were not implicated in the murder of a mayor.", [], "unknown", [], []),
    ("Soldiers were involved in the murder of a mayor.", ["Soldiers"], "stated", [], []),
    ("The gang confessed to the murder of a mayor.", ["gang"], "claimed", ["gang"], []),
    ("The perpetrators of the attack on a bus were rebels.", ["rebels"], "stated", [], []),
    ("The rebels are holding three nurses who were kidnapped in Bunia.", ["rebels"], "stated", [], []),
    ("The rebels are holding talks over three nurses who were kidnapped in Bunia.", [], "unknown", [], []),
    (
        "Three nurses are in the hands of rebels after they were kidnapped in Bunia.",
        ["rebels"],
        "stated",
        [],
        [],
    ),
    ("Two guards were killed in Lima by a bomb planted by rebels.", ["rebels"], "stated", [], []),
    ("Two guards were killed in Lima by a bomb found by rebels.", [], "unknown", [], []),
]


@pytest.mark.parametrize(("text", "doers", "attribution", "claimed", "accused"), CASES)
def test_doers(
    extractor: Extractor,
    text: str,
    doers: list[str],
    attribution: str,
    claimed: list[str],
    accused: list[str],
) -> None:
    row = next(r for r in read_rows(extractor, text) if r.event_type not in {"demand", "threat"})
    found = ([p.name for p in row.actors], row.attribution, [*row.claimed_by], [*row.accused_by])
    assert found == (doers, attribution, claimed, accused)
