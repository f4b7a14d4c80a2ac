"""The end of a run of tests over goldens: proposals that lapsed are dropped, and the page of all others is written."""

from collections.abc import Iterator
from pathlib import Path

from flows.golden_checks import PAGE, show
from flows.golden_files import Proposal, find_review, in_ci, list_proposals, put, withdraw
from flows.golden_pages import list_goldens, list_pages
from flows.golden_review import is_settled, open_goldens
from models.errors import DatelineError, InputError
from review.diff_words import name_number
from review.page import render_page
from review.report import write_page


def close_run(folder: Path) -> Iterator[str]:
    """Writes the page where something is open, and gives the lines that say so; in CI nothing is written."""
    if in_ci():
        return
    try:
        proposals = list(list_proposals(folder))
        left = drop_lapsed(folder, proposals)
        path = find_review(folder) / PAGE
        if not left:
            put(path, None)
            return
        for proposal in proposals:  # what was accepted before is history once there is something new
            if is_settled(folder, proposal):
                withdraw(folder, proposal.name)
        write_page(path, render_page(open_goldens(folder).draw()))
    except DatelineError as error:
        yield f"goldens: {error}"
        return
    yield f"goldens: {name_number(len(left), 'page')} to decide: dateline review --goldens {show(folder)}"
    yield f"goldens: {path.as_uri()}"


def drop_lapsed(folder: Path, proposals: list[Proposal]) -> list[Proposal]:
    """Withdraws what is about a page or golden that is gone; gives the proposals that are open."""
    try:
        pages = {page.name for page in list_pages(folder)}
    except InputError:
        pages = set()
    kept = set(list_goldens(folder))
    left = []
    for proposal in proposals:
        lapsed = proposal.name in pages if proposal.after is None else proposal.name not in pages
        if lapsed:
            withdraw(folder, proposal.name)
        elif not is_settled(folder, proposal) and (proposal.after is not None or proposal.name in kept):
            left.append(proposal)
    return left
