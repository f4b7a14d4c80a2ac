"""Weapons: each kind of rule has a sentence that it reads and one that it leaves alone."""

import pytest

from extractors.phrases import LEXICONS
from extractors.pipeline import Pipeline
from extractors.weapons import WeaponLexicon, compile_weapons, find_weapons, vary_hyphens
from models.inflection import plural_of
from models.lexicon import WeaponEntry, find_clashes, read_entries
from models.mention import Mention, WeaponValue
from tests.conftest import check

ENTRIES = read_entries(LEXICONS / "weapons.toml", WeaponEntry)


@pytest.fixture(scope="module")
def lexicon(pipeline: Pipeline) -> WeaponLexicon:
    return compile_weapons(ENTRIES)


def find(pipeline: Pipeline, lexicon: WeaponLexicon, text: str) -> list[Mention]:
    return find_weapons(pipeline.nlp(text), lexicon)


READ = [
    # named systems, with the modifiers that are theirs and without the number
    "Russia launched 12 [Iranian-made Shahed-136 drones](WEAPON=shahed-136) at Odesa overnight.",
    "Two [Iskander-M ballistic missiles](WEAPON=iskander) hit the depot near Poltava.",
    "[Kornet anti-tank missiles](WEAPON=kornet) destroyed a [Merkava tank](WEAPON=merkava).",
    "Crews fired [ATACMS](WEAPON=atacms) and [Storm Shadow missiles](WEAPON=storm-shadow) at the port.",
    "A [TOW](WEAPON=bgm-71-tow) struck the post, and [Grads](WEAPON=bm-21-grad) fell on the town.",
    "Four [MiG-29 fighter jets](WEAPON=mig-29) circled over the hills.",
    "The [MiG29](WEAPON=mig-29) crashed near the lake.",
    "Seven men with [AR-15](WEAPON=ar-15) and [AK-47 rifles](WEAPON=ak-47) stopped the bus.",
    # never more precise than the text: not every Antonov is an An-26
    "An [Antonov plane](WEAPON=antonov-plane) circled over El Obeid.",
    # generic nouns, one by one where "and" joins them
    "[Rocket](WEAPON=rocket) and [missile](WEAPON=missile) attacks hit the base at Ain al-Noor.",
    "[Short-range ballistic missiles](WEAPON=ballistic-missile) were fired from the coast of Hodeidah.",
    "A [roadside bomb](WEAPON=roadside-bomb) killed four soldiers in Borno.",
    "The [car-bomb](WEAPON=car-bomb) went off outside a bank in Medellin.",
    "Insurgents set off an [IED](WEAPON=ied) under the convoy near Djibo.",
    "[Helicopters](WEAPON=helicopter) dropped [barrel bombs](WEAPON=barrel-bomb) on the market.",
    "They fired [rocket-propelled grenades](WEAPON=rpg) and threw [hand grenades](WEAPON=grenade).",
    "The raiders carried [machetes](WEAPON=machete) and [knives](WEAPON=knife).",
    "A [suicide vest](WEAPON=suicide-vest) was found in Maiduguri.",
    "[Chlorine](WEAPON=chlorine) and [sarin](WEAPON=sarin) were used, inspectors said.",
    "Using [Molotov Cocktails](WEAPON=petrol-bomb), students burnt a kiosk in Temuco.",
    "Youths threw [petrol bombs](WEAPON=petrol-bomb) at the station in Arequipa.",
    # a mass and a laden carrier belong to it
    "Rebels set off [30 kg of dynamite](WEAPON=dynamite) under a pylon near Tadó.",
    "A [lorry packed with over 200 kg of explosives](WEAPON=car-bomb) blew up in Kismayo.",
    "The [truck bomb loaded with dynamite](WEAPON=car-bomb) went off at dawn.",
    "They fired [rifle rounds](WEAPON=rifle) and [rifle fire](WEAPON=rifle) was heard.",
    # calibres belong to the weapon, the count does not
    "Soldiers found three [155mm artillery shells](WEAPON=shell) in a barn.",
    "He drew a [.40-caliber handgun](WEAPON=handgun) and fired.",
    "Two [2,000-pound bombs](WEAPON=bomb) flattened the block.",
    # an adjective that describes stays, one that counts or names a people does not
    "Several [powerful homemade bombs](WEAPON=ied) were defused in Tumaco.",
    "Israeli [air strikes](WEAPON=air-strike) killed five.",
    # an attack noun adds nothing to the weapon before it
    "[Drone](WEAPON=drone) strikes killed nine herders.",
    # ships by prefix and name
    "The [frigate HMS Lancaster](WEAPON=named-ship) left port.",
    "The [HMS Prince of Wales](WEAPON=named-ship) turned back at dawn.",
    "The rebels aimed at the [USS Dwight D. Eisenhower](WEAPON=named-ship).",
    # a word of crowd control
    "Police used [tear gas](WEAPON=tear-gas), [rubber bullets](WEAPON=rubber-bullet) and dogs.",
    "The [water cannon](WEAPON=water-cannon) stood ready in Nairobi.",
]

LEFT = [
    "Nine workers died when a coal mine collapsed in Shanxi.",
    "An oil tank burned at the refinery, a think tank said.",
    "Prosecutors traced the money to a shell company in Cyprus.",
    "Shell said profits fell in the second quarter.",
    "He is no rocket scientist.",
    "The bomb squad answered a bomb threat at the school.",
    "The debate will drone on until Friday.",
    "The army shells the valley every night and mortars it by day.",
    "The coach was fined for an explosive rant.",
    "A storm shadow fell over the valley.",
    "Students spoke of tow trucks and grad schools.",
    "The Houston Rockets lost in overtime.",
    "The nurses' strike entered its third week.",
    "The pistol grip of the camera broke, and the water tank leaked.",
    "He joined the INS last year.",
    "She drew a line from A 10 to B 12.",
    "Defender Nikolai Makarov left the club.",
    "A suicide bomber struck the checkpoint.",
]


@pytest.mark.parametrize("sentence", READ)
def test_reads(pipeline: Pipeline, lexicon: WeaponLexicon, sentence: str) -> None:
    check(pipeline.nlp, lambda doc: find_weapons(doc, lexicon), sentence)


@pytest.mark.parametrize("sentence", LEFT)
def test_leaves_alone(pipeline: Pipeline, lexicon: WeaponLexicon, sentence: str) -> None:
    check(pipeline.nlp, lambda doc: find_weapons(doc, lexicon), sentence)


def test_value_and_rule(pipeline: Pipeline, lexicon: WeaponLexicon) -> None:
    [mention] = find(pipeline, lexicon, "A Kinzhal missile hit Dnipro.")
    assert (mention.text, mention.rule) == ("Kinzhal missile", "weapons.toml:kinzhal")
    assert mention.value == WeaponValue("Kinzhal", "ballistic_missile", "kinzhal")


def test_ship_is_named_as_written(pipeline: Pipeline, lexicon: WeaponLexicon) -> None:
    [mention] = find(pipeline, lexicon, "A drifting hull was seen by INS Vikrant off Goa.")
    assert mention.value == WeaponValue("INS Vikrant", "naval", "named-ship", "platform")


def test_no_form_stands_under_two_ids() -> None:
    forms = [
        (form.lower(), name)
        for name, entry in ENTRIES.items()
        for form in vary_hyphens((*entry.forms(), *entry.exact))
    ]
    assert find_clashes(forms) == []


def test_other_senses_hold_a_form() -> None:
    """An `unless` phrase without any form of its entry can never do anything."""
    idle = [
        (name, phrase)
        for name, entry in ENTRIES.items()
        for phrase in entry.unless
        if not any(
            form.lower() in variant.lower()
            for form in (*vary_hyphens(entry.forms()), *entry.exact)
            for variant in (*vary_hyphens((phrase,)), plural_of(phrase))
        )
    ]
    assert idle == []


def test_lexicon_is_broad() -> None:
    assert len(ENTRIES) >= 300
    assert len({entry.category for entry in ENTRIES.values()}) == 23


def test_same_input_same_mentions(pipeline: Pipeline, lexicon: WeaponLexicon) -> None:
    text = "Gunmen with AK-47 and M-16 rifles burned a tank, and mortar shells hit Goma."
    assert find(pipeline, lexicon, text) == find(pipeline, lexicon, text)
