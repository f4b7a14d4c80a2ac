"""Who did it, where no grammar says so: linked from the sentences around, and said to be linked."""

from extractors import extract_events
from extractors.extractor import Extractor
from models.article import Article, read_published
from models.event import EventRow

LINKED = "perpetrators:linked"


def read(extractor: Extractor, text: str) -> list[EventRow]:
    article = Article(text=text, doc_id="perpetrators", published=read_published("2024-05-08"))
    return next(rows for _, rows in extract_events(extractor, [article]))


def find_rules(row: EventRow) -> set[str]:
    return {span.rule for span in row.evidence.get("actors", ())}


def test_who_is_suspected_is_linked(extractor: Extractor) -> None:
    text = (
        "A bomb killed a mayor outside his home in Buenaventura on Tuesday. "
        "The police suspect members of the National Liberation Army."
    )
    row = read(extractor, text)[0]
    assert [party.kind for party in row.actors] == ["rebel_group"]
    assert find_rules(row) == {LINKED}
    assert row.attribution != "stated"


def test_who_is_only_near_did_not_do_it(extractor: Extractor) -> None:
    text = (
        "A bomb killed a mayor outside his home in Buenaventura on Tuesday. "
        "A neighbour said that the police had come at once and that soldiers helped the wounded."
    )
    assert not read(extractor, text)[0].actors


def test_who_accuses_another_did_not_do_it(extractor: Extractor) -> None:
    text = (
        "An air strike killed nine traders in a market in El Geneina on Tuesday. "
        "The Rapid Support Forces accused the army of a crime."
    )
    row = read(extractor, text)[0]
    assert "Rapid Support Forces" not in {party.name for party in row.actors}


def test_the_prison_service_is_not_named_by_who_is_hanged(extractor: Extractor) -> None:
    text = (
        "Two militants of Jemaah Islamiyah planned it. They were hanged at dawn on Tuesday in Nusakambangan. "
        "Jemaah Islamiyah claimed earlier bombings."
    )
    executions = [row for row in read(extractor, text) if row.event_type == "execution"]
    assert not any(LINKED in find_rules(row) for row in executions)


def test_what_grammar_says_is_stated(extractor: Extractor) -> None:
    (row,) = read(extractor, "Gunmen killed six farmers with machine guns in Zamfara on Tuesday.")
    assert (row.attribution, LINKED in find_rules(row)) == ("stated", False)


def test_both_sides_of_a_clash_stay_as_told(extractor: Extractor) -> None:
    text = "Fighting raged in Goma on Tuesday and killed six. The rebels of M23 were blamed by the army."
    clashes = [row for row in read(extractor, text) if row.event_type == "armed_clash"]
    assert not any(LINKED in find_rules(row) for row in clashes)
