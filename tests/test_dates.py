"""Dates in sentences: what is found, and the interval it stands for on a given day of publication."""

from datetime import date

import pytest
from spacy.language import Language

from tests.dated import check_dates, read, show

EXPLICIT = [
    "Mortars hit the market on [October 17, 2015](DATE=2015-10-17).",
    "A lorry bomb went off in Mogadishu on [14 October 2017](DATE=2017-10-14), killing hundreds.",
    "Rebels shelled the port on [the 3rd of March 2019](DATE=2019-03-03).",
    "The attacks of [Sept. 11, 2001](DATE=2001-09-11), were recalled.",
    "Troops entered the town ([2023-10-17](DATE=2023-10-17)).",
    "The log says [2023-10-17T05:20:00+03:00](DATE=2023-10-17): two rockets.",
    "The protocol of [31/12/2022](DATE=2022-12-31) names four dead.",
    "Fighting resumed in [November 2022](DATE=2022-11-01..2022-11-30) near Goma.",
    "The war that began in [2014](DATE=2014-01-01..2014-12-31) goes on.",
    "Militias of [the 1990s](DATE=1990-01-01..1999-12-31) were disarmed.",
    "A fort of [the 19th century](DATE=1800-01-01..1899-12-31) was hit.",
    "In [the third quarter of 2021](DATE=2021-07-01..2021-09-30) clashes fell.",
    "Raids in [summer 2022](DATE=2022-06-01..2022-08-31) displaced thousands.",
    "Two policemen died on [9/11](DATE=2001-09-11), he recalled.",
    "A convoy was ambushed on [Christmas Day 2020](DATE=2020-12-25) in Borno.",
    "On [twenty-six January nineteen eighty-six](DATE=1986-01-26) the capital fell.",
]
RELATIVE = [
    "Two soldiers were killed on [Tuesday](DATE=2023-11-21).",
    "Police fired on marchers on [Wednesday](DATE=2023-11-22).",
    "Drones struck the depot [Tuesday night](DATE=2023-11-21).",
    "Shelling began [early Thursday](DATE=2023-11-16).",
    "A patrol was hit [late on Friday](DATE=2023-11-17).",
    "A mine exploded at [dawn on Sunday](DATE=2023-11-19).",
    "Gunmen struck [last Friday](DATE=2023-11-17).",
    "The base was rocketed [overnight](DATE=2023-11-21..2023-11-22).",
    "Sirens sounded [this morning](DATE=2023-11-22) in Haifa.",
    "Three died [yesterday afternoon](DATE=2023-11-21).",
    "The siege was tightened [last week](DATE=2023-11-13..2023-11-19).",
    "Clashes erupted [earlier this week](DATE=2023-11-20..2023-11-22).",
    "Dozens fled [this week](DATE=2023-11-20..2023-11-22).",
    "Jets bombed villages over [the weekend](DATE=2023-11-18..2023-11-19).",
    "Eleven people were killed in [the past 24 hours](DATE=2023-11-21..2023-11-22).",
    "Attacks rose in [recent days](DATE=2023-11-15..2023-11-22).",
    "He was shot [three days ago](DATE=2023-11-19).",
    "The truce broke [two weeks ago](DATE=2023-11-06..2023-11-12).",
    "The town fell [a month ago](DATE=2023-10-01..2023-10-31).",
    "The war started [two decades ago](DATE=2003-01-01..2003-12-31).",
    "The mayor was abducted [last month](DATE=2023-10-01..2023-10-31).",
    "They have been held [since last year](DATE=2022-01-01..2023-11-22).",
    "The army attacked on [October 17](DATE=2023-10-17).",
    "A raid on [December 5](DATE=2022-12-05) killed two.",
    "Fighting flared in [December](DATE=2022-12-01..2022-12-31).",
    "Fighting flared in [October](DATE=2023-10-01..2023-10-31).",
    "Rebels attacked [last October](DATE=2023-10-01..2023-10-31).",
    "A curfew was imposed in [mid-November](DATE=2023-11-11..2023-11-20).",
    "It was overrun in [early 2022](DATE=2022-01-01..2022-04-30).",
    "The bridge was blown up in [late October](DATE=2023-10-21..2023-10-31).",
    "They withdrew by [the end of last year](DATE=2022-09-01..2022-12-31).",
    "Clashes on [17-18 October](DATE=2023-10-17..2023-10-18) left nine dead.",
    "It happened [between 3 and 5 May](DATE=2023-05-03..2023-05-05).",
    "Shelling went on [from Monday to Wednesday](DATE=2023-11-20..2023-11-22).",
    "Bases were hit 66 times [since October 17](DATE=2023-10-17..2023-11-22).",
    "The post held out [until October 17](DATE=..2023-10-17).",
    "The garrison had left by [October 17](DATE=2023-10-17).",
    "It fell on [Tuesday of last week](DATE=2023-11-14).",
    "Ballots were burnt on [the second Monday of last month](DATE=2023-10-09).",
    "Mines killed two in [the last week of July](DATE=2023-07-24..2023-07-30).",
    "He died [two days after October 17](DATE=2023-10-19).",
    "Troops will deploy on [December 5](DATE=2023-12-05).",
    "The ceasefire is due to begin on [Friday](DATE=2023-11-24).",
    "Talks resume [next Friday](DATE=2023-12-01).",
    "The deadline is set for [next month](DATE=2023-12-01..2023-12-31).",
    "An attack on [Friday, November 24](DATE=2023-11-24), is feared.",
    "It marked [the tenth anniversary of 3 May 2011](DATE=2021-05-03).",
    "Soldiers fired on [May 4](DATE=2023-05-04) and [5](DATE=2023-05-05) in the square.",
    "Barracks were stormed in [August](DATE=2014-08-01..2014-08-31) and [September 2014](DATE=2014-09-01..2014-09-30).",
]
STORY = [
    "A bomb went off on [3 May 2019](DATE=2019-05-03). [The next day](DATE=2019-05-04) a second one was found.",
    "The town fell on [3 May 2019](DATE=2019-05-03) and was retaken [two days later](DATE=2019-05-05).",
    "He was shot on [3 May 2019](DATE=2019-05-03); [the day before](DATE=2019-05-02), he had been warned.",
    "They met on [Monday](DATE=2023-11-20). [That night](DATE=2023-11-20) the village was shelled.",
    "It opened in [March 2012](DATE=2012-03-01..2012-03-31) and closed [later that year](DATE=2012-01-01..2012-12-31).",
    "[Two days later](DATE=none) he was dead.",
    "The truce ended on [7 May 2023](DATE=2023-05-07). [Since then](DATE=2023-05-07..2023-11-22), nine men have died.",
    "A siege began in [April](DATE=2023-04-01..2023-04-30); [since then](DATE=2023-04-01..2023-11-22) it is cut off.",
]
NO_DATES = [
    "The curfew runs from 2100 to 0500.",
    "He has since denied it, and then he left.",
    "Between 1200 and 1400 hours the road is shut.",
    "Every third Sunday they rest, twice a week they train.",
    "He held the town in two weeks.",
    "The 2000 men had 1500 rifles.",
    "Page 12 of 24 was torn.",
    "A new spring was dug; they fall and rise.",
    "The weekly patrol took a day.",
    "The 14-year-old was hit; two boys aged 12 died.",
    "They fought for three days.",
    "Shells fall every day, and every Friday they march.",
    "Five may have died, and 12 may yet.",
    "The sun rose over the camp; The Sun reported it.",
    "Rebels march on the capital and may fall.",
    "He counted 2000 people and 1,500 tents.",
    "The fall of the city came as a second blow.",
    "Call +31 20-2010-2015 for help.",
    "Version 10.31 uses 24/7 support.",
    "Russia Today reported it; he reads USA Today.",
    "Twelve.",
]


@pytest.mark.parametrize("sentence", EXPLICIT)
def test_explicit_dates_need_no_publication_day(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)
    check_dates(blank, sentence, None)


@pytest.mark.parametrize("sentence", RELATIVE)
def test_relative_dates_count_from_publication(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


def test_a_dateline_keeps_its_year_of_two_digits(blank: Language) -> None:
    check_dates(blank, "Bogota, [3 Jan 90](DATE=1990-01-03) -- A bomb exploded [today](DATE=2023-11-22).")


@pytest.mark.parametrize("sentence", STORY)
def test_story_relative_dates_count_from_the_date_before(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


@pytest.mark.parametrize("sentence", NO_DATES)
def test_ages_durations_frequencies_and_counts_are_no_dates(blank: Language, sentence: str) -> None:
    check_dates(blank, sentence)


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("next friday", "2023-12-01"),
        ("3rd of march 2021", "2021-03-03"),
        ("2016-11-07", "2016-11-07"),
        ("in the nineties", "1990-01-01..1999-12-31"),
        ("december 5", "2023-12-05"),  # no sentence, no tense: the nearest
    ],
)
def test_a_phrase_alone_is_a_document(blank: Language, phrase: str, value: str) -> None:
    assert [show(interval) for _, interval in read(blank, phrase)] == [value]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Wednesday", "2023-11-22"),
        ("October 17th", "2023-10-17"),
        ("Oct. 17", "2023-10-17"),
        ("17 October", "2023-10-17"),
        ("the 17th of October", "2023-10-17"),
        ("Thursday, Nov 16", "2023-11-16"),
        ("Nov. 25", "2022-11-25"),
        ("Nov. 21 at around 3 a.m.", "2023-11-21"),
        ("17-18 October", "2023-10-17..2023-10-18"),
        ("late Friday", "2023-11-17"),
        ("Saturday morning", "2023-11-18"),
        ("last summer", "2023-06-01..2023-08-31"),
        ("earlier this month", "2023-11-01..2023-11-22"),
        ("two days later", "none"),
        ("the previous day", "none"),
        ("the following day", "none"),
        ("a week earlier", "none"),
    ],
)
def test_where_a_date_library_errs_in_silence(blank: Language, words: str, value: str) -> None:
    shown = [show(interval) for _, interval in read(blank, f"The outpost was shelled {words}, a medic said.")]
    assert shown == [value]


@pytest.mark.parametrize(
    "word", ["may", "12", "five", "Sun", "now", "we", "about 50m", "14-year-old", "month-long"]
)
def test_words_that_look_like_dates_are_none(blank: Language, word: str) -> None:
    assert not read(blank, word)
    assert not read(blank, f"He saw {word} there.")


@pytest.mark.parametrize(
    "sentence",
    [
        "He died on Tuesday.",
        "It fell last week.",
        "It fell on October 17.",
        "In March it fell.",
        "It fell today.",
    ],
)
def test_without_publication_day_nothing_is_guessed(blank: Language, sentence: str) -> None:
    assert [show(interval) for _, interval in read(blank, sentence, None)] == ["none"]


def test_source_and_precision_are_those_of_the_words(blank: Language) -> None:
    text = "On 3 May 2019, on Tuesday, in March 2012, last week, in 2014 and since October 17."
    shown = [(i.precision, i.source) for _, i in read(blank, text) if i]
    assert shown == [
        ("day", "explicit"),
        ("day", "relative"),
        ("month", "explicit"),
        ("week", "relative"),
        ("year", "explicit"),
        ("span", "relative"),
    ]


def test_day_first_where_the_text_shows_it(blank: Language) -> None:
    check_dates(blank, "Hit on [31/10/2022](DATE=2022-10-31) and on [07/10/2023](DATE=2023-10-07).")
    check_dates(blank, "Hit on [07/10/2023](DATE=2023-07-10).")


def test_year_boundary_and_leap_day(blank: Language) -> None:
    check_dates(blank, "Six died on [December 30](DATE=2023-12-30).", date(2024, 1, 2))
    check_dates(blank, "Six died on [February 29](DATE=2020-02-29).", date(2023, 3, 1))
    check_dates(blank, "Six died on [February 30](DATE=none).", date(2023, 3, 1))
    check_dates(blank, "Six died in [February](DATE=2023-02-01..2023-02-28).", date(2024, 1, 31))


def test_rule_names_the_kind_of_expression(blank: Language) -> None:
    assert [m.rule for m, _ in read(blank, "On Tuesday, since May 3, last week.")] == [
        "dates:weekday",
        "dates:since",
        "dates:unit",
    ]
