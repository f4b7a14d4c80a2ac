"""Scores `dateline extract` on the development corpora and keeps the table in `benchmarks/scores.md`.

python -m benchmarks.scores CORPORA [--scorer SCORE.PY] [--sample N] [--note TEXT]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLE = HERE / "scores.md"
COLUMNS = ("field", "corpus", "measure")


def main() -> int:
    """Runs the scorer, keeps its table on top of the history, returns its exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="folder of corpora, each with a dev.jsonl")
    parser.add_argument(
        "--scorer", type=Path, help="score.py (default: ../score/score.py beside the corpora)"
    )
    parser.add_argument("--sample", type=int, help="score so many documents of each corpus")
    parser.add_argument("--note", default="", help="one line on what changed")
    args = parser.parse_args()
    scorer = args.scorer or args.corpora.resolve().parent / "score" / "score.py"
    if not args.corpora.is_dir() or not scorer.is_file():
        print(f"error: no corpora at {args.corpora} or no scorer at {scorer}", file=sys.stderr)
        return 2
    options = ["--text", "text_mixed", *(["--sample", str(args.sample)] if args.sample else [])]
    dateline = Path(sys.executable).with_name("dateline")
    command = [
        sys.executable,
        scorer,
        "all",
        "--dir",
        args.corpora,
        "--extract",
        f"'{dateline}' extract",
        *options,
    ]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    sys.stderr.write(done.stderr)
    sys.stdout.write(done.stdout)
    if done.returncode != 2:
        keep(
            done.stdout,
            " ".join(["score.py all --dir CORPORA --extract 'dateline extract'", *options]),
            args.note,
        )
    return done.returncode


def keep(output: str, command: str, note: str) -> None:
    """Puts the table, with date, commit and command, above the earlier ones."""
    head, _, old = TABLE.read_text(encoding="utf-8").partition("\n## ") if TABLE.exists() else (TITLE, "", "")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    )
    stamp = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit.stdout.strip()}"
    title = f"{stamp}{': ' + note if note else ''}"
    body = f"{title}\n\n`{command}`\n\n```\n{output.strip()}\n```\n"
    TABLE.write_text(f"{head.rstrip()}\n\n## {body}" + (f"\n## {old}" if old else ""), encoding="utf-8")


TITLE = """# Scores on the development corpora

Newest first. Percent; F1 unless the measure is a rate. The corpora and the scorer are not part of the project:
their second halves, kept apart, measure how well this generalises.
"""

if __name__ == "__main__":
    sys.exit(main())
