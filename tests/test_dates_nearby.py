"""Dates that the words beside them settle, read on Wednesday, 22 November 2023: each kind with its counter-example."""

from datetime import date

import pytest
from spacy.language import Language

from tests.dated import check_dates

WEEKDAYS = [
    "On [Tuesday morning, October 17](DATE=2023-10-17), a school was hit.",
    "The blast on [Thursday (Nov. 16)](DATE=2023-11-16) hit a chemist's.",
    "It fell on [Thursday](DATE=2023-11-16) (a market day).",
    "In [the night of Monday, on October 16, 2023](DATE=2023-10-16), it burnt.",
    "He was seized [a week ago Saturday](DATE=2023-11-11).",
    "He was seized [a week ago](DATE=2023-11-13..2023-11-19); [Saturday](DATE=2023-11-18) was calm.",
    "Talks resume on the [Monday after next](DATE=2023-12-04).",
    "The town fell on the [Tuesday before last](DATE=2023-11-14).",
    "It fell on [17 October](DATE=2023-10-17); [the previous Friday](DATE=2023-10-13) a bridge was mined.",
    "It fell on [17 October](DATE=2023-10-17) and on [Friday](DATE=2023-11-17) it was retaken.",
]
HOURS = [
    "A shell fell shortly [before noon on 21 June 2023](DATE=2023-06-21).",
    "Police came [after midnight on Tuesday](DATE=2023-11-21).",
    "They had left [before 21 June 2023](DATE=..2023-06-20).",
]
DENIED = [
    "It was not [until Tuesday](DATE=2023-11-21) that aid came.",
    "The wounded weren't reached [until Sunday](DATE=2023-11-19).",
    "The road was shut [until Sunday](DATE=..2023-11-19).",
    "It did not rain, and the road was shut [until Sunday](DATE=..2023-11-19).",
]
PERIODS = [
    "So far [this year](DATE=2023-01-01..2023-11-22) 312 people were seized.",
    "[This year](DATE=2023-01-01..2023-12-31) 312 people were seized.",
    "Over [the past week](DATE=2023-11-15..2023-11-22) the army lost 12 men.",
    "[Last week](DATE=2023-11-13..2023-11-19) the army lost 12 men.",
    "In [the autumn of last year](DATE=2022-09-01..2022-11-30) the airport fell.",
    "In the autumn of his life he fled.",
    "On [the 4th](DATE=2023-11-04) and [5th of November](DATE=2023-11-05) it was shelled.",
    "On [the third this month](DATE=2023-11-03) it was shelled.",
    "The blast was the third [this month](DATE=2023-11-01..2023-11-30).",
]
BESIDE = [
    "Shells fell in [the week before Easter](DATE=2023-04-02..2023-04-08).",
    "Shells fell [a week before Easter](DATE=2023-04-02).",
    "Gunmen came in [the days after Oct. 7](DATE=2023-10-08..2023-10-14).",
    "Gunmen came on [the day after Oct. 7](DATE=2023-10-08).",
    "Shells fell on [the eve of May 3](DATE=2023-05-02), by the eve of the feast they were gone.",
    "Drones came [overnight into Monday](DATE=2023-11-19..2023-11-20).",
    "Drones came [overnight Monday](DATE=2023-11-20).",
    "Drones came in [the night from Sunday to Monday](DATE=2023-11-19..2023-11-20).",
    "Shells fell on [November 2](DATE=2023-11-02), [3](DATE=2023-11-03) and [4](DATE=2023-11-04).",
    "Shells fell on [November 2](DATE=2023-11-02), 3 and 4 of them in a yard.",
    "Sixty fell in [November](DATE=2022-11-01..2022-11-30) and [December last year](DATE=2022-12-01..2022-12-31).",
    "Sixty fell in [October](DATE=2023-10-01..2023-10-31) and, it is said, [last year](DATE=2022-01-01..2022-12-31).",
    "The log of [3.11.2023](DATE=2023-11-03) names two.",
    "The log of [3/11/2023](DATE=2023-03-11) names two.",
]
COMING = [
    "The mandate ends on [December 31](DATE=2023-12-31).",
    "The mandate ended on [December 31](DATE=2022-12-31).",
    "An attack is planned for [the spring](DATE=2024-03-01..2024-05-31).",
    "They looked for the spring in vain.",
    "The trial opens on [Monday](DATE=2023-11-27).",
    "The trial opened on [Monday](DATE=2023-11-20).",
    "A man walks past a ruin in Goma on [Monday](DATE=2023-11-20).",
    "Neither he nor his aides could be reached on [Monday](DATE=2023-11-20).",
    "A deal could be signed on [Monday](DATE=2023-11-27).",
]
NAMES = [
    "The 23 March Movement denied it.",
    "Gunmen of the 5 June Brigade fled.",
    "Black September took hostages.",
    "In a black [September](DATE=2023-09-01..2023-09-30), hostages died.",
    "[The 23 March](DATE=2023-03-23) attack killed nine.",
    "On [5 June](DATE=2023-06-05) Brigade commanders met.",
]


@pytest.mark.parametrize("sentence", [*WEEKDAYS, *HOURS, *DENIED, *PERIODS, *BESIDE, *COMING, *NAMES])
def test_dates_beside_words_that_settle_them(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


@pytest.mark.parametrize(
    ("sentence", "published"),
    [
        ("Reporters resigned [this weekend](DATE=2023-11-18..2023-11-19).", date(2023, 11, 20)),
        ("Reporters will resign [this weekend](DATE=2023-11-25..2023-11-26).", date(2023, 11, 20)),
        ("Reporters resigned [this weekend](DATE=2023-11-25..2023-11-26).", date(2023, 11, 25)),
        ("Six died at [the end of the year](DATE=2023-09-01..2023-12-31).", date(2024, 1, 5)),
        ("Six will die at [the end of the year](DATE=2024-09-01..2024-12-31).", date(2024, 1, 5)),
        (
            "On [the 29th](DATE=2023-11-29) and [30th of November](DATE=2023-11-30) it burnt.",
            date(2023, 12, 30),
        ),
    ],
)
def test_on_other_days(blank: Language, sentence: str, published: date) -> None:
    check_dates(blank, sentence, published)
