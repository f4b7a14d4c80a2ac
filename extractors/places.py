"""Places: spans proposed, linked to the gazetteer, and told no more precisely than the text does."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from extractors.gazetteer import Gazetteer
from extractors.phrases import compile_phrases, read_text, read_words
from extractors.place_anchors import find_anchors, place_at
from extractors.place_candidates import Linker
from extractors.place_entries import lay_over
from extractors.place_links import link_places
from extractors.place_names import fold_name
from extractors.place_proposals import KnownPlaces, propose_places
from extractors.place_relations import find_relation, value_of
from extractors.place_spans import Proposal
from extractors.place_words import read_place_words
from models.lexicon import CountryEntry, Entry, read_entries
from models.mention import Mention
from models.place import Candidate, StrangerEntry, read_places
from models.trace import Trace

DEMONYM_WEIGHT, DEMONYM_MOST, OUTLET_WEIGHT = 0.7, 3, 1.0
OUTLET = re.compile(r"https?://[^/?#]*\.([a-zA-Z]{2})(?::\d+)?(?:[/?#]|$)")


@dataclass(frozen=True, slots=True)
class PlaceLexicon:
    """What places are found with: the gazetteer and the compiled lexicons."""

    gazetteer: Gazetteer
    known: KnownPlaces
    capitals: Mapping[str, str]
    domains: Mapping[str, str]

    def weigh_outlet(self, url: str | None) -> dict[str, float]:
        """What the outlet's address says of the country that its reports are about: `nation.example.ke` is Kenya's."""
        host = OUTLET.match(url or "")
        country = self.domains.get(host[1].lower()) if host else None
        return {country: OUTLET_WEIGHT} if country else {}


def compile_places(gazetteer: Gazetteer, lexicons: Path) -> PlaceLexicon:
    """The lexicon of places from the gazetteer and the lexicons in a folder. Raises LexiconError."""
    countries = read_entries(lexicons / "countries.toml", CountryEntry)
    entries: dict[str, Entry] = {
        f"countries.toml:{name}": Entry(aliases=entry.forms(), exact=entry.exact)
        for name, entry in countries.items()
    }
    rows = read_places(lexicons / "places.csv")
    for row in rows:
        entries[f"places.csv:{row.id}"] = Entry(aliases=vary_hyphens((row.name, *row.aliases)))
    ids = {f"countries.toml:{name}": name for name in countries}
    demonyms = {form.lower(): name for name, entry in countries.items() for form in entry.demonyms}
    capitals = {fold_name(form): name for name, entry in countries.items() for form in entry.metonyms}
    words = read_place_words(lexicons / "place_words.toml")
    own = {f"places.csv:{row.id}": row for row in rows}
    strangers = read_strangers(lexicons / "not_places.toml")
    laid = lay_over(gazetteer, rows, words)
    known = KnownPlaces(
        compile_phrases(entries),
        ids,
        own,
        demonyms,
        words,
        frozenset().union(*strangers.values()),
        strangers.get("kin", frozenset()),
        strangers.get("seats", frozenset()),
        {name: entry.capital for name, entry in countries.items() if entry.capital},
        laid,
    )
    domains = {entry.domain: name for name, entry in countries.items() if entry.domain}
    return PlaceLexicon(laid, known, capitals, domains)


def vary_hyphens(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, also with spaces for hyphens ("Ain al Asad")."""
    return tuple(dict.fromkeys(form for name in names for form in (name, name.replace("-", " "))))


def read_strangers(path: Path) -> dict[str, frozenset[str]]:
    """The words of not_places.toml in lower case by section. Raises LexiconError."""
    entries = read_entries(path, StrangerEntry)
    return {name: frozenset(word.lower() for word in entry.words) for name, entry in entries.items()}


def find_places(
    doc: Doc,
    lexicon: PlaceLexicon,
    context: Mapping[str, float] | None = None,
    trace: Trace | None = None,
) -> list[Mention]:
    """The places of a text in text order; those that the gazetteer lacks come without coordinates.

    `context` weighs countries by alpha-3 that the caller knows of (the outlet's, the dateline's).
    """
    proposals = propose_places(doc, lexicon.known)
    weights = weigh_countries(doc, lexicon, context or {})
    linker = Linker(lexicon.gazetteer, lexicon.known.words, lexicon.capitals)
    text = read_text(doc)
    linked = link_places(linker, text, proposals, weights, trace)
    anchors = find_anchors(text, proposals, linked)
    return [
        make_mention(text, proposal, place, anchor)
        for proposal, place, anchor in zip(proposals, linked, anchors, strict=True)
        if place or proposal.is_told
    ]


def weigh_countries(doc: Doc, lexicon: PlaceLexicon, context: Mapping[str, float]) -> dict[str, float]:
    """What demonyms and the caller say of the countries that a text is about."""
    demonyms = lexicon.known.demonyms
    counts = Counter(demonyms[word] for word in read_words(doc) if word in demonyms)
    weights = {name: DEMONYM_WEIGHT * min(count, DEMONYM_MOST) for name, count in counts.items()}
    return {name: weights.get(name, 0) + context.get(name, 0) for name in sorted({*weights, *context})}


def make_mention(text: str, proposal: Proposal, place: Candidate | None, anchor: Candidate | None) -> Mention:
    """The mention of one proposal."""
    start, end = proposal.start, proposal.end
    relation = find_relation(text, proposal)
    if place is None and anchor is not None:
        value = place_at(proposal, anchor, relation.text if relation else None)
    else:
        value = value_of(proposal, place, relation)
    return Mention("place", start, end, text[start:end], proposal.rule, value)
