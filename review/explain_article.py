"""What became of each sentence of an article, for a terminal: why there is a row, and why there is none."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from models.article import Article
from models.event import EventRow
from models.reason import Reason
from models.trace import Spot
from review.controls import show_controls
from review.fates import Fate, list_fates
from review.reasons import word_reason
from review.rejections import Reread
from review.standing import BY_STATUS
from review.values import name_days, name_place, name_sides, name_term

HEADING: Reason = "mention:heading"
NO_WORD = "no event word of the lexicon"


def draw_article(article: Article, read: Reread) -> RenderableType:
    """The headline, every sentence with the way of its event words, and how many rows there are."""
    source = " · ".join(part for part in (article.publisher, article.url or article.doc_id) if part)
    fates = list_fates(read)
    return Group(
        Text(show_controls(article.title or "(no headline)"), "bold"),
        Text(show_controls(f"{source} · article {article.article_id}"), "dim"),
        Text(),
        *(Text(show_controls(read.explain(n))) for n in read.trace.notes if n.field == "article"),
        *(part for spot in read.trace.sentences for part in draw_sentence(spot, fates, read)),
        Text(),
        *(draw_row(row) for row in read.rows),
        Text(f"{len(read.rows)} rows · {show_controls(' · '.join(read.versions))}", "dim"),
    )


def draw_row(row: EventRow) -> Text:
    """What a row is, on one line."""
    standing = BY_STATUS[row.status]
    told = " · ".join(part for part in (name_place(row), name_days(row), name_sides(row)) if part)
    return Text.assemble(
        (show_controls(row.event_id), "dim"),
        f"  {name_term(row.event_type)}  {standing.sign} {row.status}  {row.confidence:.2f}  ",
        show_controls(told),
    )


def draw_sentence(spot: Spot, fates: list[Fate], read: Reread) -> Iterator[RenderableType]:
    """A sentence, then a line for each of its event words; without any, it says so."""
    if not read.cut(spot).strip():
        return
    yield Text.assemble((f"{spot[0]}–{spot[1]}  ", "dim"), show_controls(read.cut(spot).strip()))
    inside = [f for f in fates if spot[0] <= f.spot[0] < spot[1]]
    for fate in inside:
        words = "; ".join(words for _, words in fate.steps)
        mark = "●" if fate.rows else "○"
        line = Text.assemble(f"{mark} ", (show_controls(fate.text), "bold"), f"  {show_controls(words)}")
        yield Padding(line, (0, 4))
    if not inside:
        heading = any(n.reason == HEADING and spot[0] <= n.spot[0] < spot[1] for n in read.trace.notes)
        yield Padding(Text(word_reason(HEADING, "", "") if heading else NO_WORD, "dim"), (0, 4))
