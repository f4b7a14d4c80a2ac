"""Parses as bytes and back: a Doc read from a block gives the same mentions and rows as the fresh one.

Leaner than spaCy's DocBin: the words are cut from the text, which whoever asks for its parse holds anyway, so
that no string but the labels is kept, and one text of a block is built without the others. What nothing reads
(lemmas, morphology, tensors) is left out. Beside a parse stands what the finders found in it, as lines
`STAGE VALUES`, each known by the hash of its values: whoever knows what a finder finds need not ask it again.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LENGTH, POS, SENT_START, SPACY, TAG
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.findings import hash_written
from models.errors import ParseError

__all__ = [
    "Block",
    "Doc",
    "NoParses",
    "Packer",
    "Parses",
    "Vocab",
    "name_text",
    "pick_findings",
    "read_block",
]
MAGIC = b"dateline parses 1\n"  # another number for another layout: an old block must not be misread
LABELS = (TAG, POS, DEP, ENT_TYPE)  # kept as places in the block's list of labels
NUMBERS = (HEAD, ENT_IOB, SENT_START, LENGTH, SPACY)
ATTRIBUTES = (*LABELS, *NUMBERS)
GIVEN = len(ATTRIBUTES) - 3  # those that a Doc is told; sentence starts follow from the heads
NARROW, WIDE = "<i2", "<i4"
MOST = 4  # different findings of one stage in one text
LEVEL = 1  # higher levels save a fifth of the bytes for twice the time


def name_text(text: str) -> str:
    """SHA-256 of a text as it is stored: a lone surrogate, which no table can hold, counts as `?`."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


class Parses(Protocol):
    """Where parses are kept with what was found in them; `put` is handed what was made or found."""

    def get(self, text: str, vocab: Vocab) -> Doc | None:
        """The Doc of that text, where it is kept."""

    def recall(self, text: str, hashes: Mapping[str, str]) -> Mapping[str, bytes]:
        """What these stages found in a text that was got, as written, where it is kept under these hashes."""

    def put(self, text: str, doc: Doc, written: Mapping[str, bytes]) -> None:
        """Keeps the Doc with what each stage found; it must not be held: what it is made of is freed with its batch."""


class NoParses:
    """Keeps nothing."""

    def get(self, _text: str, _vocab: Vocab) -> Doc | None:
        """Nothing."""
        return None

    def recall(self, _text: str, _hashes: Mapping[str, str]) -> Mapping[str, bytes]:
        """Nothing."""
        return {}

    def put(self, _text: str, _doc: Doc, _written: Mapping[str, bytes]) -> None:
        """Forgets it."""


def pack_findings(written: Mapping[str, bytes], known: bytes = b"") -> bytes:
    """What stages found, with what else is known of that text; of each stage the last few.

    They differ where outlets of several countries print one text, and where a rule is changed and changed back.
    """
    lines = [stage.encode() + b" " + values for stage, values in written.items()]
    kept, numbers = [], Counter[bytes]()
    for line in dict.fromkeys([*lines, *(zlib.decompress(known).split(b"\n") if known else ())]):
        stage = line.partition(b" ")[0]
        numbers[stage] += 1
        kept += [line] if numbers[stage] <= MOST else []
    return zlib.compress(b"\n".join(kept), LEVEL)


def pick_findings(packed: bytes, hashes: Mapping[str, str]) -> dict[str, bytes]:
    """What these stages found, as written, where it has these hashes."""
    lines = zlib.decompress(packed).split(b"\n") if packed else []
    told = [(stage.decode(), values) for stage, _, values in (line.partition(b" ") for line in lines)]
    return {stage: values for stage, values in told if hashes.get(stage) == hash_written(values)}


class Packer:
    """Parses on their way into a block. Nothing of a Doc is held but numbers."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._labels: dict[int, str] = {}
        self._places: dict[int, int] = {}
        self._columns: dict[str, NDArray[np.int64]] = {}
        self._found: dict[str, bytes] = {}

    def __len__(self) -> int:
        return len(self._columns)

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    @property
    def names(self) -> list[str]:
        """The texts' names, in the order in which they came."""
        return list(self._columns)

    def add(self, name: str, doc: Doc, written: Mapping[str, bytes], known: bytes = b"") -> None:
        """Adds the parse of the text of that name, and what was found in it beside what is `known` of it."""
        self._found[name] = pack_findings(written, self._found.get(name, known))
        columns = doc.to_array(list(ATTRIBUTES)).reshape(len(doc), len(ATTRIBUTES)).astype(np.int64)
        raw = columns[:, : len(LABELS)].view(np.uint64)
        values, places = np.unique(raw, return_inverse=True)
        for value in values.tolist():
            if value not in self._places:
                self._places[value] = len(self._places)
                self._labels[value] = doc.vocab.strings[value]
        own = np.array([self._places[value] for value in values.tolist()], dtype=np.int64)
        columns[:, : len(LABELS)] = own[places.reshape(raw.shape)] if len(doc) else 0
        self._columns[name] = columns

    def write(self) -> bytes:
        """The block: a line that names what it is, a checksum, and the compressed rest."""
        bodies, texts, start = [], {}, 0
        for name, columns in self._columns.items():
            narrow = bool(np.all(np.abs(columns) < 2**15))
            bodies.append(np.ascontiguousarray(columns.T.astype(NARROW if narrow else WIDE)).tobytes())
            texts[name] = (start, len(columns), narrow)
            start += len(bodies[-1])
        found = {}
        for name, packed in self._found.items():
            found[name] = (start, len(packed))
            bodies.append(packed)
            start += len(packed)
        labels = list(self._labels.values())
        head = json.dumps({"model": self.model, "labels": labels, "texts": texts, "found": found}).encode()
        payload = zlib.compress(b"".join((len(head).to_bytes(4, "little"), head, *bodies)), LEVEL)
        return MAGIC + sha256(payload).digest() + payload


@dataclass(frozen=True, slots=True)
class Block:
    """A block as read: where each text's numbers stand, and what was found in it."""

    model: str
    labels: tuple[str, ...]
    texts: Mapping[str, tuple[int, int, bool]]
    found: Mapping[str, tuple[int, int]]
    body: memoryview

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    def load(self, name: str, text: str, vocab: Vocab) -> Doc:
        """The Doc of that text. Raises ParseError where the block's numbers are not of this text."""
        start, size, narrow = self.texts[name]
        kind = np.dtype(NARROW if narrow else WIDE)
        columns = np.frombuffer(self.body, kind, size * len(ATTRIBUTES), start).astype(np.int64)
        columns = columns.reshape(len(ATTRIBUTES), size)
        lengths, spaces = columns[-2], columns[-1].astype(bool)
        ends = np.cumsum(lengths + spaces)
        if (int(ends[-1]) if size else 0) != len(text):
            raise ParseError(f"the parse of text {name[:12]} is of another text")
        starts = ends - lengths - spaces
        words = [text[a:b] for a, b in zip(starts.tolist(), (starts + lengths).tolist(), strict=True)]
        kept = {"text": text}  # as `phrases.read_text` keeps it
        doc = Doc(vocab, words=words, spaces=spaces.tolist(), user_data=kept)
        hashes = np.array([vocab.strings.add(label) for label in self.labels], dtype=np.uint64)
        array = columns[:GIVEN].view(np.uint64).copy()
        array[: len(LABELS)] = hashes[columns[: len(LABELS)]]
        rows: Any = np.ascontiguousarray(array.T)  # spaCy takes numpy's array; its types name another
        return doc.from_array(list(ATTRIBUTES[:GIVEN]), rows) if size else doc

    def load_found(self, name: str) -> bytes:
        """What was found in that text, as `pack_findings` packed it; nothing where that was not kept."""
        start, size = self.found.get(name, (0, 0))
        return bytes(self.body[start : start + size])


def read_block(data: bytes) -> Block:
    """The block that the bytes hold. Raises ParseError where they are damaged or of another version."""
    if not data.startswith(MAGIC):
        raise ParseError("not a block of parses, or one of another version")
    start = len(MAGIC) + 32
    payload = memoryview(data)[start:]
    if sha256(payload).digest() != data[len(MAGIC) : start]:
        raise ParseError("damaged: its checksum is wrong")
    whole = zlib.decompress(payload)
    end = 4 + int.from_bytes(whole[:4], "little")
    head = json.loads(whole[4:end])
    texts = {name: (start, size, narrow) for name, (start, size, narrow) in head["texts"].items()}
    found = {name: (start, size) for name, (start, size) in head.get("found", {}).items()}
    return Block(head["model"], tuple(head["labels"]), texts, found, memoryview(whole)[end:])


def pack_docs(model: str, docs: Iterable[tuple[str, Doc]]) -> bytes:
    """A block of (text, its Doc) pairs."""
    packer = Packer(model)
    for text, doc in docs:
        packer.add(name_text(text), doc, {})
    return packer.write()
