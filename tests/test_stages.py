"""Digests of the stages: what an edit of a source or a lexicon changes, and what it does not."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from extractors.stages import (
    FINDERS,
    ROOTS,
    STAGES,
    Tree,
    digest_stages,
    find_version,
    list_files,
    list_modules,
    list_readers,
    name_files,
)
from flows.home import ROOT
from tests.test_imports import read_imports

BUILDERS = {
    "geonames.toml",
    "country_points.csv",
}  # read when the gazetteer is built, whose digest tells of them
Edit = Callable[[str, str], set[str]]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Adds a text to a file below `extractors/`; gives what differs then."""
    for room in ("extractors", "models"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    before = digest_stages(tmp_path, "model", "gazetteer")

    def change(name: str, text: str) -> set[str]:
        with (tmp_path / "extractors" / name).open("a", encoding="utf-8") as file:
            file.write(text)
        after = digest_stages(tmp_path, "model", "gazetteer")
        return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}

    return change


def with_code(*stages: str) -> set[str]:
    return {*stages, *(f"code/{stage}" for stage in stages)}


def test_a_comment_in_a_finder_changes_it_alone(edit: Edit) -> None:
    assert edit("weapons.py", "# a comment\n") == with_code("weapons")


def test_what_dates_share_with_assembly_changes_both(edit: Edit) -> None:
    assert edit("dates/relative.py", "# a comment\n") == with_code("dates", "assembly")


def test_a_module_that_nobody_imports_changes_nothing(edit: Edit) -> None:
    assert edit("unused.py", "from extractors.weapons import find_weapons\n") == set()


def test_words_for_faults_change_nothing(edit: Edit) -> None:
    assert edit("../models/errors.py", "# a comment\n") == set()


def test_where_the_stages_meet_is_assembly(edit: Edit) -> None:
    assert edit("extractor.py", "# a comment\n") == with_code("assembly")


@pytest.mark.parametrize("name", ["finders.py", "findings.py"])
def test_how_finders_are_asked_and_what_they_find_is_kept_is_of_every_finder(edit: Edit, name: str) -> None:
    assert edit(name, "# a comment\n") == with_code(*FINDERS)


def test_how_lexicons_are_loaded_is_of_every_finder_and_of_assembly(edit: Edit) -> None:
    assert edit("loading.py", "# a comment\n") == with_code(*FINDERS, "assembly")


def test_losses_know_of_the_passages_of_a_live_page(edit: Edit) -> None:
    assert edit("updates.py", "# a comment\n") == with_code("reader", "casualties", "assembly")


def test_the_parse_knows_no_lexicon(edit: Edit) -> None:
    assert edit("speakers.py", "# a comment\n") == with_code("parse")
    assert not [name for name, stages in list_readers(ROOT).items() if "parse" in stages]


def test_a_lexicon_changes_those_that_read_it_and_no_code(edit: Edit) -> None:
    assert edit("lexicons/weapons.toml", "\n") == {"weapons", "prefilter", "files/weapons.toml"}


def test_a_lexicon_that_builds_the_gazetteer_changes_nothing(edit: Edit) -> None:
    assert edit("lexicons/geonames.toml", "\n") == set()


def test_a_new_import_inside_a_function_counts(edit: Edit) -> None:
    assert edit(
        "prefilter.py", "\n\ndef late() -> None:\n    from extractors import liveblog\n"
    ) == with_code("prefilter")
    assert "prefilter" in edit("liveblog.py", "# a comment\n")


def test_model_and_gazetteer_change_their_stage_alone() -> None:
    base = digest_stages(ROOT, "model", "gazetteer")
    for stage, other in (
        ("parse", digest_stages(ROOT, "another", "gazetteer")),
        ("places", digest_stages(ROOT, "model", "another")),
    ):
        assert {key for key in base if base[key] != other[key]} == with_code(stage)


def test_every_stage_and_every_file_has_a_digest(extractor: Extractor) -> None:
    assert set(STAGES) <= extractor.stages.keys()
    assert extractor.stages == digest_stages(
        ROOT, extractor.pipeline.digest, extractor.finders.places.gazetteer.digest
    )
    assert name_files(extractor.stages).keys() == list_files(ROOT).keys() - BUILDERS
    assert set(ROOTS) == set(STAGES)
    assert set(FINDERS) < set(STAGES)


def test_the_quick_reading_of_imports_misses_none() -> None:
    modules = list_modules(ROOT)
    tree = Tree(modules, list_files(ROOT))
    for name, path in modules.items():
        wanted = {m for m in read_imports(path) if m in modules}
        assert wanted <= {*tree.read(name).ours}, name


def test_every_module_that_reading_loads_is_of_a_stage(extractor: Extractor) -> None:
    """What the extractor imports, but for what it gives people: mentions as JSON, pronouns, digests and bytes."""
    tree = Tree(list_modules(ROOT), list_files(ROOT))
    told = set().union(*(tree.follow(root) for root in ROOTS.values()))
    reached, waiting = set[str](), ["extractors.loading"]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += tree.read(module).ours
    assert extractor.stages
    assert {m.removeprefix("extractors.") for m in reached - told} == {
        "parses",
        "pronouns",
        "resolved",
        "stages",
    }


def test_a_library_that_is_not_installed_is_told_so() -> None:
    assert find_version("no-such-library-at-all") == "none"
