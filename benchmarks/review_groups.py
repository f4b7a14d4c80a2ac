"""How many decisions a review takes after edits as people make them: of a lexicon, or of a rule.

    python -m benchmarks.review_groups [--keep FOLDER] [EDIT …]     all edits unless named

The pages are this project's own: the samples, and the texts of `benchmarks/pages`, two a page. They are read
once by the rules as they are, then again by a copy of the code with the edit. `--keep` keeps what was read, so that
another way of grouping is measured in seconds.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from html import escape
from pathlib import Path

from flows.compared_runs import compare_runs
from flows.deciding import POLICY
from flows.home import ROOT, find_gazetteer
from flows.receipts import find_store
from flows.store import Store
from models.change import Change
from models.policy import read_policy
from review.bulk import choose_bulk, find_removing
from review.decisions import replay

TEXTS, SAMPLES = ROOT / "benchmarks" / "pages", ROOT / "fixtures" / "articles"
ROOMS = ("extractors", "models", "review", "flows")
TOGETHER = 2  # texts a page
ENOUGH = 0.9  # of the changes
COMMAND = "import sys; sys.argv[0] = 'dateline'; from flows.cli import main; main()"
LEXICONS = "extractors/lexicons"
EDITS: dict[str, tuple[tuple[str, str, str], ...]] = {  # name -> (file, what, for what)
    "a word of events less": ((f"{LEXICONS}/events.toml", '"capture", "seize", ', '"capture", '),),
    "two words less, two names": (
        (f"{LEXICONS}/events.toml", '"capture", "seize", ', '"capture", '),
        (f"{LEXICONS}/events.toml", '"burn down", "burn"]', '"burn down"]'),
        (f"{LEXICONS}/actors.toml", 'name = "Rapid Support Forces"', 'name = "RSF"'),
        (f"{LEXICONS}/actors.toml", 'name = "al-Shabaab"', 'name = "Harakat al-Shabaab"'),
    ),
    "an alias of a weapon more": (
        (
            f"{LEXICONS}/weapons.toml",
            '"munitions", "cartridge",',
            '"munitions", "cartridge", "round", "rounds",',
        ),
    ),
    "an actor renamed": ((f"{LEXICONS}/actors.toml", 'name = "al-Shabaab"', 'name = "Harakat al-Shabaab"'),),
    "a region less": (
        (f"{LEXICONS}/places.csv", "darfur,Darfur,Darfur region,SDN,,13.5,24.5,300,region,region\n", ""),
    ),
    "a word of status less": ((f"{LEXICONS}/status.toml", 'verbs = ["deny", "reject"', 'verbs = ["reject"'),),
    "a word of loss less": (
        (f"{LEXICONS}/casualties.toml", '"hurt", "hurts", "hurting"]', '"hurts", "hurting"]'),
    ),
    "a rule: events are doubted more": (("extractors/confidence.py", "DOUBT = 0.25", "DOUBT = 0.35"),),
    "a rule: doers are to be likelier": (("extractors/perpetrators.py", "LIKELY = 0.55", "LIKELY = 0.7"),),
}


@dataclass(frozen=True, slots=True)
class Effort:
    """What a review asks of a person."""

    changes: int  # that need a decision
    groups: int
    alone: int  # groups of one change
    causes: int
    doubtful: int  # changes that a decision on their group leaves out
    by_group: int  # decisions on groups that together decide 90 % of what is not doubtful
    by_cause: int  # decisions on causes and groups that do


def main() -> int:
    """Prints a line an edit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("edits", nargs="*", metavar="EDIT", help="names of edits, or beginnings of them")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where what was read stays")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = given.keep or Path(folder)
        home = make_home(base / "home")
        print(
            "| edit | changes | groups | of one change | causes | doubtful | decisions by group | by cause |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for name in EDITS:
            if not given.edits or any(name.startswith(one) for one in given.edits):
                found = measure(read_again(base, home, name))
                print(f"| {name} | {' | '.join(map(str, astuple(found)))} |", flush=True)
    return 0


def make_home(home: Path) -> Path:
    """A home after a night over the pages."""
    if home.exists():
        return home
    pages = home.parent / "pages"
    write_pages(pages)
    home.mkdir(parents=True)
    (home / "gazetteer.sqlite").symlink_to(find_gazetteer().resolve())
    sources = home.parent / "sources.toml"
    tables = (
        f'[{folder.name}]\nkind = "folder"\npath = "{folder}"\nlanguage = "en"\n'
        for folder in (SAMPLES, pages)
    )
    sources.write_text("\n".join(tables), encoding="utf-8")
    run(ROOT, home, "ingest", "--no-prefect", "--sources", str(sources))
    return home


def write_pages(folder: Path) -> None:
    """Pages of our own texts, some texts each."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        json.loads(line)["text"]
        for path in sorted(TEXTS.glob("conflict_*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    for number, start in enumerate(range(0, len(lines), TOGETHER)):
        told = lines[start : start + TOGETHER]
        title = escape(told[0].split(". ")[0][:80])
        day = f"2026-05-{number % 28 + 1:02}T06:30:00Z"
        head = f'<title>{title}</title><meta property="article:published_time" content="{day}">'
        body = "".join(f"<p>{escape(text)}</p>" for text in told)
        page = f'<html lang="en"><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>'
        (folder / f"{number:04}.html").write_text(page, encoding="utf-8")


def read_again(base: Path, home: Path, name: str) -> Path:
    """The home with a candidate of the edited rules."""
    changed = base / name.replace(" ", "-").replace(":", "")
    if (changed / "done").exists():
        return changed
    code = base / "code"
    for folder in (changed, code):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home, changed, symlinks=True)
    for room in ROOMS:
        shutil.copytree(ROOT / room, code / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file, old, new in EDITS[name]:
        text = (code / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        (code / file).write_text(text.replace(old, new), encoding="utf-8")
    run(code, changed, "reextract", "--no-prefect", "--workers", "0")
    (changed / "done").touch()
    return changed


def run(code: Path, home: Path, *words: str) -> None:
    """One command of that code over that home."""
    paths = {"PYTHONPATH": str(code), "DATELINE_HOME": str(home)}
    told = subprocess.run(
        [sys.executable, "-c", COMMAND, *words],
        env=os.environ | paths,
        cwd=code,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode > 1:
        raise SystemExit(told.stdout + told.stderr)


def measure(home: Path) -> Effort:
    """What the review of the home's candidate asks of a person."""
    with compare_runs(Store(find_store(home)), "current", "candidate") as found:
        diff, changes = found.diff, list(found.changes())
    policy = read_policy(POLICY)
    standings = replay(changes, [], policy.accepted).standings
    removing = find_removing(changes, standings)

    def cover(wanted: Callable[[Change], bool]) -> frozenset[str]:
        """What one decision on all of these covers."""
        bulk = choose_bulk(filter(wanted, changes), standings, policy, removing=removing)
        return frozenset(change.id for change in bulk.covered)

    groups = [group for group in diff.groups if group.operation not in policy.accepted]
    by_group = [cover(lambda change, own=frozenset(group.members): change.id in own) for group in groups]
    by_cause = [cover(lambda change, root=cause.root: change.root == root) for cause in diff.causes]
    total = sum(group.changes for group in groups)
    return Effort(
        total,
        len(groups),
        sum(group.changes == 1 for group in groups),
        len(diff.causes),
        total - len(frozenset[str]().union(*by_group)),
        count_decisions(by_group),
        count_decisions([*by_cause, *by_group]),
    )


def count_decisions(heaps: Sequence[frozenset[str]]) -> int:
    """How many of the heaps, that of the most that is open first, hold most of what can be decided in heaps."""
    left, number = set[str]().union(*heaps), 0
    everything = len(left)
    while everything - len(left) < ENOUGH * everything:
        left -= max(heaps, key=lambda heap: len(heap & left))
        number += 1
    return number


if __name__ == "__main__":
    raise SystemExit(main())
