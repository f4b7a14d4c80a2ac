"""The house rules that a machine can check: who imports whom, which library lives where, how long a file is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("models", "extractors", "review", "flows")
MAY_IMPORT = {
    "models": {"models"},
    "extractors": {"models", "extractors"},
    "review": {"models", "review"},
    "flows": {"models", "extractors", "review", "flows"},
}
FINDERS = {"actors", "weapons", "places", "dates", "counts"}
HOMES = {  # outside library -> the rooms that may import it
    "spacy": {"extractors"},
    "dateparser": {"extractors"},
    "trafilatura": {"extractors"},
    "resiliparse": {"extractors"},
    "ahocorasick_rs": {"extractors"},
    "prefect": {"flows"},
    "urllib3": {"flows"},
    "protego": {"flows"},
    "fastwarc": {"flows"},
    "fsspec": {"flows"},
    "botocore": {"flows"},
    "tld": {"flows"},
    "fastfeedparser": {"flows"},
    "feedparser": {"flows"},
    "apprise": {"flows"},
    "deltalake": {"flows"},
    "distributed": {"flows"},
    "duckdb": {"flows"},
    "typer": {"flows"},
    "pytest": {"flows"},
    "syrupy": {"flows"},
    "jinja2": {"review"},
    "xlsxwriter": {"review"},
    "pandas": {"models", "flows"},
    "pydantic": {"models", "review", "flows"},  # extractors make values, models check them
}
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
MOST_LINES, MOST_FUNCTION = 250, 40


def read_imports(path: Path) -> Iterator[str]:
    """Dotted names of what a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    rooms = {module.split(".")[0] for module in read_imports(path)} & set(ROOMS)
    assert rooms <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_each_outside_library_has_its_rooms(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    strangers = {
        m.split(".")[0] for m in read_imports(path) if room not in HOMES.get(m.split(".")[0], {room})
    }
    assert not strangers


@pytest.mark.parametrize("finder", sorted(FINDERS))
def test_finders_do_not_know_one_another(finder: str) -> None:
    """A finder is its module, or its folder; what only it uses may have any name but another finder's."""
    paths = [p for p in FILES if p.parts[-2:] == ("extractors", f"{finder}.py") or p.parent.name == finder]
    assert paths
    others = {f"extractors.{other}" for other in FINDERS - {finder}}
    for path in paths:
        assert not {m for m in read_imports(path) if any(m == o or m.startswith(f"{o}.") for o in others)}


def test_no_import_goes_in_a_circle() -> None:
    graph = {dotted(path): {m for m in read_imports(path) if m.split(".")[0] in ROOMS} for path in FILES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module in done or module not in graph:
            return
        for other in sorted(graph[module]):
            visit(other, (*trail, module))
        done.add(module)

    for module in sorted(graph):
        visit(module, ())


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or node.lineno) - node.lineno < MOST_FUNCTION, node.name


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nothing_swallows_errors_or_is_left_undone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, "bare except"
            assert not (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})


def test_extractors_reach_neither_network_nor_clock_nor_log() -> None:
    """sqlite3 is let in for the gazetteer, which is opened read-only when the extractor is loaded."""
    banned = {"socket", "http", "urllib.request", "requests", "time", "random", "logging", "subprocess", "os"}
    for path in FILES:
        if path.relative_to(ROOT).parts[0] == "extractors":
            assert not {m for m in read_imports(path) if m in banned or m.split(".")[0] in banned}, name(path)


def test_utility_drawers_do_not_exist() -> None:
    assert not {p.stem for p in FILES} & {"utils", "util", "helpers", "common", "misc", "core", "manager"}
