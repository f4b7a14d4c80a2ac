"""One sentence for each further form of a date, read on 22 November 2023."""

import pytest
from spacy.language import Language

from tests.dated import check_dates

FORMS = [
    "Recruits of [Q3 2021](DATE=2021-07-01..2021-09-30) deserted.",
    "Half of them fled in [the second half of 2020](DATE=2020-07-01..2020-12-31).",
    "They were armed in [the year 2008](DATE=2008-01-01..2008-12-31).",
    "The clan wars of [the late '80s](DATE=1987-01-01..1989-12-31) were worse.",
    "The truce of ['96](DATE=1996-01-01..1996-12-31) held.",
    "[Week 23 of 2021](DATE=2021-06-07..2021-06-13) was the worst.",
    "The file is dated [20231017](DATE=2023-10-17).",
    "Reports of [10/2023](DATE=2023-10-01..2023-10-31) are missing.",
    "He was shot on [10/31](DATE=2023-10-31), near a school.",
    "Elections follow [two Sundays from now](DATE=2023-12-03).",
    "They will be tried [in three days](DATE=2023-11-25).",
    "Rain is due in [the next five days](DATE=2023-11-23..2023-11-27).",
    "The army was to leave by [year-end](DATE=2023-09-01..2023-12-31).",
    "It rained in [the week of October 17](DATE=2023-10-16..2023-10-22).",
    "Looting spread over [Labor Day weekend](DATE=2023-09-02..2023-09-04).",
    "Convoys were stopped [from 10/1-11/7](DATE=2023-10-01..2023-11-07) in Bria.",
    "The uprising of [1967-68](DATE=1967-01-01..1968-12-31) failed.",
    "Fighting [between March and May 2021](DATE=2021-03-01..2021-05-31) killed 90.",
    "He was held [from 28 December 2020 to 3 January 2021](DATE=2020-12-28..2021-01-03).",
    "Victims of [2012 or later](DATE=2012-01-01..) may claim.",
    "The post must close [no later than June 3, 2024](DATE=..2024-06-03).",
    "No aid came [after 2014](DATE=2015-01-01..).",
    "They left [before the end of this year](DATE=..2023-12-31).",
    "Deaths in [May last year](DATE=2022-05-01..2022-05-31) were few.",
    "It was settled in [last year's third quarter](DATE=2022-07-01..2022-09-30).",
    "Shots fell at [8:15 pm on November 6](DATE=2023-11-06).",
    "The raid of [the night of 3 May](DATE=2023-05-03) went wrong.",
    "He left [a few days ago](DATE=2023-11-12..2023-11-20).",
    "They met on [the 15th of this month](DATE=2023-11-15).",
    "On [the 20th](DATE=2023-11-20), police fired.",
    "The army fell apart in [mid-2021](DATE=2021-05-01..2021-08-31) after a mutiny.",
    "Abducted [last fall](DATE=2022-09-01..2022-11-30) in his home, he is free.",
    "The [March](DATE=2023-03-01..2023-03-31) killings went unpunished.",
    "Fighting [from May to March](DATE=2022-05-01..2023-03-31) killed 90.",
    "The failed [2021 summer](DATE=2021-06-01..2021-08-31) offensive cost 300 lives.",
    "A deadly [2014](DATE=2014-01-01..2014-12-31) bombing and a hidden [2012](DATE=2012-01-01..2012-12-31) treaty.",
    "The army's push on [the 20th](DATE=2023-11-20) was stopped.",
    "Envoys go to Lebanon on [November 18 -19](DATE=2023-11-18..2023-11-19).\n\nTalks follow.",
    "Victims of [2012](DATE=2012-01-01..2012-12-31) and [2013](DATE=2013-01-01..2013-12-31) were counted.",
]


@pytest.mark.parametrize("sentence", FORMS)
def test_other_forms(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Jan Egeland and Dec Boyle met the rebels.",
        "He blamed the last fall in prices.",
        "The March on the palace, the March was long.",
        "They ran for mid-range rockets.",
        "A nearly 1950 man garrison held a further 1902 rifle.",
        "More than 2018 shells fell; in 1800 houses were 1792 rifles.",
    ],
)
def test_words_that_are_no_such_form(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)
