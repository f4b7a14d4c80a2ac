"""Development documents as events, for what is learned from them: text, mentions, events and rows side by side."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.actor_signs import Cast, know_cast
from extractors.confidence import rate_events, settle_doubtful
from extractors.draft import Draft
from extractors.events import find_events, finish_events, number_sentences, read_text
from extractors.extractor import Extractor, find_day, resolve_dates
from extractors.sheet import Sheet
from models.article import Article, read_published

Document = dict[str, Any]
Line = dict[str, Any]


@dataclass(frozen=True)
class ReadDocument:
    """One document: the events that were found, who is who in it, and the rows that would be written of them."""

    document: Document
    sheet: Sheet
    events: list[Draft]
    cast: Cast
    rows: list[Line]


def read_documents(
    name: str, corpora: Path, extractor: Extractor, *, settled: bool
) -> Iterator[ReadDocument]:
    """The documents of one corpus, read before perpetrators are linked; doubtful events stay in unless `settled`."""
    lines = (corpora / name / "dev.jsonl").read_text(encoding="utf-8").split("\n")
    documents = [json.loads(line) for line in lines if line]
    articles = [to_article(document) for document in documents]
    docs = extractor.pipeline.parse(article.text for article in articles)
    for document, article, doc in zip(documents, articles, docs, strict=True):
        mentions = extractor.find_mentions(doc)
        sheet, day, words = extractor.lay_out(doc, mentions), find_day(article), extractor.words
        reading = read_text(sheet, words)
        events = find_events(reading, day, resolve_dates(mentions, article))
        if settled:
            rate_events(events, sheet, words.confidence)
            events = settle_doubtful(events, words.types)
        guilt = number_sentences(reading.needs.get("guilt", ()), sheet)
        cast = know_cast(events, sheet, reading.references, words.sources, guilt)
        rows = finish_events(events, sheet, article, day, words, ("", ""))
        yield ReadDocument(document, sheet, events, cast, [row.model_dump(mode="json") for row in rows])


def to_article(document: Document) -> Article:
    """A corpus document as it is scored: in true casing where it has it, else in the machine's."""
    text = document.get("text_mixed") or document.get("text_truecased") or document["text"]
    date = document.get("date")
    return Article(text=text, doc_id=document["doc_id"], published=read_published(date) if date else None)


def find_corpora(description: str | None) -> Path | None:
    """The folder of corpora that the command line names, the scorer put on the path; None after an error."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder of corpora, each with a dev.jsonl")
    parser.add_argument(
        "--scorer", type=Path, help="folder of score.py (default: ../score beside the corpora)"
    )
    args = parser.parse_args()
    scorer = args.scorer or args.corpora.resolve().parent / "score"
    if not (scorer / "score.py").is_file() or not args.corpora.is_dir():
        print(f"error: no corpora at {args.corpora} or no scorer at {scorer}", file=sys.stderr)
        return None
    sys.path.insert(0, str(scorer))
    corpora: Path = args.corpora
    return corpora
