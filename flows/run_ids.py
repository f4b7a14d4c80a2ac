"""Ids of runs: they sort by time of start, even where the clock went back in between."""

import re
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from flows.silence import write_age

STAMP = "%Y%m%dT%H%M%SZ"
RUN_ID = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{4}")


def make_run_id(now: datetime, run_ids: Iterable[str]) -> tuple[str, list[str]]:
    """An id that sorts behind all the others, since the newest run's rows win; and what to note of the clock."""
    stamps = [found[1] for run_id in run_ids if (found := RUN_ID.fullmatch(run_id))]
    newest = datetime.strptime(max(stamps), STAMP).replace(tzinfo=UTC) if stamps else None
    notes = []
    if newest and now < newest:
        notes.append(f"the clock stands {write_age(newest - now)} before the last run; is it right?")
    moment = max(now, newest + timedelta(seconds=1)) if newest else now
    return f"{moment:{STAMP}}-{secrets.token_hex(2)}", notes
