"""Why a number, a party, a weapon or a status was not taken: one sentence and one counter-example for each reason."""

import pytest
from tracing import Cases, check_reason

from extractors.extractor import Extractor

CASES: Cases = {
    "number:other": ("Ali Diallo, [54], was shot in Goma.", "Two men were shot."),
    "number:in-name": ("Channel [Four] said rebels attacked a market.", "Four rebels attacked a market."),
    "number:unit": ("The rebels marched [7.5 kilometres] to attack a camp.", "The rebels attacked 20 camps."),
    "number:hyphened": ("Two [2,000]-pound bombs flattened the block.", "Two bombs flattened the block."),
    "number:no-harm": ("[Dozens] of rockets hit Homs.", "Dozens of people were killed in Homs."),
    "number:nobody": ("Rockets killed a baker and burned [25] cars.", "Rockets killed 25 bakers."),
    "loss:other-reading": ("[Two] men were shot and killed.", "Two men were killed."),
    "loss:told-again": ("A man was killed and the army said the [man] died at once.", "A man was killed at once."),
    "loss:other-event": (
        "A gunman wounded a [guard] before killing himself.",
        "A gunman wounded a guard.",
    ),
    "loss:bloodless": (
        "Amnesty accused the army of killing [villagers] in Moura.",
        "The army killed villagers in Moura.",
    ),
    "loss:earlier-event": (
        "Rebels attacked the village of Kirna on Monday. Police recovered [three] bodies and arrested two men.",
        "Rebels attacked the village of Kirna on Monday. Three people were killed.",
    ),
    "loss:died": ("A [man] was shot in Dolton. The man died.", "A man was shot in Dolton. A woman died."),
    "loss:undone": (
        "Guards foiled an attempt to kill the [mayor] in Goma; one guard was wounded.",
        "Guards foiled an attempt to kill the mayor in Goma.",
    ),
    "loss:scene": (
        "Militants killed five soldiers in Mosul and [three] policemen in Baquba on Tuesday.",
        "Militants killed five soldiers and three policemen in Mosul on Tuesday.",
    ),
    "total:part": ("Four people, including [two] children, were killed.", "Four people and two children were killed."),
    "total:running": ("Six more died overnight, bringing the toll to [45].", "Forty-five people died overnight."),
    "total:repeated": (
        "Four wounded in a shooting in Tulsa - police ask witnesses of the shooting, which wounded [four] people.",
        "Four wounded in a shooting in Tulsa.",
    ),
    "total:counted": (
        "Gunmen killed nine miners in Zamfara. [Nine] men died in the attack on Anka, residents said.",
        "Gunmen killed nine miners in Zamfara.",
    ),
    "total:wider": (
        "A strike in Nyala killed 64 people, the rebels said. A clinic said the strike had killed [70].",
        "A strike in Nyala killed 64 people, the rebels said.",
    ),
    "party:no-role": ("Near a camp of [soldiers], gunmen killed a trader.", "Gunmen killed a trader."),
    "party:doer": ("Officers said a man shot at [them].", "Officers said a man shot at a car."),
    "party:reports": ("Gunmen killed a trader, the [army] said.", "The army killed a trader."),
    "party:accuses": ("[Police] blamed the attack on separatists in Yala.", "Separatists attacked police in Yala."),
    "party:denies": (
        "[Iran] denied involvement in the attack on a tanker off Fujairah.",
        "Iran attacked a tanker off Fujairah.",
    ),
    "party:victim": (
        "[Farmer] killed in Lae on Friday. Gunmen killed the farmer in Lae.",
        "A farmer was killed in Lae on Friday. Gunmen killed the farmer in Lae.",
    ),
    "party:same": (
        "A woman was killed in a shooting in Tulsa on Friday. The [woman] was shot twice in the chest.",
        "A woman was killed in a shooting in Tulsa on Friday.",
    ),
    "party:means-doer": (
        "Jihadists attacked the village of Kirna on Thursday. The [gunmen] opened fire on fleeing people.",
        "Jihadists attacked the village of Kirna on Thursday. Jihadists opened fire on fleeing people.",
    ),
    "party:acts": (
        "Rebels bombed a post on Monday, killing nine guards. Nine guards and the [rebels] were killed in the bombing.",
        "Rebels bombed a post on Monday, killing nine guards. Nine guards were killed in the bombing.",
    ),
    "party:unlikely": ("In 2014 militants burnt 2000 huts of [farmers] in Bor.", "Rebels shelled huts in Bor."),
    "weapon:no-means": ("The rebels captured three towns and two [tanks].", "The rebels used two tanks in Bor."),
    "weapon:hit": ("The navy shot down a [drone] over the Red Sea.", "A drone hit a ship in the Red Sea."),
    "weapon:other-event": (
        "They fired rocket-propelled grenades and threw [hand grenades].",
        "They threw hand grenades.",
    ),
    "weapon:talked-of": (
        "Rebels attacked a convoy that delivered [rifles] to Goma.",
        "Rebels attacked a convoy with rifles.",
    ),
    "weapon:gives-way": ("A gunman shot a guard with a pistol; [shots] were fired.", "A gunman fired a pistol."),
    "weapon:implied": ("A man [shot] a guard with a revolver in Lae.", "A man shot a guard in Lae."),
    "weapon:same": (
        "A rocket hit a bakery in Kharkiv on Monday and wounded a baker. The [rocket] also wounded a tailor.",
        "A rocket hit a bakery in Kharkiv on Monday.",
    ),
    "weapon:unlinked": (
        "A man was shot dead in Suva. No [pistol] was found.",
        "A man was shot dead in Suva. A pistol was found.",
    ),
    "weapon:unfit": (
        "A man was shot dead in Suva. A [machete] was found.",
        "A man was shot dead in Suva.",
    ),
    "status:outranked": ("Rebels [said] that they did not kill a trader.", "Rebels did not kill a trader."),
    "status:undone": (
        "The guerrillas pledged to [stop] their attacks on the pipeline.",
        "The guerrillas attacked the pipeline.",
    ),
    "status:shut-out": (
        "The general [vowed] to avenge the ambush.",
        "The general vowed to ambush the rebels.",
    ),
    "status:out-of-reach": (
        "Rebels shelled a school that was [planned] for girls.",
        "Rebels shelled a school for girls.",
    ),
    "status:fought": (
        "The army [repelled] an attack on a post in Goma, killing five rebels.",
        "The army repelled an attack on a post in Goma.",
    ),
    "status:generic": (
        "The navy conducted [strikes] against smugglers.",
        "The navy conducted two strikes against smugglers.",
    ),
    "status:habit": (
        "The death squads [kill] peasants, teachers and priests.",
        "The death squads killed six priests.",
    ),
    "status:war": (
        "In ten years of war 70,000 people have been [killed].",
        "In ten minutes seven people were killed.",
    ),
    "status:old": ("The army attacked on [October 17].", "The army attacked on March 3."),
    "status:year": (
        "~Police arrested Roshan in Rohtas. He was wanted for a landmine blast that killed 11 policemen in [2003].",
        "~Police arrested Roshan in Rohtas. He was wanted for a landmine blast that killed 11 policemen.",
    ),
    "status:record": (
        "A rebel was arrested in Goma. Police [said] that he had earlier killed two traders in Mopti.",
        "A rebel was arrested in Goma. Police said that rebels killed two traders in Mopti.",
    ),
    "status:said": (
        "The army said it will [not] tolerate attacks by the dissidents.",
        "The army said that the dissidents had attacked.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("reason", CASES)
def test_each_reason_has_its_words_and_no_other(extractor: Extractor, reason: str) -> None:
    check_reason(extractor, reason, *CASES[reason])
