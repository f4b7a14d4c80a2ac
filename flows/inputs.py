"""What stands on the command line: which kind of thing each name is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.errors import InputError

Kind = Literal["auto", "jsonl", "html", "text", "warc"]
SUFFIXES: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".warc": "warc",
    ".warc.gz": "warc",
}
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
MARKUP = re.compile(rb"<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)
SNIFFED = 2048


@dataclass(frozen=True, slots=True)
class Input:
    """One file, address or stream. `name` is its document id: the path below the folder that was named."""

    name: str
    path: Path | None
    kind: Kind


def find_inputs(given: str, kind: Kind) -> Iterator[Input]:
    """What a name on the command line stands for; a folder stands for its readable files, in order.

    Raises InputError where there is no such thing.
    """
    if given == "-" or ADDRESS.match(given):
        yield Input(given, None, kind)
        return
    path = Path(given)
    if path.is_dir():
        yield from list_folder(path, kind)
        return
    if not path.exists():
        raise InputError(f"{given}: no such file or folder")
    yield Input(path.name, path, kind if kind != "auto" else kind_of(path))


def list_folder(folder: Path, kind: Kind) -> Iterator[Input]:
    """The readable files below a folder, by path; hidden ones are passed over. Raises InputError."""
    found = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        known = kind_of(path)
        wanted = known != "auto" if kind == "auto" else known == kind
        if wanted and path.is_file() and not name.startswith(".") and "/." not in name:
            found += 1
            yield Input(name, path, known)
    if not found:
        endings = [ending for ending, known in SUFFIXES.items() if kind in ("auto", known)]
        raise InputError(f"{folder}: nothing to read in the folder; looked for {', '.join(endings)}")


def kind_of(path: Path) -> Kind:
    """The kind that the file's name tells, or `auto`."""
    endings = "".join(path.suffixes[-2:]).lower(), path.suffix.lower()
    return next((SUFFIXES[ending] for ending in endings if ending in SUFFIXES), "auto")


def sniff(head: bytes) -> Kind:
    """The kind that the first bytes tell; plain text where they tell nothing."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"WARC/", b"\x1f\x8b")):
        return "warc"
    if start.startswith(b"{"):
        return "jsonl"
    return "html" if MARKUP.search(head[:SNIFFED]) else "text"
