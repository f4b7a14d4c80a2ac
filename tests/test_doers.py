"""Who acts, where one clause hangs on another: prompted, accused, and struck in turn."""

import pytest

from extractors.extractor import Extractor
from models.article import Article, read_published
from models.event import EventRow


def read(extractor: Extractor, text: str) -> list[EventRow]:
    """The rows of one text."""
    [(_, rows)] = extractor.extract_events([Article(text, "d", published=read_published("2024-05-15"))])
    return rows


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
    [row] = [r for r in read(extractor, text) if r.event_type == event_type]
    assert [p.name for p in row.actors] == actors
    assert [p.name for p in row.targets] == targets


TURNED = [
    # what a man did is another event than what was then done to him
    "A gunman who killed five people on Monday was shot dead by police on Tuesday.",
    "Police killed a gunman who had shot five people at a market in Kano.",
    "Two porters were stabbed at a bus stop in Nablus; the attacker was shot dead.",
    "Iran executed three men convicted of killing two guards during protests in 2022.",
]


@pytest.mark.parametrize("text", TURNED)
def test_a_doer_who_suffers_has_two_rows(extractor: Extractor, text: str) -> None:
    rows = read(extractor, text)
    assert len(rows) == 2
    assert not {p.name for p in rows[0].targets} & {p.name for p in rows[1].targets}


def test_who_is_told_twice_has_one_row(extractor: Extractor) -> None:
    assert len(read(extractor, "A porter who was stabbed at a bus stop in Nablus was killed by gunmen.")) == 1


def test_a_date_of_another_event_is_not_its_date(extractor: Extractor) -> None:
    rows = read(extractor, "Iran executed three men convicted of killing two guards in 2022.")
    assert {r.event_type: r.date_start.year for r in rows if r.date_start} == {
        "execution": 2024,
        "other_attack": 2022,
    }


def test_a_date_of_the_clause_serves_its_events(extractor: Extractor) -> None:
    [row] = read(extractor, "A bomb that killed two guards went off in Kano on Monday.")
    assert str(row.date_start) == "2024-05-13"
