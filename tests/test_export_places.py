"""GeoJSON, KML and Atom: every row, named so that one knows it, hostile text as text."""

import json
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from rows import HOSTILE, make_full_row

from review.exports.atom import write_atom
from review.exports.flat import make_events
from review.exports.geojson import group, write_geojson
from review.exports.kml import write_kml
from review.exports.sheets import Export
from tests.exported import ABOUT, ATOM, EXPORT, IDS, KML, ROWS, to_bytes


def test_events_of_one_article_have_names_of_their_own() -> None:
    """One headline, three events: type, place and number of dead tell them apart."""
    three = [
        make_full_row(event_id="e1", killed_low=4, killed_best=4),
        make_full_row(event_id="e2", event_type="bombing", killed_low=None, killed_best=None),
        make_full_row(event_id="e3", place_name="Mill Ferry", killed_low=0, killed_best=0, killed_high=0),
        make_full_row(event_id="e4", title=None, place_name=None, killed_low=None, killed_best=None),
    ]
    export = Export(make_events(lambda: iter(three)), ABOUT)
    names = [
        "Armed assault, Port Alder, 4 killed: Traders shot near Port Alder",
        "Bombing, Port Alder: Traders shot near Port Alder",
        "Armed assault, Mill Ferry: Traders shot near Port Alder",
        "Armed assault",
    ]
    feed = etree.fromstring(to_bytes(write_atom, export))
    assert [e.find("a:title", ATOM).text for e in feed.findall("a:entry", ATOM)] == names
    drawn = etree.fromstring(to_bytes(write_kml, export)).findall(".//k:Placemark/k:name", KML)
    assert sorted(one.text for one in drawn) == sorted(names)


def test_geojson_is_a_feature_a_row_with_longitude_first() -> None:
    made = json.loads(to_bytes(write_geojson, EXPORT))
    assert made["about"] == dict(ABOUT)
    assert group((("left out", "1 a"), ("left out", "2 b"))) == {"left out": ["1 a", "2 b"]}
    assert [f["id"] for f in made["features"]] == IDS
    by_id = {f["id"]: f for f in made["features"]}
    assert by_id["e8"]["geometry"] == {"type": "Point", "coordinates": [-76.25, -3.5]}
    assert by_id["e6"]["geometry"] is None
    assert by_id["e1"]["properties"]["place_precision"] == "near"
    assert by_id["e8"]["properties"]["title"] == HOSTILE
    none = Export(make_events(lambda: iter(())), ())
    assert json.loads(to_bytes(write_geojson, none))["features"] == []


def test_kml_is_well_formed_and_its_balloons_show_text() -> None:
    root = etree.fromstring(to_bytes(write_kml, EXPORT))
    names = [n.text for n in root.findall(".//k:Folder/k:name", KML)]
    assert names == ["armed assault", "bombing", "threat"]
    placemarks = {
        p.find(".//k:Data[@name='event_id']/k:value", KML).text: p
        for p in root.findall(".//k:Placemark", KML)
    }
    assert set(placemarks) == set(IDS)
    hostile = placemarks["e8"]
    assert hostile.find("k:Point/k:coordinates", KML).text == "-76.25,-3.5"
    shown = hostile.find("k:description", KML).text
    assert "<script>" not in shown  # what a balloon reads as HTML
    assert "&lt;script&gt;" in shown
    assert "‹U+001B›" in shown
    assert placemarks["e6"].find("k:Point", KML) is None
    assert placemarks["e6"].find("k:TimeSpan", KML) is None
    assert placemarks["e1"].find("k:TimeSpan/k:begin", KML).text == "2024-03-04"
    order = [etree.QName(child).localname for child in placemarks["e1"]]
    assert order == ["name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]


def test_atom_has_what_the_standard_asks_and_ids_that_stay() -> None:
    root = etree.fromstring(to_bytes(write_atom, EXPORT))
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1
    assert root.find("a:author/a:name", ATOM).text
    assert root.find("a:updated", ATOM).text == "2024-03-06T02:00:00Z"
    entries = root.findall("a:entry", ATOM)
    ids = [e.find("a:id", ATOM).text for e in entries]
    assert len(set(ids)) == len(ROWS)
    assert all(i.startswith("urn:uuid:") for i in ids)
    assert [e.find("a:updated", ATOM).text for e in entries][:1] == ["2024-03-05T03:30:00Z"]
    hostile = entries[IDS.index("e8")]
    assert hostile.find("a:link", ATOM) is None  # javascript: is no address to follow
    assert hostile.find("a:content", ATOM).get("type") == "text"
    assert entries[0].find("a:link", ATOM).get("href") == "https://example.org/a?b=1&c=2"
    assert ids[0] == uuid5(NAMESPACE_URL, "dateline:event:e1").urn  # whenever and wherever it is made
