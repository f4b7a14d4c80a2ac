"""When an event was: the date that is its own among those of the text, read on Wednesday, 22 November 2023."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

OWN = {
    # when it was told is not when it was, where the text tells that too
    "Police reported today that on 10 November gunmen murdered four members of a family in Bunia.": "2023-11-10",
    "Police reported today that gunmen murdered four members of a family in Bunia.": "2023-11-22",
    # nor is when its investigator spoke of other things
    "The prosecutor, who is investigating the murder of six priests in Goma, said on Tuesday that men lied.": None,
    "The prosecutor, who is in Goma, said on Tuesday that six priests were murdered.": "2023-11-21",
    # what came of it came later
    "A clinic in Goma was evacuated on Tuesday because it was hit by a rocket fired by rebels on Monday.": "2023-11-20",
    "A clinic in Goma was hit on Tuesday by a rocket that rebels had bought in May.": "2023-11-21",
    # what had happened when it was told came before
    "Police said on Sunday that gunmen had killed three traders in Zamfara.": None,
    "Police said on Sunday that gunmen killed three traders in Zamfara.": "2023-11-19",
    # a period that only counts is not when it was
    "Rebels on Monday carried out their sixth attack this year on a pipeline near Arauca.": "2023-11-20",
    "The second battalion was attacked over the weekend near Arauca.": "2023-11-18..2023-11-19",
    "The siege was the first since April 2021, when rebels killed 40 traders in Goma.": "2021-04-01..2021-04-30",
    # a relative clause tells of somebody else
    "Two hostages who fled in May from a camp were shot dead by rebels in Goma on Monday.": "2023-11-20",
    "Four children died in a blast in Goma that took place on Monday, a week after another.": "2023-11-20",
    # a verb that says only that it was
    "A commission was created last week to solve the murder of a judge committed on 19 November in Goma.": "2023-11-19",
    "A judge who took office in May was murdered in Goma on 19 November.": "2023-11-19",
    # Greenwich's day is not the place's
    "A bomb killed three people in Lima at 2230 (0330 GMT on 21 November).": None,
    "A bomb killed three people in Lima at 2230 (an hour later than on 21 November).": "2023-11-21",
    # what happened is not of tomorrow
    "Rebels shelled a school that was to open tomorrow, killing two people in Goma.": None,
}
STORIES = {
    # a date alone heads what follows it; a sentence with its verb does not
    "16 November. Five people were killed by gunmen in Yola.": "2023-11-16",
    "Ministers met on 16 November. Five people were killed by gunmen in Yola. A truce was signed on 19 November.": None,
    # the only day of a report, if the report begins with it
    "On 18 November, men blocked a road in Atbara. Police fired into the crowd, wounding five people.": "2023-11-18",
    "Men blocked a road in Atbara over a vote of 18 November. Police fired into the crowd, wounding five people.": None,
    "On 18 November, men blocked a road in Atbara. Police had fired into the crowd, wounding five people.": None,
}


LISTS = {  # an event on the days of a list has them all; days that are told of two events stay apart
    "Ten people were killed in Maiduguri on May 3, 4 and 5.": "2023-05-03..2023-05-05",
    "Ten people were killed in Maiduguri on Monday and Tuesday.": "2023-11-20..2023-11-21",
    "Ten people were killed in Maiduguri on May 3, and on May 5 police arrested two men.": "2023-05-03",
}
UNDATED = {
    # of a page without its day: the year that it comes to tell, if that is near
    "On 12 October gunmen killed nine people in Goma. The last of the wounded died on 26 October 2023.": "2023-10-12",
    "On 12 October gunmen killed nine people in Goma. A truce had been signed on 3 March 2019.": None,
    # a date that names no days, beside one that does
    "Gunmen killed nine people in Goma on Thursday, likely on 19 October 2023.": "2023-10-19",
    "Gunmen killed nine people in Goma on Thursday.": None,
}


def find_day(extractor: Extractor, text: str, published: str | None = "2023-11-22") -> str | None:
    """The days of the article's first event; None where its date was only assumed, or none is told."""
    row = read_rows(extractor, text, published)[0]
    if row.date_source == "published" or row.date_start is None:
        return None
    return str(row.date_start) + (f"..{row.date_end}" if row.date_end != row.date_start else "")


@pytest.mark.parametrize("text", [*OWN, *STORIES, *LISTS])
def test_an_event_has_its_own_date(extractor: Extractor, text: str) -> None:
    assert find_day(extractor, text) == (OWN | STORIES | LISTS)[text]


@pytest.mark.parametrize("text", UNDATED)
def test_dates_of_a_page_without_its_day(extractor: Extractor, text: str) -> None:
    assert find_day(extractor, text, None) == UNDATED[text]
