"""The parts that tests share: pipelines built once, and the annotated sentence."""

import re
from collections.abc import Callable, Iterable, Iterator

import pytest
import spacy
from spacy.language import Language

from extractors.extractor import Extractor
from extractors.pipeline import Pipeline, load_pipeline
from flows.worker import worker_extractor
from models.mention import Mention
from tests.browser import browser  # noqa: F401 - a fixture
from tests.buckets import bucket  # noqa: F401 - a fixture
from tests.geonames import home, imported, syria  # noqa: F401 - fixtures
from tests.review_desks import desk  # noqa: F401 - a fixture
from tests.review_opened import opened  # noqa: F401 - a fixture
from tests.review_pages import page, review, seen  # noqa: F401 - fixtures
from tests.servers import Site, serve

TAG = re.compile(r"\[([^\]]+)\]\((\w+)(?:=([^)]*))?\)")

Found = tuple[str, str, str | None]


@pytest.fixture(scope="session")
def blank() -> Language:
    """A tokenizer with sentence ends: enough for rules that need no model."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return load_pipeline()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The one that work on partitions in this process uses too."""
    return worker_extractor()


def read_annotated(sentence: str) -> tuple[str, list[Found]]:
    """The bare text of `Two [Iskanders](WEAPON=iskander) hit.` and its (text, label, value) tags."""
    tags = [(m[1], m[2].lower(), m[3]) for m in TAG.finditer(sentence)]
    return TAG.sub(lambda m: m[1], sentence), tags


def check(
    nlp: Language,
    find: Callable[..., Iterable[Mention]],
    sentence: str,
    value: Callable[[Mention], str | None] = lambda mention: getattr(mention.value, "id", None),
) -> None:
    """Asserts that `find` gives exactly the tagged mentions; a sentence without tags must give none."""
    text, wanted = read_annotated(sentence)
    found = list(find(nlp(text)))
    assert all(text[m.start : m.end] == m.text for m in found)
    shown = [(m.text, m.label, value(m)) for m in found]
    asked = {(text, label) for text, label, wish in wanted if wish is not None}
    assert [(*s[:2], s[2] if s[:2] in asked else None) for s in shown] == wanted


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site
