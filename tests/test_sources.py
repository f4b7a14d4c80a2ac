"""Who says so: claims, accusations, denials, reports. Each case: sentence with its *trigger*, then the sources."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from models.article import Article
from models.event import EventRow

if TYPE_CHECKING:
    from extractors.extractor import Extractor


class Said(NamedTuple):
    """Names as written, "; " between them."""

    attribution: str
    claimed: str = ""
    accused: str = ""
    denied: str = ""
    reported: str = ""


CASES: dict[str, Said] = {
    # claims
    "The Taliban claimed responsibility for the *attack* on a bank in Kunduz.": Said(
        "claimed", claimed="Taliban"
    ),
    "Boko Haram has claimed the *bombing* of a market in Mubi.": Said("claimed", claimed="Boko Haram"),
    "Responsibility for the *attack* in Mombasa was claimed by al-Shabaab.": Said(
        "claimed", claimed="al-Shabaab"
    ),
    "The ELN admitted responsibility for the *bombing* in Bogota.": Said("claimed", claimed="ELN"),
    "The *ambush* in Bosso was claimed by Islamic State.": Said("claimed", claimed="Islamic State"),
    "The Houthis took responsibility for the *attack* on a tanker off Hodeidah.": Said(
        "claimed", claimed="Houthis"
    ),
    "Al-Shabaab claimed credit for the *raid* on a base in Lamu.": Said("claimed", claimed="Al-Shabaab"),
    "The *attack* in Aleppo, for which Hezbollah claimed responsibility, killed two soldiers.": Said(
        "claimed", claimed="Hezbollah"
    ),
    "Boko Haram said in a video that it had carried out the *attack* on a base in Diffa.": Said(
        "claimed", claimed="Boko Haram", reported="Boko Haram"
    ),
    "Islamic State said it was behind the *bombing* of a church in Jolo.": Said(
        "claimed", claimed="Islamic State", reported="Islamic State"
    ),
    "Islamic State said the army was behind the *bombing* of a church in Jolo.": Said(
        "unknown", reported="Islamic State"
    ),
    "The group said it had not carried out the *attack* on a base in Diffa.": Said(
        "stated", reported="group"
    ),
    # nobody claims
    "No group claimed responsibility for the *attack* on a church in Jolo.": Said("unknown"),
    "Nobody has claimed the *bombing* of a bus in Cotabato.": Said("unknown"),
    "The *attack* on a market in Wajir went unclaimed.": Said("unknown"),
    # accusations
    "Kenya blamed al-Shabaab for the *attack* on a bus in Mandera.": Said("accused", accused="Kenya"),
    "Police blamed the *attack* on separatists in Yala.": Said("accused", accused="Police"),
    "Amnesty accused the army of *killing* villagers in Moura.": Said("accused", accused="Amnesty"),
    "The *bombing* in Pattani was blamed on separatists.": Said("accused"),
    "The *attack* on the ferry off Basilan was attributed to Abu Sayyaf by the navy.": Said(
        "accused", accused="navy"
    ),
    "Rebels are suspected of *kidnapping* two nuns in Bambari.": Said("accused"),
    "Ankara holds the PKK responsible for the *bombing* in Izmir.": Said("accused", accused="Ankara"),
    "Residents accused soldiers of *burning* homes in Nagaland.": Said("accused", accused="Residents"),
    # denials
    "The army denied that it had *bombed* a school in Hodeidah.": Said("denied", denied="army"),
    "Iran denied involvement in the *attack* on a tanker off Fujairah.": Said("denied", denied="Iran"),
    "The militia denied responsibility for the *attack* on a village in Bunia.": Said(
        "denied", denied="militia"
    ),
    "Rwanda rejected accusations that it *shelled* a camp near Goma.": Said("denied", denied="Rwanda"),
    # reports
    "Police said gunmen *killed* four farmers in Riyom.": Said("stated", reported="Police"),
    "According to residents, soldiers *shelled* a village in Tabayin.": Said("stated", reported="residents"),
    "Rebels *attacked* a convoy near Sake, the army said.": Said("stated", reported="army"),
    "The ministry reported that drones *struck* a depot in Oryol.": Said("unknown", reported="ministry"),
    "Two soldiers were *killed* in Arakan, according to the United Nations.": Said(
        "unknown", reported="United Nations"
    ),
    "A mine *killed* three herders in Menaka, a local official told Reuters.": Said(
        "unknown", reported="local official"
    ),
    "State television reported on Monday that jets *bombed* a bridge in Homs.": Said(
        "unknown", reported="State television"
    ),
    "The army said in a statement that rebels *attacked* a post in Ansongo.": Said("stated", reported="army"),
    "Gunmen *abducted* a trader in Owerri, said a police spokesman.": Said(
        "stated", reported="police spokesman"
    ),
    # speakers that look like more of the victims
    "A *strike* on a house in Derna killed five people, two of them children, medics at a clinic said.": Said(
        "unknown", reported="medics"
    ),
    "Rebels *attacked* a bus near Beni, killing six traders, a driver and two officials said.": Said(
        "stated", reported="driver; officials"
    ),
    "Rebels *attacked* a bus near Beni, killing six traders, a driver and two officials.": Said("stated"),
    "Shells *hit* a camp near Goma, residents told reporters.": Said("unknown", reported="residents"),
    "When shells *hit* a camp near Goma, residents told their children to run.": Said("unknown"),
    # what is said of something else
    "Gunmen *attacked* a bus in Quetta while a minister said prices would fall.": Said("stated"),
    "The army denied a report on pay after rebels *attacked* a post in Ansongo.": Said("stated"),
}


@pytest.fixture(scope="module")
def sources(extractor: "Extractor") -> Mapping[str, Said | None]:
    """Sentence -> what the row that the starred word names says of its sources."""
    articles = [Article(s.replace("*", ""), str(n), published=date(2024, 5, 15)) for n, s in enumerate(CASES)]
    read = extractor.extract_events(articles)
    return {s: name_sources(s, rows) for s, (_, rows) in zip(CASES, read, strict=True)}


def name_sources(sentence: str, rows: list[EventRow]) -> Said | None:
    """The sources of the row that the starred word names; None without such a row."""
    start, end = sentence.index("*"), sentence.rindex("*") - 1
    for row in rows:
        if any(e.start < end and start < e.end for e in row.evidence["event_type"]):
            names = (row.claimed_by, row.accused_by, row.denied_by, row.reported_by)
            return Said(row.attribution, *("; ".join(map(bare, side)) for side in names))
    return None


def bare(name: str) -> str:
    """A name without its article."""
    return name.removeprefix("The ").removeprefix("the ").removeprefix("a ")


@pytest.mark.parametrize("sentence", CASES)
def test_sources_are_read(sentence: str, sources: Mapping[str, Said | None]) -> None:
    assert sources[sentence] == CASES[sentence]
