"""Maps: outlines, projections, frames around where the events are, and what a file of one's own may hold."""

import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.reports import choose_outlines
from models.errors import InputError
from review.figures import Change, Figures, Span, Spot
from review.geography.frames import REGIONS, Frame, choose_frames, frame_points, frame_world, group_points
from review.geography.land import draw_land
from review.geography.maps import draw_map
from review.geography.outlines import WORLD, read_outlines, read_world
from review.geography.projections import EARTH, Azimuthal, measure_km, project_world
from review.night import prepare
from review.summary import summarise

SQUARE = [[10, 10], [20, 10], [20, 20], [10, 20], [10, 10]]
PLACES = {
    "Kyiv": (30.5, 50.4),
    "Kharkiv": (36.2, 50.0),
    "Gaza": (34.5, 31.5),
    "Goma": (29.2, -1.7),
    "Suva": (178.4, -18.1),
}


def make_spot(name: str = "Kyiv", killed: int = 0, radius: float = 0.0, change: Change = Change(1)) -> Spot:  # noqa: B008
    lon, lat = PLACES[name]
    return Spot(name, lat, lon, radius, "exact", change, Span(killed, killed, killed))


def write(folder: Path, thing: Any) -> Path:
    path = folder / "outlines.geojson"
    path.write_text(json.dumps(thing), encoding="utf-8")
    return path


def make_feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_the_outlines_of_the_package_are_small_and_whole() -> None:
    assert WORLD.stat().st_size <= 300_000
    world = read_world()
    names = {shape.name for shape in world}
    assert len(world) == len(names) == 241
    assert {"Malta", "Bahrain", "Palestine", "Fiji", "Russia", "Antarctica"} <= names
    for shape in world:
        for ring in shape.rings:
            assert -180 <= ring.west <= ring.east <= 180
            assert -90 <= ring.south <= ring.north <= 90
            assert ring.east - ring.west < 350 or shape.name == "Antarctica"


def test_the_world_is_projected_with_equal_areas() -> None:
    """The area of a degree's square at 60° north is half of that at the equator, whatever the longitude."""

    def area(lon: float, lat: float) -> float:
        at = [project_world(lon + x, lat + y) for x, y in ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1))]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(at, [*at[1:], at[0]], strict=True))) / 2

    for lon in (0, 90, -170):
        true = (EARTH * math.radians(0.1)) ** 2 * math.cos(math.radians(60.05))
        assert area(lon, 60) == pytest.approx(true, rel=1e-3)


@pytest.mark.parametrize("name", PLACES)
def test_distances_near_the_middle_of_a_region_are_true(name: str) -> None:
    lon, lat = PLACES[name]
    project = Azimuthal(lon, lat)
    assert project(lon, lat) == pytest.approx((0, 0), abs=1e-6)
    x, y = project(lon + 1, lat + 1) or (0, 0)
    assert math.hypot(x, y) == pytest.approx(measure_km((lon, lat), (lon + 1, lat + 1)), rel=1e-3)
    assert project(lon + 180, -lat) is None  # the far side


def test_regions_are_where_the_events_are() -> None:
    points = [(PLACES["Kyiv"], 5.0), (PLACES["Kharkiv"], 9.0), (PLACES["Gaza"], 40.0), (PLACES["Goma"], 1.0)]
    frames = choose_frames(points)
    assert len(frames) == 3
    held = [{name for name, at in PLACES.items() if frame.holds(*at)} for frame in frames]
    assert held == [{"Gaza"}, {"Kyiv", "Kharkiv"}, {"Goma"}]
    assert all(frame_world().holds(*at) for at in PLACES.values())
    assert len(choose_frames([((lon, 0.0), 1.0) for lon in range(-170, 170, 40)])) == REGIONS
    assert choose_frames([]) == []


def test_a_group_may_lie_on_both_sides_of_the_date_line() -> None:
    fiji, samoa = PLACES["Suva"], (-179.2, -16.0)
    assert group_points([fiji, samoa]) == [[0, 1]]
    frame = frame_points([fiji, samoa], 570, 0.72)
    assert frame.holds(*fiji)
    assert frame.holds(*samoa)
    path, areas = draw_land(frame, read_world())
    assert [area.name for area in areas if area.size > 100] == ["Fiji"]
    assert path


def test_dots_are_sized_by_killed_and_ringed_by_precision_in_kilometres() -> None:
    frame = frame_points([PLACES["Kyiv"], PLACES["Kharkiv"]], 570, 0.72)
    spots = [
        make_spot("Kyiv", 100, 50.0, Change(6, 1.0)),
        make_spot("Kharkiv", 0, 0.0, Change(0, 3.0)),
        make_spot("Goma"),
    ]
    drawn = draw_map(frame, read_world(), spots)
    assert [(dot.spot.name, dot.change) for dot in drawn.dots] == [("Kyiv", "more"), ("Kharkiv", "fewer")]
    kyiv, kharkiv = drawn.dots
    assert kyiv.radius > 2 * kharkiv.radius
    assert kyiv.ring == pytest.approx(50 * frame.scale, abs=0.1)
    assert kharkiv.ring == 0
    assert drawn.outside == 1
    assert {label.text for label in drawn.labels} == {"Kyiv", "Kharkiv"}
    assert {"Ukraine", "Belarus"} <= {label.text for label in drawn.countries}
    assert "6 events, 1 usual; killed 100 (all texts agree), within 50 km" in kyiv.title
    pixels, km = drawn.bar
    assert pixels == pytest.approx(km * frame.scale, rel=0.01)


def test_names_are_never_over_one_another_or_over_the_edge() -> None:
    spots = [
        Spot(f"Settlement number {n}", 50 + n % 7 / 9, 30 + n / 11, 5.0, "exact", Change(1), Span(n, n, n))
        for n in range(40)
    ]
    frame = frame_points([(spot.longitude, spot.latitude) for spot in spots], 570, 0.72)
    drawn = draw_map(frame, (), spots)
    assert 3 <= len(drawn.labels) <= 9
    heights = sorted((label.y, label.x, label.anchor) for label in drawn.labels)
    assert len(set(heights)) == len(heights)
    for label in drawn.labels:
        assert 0 < label.x < frame.width
        assert 0 < label.y < frame.height


def test_land_is_cut_to_its_frame() -> None:
    frame = frame_points([PLACES["Kyiv"]], 570, 0.72)
    path, _ = draw_land(frame, read_world())
    assert 500 < len(path) < 40_000
    assert len(draw_land(frame_world(), read_world())[0]) < 130_000


def test_no_event_with_a_point_means_no_map() -> None:
    assert prepare(Figures(end=date(2024, 3, 10)), summarise([]), read_world())["maps"] == ()


@pytest.mark.parametrize(
    ("thing", "names"),
    [
        (make_feature("Polygon", [SQUARE], name="Alder"), ["Alder"]),
        (
            {
                "type": "FeatureCollection",
                "features": [make_feature("MultiPolygon", [[SQUARE], [SQUARE]], NAME="Two")],
            },
            ["Two"],
        ),
        ({"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [SQUARE]}]}, [""]),
        (
            {
                "type": "FeatureCollection",
                "features": [make_feature("Point", [1, 2]), make_feature("Polygon", [SQUARE], name=7)],
            },
            [""],
        ),
    ],
)
def test_outlines_of_one_s_own_are_read(tmp_path: Path, thing: Any, names: list[str]) -> None:
    shapes = read_outlines(write(tmp_path, thing))
    assert [shape.name for shape in shapes] == names
    frame: Frame = frame_points([(15, 15)], 570, 0.72)
    assert draw_land(frame, shapes)[0].startswith("M")


NESTED: dict[str, Any] = {"type": "Polygon", "coordinates": [SQUARE]}
for _ in range(12):
    NESTED = {"type": "GeometryCollection", "geometries": [NESTED]}


@pytest.mark.parametrize(
    "thing",
    [
        None,
        [],
        "Polygon",
        {"type": "Polygon"},
        {"type": "Banana", "coordinates": []},
        {"type": "FeatureCollection", "features": []},
        make_feature("Polygon", [[[0, 0], [1, 1]]]),
        make_feature("Polygon", [[*SQUARE[:4], [10, 9999]]]),
        make_feature("Polygon", [[*SQUARE[:4], [float("nan"), 1]]]),
        make_feature("Polygon", [[*SQUARE[:4], ["a", "b"]]]),
        make_feature("Polygon", [[*SQUARE[:4], []]]),
        make_feature("Polygon", 7),
        make_feature("LineString", SQUARE),
        NESTED,
    ],
)
def test_a_broken_file_of_outlines_is_one_line_and_the_map_is_drawn_on_ours(
    tmp_path: Path, thing: Any
) -> None:
    path = write(tmp_path, thing)
    with pytest.raises(InputError) as told:
        read_outlines(path)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)
    shapes, fault = choose_outlines(tmp_path)
    assert shapes is read_world()
    assert "drawn with dateline's own outlines" in fault


def test_bytes_that_are_no_json_and_a_missing_file_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outlines.geojson").write_bytes(b"[" * 200_000)
    assert "is no GeoJSON" in choose_outlines(tmp_path)[1]
    (tmp_path / "outlines.geojson").write_bytes(b"\xff\xfe")
    assert "is no GeoJSON" in choose_outlines(tmp_path)[1]
    monkeypatch.setenv("DATELINE_OUTLINES", str(tmp_path / "none.geojson"))
    assert "cannot be read" in choose_outlines(tmp_path)[1]
    monkeypatch.delenv("DATELINE_OUTLINES")
    (tmp_path / "outlines.geojson").unlink()
    assert choose_outlines(tmp_path) == (read_world(), "")
