"""Why an event word made no row, or none of its own: one sentence and one counter-example for each reason."""

import pytest
from tracing import Cases, check_reason, trace

from extractors.extractor import Extractor

CASES: Cases = {
    "word:other-class": ("He died of gunshot [wounds].", "Gunmen kidnapped two guards in Bor."),
    "word:longer": ("The mob [beat] a baker to death in Bor.", "The mob killed a baker in Bor."),
    "word:other-sense": ("The nurses' [strike] entered its third week.", "The strike killed two nurses in Bor."),
    "word:backdrop": ("The [siege] was tightened last week.", "The army shelled Bor last week."),
    "word:in-name": (
        "The Joint [Operations] Command said soldiers attacked rebels near Marawi.",
        "The command said its operations killed nine rebels near Marawi.",
    ),
    "word:unclaimed": (
        "The Houthis have not claimed any [attack] on ships this autumn.",
        "The Houthis have claimed the attack on a ship this autumn.",
    ),
    "word:listed": (
        "The names were found in the ministry's list of [fatalities] in Gaza.",
        "The ministry told of nine fatalities in Gaza.",
    ),
    "word:nature": ("The earthquake [killed] 40 people.", "The rebels killed 40 people."),
    "word:idea": ("Hunger [threatens] the displaced people of Darfur.", "A militia threatens the people of Darfur."),
    "word:mishap": (
        "A gas cylinder [exploded] in a restaurant in Lahore, killing two.",
        "A bomb exploded in a restaurant in Lahore, killing two.",
    ),
    "word:speech": (
        "The minister [attacked] the press in a speech on Monday.",
        "Gunmen attacked the minister in Quetta on Monday.",
    ),
    "word:fiction": (
        "The novel follows a soldier whose brother is [executed].",
        "The court said that the soldier's brother was executed.",
    ),
    "word:disaster": (
        "Divers [found the bodies of] three fishermen after the storm near Brest on Sunday.",
        "Soldiers found the bodies of three rebels near Brest on Sunday.",
    ),
    "word:unmet": ("On the way back, police [fired] the cook.", "Police fired rubber bullets at the crowd in Bor."),
    "word:joined": ("Two men were shot and [killed] in Bor.", "Two men were shot in Bor."),
    "event:said": (
        "Rebels vowed in a video to [attack] the garrison of Gibe.",
        "Rebels attacked the garrison of Gibe.",
    ),
    "event:of-two": (
        "Jets bombed a convoy near Mosul, killing 12. Jets hit a shop, killing five. No word came from either [raid].",
        "Jets bombed a convoy west of Mosul on Saturday. The raid killed 12 fighters.",
    ),
    "event:held": (
        "Troops shot dead two men in the [occupied] West Bank on Tuesday.",
        "Troops shot dead two men and occupied a village on Tuesday.",
    ),
    "event:accident": (
        "A bus crash [killed] nine people near Cusco on Saturday, the fire brigade said.",
        "Gunmen killed nine people near Cusco on Saturday, the fire brigade said.",
    ),
    "event:age": (
        "The architect Hector Villalobos has [died] at 91 in Mexico City.",
        "The architect Hector Villalobos died of a gunshot in Mexico City.",
    ),
    "event:pointer": (
        "Tourists threatened by the [violence] in Lima were flown home.",
        "The incident took place in Goma. Gunmen shot dead two farmers.",
    ),
    "event:pointed-at": (
        "The [incident] took place in Goma on Monday. Gunmen shot dead two farmers.",
        "Gunmen shot dead two farmers in Goma on Monday.",
    ),
    "event:too-little": ("[Shelling] began early Thursday.", "Shelling hit Homs early Thursday."),
    "event:no-victims": ("No [casualties] were reported.", "Nine casualties were reported in Homs."),
    "event:no-conflict": (
        "Six will [die] at the end of the year.",
        "Rebels killed six soldiers in Goma on Monday.",
    ),
    "event:doubtful": ("I counted six tanks [burning] before dusk.", "Rebels burned six tanks in Goma on Monday."),
    "event:retold": (
        "A car bomb killed nine people outside a bakery in Mosul on Tuesday. Gunmen [attacked] with rifles.",
        "A car bomb killed nine people outside a bakery in Mosul on Tuesday.",
    ),
    "event:row": ("Two men were [shot] in Oran.", "The council approved its budget after the attack on its plan."),
    "event:counted": (
        "Violence in Baghdad killed 14 people on Monday. A car bomb in Karrada [killed] ten. A bomb in Taji killed 4.",
        "A car bomb in Karrada killed ten people on Monday.",
    ),
    "event:apart": ("He was shot a week ago. On Monday he [died].", "He was shot on Monday. On Monday he died."),
    "event:unbound": (
        "Two people were killed in Turkey on Monday. Gunmen [attacked] a bus, Turkey said.",
        "Two people were killed in Turkey on Monday.",
    ),
    "type:refined": ("Dozens of rockets [hit] Homs.", "Rebels kidnapped a priest in Homs."),
    "type:open": (
        "A teacher was [killed] in Mandera District. The teacher was shot dead in Banisa, police said.",
        "A teacher was kidnapped in Mandera District.",
    ),
    "bond:losses": (
        "Nineteen children died in the attack in Uvalde. The children were [killed] by a gunman.",
        "Nineteen children died in the attack in Uvalde.",
    ),
    "bond:points-back": (
        "A blast killed nine miners in Bukavu. The governor condemned the [attack].",
        "A blast killed nine miners in Bukavu. A rebel attack hit Goma on Friday.",
    ),
    "bond:claim": (
        "Gunmen killed nine soldiers in Goma on Monday. JNIM claimed responsibility for [attacking] soldiers.",
        "Gunmen killed nine soldiers in Goma on Monday.",
    ),
    "bond:toll": (
        "A rocket hit Kharkiv and wounded nine people. The mayor also said nine people were [wounded] by the rocket.",
        "A rocket hit a bakery in Kharkiv on Monday and wounded nine people.",
    ),
    "bond:shared": (
        "Gunmen shot dead a trader in Lae; bullets [hit] his car.",
        "Gunmen shot dead a trader in Lae.",
    ),
    "bond:near": (
        "A blast hit a mine in Bukavu. A union spokesman put the toll at 14 [dead].",
        "A blast hit a mine in Bukavu. A guard was kidnapped in Goma.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reason", CASES)
def test_each_reason_has_its_words_and_no_other(extractor: Extractor, reason: str) -> None:
    check_reason(extractor, reason, *CASES[reason])


def test_a_text_that_is_not_read_says_why(extractor: Extractor) -> None:
    for text, language, reason in (
        ("Des hommes ont attaqué un village.", "fr", "article:language"),
        ("The council approved its budget.", "en", "article:no-word"),
    ):
        rows, found = trace(extractor, text, language)
        assert (rows, [n.reason for n in found.notes]) == ([], [reason])
    assert not any(n.field == "article" for n in trace(extractor, "Rebels attacked Bor.")[1].notes)
