"""The plan of a re-extraction: which articles, by which run each was read last, and what changed since.

The plan stands in a file of its command's folder with all that decides it. The same command finds it there after a
crash and goes on; where the reader or what stands has changed in the meantime, it begins anew.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import duckdb

from flows.ledger import Ledger
from flows.partitions import MOST, Entry, Partition, cut_partitions
from flows.store_tables import Tables
from models.errors import InputError
from models.scope import Scope

PINNED = ("articles", "events", "readings")
CHOSEN = """
WITH stored AS (
    SELECT article_id, run_id, month, source, coalesce(article_run, run_id) AS article_run,
        coalesce(left(published_text, 10), strftime(fetched, '%Y-%m-%d')) AS day
    FROM articles JOIN visible USING (run_id)
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(nullif(payload, '') || ' ' || page, article_id) ORDER BY rank DESC, article_id) = 1
), last AS (
    SELECT article_id, run_id AS read_by FROM readings JOIN visible USING (run_id)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY rank DESC) = 1
)
SELECT month, article_run, article_id, run_id, coalesce(read_by, '') AS read_by, source
FROM stored LEFT JOIN last USING (article_id)
WHERE ($since IS NULL OR day >= $since) AND (len($sources) = 0 OR list_contains($sources, source))
"""
SAMPLE = "ORDER BY md5(article_id || $seed), article_id LIMIT $sample"
ORDER = "month, article_run, article_id"


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides the partitions of a run, and so its rows."""

    run_id: str
    base: str  # the run that was current
    visible: tuple[str, ...]  # the runs whose articles count, as they became current
    versions: Mapping[str, int]  # of the tables
    stages: Mapping[str, str]
    scope: Scope
    readers: Mapping[str, int] = field(
        default_factory=dict
    )  # run that read articles last -> how many of them
    fresh: bool = False
    force: bool = False
    pages: bool = False
    size: int = MOST  # articles a partition
    began: str = ""  # when its run was first started; earlier versions did not tell

    @property
    def key(self) -> tuple[Scope, dict[str, str], bool, bool, bool, int]:
        """What a command asks for: a plan of another key is of no use to it."""
        asked = self.scope.model_copy(update={"articles": 0})
        return asked, dict(self.stages), self.fresh, self.force, self.pages, self.size

    @property
    def folder(self) -> str:
        """The name of the folder that is kept for the plans of this key."""
        asked, stages, *rest = self.key
        told = json.dumps([asked.model_dump(mode="json"), sorted(stages.items()), rest])
        return sha256(told.encode()).hexdigest()[:12]

    def stands(self, ledger: Ledger) -> bool:
        """Whether its base is in effect still, so that what it gives can be promoted."""
        base = ledger.find_turn(self.base)
        return base is not None and base.effective == ledger.turns[-1].effective

    def write(self) -> bytes:
        """As JSON."""
        names = (
            "run_id",
            "base",
            "visible",
            "versions",
            "stages",
            "readers",
            "fresh",
            "force",
            "pages",
            "size",
            "began",
        )
        fields: dict[str, Any] = {name: getattr(self, name) for name in names}
        return json.dumps(fields | {"scope": self.scope.model_dump(mode="json")}).encode()


def read_plan(data: bytes) -> Plan | None:
    """What `write` wrote; None where it is no plan of this version."""
    try:
        fields = json.loads(data)
        scope = Scope.model_validate(fields.pop("scope"))
        return Plan(**fields | {"visible": tuple(fields["visible"])}, scope=scope)
    except (ValueError, KeyError, TypeError):
        return None


def pin_versions(store: Tables) -> dict[str, int]:
    """The versions of the tables as they are now; a table that does not exist yet has none."""
    opened = {name: store.find(name).open() for name in PINNED}
    return {name: table.version() for name, table in opened.items() if table}


def rank_runs(ledger: Ledger) -> tuple[str, ...]:
    """The runs whose articles and rows count, in the order in which they became current."""
    order = dict.fromkeys(turn.run.run_id for turn in ledger.turns)
    return tuple(run_id for run_id in order if run_id in ledger.visible)


def choose_articles(store: Tables, plan: Plan) -> duckdb.DuckDBPyRelation:
    """The articles of the plan, one line each, of each page the newest."""
    duck = store.duck
    ranked = "SELECT unnest($1::VARCHAR[]) AS run_id, generate_subscripts($1, 1) AS rank"
    duck.execute(f"CREATE OR REPLACE TEMP TABLE visible AS {ranked}", [list(plan.visible)])
    for name in ("articles", "readings"):
        store.find(name).scan(version=plan.versions.get(name)).create_view(name, replace=True)
    scope = plan.scope
    values: dict[str, object] = {
        "since": scope.since and scope.since.isoformat(),
        "sources": list(scope.sources),
    }
    asked = CHOSEN
    if scope.sample:
        asked, values = CHOSEN + SAMPLE, values | {"seed": str(scope.seed), "sample": scope.sample}
    return duck.sql(asked, params=values)


def count_readers(store: Tables, plan: Plan) -> dict[str, int]:
    """How many articles of the scope each run read last. Raises InputError where a source has none at all."""
    if plan.scope.sources:
        check_sources(store, plan.scope.sources)
    chosen = choose_articles(store, plan).aggregate("read_by, count(*) AS number").order("read_by")
    return dict(chosen.fetchall())


def check_sources(store: Tables, wanted: Sequence[str]) -> None:
    """Raises InputError that names the sources of which nothing is stored, whatever else the scope asks for."""
    known = [name for (name,) in store.articles.scan("source").distinct().order("source").fetchall() if name]
    if unknown := [name for name in wanted if name not in known]:
        there = ", ".join(known) or "none"
        raise InputError(f"no stored article is of {', '.join(unknown)}; there are: {there}")


def list_partitions(store: Tables, plan: Plan) -> Iterator[Partition]:
    """The partitions of the plan, always the same."""
    chosen = choose_articles(store, plan).order(ORDER).select("month", "article_id", "run_id", "read_by")
    yield from cut_partitions(((month, Entry(*rest)) for month, *rest in chosen.iter_rows()), plan.size)
