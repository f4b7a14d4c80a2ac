"""Rules that need several sentences, each told of two conflicts."""

from typing import TYPE_CHECKING

import pytest

from models.event import EventRow
from tests.reading import read_rows

if TYPE_CHECKING:
    from extractors.extractor import Extractor


def find(rows: list[EventRow], words: str) -> EventRow:
    """The row one of whose sentences holds the words in the event's own words."""
    found = [r for r in rows if any(words in e.text for e in r.evidence["event_type"])]
    assert found, [(r.event_type, r.trigger) for r in rows]
    return found[0]


def ids(row: EventRow) -> list[str]:
    """The actors' names."""
    return [party.name for party in row.actors]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            (
                "A militant group in Nigeria has threatened to attack schools in Borno. Boko Haram said that teachers "
                "would be its next targets."
            ),
            "threatened",
            "Boko Haram",
        ),
        (
            (
                "An armed group in Colombia kidnapped two engineers in Arauca. Police said on Tuesday that the ELN was "
                "holding the men."
            ),
            "kidnapped",
            "ELN",
        ),
    ],
)
def test_group_is_named_later(text: str, words: str, name: str, extractor: "Extractor") -> None:
    names = ids(find(read_rows(extractor, text), words))
    assert [n for n in names if name in n or "National Liberation Army" in n]


@pytest.mark.parametrize(
    ("text", "weapon", "target"),
    [
        ("The use of cluster bombs against villagers in Kachin drew protests.", "cluster bombs", "villagers"),
        ("The rebels' use of drones against soldiers in Kivu is new.", "drones", "soldiers"),
    ],
)
def test_use_of_a_weapon_against(text: str, weapon: str, target: str, extractor: "Extractor") -> None:
    row = find(read_rows(extractor, text), "use")
    assert [w.text for w in row.weapons] == [weapon]
    assert [p.text for p in row.targets] == [target]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Taliban launched a series of attacks on police posts in Helmand.", "Taliban"),
        ("In March, the army carried out a string of air strikes on villages in Sagaing.", "army"),
    ],
)
def test_series_is_an_aggregate_with_its_actor(text: str, actor: str, extractor: "Extractor") -> None:
    [row] = read_rows(extractor, text)
    assert row.is_aggregate
    assert row.attacks_low == 2
    assert [p.text for p in row.actors] == [actor]
    assert len(row.targets) == 1


@pytest.mark.parametrize(
    ("text", "number", "actor"),
    [
        (
            (
                "The conflict between Pakistani militants and Chinese workers began in January. Since then, there have "
                "been 14 attacks on Chinese workers."
            ),
            14,
            "militants",
        ),
        (
            (
                "The escalation between the Houthis and Israel began on March 3. Since then, there have been at least "
                "25 drone attacks on Israeli ports."
            ),
            25,
            "Houthis",
        ),
    ],
)
def test_sides_named_before_are_the_actors_of_a_total(
    text: str, number: int, actor: str, extractor: "Extractor"
) -> None:
    row = find(read_rows(extractor, text), "attacks")
    assert row.is_aggregate
    assert row.attacks_best == number
    assert any(actor in p.text for p in row.actors)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Al-Shabaab expressed its intentions to expand attacks to neighbouring states.", "al-Shabaab"),
        (
            "The Taliban released a statement expressing their intention to broaden attacks on soldiers.",
            "Taliban",
        ),
    ],
)
def test_intention_is_a_threat(text: str, actor: str, extractor: "Extractor") -> None:
    threats = [r for r in read_rows(extractor, text) if r.event_type == "threat"]
    assert len(threats) == 1
    assert threats[0].status == "actual"
    assert actor in ids(threats[0])


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Colombian officials said they will not tolerate further attacks by dissidents.", "officials"),
        ("The Turkish army warned that it will not tolerate attacks by Kurdish fighters.", "army"),
    ],
)
def test_refusal_to_tolerate_is_a_threat(text: str, actor: str, extractor: "Extractor") -> None:
    threats = [r for r in read_rows(extractor, text) if r.event_type == "threat"]
    assert len(threats) == 1
    assert any(actor in p.text or actor in p.name for p in threats[0].actors)
    real = [r for r in read_rows(extractor, text) if r.event_type != "threat" and r.status == "actual"]
    assert real == []


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        (
            "In 2016, the militia shelled a village in Donetsk. In response, the army bombed a depot.",
            "bombed",
            2016,
        ),
        (
            "On 4 March 2019, rebels attacked a dam in Tete. Hours later, soldiers raided a camp of the rebels.",
            "raided",
            2019,
        ),
    ],
)
def test_date_is_carried_over(text: str, words: str, year: int, extractor: "Extractor") -> None:
    row = find(read_rows(extractor, text), words)
    assert row.date_start is not None
    assert row.date_start.year == year


@pytest.mark.parametrize(
    ("text", "country", "weapon"),
    [
        ("Russian warplanes launched attacks on a depot near Sumy.", "RUS", "warplanes"),
        ("Turkish drones carried out strikes on fighters near Sinjar.", "TUR", "drones"),
    ],
)
def test_platform_acts_for_its_state(text: str, country: str, weapon: str, extractor: "Extractor") -> None:
    [row] = read_rows(extractor, text)
    assert [p.country for p in row.actors] == [country]
    assert any(weapon in w.text for w in row.weapons)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a market in Djibo on Monday. The attack killed nine people. It was the worst in a year.",
        "A bomb exploded at a bus stop in Quetta on Monday. The blast wounded six people, police said.",
    ],
)
def test_event_told_twice_is_one_row(text: str, extractor: "Extractor") -> None:
    [row] = read_rows(extractor, text)
    assert len(row.sentences) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a market in Djibo on Monday. A second attack hit a school in Dori on Tuesday.",
        "A bomb exploded in Quetta on Monday. Hours later, another blast wounded six people in Turbat.",
    ],
)
def test_two_events_are_two_rows(text: str, extractor: "Extractor") -> None:
    assert len(read_rows(extractor, text)) == 2
