"""The compiled lexicons that assembly reads, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractors.bearing import TRAINED as BEARING
from extractors.confidence import TRAINED as CONFIDENCE
from extractors.cues import CueLexicon, compile_cues
from extractors.kinds import order_weapons
from extractors.means import MeansLexicon, compile_means
from extractors.needs import NeedLexicon, compile_needs
from extractors.perpetrators import TRAINED as PERPETRATORS
from extractors.roles import RoleLexicon, compile_roles
from extractors.sources import SourceLexicon, compile_sources
from extractors.topics import TRAINED as TOPICS
from extractors.triggers import TriggerLexicon, compile_triggers
from models.lexicon import read_entries
from models.trigger import CueEntry, EventEntry, EventTypeEntry, MeansEntry, NeedEntry, RoleEntry, SourceEntry
from models.weights import Weights, read_weights, read_word_weights


@dataclass(frozen=True, slots=True)
class EventWords:
    """Event words, cues, needs, roles and sources, and the trained weights, compiled for one pipeline's vocabulary."""

    triggers: TriggerLexicon
    cues: CueLexicon
    needs: NeedLexicon
    roles: RoleLexicon
    sources: SourceLexicon
    means: MeansLexicon
    by_weapon: Mapping[str, str]
    types: Mapping[str, EventTypeEntry]
    confidence: Weights
    perpetrators: Weights
    topics: Weights
    bearing: Weights


def compile_words(folder: Path) -> EventWords:
    """The lexicons of a folder, compiled. Raises LexiconError."""
    types = read_entries(folder / "event_types.toml", EventTypeEntry)
    return EventWords(
        compile_triggers(read_entries(folder / "events.toml", EventEntry)),
        compile_cues(read_entries(folder / "status.toml", CueEntry)),
        compile_needs(
            read_entries(folder / "needs.toml", NeedEntry)
            | read_entries(folder / "conflict_words.toml", NeedEntry)
        ),
        compile_roles(read_entries(folder / "roles.toml", RoleEntry)),
        compile_sources(read_entries(folder / "sources.toml", SourceEntry)),
        compile_means(read_entries(folder / "means.toml", MeansEntry)),
        order_weapons(types),
        types,
        read_weights(CONFIDENCE),
        read_weights(PERPETRATORS),
        read_word_weights(TOPICS),
        read_weights(BEARING),
    )
