"""The versions of a page's text for a terminal: what changed between one and the next."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from models.article import Article, Version
from review.controls import show_controls

FIELDS = ("title", "published", "modified", "authors", "section", "language")
CONTEXT = 6  # words shown around a change
MOST_WORDS = 2000  # of a passage that is compared word by word; a longer one is shown as replaced
SHOWN = 400  # characters of a passage


def make_history(versions: Sequence[Version], first: Article | None = None) -> RenderableType:
    """A passage a version, the oldest first; `first` is the article whose text this page repeats."""
    parts = [Text(show_controls(versions[-1].article.url or versions[-1].article.doc_id), "bold")]
    if first:
        parts.append(
            Text(f"repeats {show_controls(first.url or first.doc_id)} ({first.article_id})", "yellow")
        )
    for number, version in enumerate(versions):
        before = versions[number - 1] if number else None
        parts += [Text(), describe_version(number, version, before), *describe_changes(version, before)]
    return Group(*parts)


def describe_version(number: int, version: Version, before: Version | None) -> Text:
    """Number, time of fetching, id and length."""
    fetched = f"{version.fetched:%Y-%m-%d %H:%M} UTC" if version.fetched else "at an unknown time"
    length = len(version.article.text)
    change = f" ({length - len(before.article.text):+d})" if before else ""
    return Text.assemble(
        (f"version {number + 1}", "bold"),
        f"  fetched {fetched}  {length} characters{change}  ",
        (f"{version.article.article_id}  run {version.run_id}", "dim"),
    )


def describe_changes(version: Version, before: Version | None) -> Iterator[Text]:
    """The fields of the first version, or those that changed, and the changed words."""
    for name in FIELDS:
        new, old = write_field(version, name), write_field(before, name) if before else ""
        if new != old:
            yield Text(f"  {name}: {old + ' → ' if before else ''}{new or '(none)'}")
    if before:
        for passage in compare_texts(before.article.text, version.article.text):
            yield Text.assemble("  ", passage)


def write_field(version: Version, name: str) -> str:
    """A field for a reader."""
    value = getattr(version.article, name)
    return show_controls(", ".join(value) if isinstance(value, tuple) else str(value) if value else "")


def compare_texts(old: str, new: str) -> Iterator[Text]:
    """The passages that changed: `[-gone-]`, `{+come+}`, with a few words around them."""
    before, after = old.split("\n"), new.split("\n")
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield compare_words("\n".join(before[a:b]).split(), "\n".join(after[c:d]).split())


def compare_words(before: list[str], after: list[str]) -> Text:
    """One passage, word by word."""
    if max(len(before), len(after)) > MOST_WORDS:
        return Text.assemble(mark_words(before, "gone"), " ", mark_words(after, "come"))
    parts: list[Text] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(Text(show_controls(shorten_words(before[a:b])), "dim"))
        else:
            parts += [
                mark_words(words, how)
                for words, how in ((before[a:b], "gone"), (after[c:d], "come"))
                if words
            ]
    return Text(" ").join(parts)


def mark_words(words: list[str], how: str) -> Text:
    """Words that are gone, or have come."""
    text = show_controls(" ".join(words))
    text = text if len(text) <= SHOWN else f"{text[:SHOWN]} …"
    return Text(f"[-{text}-]", "red strike") if how == "gone" else Text(f"{{+{text}+}}", "green")


def shorten_words(words: list[str]) -> str:
    """The first and the last few words."""
    if len(words) <= 2 * CONTEXT + 1:
        return " ".join(words)
    return " ".join([*words[:CONTEXT], "…", *words[-CONTEXT:]])


def make_list(found: Sequence[tuple[Version, int]]) -> RenderableType:
    """A line an article with the number of its page's versions."""
    table = Table(
        "fetched (UTC)", "language", "versions", "copy of", "title and address", box=None, pad_edge=False
    )
    for version, number in found:
        article = version.article
        fetched = f"{version.fetched:%Y-%m-%d %H:%M}" if version.fetched else ""
        title = Text.assemble(
            show_controls(article.title or "(no headline)"),
            "\n",
            (show_controls(article.url or article.doc_id), "dim"),
        )
        table.add_row(fetched, article.language or "", str(number), article.duplicate_of or "", title)
    return table if table.row_count else Text("no articles yet: dateline ingest reads the first")
