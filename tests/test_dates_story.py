"""The year of a story: what moves it, and what a sentence only mentions. Read on 22 November 2023."""

import pytest
from spacy.language import Language

from tests.dated import check_dates

WAR = (
    "The war broke out in [March 1971](DATE=1971-03-01..1971-03-31). On [2 April 1971](DATE=1971-04-02) the port "
    "fell; on [9 May 1971](DATE=1971-05-09) it burnt. "
)


def test_a_history_is_anchored_to_its_own_years(blank: Language) -> None:
    sentence = (
        "The war broke out in [March 1971](DATE=1971-03-01..1971-03-31). In [June](DATE=1971-06-01..1971-06-30) "
        "the front held. On [3 December](DATE=1971-12-03) jets attacked; in [January](DATE=1972-01-01..1972-01-31) "
        "it was over. In [1974](DATE=1974-01-01..1974-12-31) and [1980](DATE=1980-01-01..1980-12-31) he wrote of it."
    )
    check_dates(blank, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A new push was planned for [1974](DATE=1974-01-01..1974-12-31). On [3 June](DATE=1971-06-03) it began.",
        "A memoir ([2005](DATE=2005-01-01..2005-12-31)) tells of it. On [3 June](DATE=1971-06-03) jets attacked.",
        "Files opened in [2005](DATE=2005-01-01..2005-12-31) tell of it. On [3 June](DATE=1971-06-03) jets attacked.",
        "Nobody (as of [5 May 2006](DATE=2006-05-05)) knew. In [June](DATE=1971-06-01..1971-06-30) it rained.",
    ],
)
def test_what_is_only_mentioned_moves_no_story(blank: Language, sentence: str) -> None:
    check_dates(blank, WAR + sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "In [1980](DATE=1980-01-01..1980-12-31) they met again. On [3 June](DATE=1980-06-03) jets attacked.",
        "It raged in [1972](DATE=1972-01-01..1972-12-31) as well. In [June](DATE=1972-06-01..1972-06-30) it rained.",
        "It ended on [1 January 1972](DATE=1972-01-01). On [3 June](DATE=1972-06-03) they met.",
        "They had fled [from December to April](DATE=1970-12-01..1971-04-30) already.",
        "Calm in [the spring](DATE=1972-03-01..1972-05-31) and [early summer of 1972](DATE=1972-06-01..1972-06-30).",
    ],
)
def test_what_the_story_comes_to_moves_it(blank: Language, sentence: str) -> None:
    check_dates(blank, WAR + sentence)


def test_news_counts_from_publication_whatever_years_it_mentions(blank: Language) -> None:
    check_dates(
        blank,
        "A war that began in [2014](DATE=2014-01-01..2014-12-31) goes on. On [October 17](DATE=2023-10-17) a raid "
        "killed two; [yesterday](DATE=2023-11-21) another killed one.",
    )
