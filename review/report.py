"""The page of a run: one file without scripts or requests, readable for years."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.errors import OutputError
from models.event import EventRow
from models.receipt import OUTCOMES, Receipt
from review import values
from review.controls import show_controls, split_controls
from review.diff_words import name_number
from review.figures import Figures
from review.limits import read_limits
from review.links import make_link
from review.marks import LEGEND, mark_sentence
from review.night import Shapes, prepare
from review.standing import BY_STATUS, STANDINGS
from review.summary import Summary

TEMPLATES = Path(__file__).parent / "templates"
SHEETS = ("base.css", "pictures.css", "report.css")  # of the style, in this order
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FAILURES = 200  # on the page; the receipt's file holds all of them


@dataclass(frozen=True, slots=True)
class Story:
    """An article with its rows, in the order in which the article tells them."""

    first: EventRow
    rows: tuple[EventRow, ...]


def write_page(path: Path, page: str) -> Path:
    """Writes a page, whole or not at all, and gives its path. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_text(page, encoding="utf-8", errors="replace", newline="\n")
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error
    return path


def render_report(receipt: Receipt, summary: Summary, figures: Figures, shapes: Shapes = ()) -> str:
    """The page of a run as text, on maps of the shapes. The same figures give the same page."""
    pages = load_templates()
    return pages.get_template("report.html.j2").render(
        prepare(figures, summary, shapes),
        policy=make_policy("".join(pages.get_template(sheet).render() for sheet in SHEETS)),
        sheets=SHEETS,
        receipt=receipt,
        outcomes=OUTCOMES,
        summary=summary,
        stories=tuple(group_rows(summary.shown)),
        shown=frozenset(row.event_id for row in summary.shown),
        failures=receipt.failures[:FAILURES],
        limits=read_limits(),
    )


def make_policy(style: str) -> str:
    """The page's content policy: nothing is loaded, nothing runs, and only its own style applies."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def group_rows(rows: Iterable[EventRow]) -> Iterator[Story]:
    """The rows by article."""
    for _, told in groupby(rows, lambda row: row.article_id):
        members = tuple(told)
        yield Story(members[0], members)


def name_language(language: str | None) -> str:
    """The language for an attribute of the page, empty where it is unknown."""
    return language if language and LANGUAGE.fullmatch(language) else ""


@cache
def load_templates() -> Environment:
    """The templates. Every value is escaped, and a value that is missing is an error."""
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {
        "pieces": split_controls,
        "number": name_number,
        "marks": mark_sentence,
        "link": make_link,
        "standing": BY_STATUS.__getitem__,
        "standings": STANDINGS,
        "kinds": LEGEND,
        "values": values,
        "name_language": name_language,
    }
    pages.filters |= {"visible": show_controls, "term": values.name_term}
    return pages
