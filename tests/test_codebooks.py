"""Codes, names and numbers as ACLED, UCDP GED and PLOVER have them, sentence by sentence."""

from datetime import date
from typing import Any

import pytest
from shapes import BOOKS, make_full_row

from models.codebook import read_numbers
from models.errors import LexiconError
from models.event import EventRow
from review.exports.acled import ACLED
from review.exports.incidents import alone, merge
from review.exports.plover import PLOVER
from review.exports.shape import Shape
from review.exports.sides import make_party
from review.exports.ucdp import UCDP

ARMY = make_party("Malian army", "state_military", "MLI")
POLICE = make_party("police", "police", "MLI")
REBELS = make_party("Free Valley Front", "rebel_group")
GANG = make_party("Night Gang", "criminal")
VILLAGERS = make_party("villagers", "civilians")
BRIDGE = make_party("bridge", "other")


def made(shape: Shape, **changes: Any) -> dict[str, Any]:
    row = make_full_row(**{"country": "MLI", "weapons": (), "civilian_targeting": None} | changes)
    assert shape.refuse(row, BOOKS) is None
    return shape.write(alone(row), BOOKS)


def told(text: str, low: int, side: str = "unknown", **more: Any) -> dict[str, Any]:
    """A row that tells a number of dead in its own words."""
    words = text.split()
    start = text.index(words[0])
    count = {"what": "killed", "side": side, "low": low, "best": None, "form": "vague", "scope": "event"}
    count |= {"start": start, "end": len(text)} | more
    return {
        "counts": (count,),
        "sentence": text,
        "sentences": ({"start": 0, "end": len(text), "text": text},),
    }


@pytest.mark.parametrize(
    ("changes", "event", "sub"),
    [
        ({"event_type": "air_strike"}, "Explosions/Remote violence", "Air/drone strike"),
        ({"event_type": "armed_assault", "targets": (VILLAGERS,)}, "Violence against civilians", "Attack"),
        ({"event_type": "armed_assault", "targets": (POLICE,)}, "Battles", "Armed clash"),
        ({"event_type": "execution", "targets": (POLICE,)}, "Violence against civilians", "Attack"),
        ({"event_type": "seizure", "actors": (ARMY,)}, "Battles", "Government regains territory"),
        ({"event_type": "seizure", "actors": (REBELS,)}, "Battles", "Non-state actor overtakes territory"),
        ({"event_type": "armed_assault", "weapons": ("grenade",)}, "Explosions/Remote violence", "Grenade"),
        ({"event_type": "bombing", "status": "thwarted"}, "Strategic developments", "Disrupted weapons use"),
        ({"event_type": "riot"}, "Riots", "Violent demonstration"),
    ],
)
def test_acled_types_by_parties_weapons_and_status(changes: dict[str, Any], event: str, sub: str) -> None:
    weapons = tuple({"text": w, "name": w, "category": w} for w in changes.get("weapons", ()))
    record = made(ACLED, **changes | {"weapons": weapons})
    assert (record["event_type"], record["sub_event_type"]) == (event, sub)


@pytest.mark.parametrize(
    ("actors", "targets", "codes"),
    [
        ((ARMY,), (REBELS,), ("1", "2", "12")),
        ((REBELS,), (ARMY,), ("2", "1", "12")),
        ((make_party("Chadian army", "state_military", "TCD"),), (REBELS,), ("8", "2", "28")),
        ((GANG,), (VILLAGERS,), ("3", "7", "37")),
        ((), (VILLAGERS,), ("3", "7", "37")),
        ((REBELS,), (), ("2", None, "20")),
        ((REBELS,), (BRIDGE,), ("2", None, "20")),
        ((make_party("peacekeepers", "international"),), (VILLAGERS,), ("8", "7", "78")),
    ],
)
def test_acled_inter_codes(actors: Any, targets: Any, codes: tuple[str | None, ...]) -> None:
    record = made(ACLED, actors=actors, targets=targets)
    assert (record["inter1"], record["inter2"], record["interaction"]) == codes


def test_acled_names_who_is_not_named() -> None:
    record = made(ACLED, actors=(), targets=(VILLAGERS, make_party("traders", "civilians")))
    assert record["actor1"] == "Unidentified Armed Group (Mali)"
    assert (record["actor2"], record["assoc_actor_2"]) == ("Civilians (Mali)", "villagers; traders")
    marchers = made(
        ACLED, event_type="protest", actors=(make_party("Teachers; Nurses", "civilians"),), targets=()
    )
    assert (marchers["actor1"], marchers["assoc_actor_1"]) == ("Protesters (Mali)", "Teachers, Nurses")
    assert marchers["interaction"] == "60"
    assert marchers["disorder_type"] == "Demonstrations"


@pytest.mark.parametrize(
    ("text", "low", "fatalities"),
    [
        ("dozens", 24, 12),
        ("hundreds", 200, 100),
        ("several hundred", 300, 100),
        ("tens", 20, 10),
        ("several", 3, 3),
        ("scores", 40, 40),  # no number of ACLED's own is known
    ],
)
def test_acled_reads_vague_numbers_by_its_own_table(text: str, low: int, fatalities: int) -> None:
    assert made(ACLED, killed_low=low, killed_best=None, **told(text, low))["fatalities"] == fatalities
    assert made(UCDP, killed_low=low, killed_best=None, **told(text, low))["low"] == low


def test_a_number_that_is_not_vague_stays() -> None:
    changes = told("dozens", 24, form="exact", best=24)
    assert made(ACLED, killed_low=24, killed_best=24, **changes)["fatalities"] == 24


def test_acled_takes_the_report_that_says_least_and_passes_over_one_that_says_nothing() -> None:
    numbers = ((12, 12), (20, 20), (None, None))
    reports = [
        make_full_row(event_id=str(n), incident_id="i", killed_low=low, killed_best=best, counts=())
        for n, (low, best) in enumerate(numbers)
    ]
    record = ACLED.write(merge(reports), BOOKS)
    assert record["event_id_cnty"] == "i"
    assert record["fatalities"] == 12
    assert 'Reports disagree: {"killed": {"≥ 12": 1, "≥ 20": 1}}' in str(record["notes"])
    assert made(ACLED, killed_low=None, killed_best=None, counts=())["fatalities"] == 0


@pytest.mark.parametrize(
    ("changes", "acled", "ucdp"),
    [
        ({"date_precision": "day"}, 1, 1),
        ({"date_precision": "day", "date_source": "published"}, 2, 2),  # the text does not tell the day
        ({"date_precision": "days"}, 2, 2),
        ({"date_precision": "week"}, 2, 3),
        ({"date_precision": "month"}, 3, 4),
        ({"date_precision": "year"}, 3, 5),
        ({"date_precision": "day", "date_start": None, "date_end": None}, None, None),
    ],
)
def test_precision_of_dates(changes: dict[str, Any], acled: int | None, ucdp: int | None) -> None:
    assert made(ACLED, **changes)["time_precision"] == acled
    assert made(UCDP, **changes)["date_prec"] == ucdp


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"),
    [
        *(("exact", 1, 1), ("near", 2, 2), ("district", 2, 3), ("province", 3, 4), ("region", 3, 5)),
        *(("country", 3, 6), ("sea_or_air", 3, 7), (None, None, None)),
    ],
)
def test_precision_of_places(precision: str | None, acled: int | None, ucdp: int | None) -> None:
    assert made(ACLED, place_precision=precision)["geo_precision"] == acled
    assert made(UCDP, place_precision=precision)["where_prec"] == ucdp


def test_acled_has_one_day_for_an_interval() -> None:
    month = {"date_start": date(2024, 3, 1), "date_end": date(2024, 3, 31), "date_precision": "month"}
    assert made(ACLED, **month)["event_date"] == date(2024, 3, 16)


@pytest.mark.parametrize(
    ("actors", "targets", "kind", "sides"),
    [
        ((ARMY,), (REBELS,), 1, ("Malian army", "Free Valley Front")),
        (
            (REBELS,),
            (ARMY,),
            1,
            ("Malian army", "Free Valley Front"),
        ),  # the state is side a, whoever attacked
        ((REBELS,), (GANG,), 2, ("Free Valley Front", "Night Gang")),
        ((REBELS,), (VILLAGERS,), 3, ("Free Valley Front", "Civilians")),
        ((ARMY,), (VILLAGERS, BRIDGE), 3, ("Malian army", "Civilians")),
        ((), (VILLAGERS,), None, (None, "villagers")),
        ((REBELS,), (), None, ("Free Valley Front", None)),
    ],
)
def test_ucdp_violence_by_who_fights_whom(actors: Any, targets: Any, kind: int | None, sides: Any) -> None:
    record = made(UCDP, actors=actors, targets=targets)
    assert (record["type_of_violence"], record["side_a"], record["side_b"]) == (kind, *sides)


def test_ucdp_splits_the_dead_where_they_add_up() -> None:
    def count(side: str, people: int) -> dict[str, Any]:
        return told("x", people, side, best=people, form="exact")["counts"][0]

    three = {"killed_low": 7, "killed_best": 7, "killed_high": 9, "actors": (REBELS,), "targets": (ARMY,)}
    record = made(UCDP, counts=(count("actor", 2), count("target", 4)), **three)
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "low", "high")
    assert [record[n] for n in names] == [4, 2, 0, 1, 7, 7, 9]  # the army's four are side a's
    differ = made(UCDP, counts=(count("actor", 7), count("actor", 6)), **three)
    assert [differ[n] for n in names] == [0, 0, 0, 7, 7, 7, 9]


def test_ucdp_places() -> None:
    record = made(UCDP, latitude=-3.5, longitude=-76.25)
    assert (record["geom_wkt"], record["priogrid_gid"]) == ("POINT (-76.25 -3.5)", 124768)
    assert made(UCDP, latitude=-90, longitude=-180)["priogrid_gid"] == 1
    assert made(UCDP, latitude=90, longitude=180)["priogrid_gid"] == 259200


def test_plover_lists_keep_their_order() -> None:
    record = made(PLOVER, actors=(ARMY, GANG), targets=(VILLAGERS,), event_type="drone_attack")
    assert (record["Event Type"], record["Event Mode"], record["Quad Code"]) == ("ASSAULT", "drone", "4")
    assert record["Actor Name"] == "Malian army; Night Gang"
    assert (record["Actor Country"], record["Actor Sectors"]) == ("MLI; ", "MIL; CRM")
    assert made(PLOVER, status="planned")["Auxiliary Modes"] == "future"


@pytest.mark.parametrize(
    ("shape", "changes", "reason"),
    [
        *((s, {"status": "threatened"}, "status threatened is not in") for s in (ACLED, UCDP, PLOVER)),
        *((s, {"status": "negated"}, "status negated is not in") for s in (ACLED, UCDP)),
        (ACLED, {"status": "thwarted"}, "status thwarted is not in ACLED"),  # no bomb that could be defused
        (ACLED, {"event_type": "threat"}, "type threat is not in ACLED"),
        (ACLED, {"is_aggregate": True}, "an aggregate sums incidents"),
        (UCDP, {"event_type": "arrest"}, "type arrest is not in UCDP GED"),
        (UCDP, {"killed_low": 0, "killed_best": 0, "counts": ()}, "nobody is reported killed"),
        (UCDP, {"killed_low": None, "killed_best": None, "counts": ()}, "nobody is reported killed"),
    ],
)
def test_what_a_codebook_does_not_hold_is_refused_with_its_reason(
    shape: Shape, changes: dict[str, Any], reason: str
) -> None:
    row: EventRow = make_full_row(**changes)
    assert (shape.refuse(row, BOOKS) or "").startswith(reason)


def test_every_type_has_a_place_in_each_codebook_or_none() -> None:
    modes = {"MOBILIZE": {"troops", "weapons", "militia", "police"}, "PROTEST": {"demo", "riot"}}
    for name, entry in BOOKS.types.items():
        assert entry.plover in BOOKS.books["plover"].groups, name
        assert not entry.acled or entry.acled in BOOKS.books["acled"].groups, name
        assert entry.plover_mode in modes.get(entry.plover, {entry.plover_mode}), name


def test_a_broken_table_of_codes_is_one_line(tmp_path: Any) -> None:
    path = tmp_path / "iso_numeric.csv"
    path.write_text("alpha3,numeric\nAFG,four\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"iso_numeric\.csv: cannot be read"):
        read_numbers(path)
