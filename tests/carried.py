"""A process that reads texts under edited lexicons, in full and by carry-over, and tells where the two differ.

python -m tests.carried WORK SEED,SEED… [TEXTS.jsonl]

WORK keeps the first reading; where there is one already, and no seed (`,`), the sources at hand are compared with it.
The model is loaded once; each edit is read by a child of its own, since compiled lexicons are kept a process long.
"""

import contextlib
import importlib
import json
import os
import pkgutil
import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import extractors
from extractors import loading
from extractors.carrying import plan_carry
from extractors.extractor import Extractor
from extractors.findings import Read
from extractors.lexicon_forms import RULES
from extractors.parses import Block, Doc, Packer, Vocab, name_text, pick_findings, read_block
from extractors.pipeline import Pipeline, load_pipeline
from extractors.stages import list_files, list_readers
from flows.home import find_gazetteer
from models.article import Article
from models.errors import LexiconError, PageError
from models.event import EventRow
from tests.goldens import list_fixtures, read_fixture
from tests.lexicon_edits import edit, list_words

OURS = Path(extractors.__path__[0]).parent  # where the sources stand that this process runs


class Kept:
    """Parses in memory, with what was found in them."""

    def __init__(self, model: str) -> None:
        self.packer = Packer(model)
        self.block: Block | None = None

    def get(self, text: str, vocab: Vocab) -> Doc | None:
        name = name_text(text)
        return self.block.load(name, text, vocab) if self.block and name in self.block else None

    def recall(self, text: str, hashes: Mapping[str, str]) -> Mapping[str, bytes]:
        return pick_findings(self.block.load_found(name_text(text)), hashes) if self.block else {}

    def put(self, text: str, doc: Doc, written: Mapping[str, bytes]) -> None:
        self.packer.add(name_text(text), doc, written)


def main() -> int:
    work, seeds = Path(sys.argv[1]), [int(seed) for seed in sys.argv[2].split(",") if seed]
    articles = list_articles(sys.argv[3:])
    pipeline = load_pipeline()
    kept = Kept(pipeline.digest)
    if not (work / "first.json").exists():
        begun = in_child(partial(start, copy_tree(work / "base"), pipeline, articles, kept, work))
        assert begun == 0
    kept.block = read_block((work / "parses").read_bytes())
    return max(in_child(partial(compare, seed, pipeline, articles, kept, work)) for seed in seeds or [0])


def list_articles(given: list[str]) -> list[Article]:
    found = [read_fixture(slug) for slug in list_fixtures()] if not given else []
    articles = [a for a in found if not isinstance(a, PageError)]
    for path in given:
        with Path(path).open(encoding="utf-8") as lines:
            articles += [
                Article(text=json.loads(line)["text"], doc_id=f"{path}:{n}") for n, line in enumerate(lines)
            ]
    return articles


def copy_tree(root: Path) -> Path:
    """Our sources with lexicons that may be edited."""
    shutil.rmtree(root, ignore_errors=True)
    for room in ("extractors", "models"):
        shutil.copytree(OURS / room, root / room, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def edit_some(root: Path, dice: Random, texts: list[str]) -> list[str]:
    """Edits one to three lexicons; gives their names."""
    names = dice.sample(sorted(RULES), dice.randint(1, 3))
    for name in names:
        path = root / "extractors" / "lexicons" / name
        with contextlib.suppress(KeyError):
            path.write_bytes(edit(name, path.read_bytes(), dice, list_words(texts, dice)))
    return names


def in_child(work: Any) -> int:
    """The work's exit code, done in a copy of this process."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            code = work()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def load(root: Path, pipeline: Pipeline) -> Extractor:
    """An extractor of the sources below the root."""
    lexicons = root / "extractors" / "lexicons"
    for module in pkgutil.walk_packages(extractors.__path__, "extractors."):
        loaded = importlib.import_module(module.name)
        if hasattr(loaded, "LEXICONS"):
            loaded.LEXICONS = lexicons
    loading.load_pipeline = lambda _name: pipeline
    return loading.load(find_gazetteer())


def start(root: Path, pipeline: Pipeline, articles: list[Article], kept: Kept, work: Path) -> int:
    """Reads everything once and keeps rows, findings, stages and parses."""
    extractor = load(root, pipeline)
    read = [
        {"rows": [row.model_dump_json() for row in one.rows], "found": dict(one.found)}
        for one in extractor.read(articles, kept, trace=True)
    ]
    (work / "parses").write_bytes(kept.packer.write())
    (work / "first.json").write_text(json.dumps({"stages": dict(extractor.stages), "read": read}))
    return 0


def compare(seed: int, pipeline: Pipeline, articles: list[Article], kept: Kept, work: Path) -> int:
    """0 where carrying over gives the same rows and findings as reading all; prints what was done."""
    root = copy_tree(work / "edited") if seed else OURS
    names = edit_some(root, Random(seed), [a.text for a in articles]) if seed else []
    try:
        extractor = load(root, pipeline)
        full = list(extractor.read(articles, kept, trace=True))
    except (LexiconError, KeyError) as error:  # an edit that no analyst could check in
        print(json.dumps({"files": names, "invalid": str(error)}))
        return 0
    first = json.loads((work / "first.json").read_text())
    carry = plan_carry(
        first["stages"],
        extractor.stages,
        lambda name, _digest: list_files(work / "base")[name].read_bytes(),
        lambda name, _digest: list_files(root)[name].read_bytes(),
        list_readers(root),
    )
    steps: Counter[str] = Counter()
    wrong = []
    for article, old, new in zip(articles, first["read"], full, strict=True):
        step, rows, found = carry_over(extractor, carry, article, old, kept)
        steps[step] += 1
        if rows != [row.model_dump_json() for row in new.rows] or found != dict(new.found):
            wrong.append(article.doc_id)
    changed = sum(
        restamp(extractor, old["rows"]) != [row.model_dump_json() for row in new.rows]
        for old, new in zip(first["read"], full, strict=True)
    )
    told = [[(e.id, e.kind) for e in change.entries] for change, _ in carry.files]
    print(
        json.dumps(
            {"seed": seed, "files": names, "steps": steps, "changed": changed, "wrong": wrong, "told": told}
        )
    )
    return 1 if wrong else 0


def carry_over(
    extractor: Extractor, carry: Any, article: Article, old: dict[str, Any], kept: Kept
) -> tuple[str, list[str], dict[str, str]]:
    """What was done with a text, its rows, and what the stages found."""
    decision = carry.decide(article.text, old["found"])
    if decision.step == "check":
        found = next(extractor.check([(article, decision.stages)], kept))
        same = found is not None and all(old["found"].get(stage) == value for stage, value in found.items())
        step = "checked" if same else "checked, read"
    else:
        step = decision.step
    if step in {"carry", "checked"}:
        return step, restamp(extractor, old["rows"]), old["found"]
    known = decision.list_known(old["found"])
    read: Read = next(extractor.read_again([(article, known)], kept))
    return step, [row.model_dump_json() for row in read.rows], dict(read.found)


def restamp(extractor: Extractor, rows: list[str]) -> list[str]:
    """The rows under the new version."""
    version = {"extractor_version": extractor.version}
    return [EventRow.model_validate_json(row).model_copy(update=version).model_dump_json() for row in rows]


if __name__ == "__main__":
    raise SystemExit(main())
