"""The work of the benchmark of scaling: in a module of its own, where workers find it."""

import os
import resource
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import process_time

from flows.worker import worker_extractor
from models.article import Article
from tests.goldens import list_fixtures, read_fixture

ARTICLES = 6  # a partition: about half a second


@dataclass(frozen=True, slots=True)
class Spent:
    """What a partition cost its worker: CPU seconds, and its memory and CPU since its start when it was done."""

    worker: int
    seconds: float
    since: float
    megabytes: float


@cache
def list_articles() -> Sequence[Article]:
    """The first articles of the fixtures."""
    found = (read_fixture(slug) for slug in list_fixtures())
    return [one for one in found if isinstance(one, Article)][:ARTICLES]


def read_articles(_number: int) -> Spent:
    """Reads the articles, parses and all; the first time on top of loading the model, which is not counted."""
    extractor, articles = worker_extractor(), list_articles()
    before = process_time()
    assert sum(len(read.rows) for read in extractor.read(articles))
    return spend(before)


def do_nothing(_number: int) -> Spent:
    """No work at all."""
    return spend(process_time())


def spend(before: float) -> Spent:
    """The account of a partition that began then."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    now = process_time()
    return Spent(os.getpid(), now - before, now, pages * resource.getpagesize() / 2**20)
