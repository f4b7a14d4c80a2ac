"""Totals: an event's losses once each, however often and however vaguely the article tells them."""

import pytest

from extractors.extractor import Extractor
from tests.reading import read_rows

Range = tuple[int | None, int | None, int | None]

# What is told, and the low, best and high of the killed and the injured.
TOLD_AGAIN: dict[str, tuple[Range, Range]] = {
    # "others" sets the wounded apart from the dead of their sentence, not from the wounded told before
    "A rocket hit a bakery in Kharkiv on Monday, killing four people and wounding 11 others. "
    "Medics said the rocket killed four people and wounded 11 others.": ((4, 4, 4), (11, 11, 11)),
    # the same number once more, though the words say "also"
    "A rocket hit a bakery in Kharkiv on Monday and wounded nine people. "
    "The governor also said that nine people were wounded by the rocket.": ((None, None, None), (9, 9, 9)),
    # a headline and its sentence in one
    "Four wounded in a shooting in Tulsa - police ask witnesses who saw a shooting, which wounded "
    "four people, to call.": ((None, None, None), (4, 4, 4)),
    # one of dozens is no new total
    "A rocket hit a bakery in Kharkiv on Monday and wounded dozens of people. "
    "The rocket wounded a baker in the leg.": ((None, None, None), (24, None, None)),
    "A rocket hit a bakery in Kharkiv on Monday and wounded 10 to 16 people. "
    "The rocket wounded three bakers, a medic said.": ((None, None, None), (10, None, 16)),
}
TOLD_ANEW: dict[str, tuple[Range, Range]] = {
    "A rocket hit a bakery in Kharkiv on Monday, killing four people and wounding 11 others. "
    "The rocket killed two other people in a flat.": ((6, 6, 6), (11, 11, 11)),
    # as new as the dead whom its sentence sets apart
    "A rocket hit a bakery in Kharkiv on Monday, killing four people and wounding 11. "
    "The rocket killed two more people in a flat and wounded five others.": ((6, 6, 6), (16, 16, 16)),
    "A rocket hit a bakery in Kharkiv on Monday and killed two bakers and wounded nine, and another rocket "
    "killed two drivers.": ((4, 4, 4), (9, 9, 9)),
    # two, and two more
    "A rocket hit a bakery in Kharkiv on Monday and killed two people. "
    "The rocket killed two more people in a flat.": ((4, 4, 4), (None, None, None)),
    # as new as the soldier, who is none of the rebels
    "Soldiers and rebels fought near Kharkiv on Monday; four rebels were killed and two others wounded. "
    "One soldier was killed and another five were wounded in the fighting.": ((5, 5, 5), (7, 7, 7)),
    # one person and another are two
    "A rocket hit a bakery in Kharkiv on Monday and wounded a baker. The rocket also wounded a tailor.": (
        (None, None, None),
        (2, 2, 2),
    ),
    # a number that is no smaller than the vague one is a better one
    "A rocket hit a bakery in Kharkiv on Monday and wounded dozens of people. "
    "The rocket wounded 37 people, a medic said.": ((None, None, None), (37, 37, 37)),
    "A rocket hit a bakery in Kharkiv on Monday and wounded 10 to 16 people. "
    "The rocket wounded 14 people, a medic said.": ((None, None, None), (10, 14, 16)),
    # a range stands as any first total does; a larger number widens it
    "A rocket hit a bakery in Kharkiv on Monday and wounded 10 to 16 people. "
    "The rocket wounded 20 people, a medic said.": ((None, None, None), (10, None, 20)),
    "A rocket hit a bakery in Kharkiv on Monday and wounded several people. "
    "The rocket wounded dozens, a medic said.": ((None, None, None), (24, None, None)),
}


@pytest.mark.parametrize("text", TOLD_AGAIN | TOLD_ANEW)
def test_totals(extractor: Extractor, text: str) -> None:
    [row] = [row for row in read_rows(extractor, text) if row.counts]
    killed = (row.killed_low, row.killed_best, row.killed_high)
    injured = (row.injured_low, row.injured_best, row.injured_high)
    assert (killed, injured) == (TOLD_AGAIN | TOLD_ANEW)[text]
