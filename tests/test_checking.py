"""What one stage finds by itself is what a full reading noted of it, on every sample page."""

import pytest

from extractors.extractor import Extractor
from extractors.findings import Read
from extractors.parses import read_block
from extractors.stages import FINDERS
from models.article import Article
from tests.carried import Kept, list_articles

QUIET = Article("The museum has a new wing.", "quiet", language="en")  # nothing for the prefilter


@pytest.fixture(scope="module")
def kept(extractor: Extractor) -> Kept:
    return Kept(extractor.pipeline.digest)


@pytest.fixture(scope="module")
def reads(extractor: Extractor, kept: Kept) -> list[Read]:
    found = list(extractor.read([*list_articles([]), QUIET], kept, trace=True))
    kept.block = read_block(kept.packer.write())
    return found


@pytest.mark.parametrize("stage", [*FINDERS, "prefilter"])
def test_a_stage_alone_finds_what_a_full_reading_found(
    extractor: Extractor, kept: Kept, reads: list[Read], stage: str
) -> None:
    asked = [(read.article, frozenset({stage})) for read in reads if stage in read.found]
    assert len(asked) > 20
    found = list(extractor.check(asked, kept))
    assert found == [{stage: read.found[stage]} for read in reads if stage in read.found]
    assert len({one[stage] for one in found if one}) > 1


def test_losses_do_not_depend_on_what_other_finders_claim(extractor: Extractor) -> None:
    """No other finder takes a count's words, and those of a headed entry's day are none."""
    text = "Three U.S. rockets killed 12 members of the 3rd Brigade near Camp 7 on Monday, officials said."
    article = Article(text, "doc-1", language="en")
    (doc,) = extractor.pipeline.parse([text])
    found = extractor.find_all(doc, article)
    counts = [m for m in found.mentions if m.label == "count"]
    assert counts == sorted(found.apart["counts"], key=lambda m: (m.start, m.end))
    assert found.casualties
