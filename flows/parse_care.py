"""How large the parse cache is and what of it is still of use, and the rest taken out."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from flows.block_files import BlockFiles, read_time
from flows.parse_index import ParseIndex
from flows.store import Store
from flows.tables import typed
from models.errors import InputError

YOUNG = timedelta(days=1)  # a block that no index names yet may be of a run that is under way


@dataclass(frozen=True, slots=True)
class ModelShare:
    """What is kept of one model; `newest` is the model of the newest run."""

    model: str
    blocks: int
    texts: int
    bytes: int
    newest: bool


@dataclass(frozen=True, slots=True)
class CacheState:
    """The whole cache: `covered` of the `worth` texts that are worth parsing have one of the newest run's model."""

    models: tuple[ModelShare, ...]
    strays: int
    stray_bytes: int
    lost: int
    covered: int
    worth: int


@dataclass(frozen=True, slots=True)
class Pruning:
    """What was, or would be, taken out: parses in the index, files, and their bytes."""

    texts: int
    files: int
    bytes: int


class ParseCare:
    """The cache of a store, for those who look after it. Every method raises StoreError."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.duck = store.tables.duck
        self.index = ParseIndex(store.location, self.duck)
        self.files = BlockFiles(store.location)

    def newest_model(self) -> str | None:
        """The digest of the model that the newest run parsed with."""
        runs = [run for run in self.store.runs() if run.stages.get("parse")]
        return runs[-1].stages["parse"] if runs else None

    def look(self) -> CacheState:
        """What there is."""
        newest, sizes = self.newest_model(), self.files.sizes()
        with typed(self.index.location):
            found = self.index.scan().select("model", "block").distinct().fetchall()
            texts = dict(self.index.newest(sizes).aggregate("model, count(*)::BIGINT AS texts").fetchall())
            covered, worth = self.cover(newest or "")
        shares = []
        for model in sorted(texts):
            own = [block for one, block in found if one == model]
            size = sum(sizes.get(block, 0) for block in own)
            shares.append(ModelShare(model, len(own), texts[model], size, model == newest))
        named = {block for _, block in found}
        strays = [size for name, size in sizes.items() if name not in named]
        return CacheState(tuple(shares), len(strays), sum(strays), len(named - sizes.keys()), covered, worth)

    def cover(self, model: str) -> tuple[int, int]:
        """How many of the texts that are worth parsing have a parse of the model, and how many there are."""
        parses = self.index.scan().filter(
            duckdb.ColumnExpression("model") == duckdb.ConstantExpression(model)
        )
        unread = self.store.last_readings().filter('findings LIKE \'%"prefilter": "unread"%\'')
        articles = self.store.plan_articles()
        texts = articles.select("text_sha", "month", "article_id").join(
            unread.select("article_id"), "article_id", how="anti"
        )
        wanted = texts.select(
            "text_sha", "month"
        ).distinct()  # a text is looked for in its article's month alone
        found = wanted.join(parses.select("text_sha", "month").distinct(), "text_sha, month", how="semi")
        return len(found), len(wanted)

    def prune(
        self, keep: Sequence[str], before: datetime | None, now: datetime, *, whole: bool, dry: bool
    ) -> Pruning:
        """Takes out parses of other models than those of `keep`, those made before then, those of no article, those
        that were written again with what was found later, and the files that nothing names any more; the `whole`
        cache, where that is asked. A `dry` one holds nothing."""
        with nullcontext() if dry else self.store.writing(), typed(self.index.location):
            kept = self.index.empty() if whole else self.choose(keep, before)
            named = {block for (block,) in kept.select("block").distinct().fetchall()}
            old = {block for (block,) in self.index.scan().select("block").distinct().fetchall()}
            gone = {
                name: size
                for name, size in self.files.sizes().items()
                if name not in named and (whole or name in old or is_old(name, now))
            }
            lines = len(self.index.scan()) - len(kept)
            if not dry:
                if lines:
                    self.index.keep(kept)
                for name in gone:
                    self.files.remove(name)
        return Pruning(lines, len(gone), sum(gone.values()))

    def choose(self, keep: Sequence[str], before: datetime | None) -> duckdb.DuckDBPyRelation:
        """The lines of the index that stay."""
        rows = self.index.newest(self.files.sizes())
        models = [duckdb.ConstantExpression(model) for model in self.name_models(keep)]
        rows = rows.filter(duckdb.ColumnExpression("model").isin(*models)) if models else self.index.empty()
        if before:
            rows = rows.filter(duckdb.ColumnExpression("at") >= duckdb.ConstantExpression(before))
        tables, ledger = self.store.tables, self.store.ledger()
        known = tables.articles.scan("text", "text_sha")
        for run in ledger.candidates:
            known = known.union(tables.candidate(run.run_id, "articles").scan("text", "text_sha"))
        known = known.select("coalesce(text_sha, sha256(text)) AS text_sha")
        return rows.join(known.distinct(), "text_sha", how="semi")

    def name_models(self, keep: Sequence[str]) -> list[str]:
        """The models whose digests begin so; where none is given, that of the newest run. Raises InputError."""
        models = [
            model for (model,) in self.index.scan().select("model").distinct().order("model").fetchall()
        ]
        newest = self.newest_model()
        if not keep:
            return [model for model in models if model == newest]
        found = {part: [model for model in models if model.startswith(part)] for part in keep}
        for part, own in found.items():
            if len(own) != 1:
                many = "no model" if not own else f"{len(own)} models"
                raise InputError(
                    f"{many} of the parse cache begin with '{part}'; `dateline cache show` lists them"
                )
        return sorted({own[0] for own in found.values()})


def is_old(name: str, now: datetime) -> bool:
    """Whether no run that is under way can have written the file."""
    written = read_time(name)
    return written is None or now - written > YOUNG
