"""The finders with their lexicons, each asked by the name of its stage.

How a finder is asked decides what it finds, and that outlives assembly: this module is of the stage of each
(`stages.py`), and what finders are told of an article stands here alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.actor_lexicon import ActorLexicon
from extractors.actors import find_actors
from extractors.casualties import find_casualties
from extractors.counts import find_counts
from extractors.dates import find_dates, read_unread
from extractors.places import PlaceLexicon, find_places
from extractors.stages import COUNTS, MENTIONS
from extractors.updates import find_days
from extractors.weapons import WeaponLexicon, find_weapons
from models.article import Article
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
        article: Article,
        stages: Iterable[str] = MENTIONS,
        trace: Trace | None = None,
    ) -> dict[str, list[Mention]]:
        """What each of these finders finds by itself, before words that two of them claim are settled."""
        return {stage: self.find_one(stage, doc, article.url, trace) for stage in stages}

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


def find_losses(
    doc: Doc, article: Article, apart: Mapping[str, Sequence[Mention]], trace: Trace | None = None
) -> list[Casualty]:
    """The losses of a text. Of all finders' mentions they need the counts alone, which no other finder claims."""
    days = find_days(article.text, None)
    told = (m for m in apart[COUNTS] if not days.heads(m.start))
    return find_casualties(doc, sorted(told, key=lambda m: (m.start, m.end)), trace)
