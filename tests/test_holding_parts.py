"""Refused changes where rows are parts of others, have other ids, or stand in another text."""

from models.event import EventRow
from review.compare import compare_rows
from tests.changed import COUNT, make, shift
from tests.rows import FULL
from tests.settled import LOSSES, decide, divide, settle


def test_words_of_another_text_justify_nothing_here() -> None:
    old = make(0, weapons=FULL["weapons"], **LOSSES)
    old = old.model_copy(update={"evidence": {**old.evidence, "weapons": old.evidence["event_type"]}})
    new = make(0, article_id="1111111111111111", **LOSSES | {"killed_best": 9})
    changes = compare_rows([old], [new])
    rows, _ = settle([old], [new], [decide("reject", changes)])
    (row,) = rows.values()
    assert row.weapons == old.weapons
    assert [span.text for span in row.evidence["weapons"]] == [new.sentence]
    assert row.killed_best == old.killed_best
    assert row.article_id == new.article_id


def test_a_part_belongs_to_the_whole_that_stands_in_the_end() -> None:
    one, two = divide()
    whole, part = make(0, **LOSSES), make(1, part_of=one.event_id)
    (change,) = compare_rows([whole, part], [one, two, part])
    assert change.operation == "split"
    rows, _ = settle([whole, part], [one, two, part], [decide("reject", [change])])
    assert rows.keys() == {whole.event_id, part.event_id}
    assert rows[part.event_id].part_of == whole.event_id  # its id is on both sides


def test_a_part_follows_its_whole_to_the_id_that_is_kept() -> None:
    whole = make(0, is_aggregate=True)
    renamed = make(0, "e" * 16, is_aggregate=True, status="historical")
    old, new = make(1, part_of=whole.event_id), make(1, part_of=renamed.event_id)
    changes = compare_rows([whole, old], [renamed, new])
    (status,) = [change for change in changes if change.field == "status"]
    rows, _ = settle([whole, old], [renamed, new], [decide("reject", [status])])
    assert rows[old.event_id].part_of == whole.event_id  # all of the pair is refused: the old id stands
    assert rows.keys() == {whole.event_id, old.event_id}
    changes = compare_rows([whole, old], [renamed])
    (gone,) = [change for change in changes if change.operation == "removed"]
    rows, _ = settle([whole, old], [renamed], [decide("reject", [gone])])
    assert rows[old.event_id].part_of == renamed.event_id  # a row that is kept follows the new id


def test_a_row_of_which_all_is_refused_is_the_old_one_whole() -> None:
    old = make(0, confidence=0.9, **LOSSES)
    new = shift(make(0, "e" * 16, confidence=0.4, status="historical"), 0, incident_id="b" * 16)
    changes = compare_rows([old], [new])
    rows, settled = settle([old], [new], [decide("reject", changes)])
    assert settled.out == {new.event_id}
    assert {n: r.model_copy(update={"evidence": old.evidence}) for n, r in rows.items()} == {
        old.event_id: old
    }
    rows, _ = settle([old], [new], [decide("reject", changes[:-1]), decide("accept", changes[-1:])])
    assert rows.keys() == {new.event_id}


def test_counts_of_another_text_are_kept_where_their_words_stand() -> None:
    old = make(0, **LOSSES)
    at = old.sentence.index("4 traders")
    count = {**COUNT, "low": 4, "best": 4, "high": 4, "start": at, "end": at + 1}
    old = EventRow.model_validate(old.model_dump() | {"counts": (count,)})
    new = shift(make(0, killed_low=9, killed_best=9), 20, article_id="1" * 16)
    rows, _ = settle([old], [new], [decide("reject", compare_rows([old], [new]))])
    (row,) = rows.values()
    assert [(c.start, c.end, c.best) for c in row.counts] == [(at + 20, at + 21, 4)]
    assert row.killed_best == old.killed_best
    told = {"start": 20, "end": 40, "text": "Others were shot now"}
    other = EventRow.model_validate(new.model_dump() | {"sentence": told["text"], "sentences": (told,)})
    (killed,) = [change for change in compare_rows([old], [other]) if change.field == "killed"]
    rows, _ = settle([old], [other], [decide("reject", [killed])])
    (row,) = rows.values()
    assert (row.counts, row.killed_best) == ((), old.killed_best)
    assert row.evidence["killed"][0].rule.startswith("1 counts stand in an earlier text -> hold:")
