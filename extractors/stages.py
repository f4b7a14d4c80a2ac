"""The stages of reading, each with a digest of all that decides what it finds: what a re-run need not do again.

A stage is known by the modules that it begins at. Its digest covers these and what they import inside our own
rooms, the lexicons and trained files that they name, the outside libraries that they import and, where it is
read, gazetteer or model. Beside each digest stand those of all but the files (`code/STAGE`) and of each file
(`files/NAME`), so that a change of lexicon entries can be told from a change of rules.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOMS = ("extractors", "models")
CODE, FILES = "code/", "files/"
MENTIONS = ("actors", "weapons", "places", "dates", "counts")  # the finders of mentions, in their order
COUNTS, LOSSES = "counts", "casualties"  # losses are read in counts
FINDERS = (*MENTIONS, LOSSES)
STAGES = ("reader", "parse", "prefilter", *FINDERS, "assembly")
IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([^\n#]+))", re.MULTILINE
)
NAMED = re.compile(rb"[\"']([a-z_]+\.(?:toml|csv))\b")
PARTS = re.compile(r"[\w.]+")
UNREAD = frozenset(
    {"extractors.__init__", "models.__init__", "models.errors", "models.reason", "models.trace"}
)  # words for faults and for what was not taken; no row knows
DISTRIBUTIONS = {  # import -> packages whose version decides what is found
    "ahocorasick_rs": ("ahocorasick-rs",),
    "dateparser": ("dateparser",),
    "lxml": ("lxml",),
    "numpy": ("numpy",),
    "resiliparse": ("resiliparse",),
    "spacy": ("spacy", "thinc"),
    "trafilatura": ("trafilatura", "courlan", "htmldate", "justext"),
}


@dataclass(frozen=True, slots=True)
class Root:
    """Where a stage begins: modules that are followed, modules that are not, files that are handed to it."""

    modules: tuple[str, ...]
    alone: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


ASKED = (  # how finders are asked, with what, and how what they found is kept
    "extractors.finders",
    "extractors.findings",
    "extractors.loading",
)
ROOTS: Mapping[str, Root] = {
    "reader": Root(("extractors.html",)),
    "parse": Root(("extractors.pipeline",)),
    "prefilter": Root(("extractors.prefilter", "extractors.language"), files=("events.toml", "weapons.toml")),
    "actors": Root(("extractors.actors", "extractors.actor_lexicon"), ASKED),
    "weapons": Root(("extractors.weapons",), ASKED),
    "places": Root(("extractors.places",), ASKED),
    "dates": Root(("extractors.dates",), ASKED),
    "counts": Root(("extractors.counts",), ASKED),
    "casualties": Root(("extractors.casualties", "extractors.updates"), ASKED),
    "assembly": Root(
        ("extractors.events", "extractors.overlaps", "extractors.words", "extractors.sheet"),
        alone=("extractors.extractor", "extractors.loading"),  # they import every stage
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A module as it stands: its digest, what it imports of ours and of others, and the files it names."""

    digest: str
    ours: tuple[str, ...]
    libraries: frozenset[str]
    files: frozenset[str]


def digest_stages(
    root: Path, model: str, gazetteer: str, roots: Mapping[str, Root] = ROOTS
) -> dict[str, str]:
    """The digests by stage, by `code/STAGE` and by `files/NAME` of the sources below a folder.

    `model` and `gazetteer` are what the caller knows them by. Files that no stage reads have no digest here.
    """
    tree = Tree(list_modules(root), list_files(root))
    found: dict[str, str] = {}
    for stage, begin in roots.items():
        sources = tree.follow(begin)
        outside = {"parse": model, "places": gazetteer}.get(stage, "")
        libraries = sorted(
            v for name in {n for s in sources.values() for n in s.libraries} for v in versions(name)
        )
        code = join(python(), outside, *libraries, *(f"{m} {sources[m].digest}" for m in sorted(sources)))
        found[CODE + stage] = code
        found[stage] = join(
            code, *(f"{name} {tree.digest(name)}" for name in sorted(tree.named(begin, sources)))
        )
    return found | {FILES + name: digest for name, digest in sorted(tree.digests.items())}


def list_modules(root: Path) -> dict[str, Path]:
    """Dotted name -> file of the modules of our rooms; a package is its `__init__.py`."""
    modules = {}
    for room in ROOMS:
        for path in (root / room).rglob("*.py"):
            parts = path.relative_to(root).with_suffix("").parts
            modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: path for name, path in modules.items() if name not in UNREAD}


def list_files(root: Path) -> dict[str, Path]:
    """Name -> path of lexicons and trained files."""
    return {p.name: p for room in ("lexicons", "trained") for p in (root / "extractors" / room).glob("*")}


@dataclass(frozen=True, slots=True)
class Tree:
    """Modules and data files below a folder, each read once."""

    modules: Mapping[str, Path]
    files: Mapping[str, Path]
    digests: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def digest(self, name: str) -> str:
        """The digest of a data file."""
        if name not in self.digests:
            self.digests[name] = sha256(self.files[name].read_bytes()).hexdigest()
        return self.digests[name]

    def follow(self, begin: Root) -> dict[str, Source]:
        """The modules that a stage reaches."""
        reached: dict[str, Source] = {}
        waiting = [*begin.modules, *begin.alone]
        while waiting:
            module = waiting.pop()
            if module not in reached:
                reached[module] = self.read(module)
                waiting += () if module in begin.alone else reached[module].ours
        return reached

    def named(self, begin: Root, sources: Mapping[str, Source]) -> set[str]:
        """The data files that a stage reads: those that its modules name, and those handed to it."""
        told = {name for m, source in sources.items() if m not in begin.alone for name in source.files}
        return told & self.files.keys() | {*begin.files}

    def read(self, module: str) -> Source:
        """One module."""
        if module not in self.sources:
            content = self.modules[module].read_bytes()
            imports = set(read_imports(content))
            named = {module for module, _ in imports} | {f"{module}.{name}" for module, name in imports}
            self.sources[module] = Source(
                sha256(content).hexdigest(),
                tuple(sorted(named & self.modules.keys())),
                frozenset(name.partition(".")[0] for name, _ in imports) & DISTRIBUTIONS.keys(),
                frozenset(found[1].decode() for found in NAMED.finditer(content)),
            )
        return self.sources[module]


def read_imports(content: bytes) -> Iterator[tuple[str, str]]:
    """(module, name or nothing) of each import, inside functions too."""
    for match in IMPORT.finditer(content):
        if match[1]:
            names = match[2].decode("utf-8", "replace")
            yield from ((match[1].decode(), name) for name in PARTS.findall(names))
        else:
            yield from ((name, "") for name in PARTS.findall(match[3].decode("utf-8", "replace")))


@cache
def versions(library: str) -> tuple[str, ...]:
    """`NAME VERSION` of each package behind an imported library."""
    return tuple(f"{name} {find_version(name)}" for name in DISTRIBUTIONS[library])


def find_version(name: str) -> str:
    """The installed version, or `none`."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def python() -> str:
    """The Python release, whose tables of characters decide what a letter is."""
    return f"python {sys.version_info.major}.{sys.version_info.minor}"


def join(*parts: str) -> str:
    """One digest of several texts."""
    return sha256("\n".join(parts).encode()).hexdigest()


def name_files(stages: Mapping[str, str]) -> dict[str, str]:
    """File -> digest, out of what `digest_stages` gave."""
    return {name.removeprefix(FILES): digest for name, digest in stages.items() if name.startswith(FILES)}


def list_readers(root: Path, roots: Mapping[str, Root] = ROOTS) -> dict[str, frozenset[str]]:
    """File -> the stages that read it."""
    tree = Tree(list_modules(root), list_files(root))
    found: dict[str, set[str]] = {}
    for stage, begin in roots.items():
        for name in tree.named(begin, tree.follow(begin)):
            found.setdefault(name, set()).add(stage)
    return {name: frozenset(stages) for name, stages in sorted(found.items())}
