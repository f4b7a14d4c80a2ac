"""Stored articles as a re-extraction needs them: a list without texts, and the texts of a few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import duckdb

from flows.ledger import Ledger
from flows.lines import Origin, read_article, read_origin
from flows.store_tables import Tables, among, fetch
from flows.tables import quote, typed
from models.article import Article

PLAN = (
    "article_id", "text_sha", "month", "article_run", "page", "payload", "source", "fetched", "language", "reader",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stored:
    """An article with where it came from."""

    article: Article
    origin: Origin


def list_plan(tables: Tables, visible: Iterable[str]) -> duckdb.DuckDBPyRelation:
    """The articles of these runs that stand, each once, sorted by month, run and id; of a page read anew, the last reading."""
    rows = tables.articles.scan(*PLAN, "run_id", "replaces").filter(among("run_id", visible))
    names = ", ".join(
        "coalesce(article_run, run_id) AS article_run" if n == "article_run" else n for n in PLAN
    )
    asked = f"""WITH live AS (
        SELECT * FROM rows WHERE article_id NOT IN (SELECT replaces FROM rows WHERE replaces IS NOT NULL)
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY run_id) = 1
    ) SELECT {names} FROM live ORDER BY month, coalesce(article_run, run_id), article_id"""  # noqa: S608 - names of our own columns
    return cast(duckdb.DuckDBPyRelation, rows.query("rows", asked))


def find_articles(tables: Tables, ledger: Ledger, month: str, article_ids: Sequence[str]) -> list[Stored]:
    """These articles of a month; only files of that month which may hold one of them are touched."""
    within = f"month = {quote([month])} AND article_id IN ({quote(article_ids) or quote([''])})"
    wanted = among("article_id", article_ids)
    with typed(tables.location):
        rows = tables.articles.scan(within=within).filter(wanted).filter(among("run_id", ledger.run_ids))
        lines = list(fetch(rows.order("coalesce(article_run, run_id), article_id, run_id")))
    once = {line["article_id"]: line for line in reversed(lines)}
    firsts = find_keys(tables, sorted({line["duplicate_of"] for line in lines if line["duplicate_of"]}))
    return [
        Stored(name_original(read_article(line), firsts), read_origin(line))
        for line in reversed(once.values())
    ]


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
