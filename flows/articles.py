"""Stored articles as a re-extraction needs them: a list without texts, and the texts of a few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import duckdb

from flows.ledger import Ledger
from flows.lines import Line, Origin, read_article, read_origin
from flows.store_tables import Tables, among, fetch
from flows.tables import quote, typed
from models.article import Article

PLAN = (
    "article_id", "text_sha", "month", "article_run", "page", "payload", "source", "fetched", "language", "reader",
)  # fmt: skip

FILLED = {
    "text_sha": "coalesce(text_sha, hashed) AS text_sha",
    "article_run": "coalesce(article_run, run_id) AS article_run",
}
LIVE = f"""WITH live AS (
    SELECT * FROM rows QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY run_id DESC) = 1
) SELECT {", ".join(FILLED.get(name, name) for name in PLAN)} FROM live
ORDER BY month, coalesce(article_run, run_id), article_id"""  # noqa: S608 - names of our own columns


@dataclass(frozen=True, slots=True)
class Stored:
    """An article with where it came from."""

    article: Article
    origin: Origin


def list_plan(tables: Tables, visible: Iterable[str]) -> duckdb.DuckDBPyRelation:
    """The articles of these runs that stand, each once, sorted by month, run and id.

    Of a page that was read anew, the last reading stands. Only texts that an older release stored are touched,
    since their digests are not kept.
    """
    wanted = among("run_id", visible)
    replaced = tables.articles.scan("replaces", "run_id").filter(wanted).filter("replaces IS NOT NULL")
    rows = tables.articles.scan(*PLAN, "run_id").filter(wanted)
    rows = rows.join(replaced.project("replaces AS article_id"), "article_id", how="anti")
    unhashed = tables.articles.scan("text_sha", "run_id").filter(wanted).filter("text_sha IS NULL")
    if unhashed.limit(1).fetchall():
        rows = rows.join(hash_texts(tables), "article_id", how="left")
    else:
        rows = rows.project("*, NULL::VARCHAR AS hashed")
    return cast(duckdb.DuckDBPyRelation, rows.query("rows", LIVE))


def hash_texts(tables: Tables) -> duckdb.DuckDBPyRelation:
    """The digests of the texts that were stored without."""
    texts = tables.articles.scan("article_id", "text_sha", "text").filter("text_sha IS NULL")
    return texts.aggregate("article_id, min(sha256(text)) AS hashed", "article_id")


def find_articles(tables: Tables, ledger: Ledger, month: str, article_ids: Sequence[str]) -> list[Stored]:
    """These articles of a month; only files of that month which may hold one of them are touched."""
    within = f"month = {quote([month])} AND article_id IN ({quote(article_ids) or quote([''])})"
    wanted = among("article_id", article_ids)
    with typed(tables.location):
        rows = tables.articles.scan(within=within).filter(wanted).filter(among("run_id", ledger.run_ids))
        lines = list(fetch(rows.order("coalesce(article_run, run_id), article_id, run_id")))
    once: dict[str, Line] = {}  # of two readings the newer; one that was undone only where no other is
    for line in lines:
        there = once.get(line["article_id"])
        if not there or line["run_id"] in ledger.visible or there["run_id"] not in ledger.visible:
            once[line["article_id"]] = line
    firsts = find_keys(tables, sorted({line["duplicate_of"] for line in lines if line["duplicate_of"]}))
    return [Stored(name_original(read_article(line), firsts), read_origin(line)) for line in once.values()]


def name_original(article: Article, firsts: dict[str, str]) -> Article:
    """The article with the key of the text that it repeats."""
    return replace(article, original=firsts.get(article.duplicate_of or ""))


def find_keys(tables: Tables, article_ids: Sequence[str]) -> dict[str, str]:
    """The keys of articles, by id."""
    if not article_ids:
        return {}
    within = f"article_id IN ({quote(article_ids)})"
    rows = tables.articles.scan("article_id", "url", "doc_id", within=within).filter(
        among("article_id", article_ids)
    )
    return {article_id: url or doc_id for article_id, url, doc_id in rows.fetchall()}
