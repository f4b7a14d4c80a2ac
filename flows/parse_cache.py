"""The parse cache: blocks of parses as files below the store, and their index in the table `parses`.

A worker gathers fresh parses and writes them as a block under a name of its own; the driver adds what the workers
tell to the index, once a run. What is no longer there, or damaged, is parsed again.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flows.block_files import BlockFiles
from flows.lines import Line, month
from flows.parse_index import ParseIndex
from models.article import Article
from models.errors import ParseError, StoreError

if TYPE_CHECKING:  # spaCy is loaded by whoever has a model
    from extractors.parses import Block, Doc, Packer, Vocab

OPEN = 8  # blocks kept open: a partition's texts mostly stand in one or two
FULL = 512  # parses a block: three megabytes of texts of 3,000 characters, of which six are in memory


class ParseCache:
    """Parses of one model, kept below a store. `Parses` of the extractor; for one process and one thread."""

    def __init__(self, store: str | Path, model: str) -> None:
        self.model = model
        self.hits = self.misses = 0
        self.notes: list[str] = []  # blocks that could not be used: their texts were parsed again
        self._files = BlockFiles(str(store))
        self._index = ParseIndex(store)
        self._months: dict[str, str] = {}
        self._places: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, bytes] = {}  # of the expected texts, so that no block is opened twice for one
        self._opened: OrderedDict[str, Block | None] = OrderedDict()
        self._packer: Packer | None = None
        self._packed: dict[
            str, str
        ] = {}  # the packer's texts with their months: a block holds those of many calls
        self._lines: list[Line] = []
        self._full = False  # the disk is, or the net is gone: reading goes on without

    def expect(self, articles: Iterable[Article], *, known: bool = True) -> None:
        """Looks up the texts that are going to be read; where none can be `known` yet, only their months are noted."""
        from extractors.parses import name_text  # noqa: PLC0415 - loads spaCy

        self._months = {name_text(article.text): month(article.day) for article in articles}
        self._places, self._found = {}, {}
        if known:
            try:
                self._places = self._index.find(self.model, self._months)
            except StoreError as error:
                self.notes.append(f"the index of parses cannot be read ({error}); texts are parsed again")

    def get(self, text: str, vocab: "Vocab") -> "Doc | None":
        """The Doc of that text; None where it is not kept, or its block is damaged."""
        from extractors.parses import name_text  # noqa: PLC0415

        name = name_text(text)
        blocks = (
            block for place in self._places.get(name, ()) if (block := self._open(place)) and name in block
        )
        block = next(blocks, None)
        doc = self._load(block, name, text, vocab) if block else None
        self._found[name] = block.load_found(name) if block and doc is not None else b""
        self.hits += doc is not None
        self.misses += doc is None
        return doc

    def _open(self, place: str) -> "Block | None":
        """The block of that name; the last ones stay open."""
        from extractors.parses import read_block  # noqa: PLC0415

        if place in self._opened:
            self._opened.move_to_end(place)
            return self._opened[place]
        block = None
        try:
            data = self._files.read(place)
            block = read_block(data) if data is not None else None
            if block is None:
                self.notes.append(f"{place}: a block of parses is gone; its texts are parsed again")
        except (ParseError, StoreError) as error:
            self.notes.append(
                f"{place}: a block of parses cannot be used ({error}); its texts are parsed again"
            )
        self._opened[place] = block
        if len(self._opened) > OPEN:
            self._opened.popitem(last=False)
        return block

    def _load(self, block: "Block", name: str, text: str, vocab: "Vocab") -> "Doc | None":
        try:
            return block.load(name, text, vocab)
        except ParseError as error:
            self.notes.append(f"{error}; it is parsed again")
            return None

    def recall(self, text: str, hashes: Mapping[str, str]) -> Mapping[str, bytes]:
        """What these stages found in a text that was got, as written, where it is kept under these hashes."""
        from extractors.parses import name_text, pick_findings  # noqa: PLC0415

        return pick_findings(self._found.get(name_text(text), b""), hashes)

    def put(self, text: str, doc: "Doc", written: Mapping[str, bytes]) -> None:
        """Keeps the Doc of a text that is expected, and what was found in it, until the block is full and written."""
        from extractors.parses import Packer, name_text  # noqa: PLC0415

        self._packer = self._packer or Packer(self.model)
        name = name_text(text)
        self._packer.add(name, doc, written, self._found.get(name, b""))
        self._packed[name] = self._months[name]
        if len(self._packer) >= FULL:
            self._write()

    def _write(self) -> None:
        packer, self._packer = self._packer, None
        packed, self._packed = self._packed, {}
        if not packer or self._full:
            return
        try:
            block = self._files.write(packer.write())
        except StoreError as error:
            self._full = True
            self.notes.append(f"parses are no longer kept: {error}")
            return
        self._lines += [
            {"model": self.model, "month": packed[name], "text_sha": name, "block": block}
            for name in packer.names
        ]

    def take_lines(self) -> list[Line]:
        """The lines of the index for blocks that were written since it was asked last."""
        lines, self._lines = self._lines, []
        return lines

    def flush(self) -> list[Line]:
        """Writes what is gathered; gives the new lines of the index, which the driver commits."""
        self._write()
        return self.take_lines()
