"""Who did it to whom, whichever way the sentence puts them. Each case: sentence, trigger, actors, targets."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.article import Article
from models.event import EventRow

if TYPE_CHECKING:
    from extractors.extractor import Extractor

Case = tuple[str, str, str]  # sentence with its *trigger*, actors and targets as written, "; " between them
CASES: tuple[Case, ...] = (
    # active, passive, without agent
    ("Rebels *attacked* an army base near Goma.", "Rebels", "army base"),
    ("The army *shelled* a village in Kachin.", "army", "village"),
    ("Police in Cali *arrested* two students.", "Police", "students"),
    ("A convoy was *ambushed* by insurgents near Gao.", "insurgents", "convoy"),
    ("Two priests were *kidnapped* by bandits on Monday.", "bandits", "priests"),
    ("Farmers were *attacked* in Benue on Sunday.", "", "Farmers"),
    ("A mosque was *bombed* in Kunduz.", "", "mosque"),
    ("Three soldiers were *shot* dead in Yala.", "", "soldiers"),
    ("Turkey *bombed* Kurdish fighters in Sinjar.", "Turkey", "Kurdish fighters"),
    ("The hostages were *freed* by the army in Jolo.", "army", "hostages"),
    # nouns with their complements
    ("The *strike* by the army on a clinic in Dessie killed four nurses.", "army", "nurses; clinic"),
    ("An *attack* by gunmen on a police station in Bannu lasted hours.", "gunmen", "police station"),
    ("The rebels' *attack* on the barracks in Bria failed.", "rebels", "barracks"),
    ("The *killing* of a journalist by police in Lima drew anger.", "police", "journalist"),
    (
        "The *shelling* of the hospital by government troops began at dawn in Taiz.",
        "government troops",
        "hospital",
    ),
    (
        "A Russian missile *strike* on a market in Kostiantynivka killed 16 people.",
        "Russian",
        "people; market",
    ),
    ("Israeli *air strikes* on militants continued on Monday.", "Israeli", "militants"),
    ("The army's *bombardment* of the camp in Laiza went on.", "army", "camp"),
    ("The *assassination* of a judge in Quetta shocked the town.", "", "judge"),
    ("An *ambush* against soldiers near Djibo left five dead.", "", "soldiers"),
    ("The *abduction* of six nuns by gunmen in Edo was condemned by nobody.", "gunmen", "nuns"),
    # light verbs
    ("The militia carried out an *attack* on a convoy in Tigray.", "militia", "convoy"),
    ("Insurgents launched an *assault* on the garrison in Inates.", "Insurgents", "garrison"),
    ("The navy conducted *strikes* against smugglers off Bosaso.", "navy", "smugglers"),
    ("An *attack* was carried out by separatists against a bank in Buea.", "separatists", "bank"),
    ("Jihadists staged a *raid* on a village in Macomia.", "Jihadists", "village"),
    ("The general ordered *air strikes* on rebels in Sagaing.", "general", "rebels"),
    # who suffers
    ("The base came under *attack* from militants in Hasakah.", "militants", "base"),
    ("Soldiers came under *fire* by rebels near Kibumba.", "rebels", "Soldiers"),
    ("The garrison suffered an *attack* in Labbezanga.", "", "garrison"),
    ("The village came under heavy *shelling* on Tuesday.", "", "village"),
    # the noun is the subject
    ("A Saudi *air strike* hit a school in Saada.", "Saudi", "school"),
    ("The *blast* damaged a church in Jos.", "", "church"),
    ("A drone *attack* killed three soldiers in Kidal.", "", "soldiers"),
    # control, relative clauses, participles, apposition
    ("The rebels tried to *seize* the airport of Goma.", "rebels", "airport"),
    ("The colonel told his troops to *fire* rockets at protesters in Bamako.", "troops", "protesters"),
    ("The army accused the militia of *killing* villagers in Ituri.", "militia", "villagers"),
    ("The gunmen who *attacked* the hotel in Kabul were students.", "gunmen", "hotel"),
    ("The hotel that gunmen *stormed* in Bamako has reopened.", "gunmen", "hotel"),
    ("The soldiers *killed* by rebels in Beni were buried.", "rebels", "soldiers"),
    ("The convoy *attacked* in Menaka carried food.", "", "convoy"),
    ("Armed men, *attacking* a bus near Kribi, wounded two nurses.", "Armed men", "bus; nurses"),
    ("Boko Haram, a jihadist group, *raided* a village in Borno.", "Boko Haram", "village"),
    ("Gunmen crossed the river, *killing* nine farmers in Plateau.", "Gunmen", "farmers"),
    ("Militants stormed the town and *kidnapped* a doctor in Dosso.", "Militants", "doctor"),
    ("The *kidnapped* engineers were working in Kirkuk.", "", "kidnapped engineers"),
    ("Soldiers backed by drones *attacked* rebels in Lashio.", "Soldiers", "rebels"),
    ("The army said it had *bombed* rebels near Loikaw.", "army", "rebels"),
    ("Turkey has plans to *bomb* camps in Sinjar.", "Turkey", "camps"),
    ("The rebels' bid to *seize* the airport of Bria failed.", "rebels", "airport"),
    ("The troops who had orders to *attack* rebels near Lashio fled.", "troops", "rebels"),
    # several parties
    ("Soldiers and militiamen *attacked* a village in Bora.", "Soldiers; militiamen", "village"),
    ("Gunmen *killed* a judge and two policemen in Mardan.", "Gunmen", "judge; policemen"),
    ("Rebels *attacked* a police station and a school in Wa.", "Rebels", "police station; school"),
    # both sides
    ("The army *clashed* with rebels near Sake.", "army", "rebels"),
    ("A *clash* between herders and farmers in Logone left 12 dead.", "herders", "farmers"),
    ("*Fighting* between the army and the militia in Tripoli killed six.", "army", "militia"),
    ("Police and gang members *exchanged fire* in Cite Soleil.", "Police", "gang members"),
    ("Soldiers *fought* rebels near Bunagana.", "Soldiers", "rebels"),
    # by blame and claim
    ("Police blamed the *attack* on separatists in Yala.", "separatists", ""),
    ("Officials attributed the *bombing* in Pattani to separatists.", "separatists", ""),
    ("The Taliban claimed responsibility for the *attack* on a bank in Kunduz.", "Taliban", "bank"),
    ("The *attack* on the ferry off Basilan was blamed on Abu Sayyaf.", "Abu Sayyaf", "ferry"),
    # who tells it is neither victim nor actor
    (
        "Gunmen *ambushed* a lorry near Barsalogho, killing nine soldiers, a doctor and three residents said.",
        "Gunmen",
        "lorry; soldiers",
    ),
    (
        "A shell *hit* a camp near Goma, killing four farmers and a nurse, two aid workers and a driver said.",
        "",
        "farmers; nurse; camp",
    ),
    (
        "Rebels *shot dead* nine farmers, four soldiers and a priest in Beni.",
        "Rebels",
        "farmers; soldiers; priest",
    ),
    (
        "The Gulf Trade Operations agency reported that a tanker was *hit* by a projectile off Aden.",
        "",
        "tanker",
    ),
    ("The Joint Operations Command said soldiers *attacked* rebels near Marawi.", "soldiers", "rebels"),
    # capital letters behind a dateline
    ("NIAMEY \u2014 Gunmen *attacked* a mosque in Tillaberi on Friday.", "Gunmen", "mosque"),
    (
        "MAIDUGURI, Nigeria \u2014 Militants *stormed* a checkpoint in Bama on Friday.",
        "Militants",
        "checkpoint",
    ),
    ("ACCRA \u2014 Two people were *shot dead* in Bawku on Tuesday.", "", "people"),
    # owners of the means
    ("Israeli warplanes *bombed* a bridge in Tyre.", "Israeli", "bridge"),
    ("U.S. drones *struck* militants in Shabwa.", "U.S.", "militants"),
    ("Ethiopian jets launched *attacks* on a depot in Adigrat.", "Ethiopian", "depot"),
    ("A suicide bomber *blew himself up* at a mosque in Mardan.", "suicide bomber", "mosque"),
    # sides of a clash: who is named first, and whom it is against
    ("The army and rebels *clashed* near Goma.", "army", "rebels"),
    ("*Fighting* between Hamas and Israel killed 20 people in Rafah.", "Hamas", "people; Israel"),
    ("The army fought a *battle* against insurgents in Djibo.", "army", "insurgents"),
    ("Two rebels were killed in a *gunfight* with police in Srinagar.", "police", "rebels"),
    # headlines leave out "was"; a threat to do something is no passive
    ("Man *shot* and killed during a dispute in Oakland", "", "Man"),
    ("Aid worker *kidnapped* in Kabul", "", "Aid worker"),
    ("A clerk was found *shot* and killed in Ohio.", "", "clerk"),
    ("Gunmen *shot* and killed two teachers in Gao.", "Gunmen", "teachers"),
    ("The Houthis *threatened* on Tuesday to resume attacks on ships off Aden.", "Houthis", "ships"),
    ("Hamas *attacked* and kidnapped in southern Israel.", "Hamas", ""),
    ("Russian forces *attacked* and shelled overnight near Kupiansk.", "Russian forces", ""),
    ("The army's *arrests* in Yangon went on.", "army", ""),
    # whoever treads on a mine has not laid it; land is recovered as well as guns
    ("A farmer triggered a landmine *explosion* in Cabo Delgado and was killed.", "", "farmer"),
    ("The army *recovered* the town of Palmyra from rebels.", "army", "town"),
    # whose murder or arrest it is; whose attack it is
    ("Police in Cali are investigating the mayor's *murder*.", "", "mayor"),
    ("The army's *arrest* of students in Cairo drew protests.", "army", "students"),
    ("The army's *attack* in Masisi failed.", "army", ""),
    # what stands for its owner; what counts or measures
    ("An *attack* on the judge's life in Cali failed.", "", "judge"),
    ("Rebels *killed* a number of villagers near Gao.", "Rebels", "villagers"),
    ("An air *strike* hit a row of tents near Gao.", "", "tents"),
    ("Armed youths *captured* two of the four aid workers in Pibor.", "Armed youths", "aid workers"),
    ("The bomb *damaged* dozens of houses in Jos.", "", "houses"),
    ("The police *fired* 45 rounds to disperse a mob in Petlad.", "police", ""),
    ("Rebels *attacked* the position near Gao.", "Rebels", "position"),
    ("Gunmen *attacked* a convoy and the safety of everybody in Gao.", "Gunmen", "convoy"),
    # who set it off, and who resorted to it
    ("Rebels triggered a landmine *blast* targeting an army patrol in Rajpur.", "Rebels", "army patrol"),
    ("Three persons died when the police resorted to *firing* in Anand.", "police", "persons"),
    ("A student died in police *firing* in Petlad.", "police", "student"),
)


@pytest.fixture(scope="module")
def parties(extractor: "Extractor") -> Mapping[str, tuple[str, str] | None]:
    """Sentence -> the actors and targets of the row that the starred word names."""
    sentences = [case[0] for case in CASES]
    articles = [
        Article(s.replace("*", ""), str(n), published=date(2024, 5, 15)) for n, s in enumerate(sentences)
    ]
    read = extractor.extract_events(articles)
    return {s: name_parties(s, rows) for s, (_, rows) in zip(sentences, read, strict=True)}


def name_parties(sentence: str, rows: list[EventRow]) -> tuple[str, str] | None:
    """The parties as written of the row that the starred word names; None without such a row."""
    start, end = sentence.index("*"), sentence.rindex("*") - 1
    for row in rows:
        if any(e.start < end and start < e.end for e in row.evidence["event_type"]):
            actors, targets = (
                "; ".join(p.name if p.text == "it" else p.text for p in side)
                for side in (row.actors, row.targets)
            )
            return actors, targets
    return None


def bare(names: str) -> str:
    """Names without articles and possessors in front."""
    return "; ".join(
        n.removeprefix("The ").removeprefix("the ").removeprefix("his ") for n in names.split("; ")
    )


@pytest.mark.parametrize("case", CASES, ids=[case[0].replace("*", "") for case in CASES])
def test_parties_are_read(case: Case, parties: Mapping[str, tuple[str, str] | None]) -> None:
    found = parties[case[0]]
    assert found is not None
    assert (bare(found[0]), bare(found[1])) == case[1:]


TYPES: dict[str, tuple[str, ...]] = {
    "The group threatened on Monday to resume attacks on ships in the Gulf.": ("threat",),
    "Rebels vowed in a video to attack the garrison of Gibe.": ("threat",),
    "The army withdrew on Monday to shell the town of Bama from the hills.": ("deployment", "shelling"),
    "A sailor was burned on both hands, the owner of the ship in Hodeidah said.": (),
    "The Houthis have not claimed any attack on ships this autumn.": (),
    "The Houthis have claimed an attack on ships off Aden.": ("armed_assault",),
    "Rebels burned three houses near Yei.": ("arson_or_sabotage",),
}


@pytest.mark.parametrize("sentence", TYPES)
def test_threats_and_burns_are_no_attacks(sentence: str, extractor: "Extractor") -> None:
    article = Article(sentence, "types", published=date(2024, 5, 15))
    rows = [row for _, found in extractor.extract_events([article]) for row in found]
    assert tuple(row.event_type for row in rows) == TYPES[sentence]
