"""Who did it, where no grammar says so: linked from the sentences around, and said to be linked."""

from dataclasses import replace

from extractors.extractor import Extractor
from models.event import EventRow
from models.weights import Weights
from tests.reading import read_rows

LINKED = "perpetrators:linked"


def find_rules(row: EventRow) -> set[str]:
    return {span.rule for span in row.evidence.get("actors", ())}


def test_who_is_suspected_is_linked(extractor: Extractor) -> None:
    text = (
        "A bomb killed a mayor outside his home in Buenaventura on Tuesday. "
        "The police suspect members of the National Liberation Army."
    )
    row = read_rows(extractor, text)[0]
    assert [party.kind for party in row.actors] == ["rebel_group"]
    assert find_rules(row) == {LINKED}
    assert row.attribution != "stated"


def test_who_is_only_near_did_not_do_it(extractor: Extractor) -> None:
    text = (
        "A bomb killed a mayor outside his home in Buenaventura on Tuesday. "
        "A neighbour said that the police had come at once and that soldiers helped the wounded."
    )
    assert not read_rows(extractor, text)[0].actors


def link_all(extractor: Extractor, text: str) -> list[EventRow]:
    """The rows of a text if every actor near an event were likely: what is left out is left out by rule."""
    words = replace(extractor.words, perpetrators=Weights(intercept=9.0, weights={}))
    return read_rows(replace(extractor, words=words), text)


def test_who_stands_near_is_linked_if_likely(extractor: Extractor) -> None:
    text = (
        "An air strike killed nine traders in El Geneina on Tuesday. The Rapid Support Forces hold the town."
    )
    assert "Rapid Support Forces" in {p.name for p in link_all(extractor, text)[0].actors}


def test_who_accuses_another_did_not_do_it(extractor: Extractor) -> None:
    text = (
        "An air strike killed nine traders in El Geneina on Tuesday. "
        "The Rapid Support Forces accused the army of a crime."
    )
    assert "Rapid Support Forces" not in {p.name for p in link_all(extractor, text)[0].actors}


def test_an_execution_is_not_done_by_whoever_stands_near(extractor: Extractor) -> None:
    text = (
        "Two men were hanged at dawn on Tuesday in Nusakambangan. Jemaah Islamiyah claimed earlier bombings."
    )
    (row,) = [r for r in link_all(extractor, text) if r.event_type == "execution"]
    assert LINKED not in find_rules(row)


def test_what_grammar_says_is_stated(extractor: Extractor) -> None:
    (row,) = read_rows(extractor, "Gunmen killed six farmers with machine guns in Zamfara on Tuesday.")
    assert (row.attribution, LINKED in find_rules(row)) == ("stated", False)


def test_both_sides_of_a_clash_stay_as_told(extractor: Extractor) -> None:
    text = "Fighting raged in Goma on Tuesday and killed six. The rebels of M23 were blamed by the army."
    clashes = [row for row in link_all(extractor, text) if row.event_type == "armed_clash"]
    assert clashes
    assert not any(LINKED in find_rules(row) for row in clashes)
