"""Telling somebody: hooks of `alerts.toml`, each in a child of its own. No hook can fail or hang a run."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from flows.feeds import read_toml
from models.errors import AlertError, SourceError
from models.hook import Alerts, Hook, Occasion, read_alerts
from review.controls import show_controls

FILE = "alerts.toml"
PATIENCE = 60.0  # seconds for all hooks together
MOST_LINES, LONGEST_LINE = 30, 300
ROOT = str(Path(__file__).resolve().parent.parent)
DELIVER = "import sys; sys.path.insert(0, sys.argv[1]); from flows.alert_child import deliver; deliver()"
WORDS = {
    "refused": "was not taken; is the address right, and does its server answer?",
    "unknown": "the address is of no kind that apprise knows",
    "": "the delivery ended without an answer",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody is told, and on which occasions."""

    occasions: frozenset[Occasion]
    title: str
    lines: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The first lines, each cut, with nothing in them that a terminal or a mail program would obey."""
        shown = [show_controls(line)[:LONGEST_LINE] for line in self.lines[:MOST_LINES]]
        left = len(self.lines) - len(shown)
        return "\n".join([*shown, *([f"… and {left} more lines"] if left else [])]) or self.title


@dataclass(frozen=True, slots=True)
class Delivery:
    """Which hooks were told, and one line for each that was not."""

    sent: tuple[str, ...] = ()
    unsent: tuple[str, ...] = ()


def find_file(sources_path: Path) -> Path:
    """Where the settings stand: beside the file of sources."""
    return sources_path.parent / FILE


def find_alerts(sources_path: Path) -> Alerts:
    """The settings beside the file of sources; none where there is no such file. Raises AlertError."""
    path = find_file(sources_path)
    if not path.exists():
        return Alerts()
    try:
        return read_alerts(path.name, read_toml(path))
    except SourceError as error:
        raise AlertError(str(error)) from error


def tell(hooks: Iterable[Hook], message: Message, patience: float = PATIENCE) -> Delivery:
    """Tells the hooks that want to know of one of the occasions."""
    chosen = [hook for hook in hooks if message.occasions & set(hook.on)]
    until = time.monotonic() + patience
    running = {hook.name: start_delivery(hook, message) for hook in chosen}
    faults = {name: await_delivery(child, until) for name, child in running.items()}
    return Delivery(
        tuple(name for name, fault in faults.items() if not fault),
        tuple(f"{name}: {fault}" for name, fault in faults.items() if fault),
    )


def start_delivery(hook: Hook, message: Message) -> "subprocess.Popen[str] | str":
    """A child that delivers, or why there is none. The address goes by a pipe: a command line is public."""
    url = hook.url.get_secret_value() if hook.url else os.environ.get(str(hook.env), "")
    if not url:
        return f"the environment has no {hook.env}"
    wanted = {
        "url": url,
        "title": show_controls(message.title)[:LONGEST_LINE],
        "body": message.body,
        "alarm": message.occasions != {"done"},
    }
    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", DELIVER, ROOT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            process_group=0,
        )
    except OSError as error:
        return f"no process could be started ({error.strerror})"
    stdin, child.stdin = child.stdin, None
    with suppress(BrokenPipeError), cast(IO[str], stdin) as pipe:
        pipe.write(json.dumps(wanted, ensure_ascii=False))  # shorter than a pipe holds, so it never waits
    return child


def await_delivery(child: "subprocess.Popen[str] | str", until: float) -> str:
    """Why nothing was delivered; empty where it was."""
    if isinstance(child, str):
        return child
    with child:
        try:
            answer, _ = child.communicate(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            return "no answer in time"
    return "" if answer == "sent" else WORDS.get(answer, WORDS[""])
