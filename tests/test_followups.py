"""Claims and denials that stand in the sentence after the event."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.article import Article

if TYPE_CHECKING:
    from extractors.extractor import Extractor

Case = tuple[str, tuple[str, ...], tuple[str, ...]]  # who claims and who denies the one event
CASES: dict[str, Case] = {
    # denials
    "A rocket hit a clinic in Taiz on Monday. The army denied it.": ("clinic", (), ("army",)),
    "The ministry said rebels shelled a school near Bria. The rebels denied involvement.": (
        "school",
        (),
        ("rebels",),
    ),
    "Residents accused the army of shelling a dam in Amhara. The government rejected the accusation.": (
        "dam",
        (),
        ("government",),
    ),
    # claims
    "A bomb killed nine traders at a market in Jolo. Abu Sayyaf claimed responsibility.": (
        "market",
        ("Abu Sayyaf",),
        (),
    ),
    "Rebels attacked a bank in Kunduz on Friday. Responsibility was claimed by the Taliban.": (
        "bank",
        ("Taliban",),
        (),
    ),
    "Men shelled a depot in Diffa. It rained. Roads were shut. A school closed. Boko Haram claimed responsibility.": (
        "depot",
        ("Boko Haram",),
        (),
    ),
    # nobody claims, and other things are denied
    "A bomb killed nine traders at a market in Jolo. No group claimed responsibility.": ("market", (), ()),
    "Gunmen attacked a bus near Quetta on Sunday. The group has not claimed responsibility.": ("bus", (), ()),
    "Gunmen attacked a bus near Kidal on Sunday. The mayor denied them a permit.": ("bus", (), ()),
    "Gunmen shot two men near Kidal. A trader said one was a farmer. The army rejected the claim.": (
        "men",
        (),
        (),
    ),
    "Gunmen attacked a bus near Kidal on Sunday. Police denied it was an act of revenge.": ("bus", (), ()),
    "Gunmen attacked a bus near Kidal. It rained. The road was closed. The army denied it.": ("bus", (), ()),
}


@pytest.mark.parametrize("text", CASES)
def test_claims_and_denials_reach_the_event_before(text: str, extractor: "Extractor") -> None:
    target, claimed, denied = CASES[text]
    article = Article(text, "followup", published=date(2024, 5, 15))
    rows = [row for _, found in extractor.extract_events([article]) for row in found]
    row = next(r for r in rows if target in {p.text for p in r.targets})
    assert (row.claimed_by, row.denied_by) == (claimed, denied)


def test_who_claims_it_is_an_actor_with_evidence(extractor: "Extractor") -> None:
    text = "A bomb killed nine traders at a market in Jolo. Abu Sayyaf claimed responsibility."
    article = Article(text, "followup", published=date(2024, 5, 15))
    row = next(row for _, rows in extractor.extract_events([article]) for row in rows)
    assert row.attribution == "claimed"
    assert [p.text for p in row.actors] == ["Abu Sayyaf"]
    assert "claimed" in {e.text for e in row.evidence["attribution"]}
