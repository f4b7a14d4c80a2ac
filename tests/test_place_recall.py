"""Conflict places as newspapers spell them: nearly all are found, hardly any is put elsewhere."""

import csv
from pathlib import Path

from extractors.gazetteer import Gazetteer
from extractors.phrases import LEXICONS
from extractors.pipeline import Pipeline
from extractors.place_scores import measure_km
from extractors.places import compile_places, find_places
from models.mention import PlaceValue
from tests.test_gazetteer import whole  # noqa: F401

PLACES = Path(__file__).parent / "data" / "conflict_places.csv"
NEAR_KM = 25
PROVINCE_KM = 150


def is_right(value: PlaceValue, row: dict[str, str]) -> bool:
    """Right country, and near enough for what it is."""
    if value.latitude is None or value.longitude is None or value.country != row["country"]:
        return False
    reach = PROVINCE_KM if value.precision == "province" else NEAR_KM
    point = (float(row["latitude"]), float(row["longitude"]))
    return measure_km((value.latitude, value.longitude), point) <= reach


def test_conflict_places_are_found(pipeline: Pipeline, whole: Gazetteer) -> None:  # noqa: F811
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lexicon = compile_places(whole, LEXICONS)
    right, wrong = [], []
    for row, doc in zip(
        rows,
        pipeline.parse(f"Five people were killed in {row['name']} on Tuesday." for row in rows),
        strict=True,
    ):
        found = find_places(doc, lexicon, {row["country"]: 2.0})
        values = [m.value for m in found if isinstance(m.value, PlaceValue) and m.value.latitude is not None]
        if values:
            (right if is_right(values[0], row) else wrong).append(row["name"])
    assert len(rows) >= 200
    assert len({row["country"] for row in rows}) >= 30
    assert len(wrong) / len(rows) <= 0.03, wrong
    assert len(right) / len(rows) >= 0.93, {row["name"] for row in rows} - {*right, *wrong}
