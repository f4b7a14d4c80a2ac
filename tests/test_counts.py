"""Counts: numbers with their bounds, and the numbers that are none."""

from pathlib import Path

import pytest
from conftest import check
from spacy.language import Language

from extractors.counts import find_counts
from extractors.numerals import find_numerals
from extractors.pipeline import Pipeline
from models.errors import LexiconError
from models.lexicon import read_entries
from models.mention import CountValue, Mention
from models.numbers import VagueProfile


def shown(mention: Mention) -> str:
    """The value as `low best high form`, nothing as a dash."""
    assert isinstance(mention.value, CountValue)
    low, best, high = (
        "-" if n is None else n for n in (mention.value.low, mention.value.best, mention.value.high)
    )
    return f"{low} {best} {high} {mention.value.form}"


COUNTED = [
    "Rebels burnt [12](COUNT=12 12 12 exact) huts near the lake.",
    "The convoy of [twenty-three](COUNT=23 23 23 exact) lorries left the port.",
    "A column of [1,250](COUNT=1250 1250 1250 exact) men crossed the Nile.",
    "Aid reached [1.5 million](COUNT=1500000 1500000 1500000 exact) Yemenis.",
    "They fired [two dozen](COUNT=24 24 24 exact) mortar shells.",
    "[Half a dozen](COUNT=6 6 6 exact) boats were sunk off Hodeidah.",
    "[A couple of hundred](COUNT=180 200 220 about) villagers hid in the church.",
    "The junta freed [three hundred and forty-two](COUNT=342 342 342 exact) monks.",
    "Some [two and a half million](COUNT=2250000 2500000 2750000 about) Sudanese need food.",
    "The state paid [13 lakh](COUNT=1300000 1300000 1300000 exact) bricks for the wall.",
]
BOUNDED = [
    "At least [34](COUNT=34 34 - at_least) shells fell on Sloviansk.",
    "No fewer than [12](COUNT=12 12 - at_least) checkpoints were built.",
    "More than [1,200](COUNT=1201 - - at_least) houses burnt down.",
    "Up to [20](COUNT=- 20 20 up_to) gunmen stormed the inn.",
    "Fewer than [50](COUNT=- - 49 up_to) families stayed in Kobo.",
    "Nearly [300](COUNT=270 300 330 about) goats were stolen.",
    "[60-plus](COUNT=60 60 - at_least) nations signed.",
    "Patrols found [five](COUNT=5 5 - at_least) or more mines.",
]
RANGES = [
    "Between [10 and 15](COUNT=10 - 15 range) trucks crossed into Chad.",
    "[10-15](COUNT=10 - 15 range) drones were seen over Odesa.",
    "[Two or three](COUNT=2 - 3 range) men ran from the car.",
    "Some [10 to 15 thousand](COUNT=10000 - 15000 range) Rohingya crossed.",
    "A force of above [800 and below 900](COUNT=801 - 899 range) men.",
]
VAGUE = [
    "[Dozens](COUNT=24 - - vague) of rockets hit Homs.",
    "[Scores](COUNT=40 - - vague) of houses were razed.",
    "[Tens of thousands](COUNT=20000 - - vague) left Goma.",
    "[Several hundred](COUNT=300 - - vague) cattle were taken.",
    "[Hundreds](COUNT=200 - - vague) of shops closed in Kano.",
]
UNITS = [
    "The ransom was $[2 million](COUNT=2000000 2000000 2000000 exact), or [40 percent](COUNT=40 40 40 exact) of it.",
    "They marched [7.5 kilometres](COUNT=7 - 8 range) to a camp of [60](COUNT=60 60 60 exact) tents.",
]
NO_COUNTS = [
    "On 14 May 2023 the truce of October 7 ended.",
    "The raid of March 3, 4 and 5 began at 5:30 pm and took three hours.",
    "In 2014 and since 2019 the front has been quiet.",
    "An M-16, an F-35 and a 25th Brigade banner were shown.",
    "Security Council Resolution 2712 was adopted.",
    "A 14-year-old boy and Karim Salehi, 34, of Unit 8200 left.",
    "Call +44-20-7946 for news.[3]",
    "The twenty-first village lost two thirds of its wells.",
    "No one knew which one of the roads was safe.",
    "A post at 59.17361 was held, minus 5 in the night.",
    "Kabul won 5-3.",
]


@pytest.mark.parametrize("sentence", [*COUNTED, *BOUNDED, *RANGES, *VAGUE, *UNITS, *NO_COUNTS])
def test_counts(blank: Language, sentence: str) -> None:
    check(blank, find_counts, sentence, shown)


# For every way in which a number is no count, one beside it that is one.
COUNTER_EXAMPLES = [
    "On 14 May [14](COUNT) tanks crossed the bridge.",
    "The raid took three hours and [three](COUNT) lives.",
    "In 2014 militants burnt [2000](COUNT) huts.",
    "The 25th Brigade lost [25](COUNT) vehicles.",
    "After Resolution 2712 came [27](COUNT) air drops.",
    "Karim Salehi, 34, led [34](COUNT) men.",
    "The twenty-first village has [twenty-one](COUNT) wells.",
    "[One](COUNT) strike hit a bakery.",
    "The toll rose from [28](COUNT=28 28 28 exact) to [34](COUNT=34 34 34 exact).",
    "They lost [ten](COUNT=10 10 10 exact) or [a thousand](COUNT=1000 1000 1000 exact) men.",
    "Several soldiers and some others fled.",
]


@pytest.mark.parametrize("sentence", COUNTER_EXAMPLES)
def test_counts_beside_numbers_that_are_none(blank: Language, sentence: str) -> None:
    check(blank, find_counts, sentence, shown)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("four hundred and nineteen", 419),
        ("three hundred and nine thousand", 309_000),
        ("sixty-four billion and seven hundred", 64_000_000_700),
        ("six thousand millions", 6_000_000_000),
        ("7 hundred and 45", 745),
        ("8 765 432", 8_765_432),
        ("1,50,000", 150_000),
        ("40 bln", 40_000_000_000),
        ("three hundred dozens", 3600),
        ("two billion and a half million", 2_000_500_000),
    ],
)
def test_numerals(text: str, value: int) -> None:
    (numeral,) = find_numerals(text)
    assert (numeral.start, numeral.end, int(numeral.value)) == (0, len(text), value)


@pytest.mark.parametrize("text", ["hundreds", "a million-dollar", "half", "no number"])
def test_no_numerals(text: str) -> None:
    assert not [n for n in find_numerals(text) if n.value != 1_000_000]


def test_two_numbers_stay_two() -> None:
    assert [n.value for n in find_numerals("5 hundred and 4 hundred")] == [500, 400]
    assert [n.value for n in find_numerals("12, 14 and twenty and three")] == [12, 14, 20, 3]


def test_counts_of_money_shares_and_measures_say_so(blank: Language) -> None:
    found = find_counts(blank("Over $30 and 5 percent for 8 km of road and 9 mules."))
    assert [m.rule for m in found] == [
        "number_contexts.toml:money",
        "number_contexts.toml:share",
        "number_contexts.toml:measure",
        "numerals:digits",
    ]


def test_names_that_end_in_a_number(pipeline: Pipeline) -> None:
    check(pipeline.nlp, find_counts, "Task Force 50 sank [50](COUNT=50 50 50 exact) boats.", shown)


def test_a_slip_in_the_profile_is_named(tmp_path: Path) -> None:
    path = tmp_path / "vague_numbers.toml"
    path.write_text('[mine]\nchanges = []\nbounds = {}\nwords.few = {forms = ["few"], low = 3, best = 2}\n')
    with pytest.raises(LexiconError, match=r"vague_numbers.toml: \[mine\].*best is less than low"):
        read_entries(path, VagueProfile)
