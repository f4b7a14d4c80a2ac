"""The finders with their lexicons, each asked by the name of its stage.

How a finder is asked decides what it finds: this module is of the stage of each (`stages.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.actor_lexicon import ActorLexicon
from extractors.actors import find_actors
from extractors.casualties import find_casualties
from extractors.counts import find_counts
from extractors.dates import find_dates, read_unread
from extractors.places import PlaceLexicon, find_places
from extractors.stages import MENTIONS
from extractors.updates import find_days
from extractors.weapons import WeaponLexicon, find_weapons
from models.casualty import Casualty
from models.mention import Mention
from models.trace import Trace


@dataclass(frozen=True, slots=True)
class Finders:
    """The lexicons, compiled; counts and dates need none."""

    actors: ActorLexicon
    weapons: WeaponLexicon
    places: PlaceLexicon

    def find_apart(
        self,
        doc: Doc,
        url: str | None,
        stages: Iterable[str] = MENTIONS,
        trace: Trace | None = None,
    ) -> dict[str, list[Mention]]:
        """What each of these finders finds by itself, before words that two of them claim are settled."""
        return {stage: self.find_one(stage, doc, url, trace) for stage in stages}

    def find_one(self, stage: str, doc: Doc, url: str | None, trace: Trace | None = None) -> list[Mention]:
        """What one finder finds; the outlet's address helps to tell namesakes apart."""
        if stage == "actors":
            return find_actors(doc, self.actors)
        if stage == "weapons":
            return find_weapons(doc, self.weapons)
        if stage == "places":
            return find_places(doc, self.places, self.places.weigh_outlet(url), trace)
        if stage == "dates":
            proposed = [(e.start_char, e.end_char, e.text) for e in doc.ents if e.label_ in {"DATE", "TIME"}]
            return read_unread(proposed, find_dates(doc))
        return find_counts(doc, trace)


def find_losses(doc: Doc, text: str, counts: list[Mention], trace: Trace | None = None) -> list[Casualty]:
    """The losses of a text. Of all finders' mentions they need the counts alone, which no other finder claims."""
    days = find_days(text, None)
    told = sorted((m for m in counts if not days.heads(m.start)), key=lambda m: (m.start, m.end))
    return find_casualties(doc, told, trace)
