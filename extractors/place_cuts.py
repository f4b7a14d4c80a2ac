"""Names cut to the place in them: words that stand together in a text are not always one name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.gazetteer import Gazetteer
from extractors.place_names import fold_name
from extractors.place_spans import INSIDE, Proposal, Reading
from extractors.place_words import PlaceWords, split_kind

SHORT = 2  # letters of an article or of initials
# People; a smaller place of that name is a surname or a common word more often than a place.
HAMLET, VILLAGE, CITY, METROPOLIS = 500, 1_000, 100_000, 300_000


def lengthen_names(reading: Reading, held: Sequence[Proposal], gazetteer: Gazetteer) -> list[Proposal]:
    """The proposals, those that begin the longer name of a place in its full length ("Rio Grande do Sul")."""
    longer = dict(reading.names)
    return [lengthen_name(p, longer.get(p.start, 0), reading.text, gazetteer) for p in held]


def lengthen_name(proposal: Proposal, end: int, text: str, gazetteer: Gazetteer) -> Proposal:
    """The proposal up to an offset, where a place has that very name."""
    name = text[proposal.start : end]
    if end <= proposal.end or not has_place(name, HAMLET, gazetteer):
        return proposal
    return replace(proposal, end=end, name=name, country=None, own=None, rule="places:name")


def has_place(name: str, people: int, gazetteer: Gazetteer) -> bool:
    """Whether a place of so many people has that very name."""
    key = fold_name(name)
    return any(
        c.rank == 0 and c.population >= people and fold_name(c.name) == key for c in gazetteer.find_named(key)
    )


def is_city(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name of several words is a city's or a province's, though the model takes it for a person's."""
    return " " in name and has_place(name, CITY, gazetteer)


def shorten_names(
    held: Sequence[Proposal],
    known: Sequence[Proposal],
    gazetteer: Gazetteer,
    words: PlaceWords,
    strangers: frozenset[str],
) -> list[Proposal]:
    """The proposals, those that are no place as a whole cut to what is: `Harare` of "Harare Mayor Ben Manyenyeni".

    What is cut out of a longer name is where somebody or something is from, not where anything happens.
    """
    shortened: list[Proposal] = []
    for proposal in held:
        if is_whole(proposal, gazetteer, words):
            shortened.append(proposal)
            continue
        first = [k for k in known if k.start == proposal.start and k.end <= proposal.end]
        shortened += [cut(k, k.name) for k in first] or cut_name(proposal, gazetteer, words, strangers)
    return shortened


def is_whole(proposal: Proposal, gazetteer: Gazetteer, words: PlaceWords) -> bool:
    """Whether a name is one: it is listed, has but one word, or the text says that it is a place."""
    if proposal.country or proposal.own or " " not in proposal.name or proposal.is_told:
        return True
    key, kind = split_kind(proposal.name, words)
    return bool(gazetteer.find(proposal.name) or (kind and gazetteer.find_key(key)))


def is_body(name: str, words: PlaceWords, strangers: frozenset[str]) -> bool:
    """Whether a name has a word that only institutions, offices and buildings have: `Owensboro Public Schools`."""
    return any(word.lower() in strangers or words.find_noun(word) for word in name.split()[1:])


def cut_name(
    proposal: Proposal, gazetteer: Gazetteer, words: PlaceWords, strangers: frozenset[str]
) -> list[Proposal]:
    """The longest beginning of a name that is a place of some size, if any is."""
    name = proposal.name
    people = VILLAGE if is_body(name, words, strangers) else METROPOLIS
    for end in list_ends(name):
        if end > SHORT and name[:end].lower() not in strangers and has_place(name[:end], people, gazetteer):
            return [cut(proposal, name[:end])]
    return []


def cut(proposal: Proposal, name: str) -> Proposal:
    """A proposal of the beginning of a longer name."""
    end = proposal.start + len(name)
    return replace(
        proposal,
        end=end,
        name=name,
        rule=INSIDE,
        sure=proposal.country is not None,
        near=False,
        kind=None,
        kind_id="",
    )


def list_ends(name: str) -> Iterator[int]:
    """Where the words of a name end, the last but one first."""
    end = name.rfind(" ")
    while end > 0:
        yield end
        end = name.rfind(" ", 0, end)
