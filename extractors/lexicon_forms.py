"""Under which forms an entry of a lexicon can matter in a text, file by file.

Where an entry acts only if one of its forms stands in the text, an edit leaves all other texts as they were.
RULES tells, file by file, which forms these are; of a file that is not in it every text is touched:

- event_types.toml (types follow from weapons and parties, not from words), place_words.toml (decides under which
  names the gazetteer's places are found), pages.toml (page to text) and the trained weights.
- places.csv: a province or district also renames what lies in it, so that only other rows go by their names;
  "the Somali capital" names a town without its name, so a settlement is also looked for under "capital".
- countries.toml: the top-level domain acts on addresses.
- A changed order of entries decides between two that share a form, and touches every text.

Two rules for what is looked for. Verbs of several words may be split ("carried it out"), so their first word is
looked for. What is looked up as the token's word alone ("soldiers" by "soldier") is looked for inside words too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from extractors.actor_lexicon import vary
from extractors.casualty_words import list_forms
from extractors.place_names import ARTICLES, fold_name
from extractors.weapons import vary_hyphens
from models.holiday import HolidayEntry
from models.inflection import plural_of
from models.lexicon import CountryEntry, WeaponEntry
from models.place import PlaceRow
from models.trigger import EventEntry

Forms = tuple[Iterable[str], Iterable[str], Iterable[str]]  # whole words, anywhere, names of places
Rule = Callable[[Any, Any], Forms | None]  # an entry as it was and as it is -> its forms; None: every text


def both(list_own: Callable[[Any], Forms | None]) -> Rule:
    """The forms of an entry as it was and as it is."""

    def rule(old: Any, new: Any) -> Forms | None:
        found = [list_own(entry) for entry in (old, new) if entry is not None]
        whole = [forms for forms in found if forms is not None]
        if len(whole) < len(found):
            return None
        first, second, third = ([form for forms in whole for form in forms[at]] for at in range(3))
        return first, second, third

    return rule


def members(list_own: Callable[[Any], Iterable[str]]) -> Rule:
    """The words that joined or left, of an entry that only tells which words belong to it."""

    def rule(old: Any, new: Any) -> Forms | None:
        sets = [set(list_own(entry)) if entry is not None else set() for entry in (old, new)]
        same = getattr(old, "role", None) == getattr(new, "role", None)
        return (), sets[0] ^ sets[1] if same else sets[0] | sets[1], ()

    return rule


def first_words(forms: Iterable[str]) -> set[str]:
    """What of each form must stand in a text even where the form is split."""
    return {form.split()[0] for form in forms if form.split()}


def list_weapon(entry: WeaponEntry) -> Forms:
    """Forms with hyphens or without, phrases of other senses, and carriers of explosives."""
    others = (*entry.unless, *entry.carriers)
    return vary_hyphens((*entry.forms(), *entry.exact, *others, *map(plural_of, others))), (), ()


def list_event(entry: EventEntry) -> Forms:
    """Nouns and other senses whole; of verbs the first word."""
    nouns = (*entry.noun_forms(), *entry.aliases, *entry.exact, *entry.unless)
    return (*nouns, *first_words(entry.verb_forms())), (), ()


def list_country(entry: CountryEntry) -> Forms:
    """Names, demonyms and seats; a seat is also known in another spelling."""
    seats = tuple(re.sub("^[Tt]he ", "", name) for name in entry.metonyms)
    return (*entry.forms(), *entry.exact, *entry.demonyms, *seats), (), seats


def change_country(old: CountryEntry | None, new: CountryEntry | None) -> Forms | None:
    """Nothing that can be told from a text where the domain of its outlets changes."""
    if (old.domain if old else "") != (new.domain if new else ""):
        return None
    return both(list_country)(old, new)


def list_place(entry: PlaceRow) -> Forms | None:
    """The names, in any transliteration, of a row that tells nothing of other places."""
    names = (entry.name, *entry.aliases)
    if entry.kind in {"province", "district"} or any(
        ARTICLES.issuperset(fold_name(n).split()) for n in names
    ):
        return None
    return (), ("capital",) if entry.kind == "settlement" else (), names


def list_holiday(entry: HolidayEntry) -> Forms:
    """Of each form the longest word: what stands between its words may be written in several ways."""
    return (), (max(re.findall(r"\w+", form), key=len) for form in (*entry.forms(), *entry.exact)), ()


def list_number(entry: Any) -> Iterable[str]:
    """Words before, behind or for a number."""
    names = ("before", "after", "forms", "words")
    return (form for name in names for form in getattr(entry, name, ()))


WORDS = members(lambda entry: entry.words)
VERBS = members(lambda entry: first_words(entry.forms()))
NOUNS = both(lambda entry: ((*entry.forms(), *entry.exact), (), ()))
RULES: Mapping[str, Rule] = {
    "actor_nouns.toml": NOUNS,
    "actors.toml": both(lambda entry: ((*vary(entry.forms()), *entry.exact), (), ())),
    "casualties.toml": both(lambda entry: ((), (form for form, _ in list_forms(entry)), ())),
    "casualty_cues.toml": WORDS,
    "conflict_words.toml": members(lambda entry: entry.forms()),
    "countries.toml": change_country,
    "dates.toml": both(list_holiday),
    "events.toml": both(list_event),
    "means.toml": VERBS,
    "needs.toml": members(lambda entry: entry.forms()),
    "non_targets.toml": members(lambda entry: (*entry.words, *map(plural_of, entry.words))),
    "not_places.toml": WORDS,
    "number_contexts.toml": both(lambda entry: ((), list_number(entry), ())),
    "partings.toml": WORDS,
    "people.toml": WORDS,
    "places.csv": both(list_place),
    "roles.toml": VERBS,
    "sources.toml": VERBS,
    "status.toml": both(
        lambda entry: ((*entry.forms(), *entry.exact, *entry.aliases, *entry.unless), (), ())
    ),
    "tense.toml": WORDS,
    "titles.toml": NOUNS,
    "vague_numbers.toml": both(lambda entry: ((), list_number(entry), ())),
    "weapons.toml": both(list_weapon),
}
