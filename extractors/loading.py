"""An extractor made of pipeline, lexicons and gazetteer, and the version that names them all."""

import sqlite3
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from extractors.actor_lexicon import compile_actors
from extractors.extractor import Extractor
from extractors.finders import Finders
from extractors.gazetteer import Gazetteer
from extractors.phrases import LEXICONS
from extractors.pipeline import DEFAULT, load_pipeline
from extractors.places import compile_places
from extractors.prefilter import compile_prefilter
from extractors.stages import digest_stages
from extractors.weapons import compile_weapons
from extractors.words import compile_words
from models.errors import GazetteerError
from models.lexicon import ActorEntry, CountryEntry, NounEntry, WeaponEntry, read_entries
from models.trigger import EventEntry

TRAINED = LEXICONS.parent / "trained"


def load(gazetteer: Path | None, model: str | None = None) -> Extractor:
    """The extractor over the bundled lexicons. Raises ModelError, LexiconError or GazetteerError."""
    pipeline = load_pipeline(model or DEFAULT)
    opened = open_gazetteer(gazetteer)
    weapons = read_entries(LEXICONS / "weapons.toml", WeaponEntry)
    actors = compile_actors(
        read_entries(LEXICONS / "actors.toml", ActorEntry),
        read_entries(LEXICONS / "actor_nouns.toml", NounEntry),
        read_entries(LEXICONS / "countries.toml", CountryEntry),
        read_entries(LEXICONS / "titles.toml", NounEntry),
    )
    return Extractor(
        pipeline,
        Finders(actors, compile_weapons(weapons), compile_places(opened, LEXICONS)),
        compile_words(LEXICONS),
        compile_prefilter(read_entries(LEXICONS / "events.toml", EventEntry), weapons),
        name_version(opened, LEXICONS),
        digest_stages(LEXICONS.parent.parent, pipeline.digest, opened.digest),
    )


def open_gazetteer(path: Path | None) -> Gazetteer:
    """The gazetteer, opened read-only. Raises GazetteerError."""
    if path is None or not path.is_file():
        raise GazetteerError(f"no gazetteer at {path}: run `make setup`")
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"  # one reader at a time, though in any thread
    return Gazetteer(sqlite3.connect(address, uri=True, check_same_thread=False))


def name_version(gazetteer: Gazetteer, lexicons: Path) -> str:
    """`VERSION rules DIGEST gazetteer DIGEST`: what besides the model decides the rows."""
    rules = sha256()
    for path in (
        *sorted(lexicons.glob("*")),
        *sorted(TRAINED.glob("*")),
        *sorted(LEXICONS.parent.rglob("*.py")),
    ):
        if path.is_file():
            rules.update(path.name.encode() + path.read_bytes())
    return f"{version('dateline')} rules {rules.hexdigest()[:12]} gazetteer {gazetteer.digest[:12]}"
