"""What finders found, as written and back, and readings that go by what is kept of it."""

from collections.abc import Mapping
from dataclasses import astuple, replace
from typing import Any

import pytest

from extractors.extractor import Extractor
from extractors.findings import READ, Read, hash_written, read_findings, read_values, write_values
from extractors.parses import MOST, pack_findings, pick_findings, read_block
from extractors.stages import FINDERS, MENTIONS
from models.article import Article
from models.casualty import Casualty
from models.dates import TimeExpression
from models.mention import ActorValue, CountValue, Mention, PlaceValue, WeaponValue
from tests.carried import Kept, list_articles

TEXT = "KADUGLI (AFP) - Rebels with mortars killed five soldiers in Kadugli on Monday, police said."
ARTICLE = Article(TEXT, "doc-1", language="en")
INNER = TimeExpression("weekday", (("direction", "last"), ("weekday", 1), ("year", None)))
ODD = (
    Mention(
        "actor", 0, 4, "two \ud800\u2028\n", "a:b", ActorValue("É́ ☃", "rebel_group", named=True, form="name")
    ),
    Mention("weapon", 1, 2, "", "a:b", WeaponValue("Mention", "mortar", "x")),
    Mention("place", 0, 1, "[", "a:b", PlaceValue("x", latitude=0.1 + 0.2, longitude=-0.0, radius_km=1e-9)),
    Mention(
        "date", 0, 1, "x", "a:b", TimeExpression("Mention", (("a", 1), ("b", "Casualty")), (INNER, INNER))
    ),
    Mention("count", 0, 1, "x", "a:b", CountValue(None, 10**30, 3, "range")),
    Casualty("killed", 1, None, 3, "range", "event", 1, 2, None, None, 4, 5, True, "a:b", source="[null]"),
)


class Counted(Kept):
    """Parses in memory that tell how often one was handed on."""

    handed = 0

    def put(self, text: str, doc: Any, written: Mapping[str, bytes]) -> None:
        self.handed += 1
        super().put(text, doc, written)

    def settle(self) -> None:
        """What was handed on is kept from here on."""
        self.block = read_block(self.packer.write())


def kinds(value: Any) -> Any:
    """A value with the type of each of its parts."""
    return [type(value), *map(kinds, value)] if isinstance(value, tuple) else type(value)


@pytest.fixture(scope="module")
def kept(extractor: Extractor) -> Counted:
    return Counted(extractor.pipeline.digest)


@pytest.fixture(scope="module")
def reads(extractor: Extractor, kept: Counted) -> list[Read]:
    found = list(extractor.read([*list_articles([]), ARTICLE], kept, trace=True))
    kept.settle()
    return [read for read in found if read.found.get("prefilter") == READ]


def test_values_come_back_as_they_were() -> None:
    again = read_values(write_values(ODD))
    assert again == list(ODD)
    assert [kinds(astuple(one)) for one in again] == [kinds(astuple(one)) for one in ODD]
    assert b"\n" not in write_values(ODD)


def test_what_is_found_on_every_sample_page_comes_back(
    kept: Counted, reads: list[Read], extractor: Extractor
) -> None:
    for read in reads:
        (doc,) = extractor.pipeline.parse([read.article.text])
        found = extractor.find_all(doc, read.article)
        told = kept.recall(read.article.text, read.found)
        assert {stage: read_values(written) for stage, written in told.items()} == {
            **found.apart,
            "casualties": found.casualties,
        }
    assert len(reads) > 20


def test_what_is_known_and_kept_gives_the_same_reading(
    extractor: Extractor, kept: Counted, reads: list[Read]
) -> None:
    before = kept.handed
    for left_out in (None, *FINDERS):
        known = [{s: h for s, h in read.found.items() if s != left_out} for read in reads]
        asked = zip((read.article for read in reads), known, strict=True)
        assert list(extractor.read_again(asked, kept)) == reads
    assert kept.handed == before  # nothing new was found


def plant(extractor: Extractor, stage: str, values: list[Any]) -> tuple[Counted, str]:
    """A cache in which a stage found something else in the text; with its hash."""
    cache, written = Counted(extractor.pipeline.digest), write_values(values)
    (doc,) = extractor.pipeline.parse([TEXT])
    cache.put(TEXT, doc, extractor.find_all(doc, ARTICLE).write() | {stage: written})
    cache.settle()
    return cache, hash_written(written)


@pytest.mark.parametrize(
    ("stage", "field"), [("weapons", "weapons"), ("actors", "actors"), ("casualties", "counts")]
)
def test_a_finder_is_asked_only_where_it_is_not_known_what_it_finds(
    extractor: Extractor, stage: str, field: str
) -> None:
    (plain,) = extractor.read([ARTICLE], trace=True)
    cache, planted = plant(extractor, stage, [])
    (known,) = extractor.read_again([(ARTICLE, {**plain.found, stage: planted})], cache)
    assert getattr(plain.rows[0], field)
    assert not getattr(known.rows[0], field)
    assert known.found[stage] == planted
    for other in ({}, plain.found, {stage: "0" * 16}):  # not known, or another thing than what is kept
        (asked,) = extractor.read_again([(ARTICLE, other)], cache)
        assert (asked.rows, asked.found) == (plain.rows, plain.found)


def test_losses_stand_with_the_counts_alone(extractor: Extractor) -> None:
    (plain,) = extractor.read([ARTICLE], trace=True)
    cache, planted = plant(extractor, "casualties", [])
    known = {**plain.found, "casualties": planted}
    told = cache.recall(TEXT, known)
    assert set(read_findings(told)) == set(FINDERS)
    without = {stage: written for stage, written in told.items() if stage != "counts"}
    assert set(read_findings(without)) == {*MENTIONS} - {"counts"}
    known.pop("counts")
    (read,) = extractor.read_again([(ARTICLE, known)], cache)
    assert read == plain


def test_what_was_found_anew_is_handed_on_once(extractor: Extractor) -> None:
    cache, _ = plant(extractor, "weapons", [])
    cache.handed = 0
    for handed in (1, 1):
        (read,) = extractor.read_again([(ARTICLE, {})], cache)
        assert cache.handed == handed
        cache.settle()
    assert set(cache.recall(TEXT, read.found)) == set(FINDERS)


def test_of_one_text_of_two_outlets_all_is_kept(extractor: Extractor) -> None:
    cache, planted = plant(extractor, "places", [])
    (read,) = extractor.read([replace(ARTICLE, url="https://news.example/1")], cache, trace=True)
    cache.settle()
    assert set(cache.recall(TEXT, read.found)) == set(FINDERS)
    assert cache.recall(TEXT, {"places": planted}) == {"places": b"[]"}
    assert cache.recall("another text", read.found) == {}


def test_of_one_stage_the_last_few_are_kept() -> None:
    packed = b""
    for number in range(MOST + 2):
        packed = pack_findings({"places": b"[%d]" % number, "dates": b"[]"}, packed)
    for number in range(MOST + 2):
        written = b"[%d]" % number
        found = pick_findings(packed, {"places": hash_written(written), "dates": hash_written(b"[]")})
        assert found == ({"places": written} if number > 1 else {}) | {"dates": b"[]"}
