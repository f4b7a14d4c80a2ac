"""Who acts, where one clause hangs on another: prompted, accused, and struck in turn."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

PARTIES = [
    # (text, event type, actors, targets)
    ("The incursion led Turkey to shell Kurdish positions.", "shelling", ["Turkey"], ["Kurdish positions"]),
    ("The rebels used boys to shell the barracks.", "shelling", ["rebels"], ["barracks"]),
    ("Rebels set fire to a chapel in Ituri.", "arson_or_sabotage", ["Rebels"], ["chapel"]),
    ("Rebels set a chapel on fire in Ituri.", "arson_or_sabotage", ["Rebels"], ["chapel"]),
    ("Two guards were killed in an ambush blamed on the gang.", "armed_assault", ["gang"], ["guards"]),
    ("Two guards were killed in an ambush condemned by the gang.", "armed_assault", [], ["guards"]),
    ("Clashes broke out between herders and rebels in Torit.", "armed_clash", ["herders"], ["rebels"]),
    ("Clashes broke out over water in Torit, killing two herders.", "armed_clash", [], ["herders"]),
    ("The guards repelled an ambush by rebels near Torit.", "armed_assault", ["rebels"], ["guards"]),
    ("The guards launched an ambush on rebels near Torit.", "armed_assault", ["guards"], ["rebels"]),
    ("Gunmen fired two missiles towards the port.", "missile_or_rocket_attack", ["Gunmen"], ["port"]),
]


@pytest.mark.parametrize(("text", "event_type", "actors", "targets"), PARTIES)
def test_parties(
    extractor: Extractor, text: str, event_type: str, actors: list[str], targets: list[str]
) -> None:
    [row] = [r for r in read_rows(extractor, text) if r.event_type == event_type]
    assert [p.name for p in row.actors] == actors
    assert [p.name for p in row.targets] == targets


TURNED = [
    # what a man did is another event than what was then done to him
    "A gunman who killed five people on Monday was shot dead by police on Tuesday.",
    # each has its own actor, or a word stands between them
    "Palestinian factions fired rockets into Israel after Israeli forces killed a commander in Rafah.",
    "A bomb killed two porters in Kano, the worst attack since 2014, when Boko Haram abducted 200 girls.",
    "The suspected shooter was killed by police. Nineteen children died in the attack in Uvalde.",
    "Police killed a gunman who had shot five people at a market in Kano.",
    "Two porters were stabbed at a bus stop in Nablus; the attacker was shot dead.",
    "Iran executed three men convicted of killing two guards during protests in 2022.",
]


@pytest.mark.parametrize("text", TURNED)
def test_a_doer_who_suffers_has_two_rows(extractor: Extractor, text: str) -> None:
    rows = read_rows(extractor, text)
    assert len(rows) == 2
    assert not {p.name for p in rows[0].targets} & {p.name for p in rows[1].targets}


ONCE = [
    "A porter who was stabbed at a bus stop in Nablus was killed by gunmen.",
    "Gunmen fired rockets into a camp in Rafah, and nine people were killed.",
    "Nineteen children died in the attack in Uvalde. The children were killed by a gunman.",
]


@pytest.mark.parametrize("text", ONCE)
def test_what_is_told_twice_has_one_row(extractor: Extractor, text: str) -> None:
    assert len(read_rows(extractor, text)) == 1


def test_a_date_of_another_event_is_not_its_date(extractor: Extractor) -> None:
    rows = read_rows(extractor, "Iran executed three men convicted of killing two guards in 2022.")
    assert {r.event_type: r.date_start.year for r in rows if r.date_start} == {
        "execution": 2024,
        "other_attack": 2022,
    }


def test_a_year_that_only_measures_dates_nothing_but_its_own_clause(extractor: Extractor) -> None:
    rows = read_rows(
        extractor,
        "A bomb killed two in Kano on Monday, the worst attack since 2014, when gunmen abducted 200 girls.",
    )
    assert {r.event_type: r.date_start.year for r in rows if r.date_start} == {
        "bombing": 2024,
        "abduction": 2014,
    }


def test_a_date_of_the_clause_serves_its_events(extractor: Extractor) -> None:
    [row] = read_rows(extractor, "A bomb that killed two guards went off in Kano on Monday.")
    assert str(row.date_start) == "2024-05-13"
