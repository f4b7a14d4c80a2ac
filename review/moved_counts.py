"""Counts of a text, in another text of the same page: those whose words stand there too."""

from collections.abc import Iterator

from models.event import Count, EventRow


def move_counts(old: EventRow, new: EventRow, what: str, field: str) -> tuple[Count, ...]:
    """The old row's counts of a kind with their offsets in the new row's text; without those that it does not tell."""
    places = ((count, find_place(count, old, new, field)) for count in old.counts if count.what == what)
    return tuple(
        count.model_copy(update={"start": at, "end": at + count.end - count.start})
        for count, at in places
        if at is not None
    )


def find_place(count: Count, old: EventRow, new: EventRow, field: str) -> int | None:
    """Where the new text has the number in the same words; None where it has not, or not once alone."""
    for start, words in find_words(count, old, field):
        found = {told.start + told.text.index(words) for told in new.sentences if told.text.count(words) == 1}
        twice = any(told.text.count(words) > 1 for told in new.sentences)
        if len(found) == 1 and not twice:
            return found.pop() + count.start - start
    return None


def find_words(count: Count, old: EventRow, field: str) -> Iterator[tuple[int, str]]:
    """Words around the number with their offset: its sentence, then the words that the field was read from.

    The bare number is not enough: it may count anything.
    """
    for span in (*old.sentences, *old.evidence.get(field, ())):
        if (
            span.start <= count.start
            and count.end <= span.end
            and span.end - span.start > count.end - count.start
        ):
            yield span.start, span.text
