"""Actors: one annotated sentence for each rule, one that the rule must leave alone."""

from itertools import pairwise

import pytest
from conftest import check

from extractors.actor_lexicon import vary
from extractors.actors import ActorLexicon, compile_actors, find_actors, find_objects
from extractors.phrases import LEXICONS
from extractors.pipeline import Pipeline
from extractors.pronouns import find_pronouns
from models.lexicon import ActorEntry, CountryEntry, NounEntry, read_entries
from models.mention import ActorValue, Mention


@pytest.fixture(scope="module")
def lexicon(pipeline: Pipeline) -> ActorLexicon:
    return compile_actors(
        read_entries(LEXICONS / "actors.toml", ActorEntry),
        read_entries(LEXICONS / "actor_nouns.toml", NounEntry),
        read_entries(LEXICONS / "countries.toml", CountryEntry),
        read_entries(LEXICONS / "titles.toml", NounEntry),
    )


def value_of(mention: Mention) -> ActorValue:
    assert isinstance(mention.value, ActorValue)
    return mention.value


def tell(mention: Mention) -> str:
    """Kind, then id and country where there are any."""
    value = value_of(mention)
    return " ".join(part for part in (value.kind, value.id, value.country) if part)


SENTENCES = {
    "a listed name": "[Boko Haram](ACTOR=rebel_group boko-haram NGA) burned the maize.",
    "a listed name: a word of the same letters": "The boko haramata was sold.",
    "a spelling without hyphens": "[Al Shabaab](ACTOR=rebel_group al-shabaab SOM) withdrew on Monday.",
    "an acronym as spelt": "The [RSF](ACTOR=militia rapid-support-forces SDN) withdrew.",
    "an acronym in lower case": "The rsf figure rose.",
    "name and noun": "[Suspected Boko Haram militants](ACTOR=rebel_group boko-haram NGA) fled at dawn.",
    "name and noun: whom a group holds is not the group": "[Hamas hostages](ACTOR=civilians) were freed.",
    "members of": "[Members of the FMLN](ACTOR=rebel_group farabundo-marti-national-liberation-front SLV) fled.",
    "members of: other heads": "[Soldiers](ACTOR=state_military) heard of the [army](ACTOR=state_military).",
    "spokesman for": "A [spokesman for the Taliban](ACTOR=rebel_group taliban AFG) denied it.",
    "demonym and noun": "The [Peruvian navy](ACTOR=state_military PER) sank the boat.",
    "country's noun": "[Kenya's police](ACTOR=police KEN) opened fire.",
    "government of": "The [government of Haiti](ACTOR=government HTI) resigned.",
    "backed by is not owned by": "[Iranian-backed militant groups](ACTOR=rebel_group) regrouped.",
    "led by is owned by": "[Saudi-led forces](ACTOR=state_military SAU) advanced.",
    "against is not of": "[Anti-Taliban fighters](ACTOR=rebel_group) advanced.",
    "a fighting modifier tells the kind": "[Rebel troops](ACTOR=rebel_group) advanced.",
    "government forces": "[Government forces](ACTOR=state_military) advanced.",
    "owner of a spokesman": "The [army's spokesman](ACTOR=state_military) resigned.",
    "a number is not in the phrase": "[Suicide bombers](ACTOR=rebel_group) struck; two [gunmen](ACTOR=unknown) fled.",
    "an age is not in the phrase": "They buried a 19-year-old [soldier](ACTOR=state_military).",
    "half of a compound": "They crossed rebel-held land.",
    "title and person": "[Gen. Paula Ochieng](ACTOR=state_military) resigned.",
    "demonym, title and person": "[Iraqi Prime Minister Mohammed Shia al-Sudani](ACTOR=government IRQ) resigned.",
    "noun and person": "The [bandits](ACTOR=criminal) took [farmer Moses Okello](ACTOR=civilians).",
    "title behind the name": "[Joseph Ruto](ACTOR=political), an [opposition leader](ACTOR=political), fled.",
    "a surname that is a group's short form": "[Robert Wagner](ACTOR=unknown) sang on Sunday.",
    "a short form on its own": "[Wagner fighters](ACTOR=militia wagner-group RUS) left.",
    "a short form in a headline of capitals": "THIS IS THE END FOR US ALL",
    "a country that acts": "[Israel](ACTOR=government ISR) accused [Lebanon](ACTOR=government LBN).",
    "a country that is a place": "The bridge is in Lebanon.",
    "a capital that stands for its government": "[Washington](ACTOR=government USA) condemned it.",
    "a capital that is a place": "They bombed Khartoum.",
    "a demonym beside a weapon": "[Israeli](ACTOR=government ISR) warplanes roared.",
    "a country that only made it": "Turkish-made drones crashed.",
    "people of a country": "Three [Ukrainians](ACTOR=civilians UKR) were killed.",
    "a people's army": "The [Russians](ACTOR=government RUS) advanced.",
    "a kind word in a name": "The [Ministry of Public Works](ACTOR=government) burned.",
    "a press conference is no press": "The news conference ended.",
    "owner of a thing": "They shelled [Hamas](ACTOR=rebel_group hamas PSE) headquarters.",
    "an adjective tells the kind": "A [leftist leader](ACTOR=political) spoke.",
    "an adjective is no party": "The nationalist mood grew.",
    "the first title tells the office": "[Defence Minister General Tomás Quispe](ACTOR=government) resigned.",
    "a noun in a place's name": "They crossed the West Bank.",
    "a place behind its people": "They shot the [mayor](ACTOR=government) of Arauca, [Carlos Pérez](ACTOR=government).",
    "a seat of government tells the kind": "A [Kremlin spokesman](ACTOR=government RUS) spoke.",
    "whose flag is not who": "An Iranian-flagged ship sank.",
    "a noun behind a name's own noun": "Six [U.S. Army soldiers](ACTOR=state_military u-s-army USA) fell.",
    "a country of several words": "The [Democratic Republic of Congo](ACTOR=government COD) freed him.",
    "a subject that the model does not know": "They said [Vrekolju Hantapori](ACTOR=unknown) fled.",
    "a body and its short form": "The [Oro Defence Council](ACTOR) ([ODC](ACTOR)) regrouped.",
}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_sentence(sentence: str, pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    check(pipeline.nlp, lambda doc: find_actors(doc, lexicon), sentence, tell)


@pytest.mark.parametrize(
    "sentence",
    [
        "A shell hit the [hospital](ACTOR=other) and a [fuel truck](ACTOR=other).",
        "A shell hit the [Houthi convoy](ACTOR=other).",
        "The soldiers slept.",
    ],
)
def test_objects(sentence: str, pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    check(pipeline.nlp, lambda doc: find_objects(doc, lexicon), sentence, tell_kind)


def tell_kind(mention: Mention) -> str:
    return value_of(mention).kind


@pytest.mark.parametrize(
    "sentence",
    [
        "[They](ACTOR=personal) shot at [his](ACTOR=possessive) car.",
        "The group said [it](ACTOR=neuter) shot [him](ACTOR=personal).",
        "It was reported that you slept.",
        "It is clear that rain fell.",
    ],
)
def test_pronouns(sentence: str, pipeline: Pipeline) -> None:
    check(pipeline.nlp, find_pronouns, sentence, lambda mention: mention.rule.removeprefix("pronouns:"))


def test_short_form_keeps_its_meaning(pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    text = "The Somali National Army (SNA) advanced. The SNA said it took a town."
    found = find_actors(pipeline.nlp(text), lexicon)
    assert [value_of(m).id for m in found] == ["somali-national-army"] * 3


def test_person_is_recalled_by_last_name(pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    text = "Colombian President Gustavo Petro met the rebels. Petro said the talks failed."
    last = find_actors(pipeline.nlp(text), lexicon)[-1]
    assert (last.text, value_of(last).name, tell(last)) == ("Petro", "Gustavo Petro", "government COL")


def test_countries_are_named_in_full(pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    text = "Washington accused the Kremlin, and U.S. jets and Turkish guns killed two Syrians."
    found = [value_of(m).name for m in find_actors(pipeline.nlp(text), lexicon)]
    assert found == ["United States", "United States", "Turkey", "Syrians"]


def test_forms_and_numbers(pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    text = "Israel said two gunmen shot Palestinian Islamic Jihad members near an Egyptian patrol."
    found = [value_of(m) for m in find_actors(pipeline.nlp(text), lexicon)]
    assert [(v.form, v.named, v.plural) for v in found] == [
        ("country", True, False),
        ("nominal", False, True),
        ("nominal", True, True),
        ("nominal", False, False),
    ]


def test_mentions_do_not_overlap_and_stand_in_order(pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    text = (
        "Former U.S. Marines commander Gen. John Allen told the BBC's reporter that members of a group of "
        "Fulani herdsmen and the Nigerian army's soldiers met UN peacekeepers’ leaders in Jos (Nigeria)."
    )
    found = find_actors(pipeline.nlp(text), lexicon)
    assert found
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "(", "of", "'s", "-", "the the the", "😀 🇺🇦 «Ні»", "US"])
def test_odd_texts(text: str, pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    doc = pipeline.nlp(text)
    for mention in (*find_actors(doc, lexicon), *find_objects(doc, lexicon), *find_pronouns(doc)):
        assert text[mention.start : mention.end] == mention.text


def test_same_input_gives_the_same_mentions(pipeline: Pipeline, lexicon: ActorLexicon) -> None:
    text = "Syrian rebels and Turkey's army fought PKK fighters, the Asayish and Iraqi police near Sinjar."
    assert find_actors(pipeline.nlp(text), lexicon) == find_actors(pipeline.nlp(text), lexicon)


def test_spelling_variants() -> None:
    assert vary(["Séléka-Nord"]) == ("Seleka Nord", "Seleka-Nord", "Séléka Nord", "Séléka-Nord")
    assert vary(["3-16 Battalion"]) == ("3-16 Battalion",)
