"""One event of an article is one row; different incidents, and totals, are rows of their own."""

from extractors.extractor import Extractor
from models.event import EventRow
from tests.reading import read_rows


def find_countries(row: EventRow) -> set[str | None]:
    return {party.country for party in row.actors}


def test_an_aggregate_keeps_its_period_beside_the_latest_incident(extractor: Extractor) -> None:
    text = (
        "Insurgents have carried out 19 attacks in Cabo Delgado since 1 March, killing 40 people. "
        "In the most recent incident, on Tuesday, fighters raided Macomia and beheaded two farmers."
    )
    total, *single = read_rows(extractor, text, "2024-05-08")
    assert (total.is_aggregate, str(total.date_start), total.date_precision) == (True, "2024-03-01", "span")
    assert total.killed_best == 40
    assert single
    assert {str(row.date_start) for row in single} == {"2024-05-07"}


def test_nearness_lends_an_event_no_actor(extractor: Extractor) -> None:
    text = (
        "A tanker was hit by a missile off Hodeidah on Tuesday. "
        "Two armed guards aboard had fired at three skiffs half an hour earlier."
    )
    rows = read_rows(extractor, text)
    (hit,) = [row for row in rows if row.event_type == "missile_or_rocket_attack"]
    assert not hit.actors


def test_forces_of_two_states_are_two_parties(extractor: Extractor) -> None:
    text = (
        "Ukrainian forces shelled a depot in Tokmak on Monday. "
        "Russian forces shelled a school in Orikhiv on Monday, killing one teacher."
    )
    rows = read_rows(extractor, text)
    assert [find_countries(row) for row in rows] == [{"UKR"}, {"RUS"}]
    assert [row.killed_best for row in rows] == [None, 1]


def test_the_same_toll_told_again_counts_once(extractor: Extractor) -> None:
    text = (
        "Three soldiers were killed when a mine exploded near Gao on Monday.\n\n"
        "The blast, which killed the three soldiers, destroyed their vehicle, the army said."
    )
    rows = read_rows(extractor, text)
    assert sum(row.killed_best or 0 for row in rows) == 3


def test_a_separate_attack_is_a_row_of_its_own(extractor: Extractor) -> None:
    text = (
        "Gunmen killed four miners in Quetta on Monday. "
        "In a separate attack, gunmen killed two policemen in Turbat on Monday."
    )
    assert [row.killed_best for row in read_rows(extractor, text)] == [4, 2]
