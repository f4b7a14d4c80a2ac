"""What a re-extraction would do, without doing it: articles by what each needs, what changed, and how long it takes."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from flows.backend_pool import count_cores
from flows.lines import month
from flows.parse_index import ParseIndex
from flows.reextract import explain_nothing, make_job, view_round
from flows.reextract_cases import Case, decide_case
from flows.reextract_desk import open_desk
from flows.reextract_job import Job
from flows.reextract_plan import list_partitions
from flows.reextract_round import Round
from flows.reextract_start import Asked
from flows.stage_changes import list_entries, list_stages
from flows.store_tables import Tables
from models.again import Estimate, Need

# Milliseconds of one core for an article of a page, by what it needs (benchmarks/reextraction.md).
COSTS: Mapping[Need, float] = {"carry": 1.0, "check": 4.0, "read": 8.0, "parse": 45.0, "pages": 100.0}
FINDING = 7.0  # more for an article of which no finder is known to find what it found
NEEDS: Mapping[str, Need] = {"carry": "carry", "check": "check", "read": "read", "parse": "parse"}


def estimate(home: Path, asked: Asked, workers: int | None) -> Estimate:
    """What the same command would do without `--dry-run`. Raises what `reextract` raises; writes nothing."""
    ours = view_round(home, asked)
    plan, nothing = ours.plan, explain_nothing(ours)
    needs: Counter[Need] = Counter()
    parsed = found = 0
    if not nothing:
        needs, parsed, found = weigh_articles(ours)
    milliseconds = sum(COSTS[need] * number for need, number in needs.items())
    milliseconds += parsed * COSTS["parse"] + found * FINDING
    carries = [*ours.carries.values()]
    return Estimate(
        scope=plan.scope.words,
        articles=plan.scope.articles,
        needs=dict(needs),
        unparsed=parsed,
        stages=list_stages(carries),
        entries=list_entries(carries),
        seconds=milliseconds / 1000 / count_busy(workers),
        nothing=nothing,
        goes_on=plan.run_id if ours.resumed else "",
    )


def count_busy(workers: int | None) -> int:
    """The processes that work at once, where so many are asked for: no more than there are cores."""
    return max(1, min(count_cores() if workers is None else workers, count_cores()))


def weigh_articles(ours: Round) -> tuple[Counter[Need], int, int]:
    """Articles by what each needs, how many would be read but have no parse in the cache, or ask every finder."""
    job, needs, parsed, found = make_job(ours), Counter[Need](), 0, 0
    index = ParseIndex(ours.tables.location)
    for partition in list_partitions(Tables(ours.tables.location), ours.plan):
        if partition.name in ours.done:
            continue
        with open_desk(job, pages=False) as desk:
            weighed = [(case, *weigh_case(job, case)) for case in desk.list_cases(partition)]
        needs.update(need for _, need, _ in weighed)
        found += sum(anew for _, _, anew in weighed)
        texts = {
            case.text_sha: month(case.article.day)
            for case, need, _ in weighed
            if need in ("check", "read") and not case.unparsed
        }
        parsed += 0 if job.fresh else len(texts) - len(index.find(ours.plan.stages["parse"], texts))
        ours.progress("weigh", needs.total(), ours.plan.scope.articles, str)
    return needs, parsed, found


def weigh_case(job: Job, case: Case) -> tuple[Need, bool]:
    """What the article needs, and whether every finder is asked, as far as can be told without reading it."""
    if case.wants_page(job):
        return "pages", False
    if job.fresh:
        return "parse", False
    decision = decide_case(job, case)
    need = NEEDS[decision.step]
    return need, need == "read" and not decision.list_known(case.found)
