"""Goldens as the tests would have them: proposed in `.review/pending`, where only a person takes them from."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.golden_pages import find_golden, read_file
from flows.lines import Origin, article_line, read_article
from flows.outputs import name_own, typed, write_beside
from models.article import Article
from models.errors import ReviewError

REVIEW = ".review"
NOTE = ".proposal.json"
SIDES = (".before.json", ".after.json")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A golden as it is and as it would be; None where there is none on that side."""

    name: str
    before: bytes | None
    after: bytes | None
    article: Article | None = None

    @property
    def hashes(self) -> tuple[str | None, str | None]:
        """SHA-256 of both sides."""
        return name_bytes(self.before), name_bytes(self.after)


def name_bytes(data: bytes | None) -> str | None:
    """SHA-256 of a file's bytes."""
    return None if data is None else sha256(data).hexdigest()


def in_ci() -> bool:
    """Whether nothing may be written, since nobody looks."""
    return os.environ.get("CI", "").strip().lower() not in {"", "0", "false", "no"}


def find_review(folder: Path) -> Path:
    """Where proposals and decisions of a folder of goldens are kept."""
    return folder / REVIEW


def propose(folder: Path, proposal: Proposal) -> None:
    """Keeps the proposal; the golden itself stays as it is. Raises OutputError."""
    note, *sides = find_files(folder, proposal.name)
    article = article_line(proposal.article, Origin(), "") if proposal.article else None
    told = {"name": proposal.name, "hashes": proposal.hashes, "article": article}
    put(find_review(folder) / ".gitignore", b"*\n")
    put(note, None)
    for path, data in zip(sides, (proposal.before, proposal.after), strict=True):
        put(path, data)
    put(note, json.dumps(told, ensure_ascii=True).encode())


def withdraw(folder: Path, name: str) -> None:
    """Takes the proposal away."""
    for path in find_files(folder, name):
        put(path, None)


def find_files(folder: Path, name: str) -> tuple[Path, Path, Path]:
    """Where a proposal stands: its note, and both sides."""
    pending = find_review(folder) / "pending"
    return pending / f"{name}{NOTE}", pending / f"{name}{SIDES[0]}", pending / f"{name}{SIDES[1]}"


def list_proposals(folder: Path) -> Iterator[Proposal]:
    """All proposals by name. Raises ReviewError where one is not what the tests wrote."""
    pending = find_review(folder) / "pending"
    names = (path.relative_to(pending).as_posix().removesuffix(NOTE) for path in pending.rglob(f"*{NOTE}"))
    for name in sorted(names):
        yield read_proposal(folder, name)


def read_proposal(folder: Path, name: str) -> Proposal:
    """One proposal. Raises ReviewError where it is gone, or not what the tests wrote."""
    note, *sides = find_files(folder, name)
    before, after = map(read_file, sides)
    try:
        told = json.loads(note.read_bytes())
        hashes, line = tuple(told["hashes"]), told["article"]
        article = read_article(line) if line else None
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ReviewError(f"{note}: is no proposal of the tests; {advise(folder)}") from error
    found = Proposal(name, before, after, article)
    if hashes != found.hashes:
        raise ReviewError(f"{sides[1]}: is not what the tests wrote; {advise(folder)}")
    return found


def advise(folder: Path) -> str:
    """What to do where a file is not what it was."""
    return f"run the tests again: pytest --dateline-goldens {folder}"


def check_files(folder: Path, proposal: Proposal) -> None:
    """Raises ReviewError where the golden or its proposal is not as it was when it was shown."""
    if read_proposal(folder, proposal.name).hashes != proposal.hashes:
        raise ReviewError(f"{proposal.name}: the tests propose other bytes by now; look at it again")
    golden = find_golden(folder, proposal.name)
    if read_file(golden) not in (proposal.before, proposal.after):
        raise ReviewError(f"{golden}: changed since the tests ran; {advise(folder)}")


def put(path: Path, data: bytes | None) -> None:
    """Makes the file hold these bytes, whole or not at all; None takes it away. Raises OutputError."""
    with typed(str(path)):
        if data is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_beside(path, name_own(path)) as part:
            part.write_bytes(data)


def read_shown(folder: Path) -> Mapping[str, str]:
    """Name -> the proposal that a person was shown last."""
    try:
        found = json.loads((find_review(folder) / "shown.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_shown(folder: Path, shown: Mapping[str, str]) -> None:
    """Remembers what was shown."""
    put(find_review(folder) / "shown.json", json.dumps(shown, sort_keys=True).encode())
