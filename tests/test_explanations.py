"""`dateline explain` as data and on the terminal: what a row did not take, what changed, what became of each word."""

import ast
import json
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from rich.console import Console
from rows import HOSTILE, make_row
from tracing import reread, trace

from extractors.extractor import Extractor
from extractors.phrases import LEXICONS
from models.article import Article
from models.reason import Reason
from models.trace import Note, Sense, Term, Trace
from review.explanations import ArticleExplanation, RowExplanation
from review.fates import list_fates
from review.reasons import CONTEXTS, WORDS, word_reason
from review.rejections import Reread
from review.screen import render

TEXT = (
    "Israeli warplanes struck a house in Khan Younis on Friday, killing nine people, including four children. "
    "Seven people were killed in the strike, medics said. Hamas fired rockets at Ashkelon. Nobody slept."
)
HOME = Path(__file__).parent.parent


def list_reasons() -> set[str]:
    return {reason for group in get_args(Reason) for reason in get_args(group)}


def list_strings(room: str) -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (HOME / room).rglob("*.py")]
    return {
        n.value
        for t in trees
        for n in ast.walk(t)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def show(thing: RowExplanation | ArticleExplanation) -> str:
    return render(thing.draw(), Console(width=100))


def test_every_reason_is_given_has_words_and_is_tested() -> None:
    reasons = list_reasons()
    assert set(WORDS) == reasons
    assert reasons <= list_strings("extractors")
    assert reasons <= list_strings("tests")
    for reason in WORDS:
        shown = word_reason(reason, "that", "some")
        assert "{" not in shown
        assert shown == shown.strip().removesuffix(".")


def test_every_context_of_numbers_has_words() -> None:
    contexts = tomllib.loads((LEXICONS / "number_contexts.toml").read_text(encoding="utf-8"))
    assert set(contexts) <= set(CONTEXTS)


def test_a_row_shows_what_it_did_not_take(extractor: Extractor) -> None:
    read = reread(extractor, TEXT)
    strike = next(row for row in read.rows if row.event_type == "air_strike")
    found = {(r.field, r.text): r.words for r in read.list_rejected(strike)}
    assert found["actors", "medics"] == "says it"
    assert found["counts", "four"] == "part of another number, not added"
    assert found["counts", "Seven"] == "those of “nine” told again, counted once"
    assert ("place", "Khan Younis") not in found
    assert ("place", "Ashkelon") not in found
    assert ("weapons", "rockets") not in found
    assert show(RowExplanation(strike, read)).count("Not taken") == 1


def test_confidence_is_the_sum_of_its_terms(extractor: Extractor) -> None:
    read = reread(extractor, TEXT)
    for row in read.rows:
        terms = {term.sign: term.value * term.weight for term in read.list_terms(row)}
        assert extractor.words.confidence.intercept == terms["any event"]
        odds = sum(terms.values())
        assert row.confidence == pytest.approx(1 / (1 + 2.718281828**-odds), abs=0.006)


def test_a_trace_changes_no_row(extractor: Extractor) -> None:
    article = Article(TEXT, "doc")
    ((_, rows),) = extractor.extract_events([article])
    assert extractor.trace_events(article)[0] == rows


def test_an_article_tells_what_became_of_each_word(extractor: Extractor) -> None:
    rows, found = trace(extractor, TEXT)
    fates = {(fate.text, fate.spot[0]): fate for fate in list_fates(Reread(TEXT, rows, found))}
    strike = next(row.event_id for row in rows if row.event_type == "air_strike")
    again = fates["strike", TEXT.index("strike, medics")]
    assert again.rows == (strike,)
    assert [reason for reason, _ in again.steps] == ["bond:points-back", "event:row"]
    article = ArticleExplanation(Article(TEXT, "doc"), Reread(TEXT, rows, found, ("a", "b")))
    told = json.loads(article.to_json())
    assert [len(s["event_words"]) > 0 for s in told["sentences"]] == [True, True, True, False]
    assert "no event word of the lexicon" in show(article)


def test_other_rules_and_what_would_be_different_are_said_first(extractor: Extractor) -> None:
    read = reread(extractor, TEXT)
    now = next(row for row in read.rows if row.event_type == "air_strike")
    same = now.model_copy(update={"extractor_version": "now", "model_version": "now"})
    assert "made by other" not in show(RowExplanation(same, read))
    assert "would now be" not in show(RowExplanation(same, read))
    old = now.model_copy(
        update={"extractor_version": "0.0.9", "model_version": "now", "killed_best": 8, "killed_low": 8}
    )
    first, second, *_ = show(RowExplanation(old, read)).splitlines()
    assert first == "made by other rules: 0.0.9; read again with now"
    assert second == "would now be different: killed 8–9 → 9"
    told = json.loads(RowExplanation(old, read).to_json())
    assert told["row"]["killed_best"] == 8
    assert {c["column"]: (c["before"], c["after"]) for c in told["reread"]["changes"]} == {
        "killed_low": (8, 9),
        "killed_best": (8, 9),
    }


def test_a_row_that_is_no_longer_made_says_so(extractor: Extractor) -> None:
    read = reread(extractor, TEXT)
    start = TEXT.index("slept")
    told = {"start": TEXT.index("Nobody"), "end": len(TEXT), "text": "Nobody slept."}
    gone = make_row(
        trigger="slept",
        trigger_start=start,
        trigger_end=start + 5,
        sentences=(told,),
        sentence="Nobody slept.",
    )
    assert "the present rules make no row of this event word" in show(RowExplanation(gone, read))
    assert json.loads(RowExplanation(gone, read).to_json())["reread"]["event_id"] is None


def test_the_json_has_a_stable_form(extractor: Extractor) -> None:
    read = reread(extractor, TEXT)
    told = json.loads(RowExplanation(read.rows[0], read).to_json())
    assert list(told) == ["form", "row", "reread"]
    assert told["form"] == 1
    assert list(told["reread"]) == [
        *("extractor_version", "model_version", "since", "event_id", "changes"),
        *("not_taken", "namesakes", "confidence", "event_words"),
    ]
    assert set(told["reread"]["not_taken"][0]) == {
        *("field", "start", "end", "text", "reason", "words", "other", "rows"),
    }
    assert (
        RowExplanation(read.rows[0], read).to_json()
        == RowExplanation(read.rows[0], reread(extractor, TEXT)).to_json()
    )


def test_nothing_hostile_reaches_the_terminal() -> None:
    size = len(HOSTILE)
    row = make_row(
        sentences=({"start": 0, "end": size, "text": HOSTILE},),
        sentence=HOSTILE,
        trigger_start=0,
        trigger_end=1,
    )
    notes = [
        Note("place", "place:farther", (0, size), None, (0, size), HOSTILE),
        Note("word", "event:row", (0, size), detail=HOSTILE),
    ]
    found = Trace(
        notes, sentences=[(0, size)], words={row.event_id: [(0, 1)]}, terms={(0, 1): (Term(HOSTILE, 1, 1),)}
    )
    found.senses.append(
        Sense((0, size), HOSTILE, HOSTILE, "LBY", HOSTILE, HOSTILE, 1.0, ((HOSTILE, 1.0),), True)
    )
    read = Reread(HOSTILE, [row], found, (HOSTILE, HOSTILE))
    article = Article(HOSTILE, HOSTILE, publisher=HOSTILE, title=HOSTILE)
    for shown in (
        show(RowExplanation(row, read)),
        show(ArticleExplanation(article, read)),
        show(RowExplanation(row, None, HOSTILE)),
    ):
        assert "\x1b" not in shown
        assert "‹U+001B›" in shown
    for written in (RowExplanation(row, read).to_json(), ArticleExplanation(article, read).to_json()):
        assert not {"\x1b", "\x9b", "\u202e"} & {*written}
    assert json.loads(RowExplanation(row, read).to_json())["row"]["sentence"] == HOSTILE
