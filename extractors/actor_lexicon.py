"""The actor lexicons, compiled once: names, nouns, titles and countries as phrase matchers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractors.phrases import Phrases, compile_phrases, strip_accents
from models.lexicon import ActorEntry, CountryEntry, Entry, NounEntry


@dataclass(frozen=True, slots=True)
class ActorLexicon:
    """Entries by id with their matchers; labels of `countries` are `USA:country`, `:demonym`, `:metonym`."""

    actors: Mapping[str, ActorEntry]
    nouns: Mapping[str, NounEntry]
    titles: Mapping[str, NounEntry]
    names: Phrases
    common: Phrases
    ranks: Phrases
    countries: Phrases
    country_names: Mapping[str, str]


def compile_actors(
    actors: Mapping[str, ActorEntry],
    nouns: Mapping[str, NounEntry],
    countries: Mapping[str, CountryEntry],
    titles: Mapping[str, NounEntry],
) -> ActorLexicon:
    """The lexicon that `find_actors` reads; spelling variants of names are made here."""
    spelt = {name: Entry(aliases=vary(entry.forms()), exact=entry.exact) for name, entry in actors.items()}
    return ActorLexicon(
        actors,
        nouns,
        titles,
        compile_phrases(spelt),
        compile_phrases(nouns),
        compile_phrases(titles),
        compile_phrases(dict(split_countries(countries))),
        {code: entry.name for code, entry in countries.items()},
    )


def vary(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms, also without accents and with spaces for hyphens ("al Shabaab")."""
    plain = {variant for form in forms for variant in (form, strip_accents(form))}
    return tuple(sorted(plain | {form.replace("-", " ") for form in plain if not form[0].isdigit()}))


def split_countries(countries: Mapping[str, CountryEntry]) -> Iterable[tuple[str, Entry]]:
    """Names, demonyms and metonyms apart, each as spelt or in capitals: "turkey" and "polish" are words."""
    for code, entry in countries.items():
        metonyms = tuple(name.removeprefix("the ").removeprefix("The ") for name in entry.metonyms)
        yield f"{code}:country", Entry(exact=capitalise((*entry.forms(), *entry.exact)))
        yield f"{code}:demonym", Entry(exact=capitalise(entry.demonyms))
        yield f"{code}:metonym", Entry(exact=capitalise(metonyms))


def capitalise(forms: Iterable[str]) -> tuple[str, ...]:
    """The forms and their capitals."""
    return tuple(sorted({variant for form in forms for variant in (form, form.upper())}))
