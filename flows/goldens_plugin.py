"""The pytest plugin for goldens: `pytest --dateline-goldens DIR` tests the rows of every page of a folder.

A page whose rows differ from its golden fails and is proposed; `dateline review --goldens DIR` accepts. In `CI`
nothing is written. Loaded in every run of pytest where dateline is installed, so it imports late.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flows.golden_pages import GoldenPage

KEY = (
    "dateline-goldens"  # of the property that tells the driver of a distributed run which folders were tested
)
FOLDERS = pytest.StashKey[frozenset[Path]]()
Check = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option, and its like for a project's settings."""
    told = "test the rows of each page of DIR (html, txt, jsonl; facts in .toml) against PAGE.expected.json"
    parser.getgroup("dateline").addoption(
        "--dateline-goldens", metavar="DIR", action="append", default=[], help=told
    )
    parser.addini(
        "dateline_goldens", "folders of pages with goldens, tested where they are collected", "paths", []
    )


def pytest_configure(config: pytest.Config) -> None:
    """Folders that are named are tested; alone, where nothing else is named. Raises UsageError."""
    named = [
        Path(config.invocation_params.dir, name).resolve() for name in config.getoption("dateline_goldens")
    ]
    for folder in named:
        if not folder.is_dir():
            raise pytest.UsageError(f"--dateline-goldens {folder}: no such folder")
    config.stash[FOLDERS] = frozenset(named) | {path.resolve() for path in config.getini("dateline_goldens")}
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Driver())
    if named:
        given = config.args_source is pytest.Config.ArgsSource.ARGS
        config.args = [*(config.args if given else ()), *map(str, named)]


@pytest.hookimpl(tryfirst=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The folder's pages in place of its files. Raises UsageError where syrupy is missing."""
    if path.resolve() not in parent.config.stash[FOLDERS]:
        return None
    if not parent.config.pluginmanager.hasplugin("syrupy"):
        raise pytest.UsageError(f"{path}: goldens need syrupy: pip install 'dateline[goldens]'")
    return GoldenFolder.from_parent(parent, path=path)


class GoldenFolder(pytest.Directory):
    """A folder of pages: a test a page, and one for each golden that no page has."""

    def collect(self) -> Iterator[pytest.Item]:
        """The tests, by the names of the pages."""
        from flows.golden_pages import list_goldens, list_pages  # noqa: PLC0415 - only where goldens are tested
        from models.errors import InputError  # noqa: PLC0415

        folder = self.path.resolve()
        try:
            pages = {page.name: page for page in list_pages(folder)}
        except InputError as error:
            raise self.CollectError(str(error)) from error
        for name in sorted({*pages, *list_goldens(folder)}):
            check = make_check(folder, pages[name]) if name in pages else make_orphan(folder, name)
            item = pytest.Function.from_parent(self, name=name, callobj=check)
            item.user_properties.append((KEY, str(folder)))
            yield item


def make_check(folder: Path, page: "GoldenPage") -> Check:
    """The test of a page."""

    def check_golden(snapshot: Any) -> None:
        from flows.golden_checks import keep_accepted, tell_fault  # noqa: PLC0415
        from flows.golden_reading import make_golden, read_article  # noqa: PLC0415
        from flows.golden_snapshots import GoldenSnapshot  # noqa: PLC0415
        from models.errors import InputError  # noqa: PLC0415

        try:
            article = read_article(page)
            found = make_golden(article)
        except InputError as error:
            pytest.fail(str(error), pytrace=False)
        snapshot.update_snapshots = snapshot.update_new_snapshots_only = False  # a person accepts
        if snapshot(extension_class=GoldenSnapshot) == found:
            keep_accepted(folder, page)
        else:
            pytest.fail(tell_fault(folder, page, article, found), pytrace=False)

    return check_golden


def make_orphan(folder: Path, name: str) -> Check:
    """The test that fails for a golden without a page."""

    def check_golden() -> None:
        from flows.golden_checks import tell_orphan  # noqa: PLC0415

        pytest.fail(tell_orphan(folder, name), pytrace=False)

    return check_golden


class Driver:
    """What the process that reports does at the end: it writes the page of all differences."""

    def __init__(self) -> None:
        self.tested: set[Path] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes the folder of each test."""
        self.tested.update(Path(str(value)) for key, value in report.user_properties if key == KEY)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Names the page of each folder in which something differs."""
        from flows.golden_summary import close_run  # noqa: PLC0415

        for folder in sorted(self.tested):
            for line in close_run(folder):
                terminalreporter.write_line(line)
