"""A probe of status: the starred word of each sentence names the event. Read on Wednesday 15 May 2024."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.article import Article
from models.event import EventRow

if TYPE_CHECKING:
    from extractors.extractor import Extractor

PROBE: dict[str, tuple[str, ...]] = {
    "actual": (
        "Rebels *attacked* an army base near Goma on Monday.",
        "Government jets *bombed* a market in Idlib overnight.",
        "Gunmen *ambushed* a convoy of traders on the road to Gao, killing seven.",
        "The army failed to prevent the *attack* on the town of Djibo, which left 12 dead.",
        "There is no doubt that militants *shelled* the hospital in Sirte.",
        "Not only soldiers but also two nurses were *killed* in the raid on the clinic in Maiduguri.",
        "No fewer than nine villagers were *killed* by bandits in Zamfara.",
        "Without warning, insurgents *stormed* the prison in Ghwayran.",
        "Soldiers could not stop the mob that *lynched* two men in Port-au-Prince.",
        "The *attack* on the mosque in Kabul killed 12 people, days after officials had ruled out any danger.",
        "Despite promises of restraint, troops *shelled* the suburb of Khartoum.",
        "Although the government denied entry to reporters, warplanes *bombed* the camp near Mekelle.",
        "The ceasefire, which mediators had hoped would hold, ended when tanks *shelled* the port of Aden.",
        "Police *arrested* four men suspected of smuggling fuel near Benghazi.",
    ),
    "reported": (
        "Police said gunmen *killed* four farmers in Plateau state.",
        "The army announced that its aircraft *bombed* rebel camps near Lashio.",
        "According to residents, soldiers *shelled* the village of Tabayin at dawn.",
        "Drones *struck* a fuel depot in Bryansk, the governor said.",
        "Hospital officials told reporters that a blast *killed* six people in Mogadishu.",
        "Militants *attacked* a checkpoint in Tillaberi, a security source said on Tuesday.",
        "The ministry reported that two soldiers were *killed* by a mine near Kidal.",
        "State television said the navy had *seized* a tanker in the Gulf of Oman.",
        "Witnesses said a suicide bomber *blew himself up* outside a court in Peshawar.",
        "Fighters reportedly *ambushed* a patrol in Cabo Delgado.",
        "A spokesman confirmed that eleven hostages were *freed* in Kaduna.",
        "The monitor said that shelling *killed* three children in Donetsk.",
        "Two police officers were *shot* dead in Guayaquil, local media reported.",
    ),
    "alleged": (
        "The troops allegedly *raped* women in the village of Bora.",
        "Amnesty accused the soldiers of *executing* prisoners in Bucha.",
        "The alleged *massacre* of villagers in Moura is under investigation.",
        "Rebels are suspected of *kidnapping* two priests in Zamfara.",
        "The men were accused of *bombing* a church in Davao.",
        "Unconfirmed reports of *shelling* in Kassala could not be checked.",
        "Kyiv accused Russian forces of *torturing* captured soldiers in Kherson.",
        "Three men were charged with *murdering* a journalist in Veracruz.",
        "Opposition groups allege that police *killed* nine protesters in Maputo.",
        "There were rumours of an *attack* on the presidential palace in Conakry.",
        "The militia is alleged to have *abducted* 14 farmers near Butembo.",
        "Purported *air strikes* on a village in Sagaing killed five people.",
        "Soldiers supposedly *burned* three houses in Rakhine.",
    ),
    "denied": (
        "The army denied that its planes had *bombed* the school in Hodeidah.",
        "The minister rejected reports that soldiers *shot* at worshippers in Jos.",
        "The group denied *attacking* the convoy near Afrin.",
        "Rwanda denied having *shelled* a refugee camp near Goma.",
        "Officials dismissed claims that troops *killed* civilians in Amhara.",
        "The navy denied any *attack* on fishermen off Socotra.",
        "The ministry disputed that its forces *torched* homes in Maungdaw.",
        "The governor has denied the *massacre* of herders in Benue.",
        "The militia has repeatedly denied *kidnapping* the engineers in Kirkuk.",
        "The general refuted allegations that his men *raped* women in Darfur.",
        "Moscow denies that it *struck* a maternity ward in Mariupol.",
        "The defence ministry denied reports of *clashes* with Ethiopian troops near Al-Fashaga.",
        "A spokesman called reports that police *killed* two students in Lagos false.",
    ),
    "negated": (
        "The rebels did not *attack* the town of Bambari on Sunday.",
        "No soldiers were *killed* near Bakhmut on Tuesday.",
        "Nobody was *wounded* in Erbil, officials said.",
        "The army never *bombed* the dam near Mosul.",
        "Security forces refrained from *shooting* at protesters in Yangon.",
        "The militants left Timbuktu without *attacking* the garrison.",
        "There were no *clashes* between the army and the rebels in Taiz on Friday.",
        "There was no *attack* on the embassy in Kabul, police said.",
        "The police ruled out an *attack* on the train in Bavaria.",
        "Neither side *shelled* the front line near Horlivka on Wednesday.",
        "Soldiers refused to *fire* on the crowd in Khartoum.",
        "The militia stopped short of *attacking* the base in Deir ez-Zor.",
        "None of the hostages was *executed* by the militants in Marawi.",
    ),
    "threatened": (
        "Residents of Goma live in fear of *attacks* by the rebels.",
        "Ships avoid the Red Sea amid the risk of missile *attacks* by the Houthis.",
        "Schools in Zamfara closed for fear of *abduction* by bandits.",
        "The embassy warned of the risk of *kidnapping* in northern Mali.",
        "Amid fears of drone *strikes*, residents of Belgorod fled.",
        "The airline suspended flights to Erbil over the danger of rocket *attacks*.",
        "Fearing an *attack* by the army, families left Rafah.",
        "The threat of *shelling* keeps farmers in Kherson from their fields.",
        "Traders in Kidal fear that the insurgents will *attack* the market.",
        "Officials warned of possible *bombings* in Colombo.",
        "A warning of an imminent suicide *attack* in Islamabad emptied the hotel.",
        "Villagers fear *raids* by gangs near Port-au-Prince.",
        "Under threat of *bombardment*, the garrison left Severodonetsk.",
    ),
    "planned": (
        "The army will *attack* the rebel stronghold of Lashio next week.",
        "The junta is preparing to *bomb* the camps near Laiza.",
        "Militants planned to *attack* a church in Sarajevo.",
        "The police uncovered a plot to *assassinate* the mayor of Tijuana.",
        "The general said his troops were ready to *storm* the city of El Fasher.",
        "The upcoming *offensive* against the rebels in North Kivu worries aid groups.",
        "Israel is set to launch *strikes* on Rafah.",
        "The suspects conspired to *bomb* a train in Frankfurt.",
        "The commander ordered his men to *shell* the town of Sumy.",
        "The cell intended to *kidnap* tourists in Agadir.",
        "The two sides agreed to *exchange prisoners* held in Sanaa next month.",
        "The planned *assault* on Tripoli alarmed neighbours.",
        "The government aims to *retake* the town of Menaka by June.",
        "Soldiers are about to *storm* the camp near Bunia.",
    ),
    "attempted": (
        "Gunmen tried to *assassinate* the governor in Kandahar.",
        "The prisoners attempted to *kidnap* a guard in Guayaquil.",
        "An attempt to *bomb* the bridge in Kerch left one man wounded.",
        "The attempted *assassination* of a judge in Cali shocked Colombia.",
        "A failed drone *attack* on the airport of Abha caused no damage.",
        "A botched suicide *bombing* in Quetta hurt only the assailant.",
        "Rebels unsuccessfully tried to *capture* the town of Sake.",
        "The pirates made an attempt to *hijack* a tanker off Somalia.",
        "Militants attempted an *attack* on the barracks in Bamako.",
        "The abortive *raid* on the oil terminal in Brega cost two lives.",
        "Assailants attempted to *storm* the police station in Ouanaminthe.",
        "Fighters tried but failed to *seize* the airport of Nyala.",
        "Efforts to *assassinate* the warlord in Grozny came to nothing.",
    ),
    "thwarted": (
        "Police foiled an *attack* on a synagogue in Djerba.",
        "Security forces thwarted a suicide *bombing* in Baghdad.",
        "The army prevented the rebels from *attacking* the dam in Tigray.",
        "Guards stopped a man from *stabbing* a priest in Nice.",
        "A car *bombing* in Kabul was averted when police found the vehicle.",
        "The foiled *bombing* of a stadium in Jakarta led to arrests.",
        "Troops repelled an *attack* by jihadists on a base near Diffa.",
        "Intelligence agents disrupted a plot to *bomb* a market in Tunis.",
        "The *attack* on the consulate in Karachi was foiled by guards.",
        "Navy divers thwarted an attempt to *hijack* a ferry off Jolo.",
        "The soldiers repulsed an *assault* by the rebels on Bunagana.",
        "A *kidnapping* in Catatumbo was prevented by local guards.",
        "Officers blocked an attempt to *attack* the governor in Garissa.",
    ),
    "hypothetical": (
        "If the rebels *attack* the city of Sevare, thousands will flee.",
        "A *strike* on the reactor in Zaporizhzhia could poison the river.",
        "Unless talks succeed, the army may *attack* the enclave near Stepanakert.",
        "Analysts say the militia might *shell* the port of Odesa.",
        "The report examines whether the group is able to *attack* ships near Djibouti.",
        "The weapons would allow the militia to *bomb* the airport in Beirut.",
        "A possible *attack* on Taiwan worries the region.",
        "Should the army *invade* the island, the neighbours would respond.",
        "The paper asks what would happen in case of a missile *attack* on Seoul.",
        "It is possible that the rebels will *attack* Aleppo, he said.",
        "The possibility of an *invasion* of Moldova was discussed in Chisinau.",
        "The new missiles are capable of *hitting* bases in Guam with nuclear warheads.",
        "The army could have *shelled* the village near Kupiansk, experts said.",
    ),
    "historical": (
        "In 1994, militias *massacred* thousands of people in Kigali.",
        "The *bombing* of the embassy in Nairobi in 1998 killed more than 200 people.",
        "The town marked the anniversary of the *massacre* in Srebrenica.",
        "Decades ago, soldiers *killed* hundreds of students in Mexico City.",
        "The group *attacked* a mall in Nairobi in 2013.",
        "Survivors commemorated the *attack* on the theatre in Moscow.",
        "In April 2023, fighting *broke out*; the army *shelled* Khartoum in June 2023.",
        "The memorial remembers the students who were *killed* by the army in Gwangju.",
        "He lost his leg years ago when rebels *bombed* a bus in Algiers.",
        "During the civil war, the militia *kidnapped* foreign journalists in Beirut.",
        "The ship was *hijacked* off Somalia in 2009.",
        "Ten years after the *abduction* of the schoolgirls in Chibok, many are still missing.",
        "In 2021, the junta's troops *burned* the village of Kinma.",
    ),
    "generic": (
        "Militants often *attack* convoys in the Sahel.",
        "Bandits routinely *kidnap* farmers in Katsina.",
        "Suicide bombers usually *target* crowded markets in Maiduguri.",
        "Every year landmines *kill* dozens of herders in Angola.",
        "Gangs regularly *ambush* trucks on the road to Jacmel.",
        "The rebels typically *shoot* captured soldiers in Kachin.",
        "The group generally *attacks* villages at night in Ituri.",
        "Pirates frequently *hijack* tankers in the Gulf of Guinea.",
        "Clashes between herders and farmers are common in Benue, where gunmen often *raid* villages.",
        "Settlers sometimes *attack* Palestinian farmers near Nablus.",
        "Soldiers occasionally *fire* on fishing boats off Gaza.",
        "Drones *strike* the region almost daily, and *attacks* on Nikopol are common.",
        "Mobs have always *lynched* suspected thieves in Bangui.",
    ),
    "exercise": (
        "In a drill, troops *attacked* a mock village in Bavaria.",
        "During the exercise, jets *bombed* targets in the Nevada desert.",
        "The police simulated an *attack* on the metro in Taipei.",
        "Marines practised an amphibious *assault* on the beach at Ulladulla.",
        "A mock *attack* on the airport of Incheon tested the guards.",
        "Soldiers rehearsed the *storming* of a building in Riga.",
        "As part of military exercises, the navy *fired* missiles off Crimea.",
        "A simulated drone *strike* opened the manoeuvres in Guangdong.",
        "Special forces *freed* hostages in a training exercise in Amman.",
        "In joint drills, the two armies *shelled* an island off Zhangzhou.",
        "The drill simulated a missile *attack* on Tokyo.",
        "Rescue teams trained for a chemical *attack* in a simulation in Tel Aviv.",
        "During war games, warships *fired* torpedoes near Vladivostok.",
    ),
}


@pytest.fixture(scope="module")
def readings(extractor: "Extractor") -> Mapping[str, tuple[str, ...]]:
    """Each probe sentence with the statuses of the rows that its starred words name."""
    sentences = [s for group in PROBE.values() for s in group]
    articles = [
        Article(s.replace("*", ""), str(n), published=date(2024, 5, 15)) for n, s in enumerate(sentences)
    ]
    read = extractor.extract_events(articles)
    return {s: tuple(statuses(s, rows)) for s, (_, rows) in zip(sentences, read, strict=True)}


def statuses(sentence: str, rows: list[EventRow]) -> list[str]:
    """The statuses of the rows that a starred word names."""
    parts = sentence.split("*")
    stars = [(len("".join(parts[:n])), len("".join(parts[: n + 1]))) for n in range(1, len(parts), 2)]
    start, end = stars[-1]
    return [
        row.status for row in rows if any(e.start < end and start < e.end for e in row.evidence["event_type"])
    ]


def find_wrong(status: str, readings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The sentences of one status that are read otherwise, with what was read."""
    return [f"{s} -> {readings[s]}" for s in PROBE[status] if readings[s] != (status,)]


def test_the_probe_is_large_enough() -> None:
    assert len(PROBE) == 13
    assert sum(map(len, PROBE.values())) >= 160
    assert all(len(group) >= 10 for group in PROBE.values())


@pytest.mark.parametrize("status", PROBE)
def test_status_is_read(status: str, readings: Mapping[str, tuple[str, ...]]) -> None:
    wrong = find_wrong(status, readings)
    assert len(wrong) <= 0.2 * len(PROBE[status]), "\n".join(wrong)


def test_nine_in_ten_are_right(readings: Mapping[str, tuple[str, ...]]) -> None:
    wrong = [line for status in PROBE for line in find_wrong(status, readings)]
    assert len(wrong) <= 0.1 * sum(map(len, PROBE.values())), "\n".join(wrong)
