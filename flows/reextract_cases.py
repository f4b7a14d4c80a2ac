"""What becomes of the articles of a partition: carried over, or read again from as far back as is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from extractors.carrying import Carry, Decision
from extractors.findings import PREFILTER, UNREAD
from extractors.stages import STAGES
from flows.lines import Line, Origin, hash_text
from flows.reextract_job import Job, ignore_reader, reads_pages
from flows.reextract_pages import Missing, Pages
from models.again import Way
from models.article import Article
from models.event import EventRow

if TYPE_CHECKING:
    from extractors.extractor import Extractor
    from flows.parse_cache import ParseCache


@dataclass(slots=True)
class Case:
    """An article with what is known of it, and then with what it came to. Without `rows` they are carried over."""

    line: Line  # as stored
    article: Article
    origin: Origin
    found: dict[str, str]  # stage -> hash of what it found
    carry: Carry
    first: Line | None = None  # the article that this one repeats, as stored
    way: Way = "carried"
    rows: list[EventRow] | None = None
    missing: Missing | None = None
    turned: bool = False  # the page gives another article now

    @property
    def stored_id(self) -> str:
        """The id of the article as it is stored."""
        return str(self.line["article_id"])

    @property
    def text_sha(self) -> str:
        """What the text's parse is kept by."""
        return hash_text(self.article.text)

    @property
    def waits(self) -> bool:
        """Whether it stays as it was, so that the next run tries its page again."""
        return self.missing is not None

    def wants_page(self, job: Job) -> bool:
        """Whether its page is read again; an article that came without one is read as it is stored."""
        return bool(self.origin.payload) and (job.pages or reads_pages(self.carry))

    @property
    def unparsed(self) -> bool:
        """Whether it is not in English, or holds no event word."""
        return self.found.get(PREFILTER) == UNREAD

    def decide(self) -> Decision:
        """What has to be done again for the text."""
        return ignore_reader(self.carry).decide(self.article.text, self.found)


@dataclass(slots=True)
class Watched:
    """Parses that remember which texts they did not have. `fresh` gives none; `keeps` hands on what is made."""

    inner: "ParseCache"
    fresh: bool
    keeps: bool
    made: set[str] = field(default_factory=set)

    def get(self, text: str, vocab: Any) -> Any:
        """The Doc of that text, where it is kept."""
        doc = None if self.fresh else self.inner.get(text, vocab)
        if doc is None:
            self.made.add(text)
        return doc

    def recall(self, text: str, hashes: Mapping[str, str]) -> Mapping[str, bytes]:
        """What these stages found in that text, where it is kept."""
        return self.inner.recall(text, hashes)

    def put(self, text: str, doc: Any, written: Mapping[str, bytes]) -> None:
        """Keeps the Doc with what was found in it."""
        if self.keeps:
            self.inner.put(text, doc, written)


class Tools(Protocol):
    """What reading needs; without `pages` none is read again."""

    extractor: "Extractor"
    parses: Watched
    pages: Pages | None
    job: Job


def read_cases(tools: Tools, cases: Sequence[Case]) -> None:
    """Settles the cases: pages first, then what a look at the text decides, then what its finders find."""
    for case in cases:
        if tools.pages and case.wants_page(tools.job):
            turn_page(tools, tools.pages, case)
    if any(case.turned for case in cases):  # the cache was told of the texts as they are stored
        tools.parses.inner.expect(case.article for case in cases)
    ready = [(case, decide_case(tools.job, case)) for case in cases if not case.waits]
    differing = check_cases(tools, [(case, one.stages) for case, one in ready if one.step == "check"])
    read_again(
        tools, [(case, one) for case, one in ready if one.step == "read" or case.stored_id in differing]
    )


def decide_case(job: Job, case: Case) -> Decision:
    """What has to be done again for the case's text; all of it where that is asked, or where its page changed."""
    return Decision("read", frozenset(STAGES)) if case.turned or job.force else case.decide()


def check_cases(tools: Tools, wanted: Sequence[tuple[Case, frozenset[str]]]) -> set[str]:
    """The ids of the articles in which a finder finds something else than it found before."""
    hashes = tools.extractor.check(((case.article, stages) for case, stages in wanted), tools.parses)
    return {
        case.stored_id
        for (case, _), found in zip(wanted, hashes, strict=True)
        if found is None or any(case.found.get(stage) != value for stage, value in found.items())
    }


def read_again(tools: Tools, cases: Sequence[tuple[Case, Decision]]) -> None:
    """Reads the articles in full, but for what the finders are known to find in them."""
    made = tools.parses.made
    made.clear()
    asked = ((case.article, decision.list_known(case.found)) for case, decision in cases)
    reads = tools.extractor.read_again(asked, tools.parses)
    for (case, _), read in zip(cases, reads, strict=True):
        if case.way == "carried":
            case.way = "parsed" if case.article.text in made else "read"
        case.rows, case.found = read.rows, dict(read.found)


def turn_page(tools: Tools, pages: Pages, case: Case) -> None:
    """Reads the page again; an article of which anything is other now takes the place of the stored one."""
    found = pages.read(case.line)
    if isinstance(found, Missing):
        case.missing, case.way = found, "failed"
        return
    found = settle_copy(pages, found, case.first)
    if found == case.article:
        return
    stored = case.stored_id
    replaces = stored if stored != found.article_id else None
    case.article, case.turned, case.way = found, True, "pages"
    case.origin = replace(case.origin, replaces=replaces, reader=tools.extractor.stages["reader"])


def settle_copy(pages: Pages, found: Article, first: Line | None) -> Article:
    """The copy under the id and the key that its original has now: they change with the text of its page."""
    if first is None:
        return found
    now = pages.read(first)
    return (
        found if isinstance(now, Missing) else replace(found, duplicate_of=now.article_id, original=now.key)
    )
