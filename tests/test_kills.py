"""A small share of benchmarks/kills.py: runs that are killed at random moments lose and repeat nothing."""

from pathlib import Path

from benchmarks.kills import kill_runs


def test_killed_runs_lose_and_repeat_nothing(tmp_path: Path) -> None:
    tries = kill_runs(tmp_path, kills=3, pages=40)
    assert tries.faults == []
    assert (tries.kills, tries.refetched) == (3, 0)
