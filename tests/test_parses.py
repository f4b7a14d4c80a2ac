"""Parses as bytes and back: every token, sentence, mention and row as the fresh parse gives them."""

import json
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from spacy.attrs import (
    DEP,
    ENT_ID,
    ENT_IOB,
    ENT_KB_ID,
    ENT_TYPE,
    HEAD,
    IDX,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)
from spacy.tokens import Doc, Token

from extractors.extractor import Extractor
from extractors.findings import Findings, hash_values, hash_written
from extractors.parses import MAGIC, Packer, name_text, pack_docs, read_block
from models.article import Article
from models.errors import PageError, ParseError
from models.mention import CountValue, Mention
from tests.goldens import list_fixtures, read_fixture

READ = [ORTH, SPACY, TAG, POS, DEP, HEAD, ENT_IOB, ENT_TYPE, SENT_START, ENT_KB_ID, ENT_ID, IDX]
PAGES = Path(__file__).parent.parent / "benchmarks" / "pages"
ODD = (
    "",
    " ",
    "\n\n",
    "BAMAKO (AFP) - Gunmen killed  five soldiers\t\n\n in Gao, a doctor and two residents said.",
    "Shelling hit x" + "y" * 33_000 + " and wounded two.",
    "É́tat \u2028 killed \U0001f4a3 three.\u00a0",
    "Killed.\n" * 100,
)


def list_articles() -> list[Article]:
    fixtures = [a for slug in list_fixtures() if not isinstance(a := read_fixture(slug), PageError)]
    pages = [
        json.loads(line)["text"] for path in sorted(PAGES.glob("*.jsonl")) for line in islice(path.open(), 1)
    ]
    return [*fixtures, *(Article(text, f"text-{n}") for n, text in enumerate((*pages, *ODD)))]


def tree(token: Token) -> tuple[int, int, int, int, int, list[int]]:
    children = [child.i for child in token.children]
    return token.head.i, token.left_edge.i, token.right_edge.i, token.n_lefts, token.n_rights, children


def same(fresh: Doc, kept: Doc) -> bool:
    assert kept.text == fresh.text
    assert np.array_equal(fresh.to_array(READ), kept.to_array(READ))
    assert [tree(token) for token in fresh] == [tree(token) for token in kept]
    assert [(s.start, s.end) for s in fresh.sents] == [(s.start, s.end) for s in kept.sents]
    assert [(e.start, e.end, e.label_) for e in fresh.ents] == [(e.start, e.end, e.label_) for e in kept.ents]
    return True


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list_articles()


@pytest.fixture(scope="module")
def docs(extractor: Extractor, articles: list[Article]) -> list[Doc]:
    return list(extractor.pipeline.parse(article.text for article in articles))


def test_what_comes_back_reads_as_the_fresh_parse(
    extractor: Extractor, articles: list[Article], docs: list[Doc]
) -> None:
    block = read_block(pack_docs("model", zip((a.text for a in articles), docs, strict=True)))
    assert block.model == "model"
    rows = 0
    for article, fresh in zip(articles, docs, strict=True):
        kept = block.load(name_text(article.text), article.text, extractor.pipeline.nlp.vocab)
        assert same(fresh, kept)
        found, again = (extractor.find_all(doc, article) for doc in (fresh, kept))
        assert found == again
        assert found.write() == again.write()
        made = extractor.assemble(fresh, article, found)
        assert made == extractor.assemble(kept, article, again)
        rows += len(made)
    assert rows > 50


def test_a_parse_does_not_hang_on_its_batch(extractor: Extractor, docs: list[Doc]) -> None:
    """In batches of 64 as they come, one by one, and shuffled in sevens."""
    wanted = {doc.text: doc.to_array(READ).tobytes() for doc in docs if len(doc) < 2000}
    for texts, size in ((list(wanted), 1), (sorted(wanted, key=name_text), 7)):
        found = extractor.pipeline.nlp.pipe(texts, batch_size=size)
        assert wanted == {doc.text: doc.to_array(READ).tobytes() for doc in found}


def test_what_is_read_in_batches_leaves_nothing_in_the_vocabulary(extractor: Extractor) -> None:
    list(extractor.read([Article("Gunmen killed two people.", "a")]))
    strings = extractor.pipeline.nlp.vocab.strings
    before = len(strings)
    articles = [
        Article(f"Gunmen killed two people near Zq{n}xy{n}town on Monday.", f"{n}") for n in range(130)
    ]
    rows = [row for read in extractor.read(articles) for row in read.rows]
    assert len(rows) >= 130
    assert len(strings) - before < 100  # labels of rules; the names are forgotten with their batch


def test_texts_of_one_block_are_read_apart(extractor: Extractor) -> None:
    texts = ["Gunmen killed two people.", "A bomb wounded six."]
    block = read_block(pack_docs("m", zip(texts, extractor.pipeline.parse(texts), strict=True)))
    assert block.load(name_text(texts[1]), texts[1], extractor.pipeline.nlp.vocab).text == texts[1]
    assert name_text("another") not in block
    with pytest.raises(ParseError, match="another text"):
        block.load(name_text(texts[1]), texts[1] + "!", extractor.pipeline.nlp.vocab)


def test_a_block_that_is_damaged_says_so() -> None:
    data = Packer("m").write()
    assert read_block(data).texts == {}
    for broken in (b"", data[:10], MAGIC, data[:-1], data + b"x", data.replace(b"parses 1", b"parses 2")):
        with pytest.raises(ParseError):
            read_block(broken)


def test_a_lone_surrogate_is_named_as_it_is_stored() -> None:
    assert name_text("two \ud800 killed") == name_text("two ? killed")


def test_a_hash_tells_every_value() -> None:
    value = CountValue(1, 1, 1, "exact")
    mention = Mention("count", 3, 4, "1", "numerals:digits", value)
    others = (
        Mention("count", 3, 4, "1", "numerals:words", value),
        Mention("count", 3, 5, "1", "numerals:digits", value),
        Mention("count", 3, 4, "1", "numerals:digits", CountValue(1, None, 1, "exact")),
        Mention("count", 3, 4, "1", "numerals:digits", CountValue(1, 1, 1, "about")),
    )
    hashes = {hash_values([one]) for one in (mention, *others)} | {
        hash_values([]),
        hash_values([mention, mention]),
    }
    assert len(hashes) == 7
    found = Findings({"counts": [mention]}, [mention], [])
    assert hash_written(found.write()["counts"]) == hash_values([mention])
    assert set(found.write(but=["counts"])) == {"casualties"}
