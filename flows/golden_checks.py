"""What a page's golden and the page's rows come to: the same, or what differs, in a few lines."""

from pathlib import Path

from flows.golden_files import Proposal, find_files, in_ci, propose, read_proposal, withdraw
from flows.golden_pages import ENDING, GoldenPage, find_golden, read_file
from models.article import Article
from models.errors import DatelineError, PageError
from review.controls import show_controls
from review.diff_words import name_number
from review.golden_changes import compare_goldens
from review.golden_lines import tell_changes
from review.goldens import Golden, dump

PAGE = "review.html"


def tell_fault(folder: Path, page: GoldenPage, article: Article | PageError, found: Golden) -> str:
    """What is wrong with the golden of a page, in at most fifteen lines; outside CI it is proposed anew.

    The golden itself is never written here.
    """
    before, after = read_file(find_golden(folder, page.name)), dump(found)
    try:
        compared = compare_goldens(page.name, before, after)
    except DatelineError as error:
        if not in_ci():
            withdraw(folder, page.name)
        return str(error)
    if not in_ci():
        text = article if isinstance(article, Article) else None
        propose(folder, Proposal(page.name, before, after, text))
    number = name_number(len(compared.changes), "change")
    name = show_controls(page.name)
    head = f"{name}{ENDING}: {number}" if before is not None else f"{name} has no golden yet"
    return "\n".join([head, *tell_changes(compared.changes), advise(folder)])


def tell_orphan(folder: Path, name: str) -> str:
    """That a golden has no page; outside CI its removal is proposed."""
    golden = find_golden(folder, name)
    if not in_ci():
        propose(folder, Proposal(name, read_file(golden), None))
    fault = "a golden without a page: its page is gone, or has another name"
    return f"{show_controls(golden.name)}: {fault}\n{advise(folder)}"


def advise(folder: Path) -> str:
    """What to run next."""
    if in_ci():
        return f"look: pytest --dateline-goldens {show(folder)}, where CI is not set"
    return f"decide: dateline review --goldens {show(folder)}"


def show(folder: Path) -> str:
    """The folder as one types it."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


def keep_accepted(folder: Path, page: GoldenPage) -> None:
    """After a golden was right: its proposal stays where it is what was accepted, so that it can be undone."""
    if in_ci() or not find_files(folder, page.name)[0].exists():
        return
    try:
        proposal = read_proposal(folder, page.name)
    except DatelineError:
        proposal = None
    if proposal is None or read_file(find_golden(folder, page.name)) != proposal.after:
        withdraw(folder, page.name)
