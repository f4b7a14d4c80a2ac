"""Hooks: a real webhook and a real mail server on loopback; what is told, and that nothing tells an address."""

import json
import time
from email import message_from_string
from email.policy import default
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from command import run

from flows.alarm import close_alarm
from flows.alerts import Message, find_alerts, tell
from flows.ingest import ingest
from flows.receipts import list_receipts
from models.errors import AlertError, SourceError
from models.hook import Alerts, read_alerts
from tests.mailboxes import serve_mail
from tests.nights import feed_of, publish, write_pages, write_sources
from tests.receipts import make_count, make_receipt
from tests.servers import Site, drip, reply

SECRET = "hunter2-token"


def hook_at(site: Site, path: str = SECRET) -> str:
    return f"json://127.0.0.1:{site.port}/{path}"


def take_posts(site: Site, status: int = 200) -> list[dict[str, str]]:
    """What is posted to the site from now on."""
    told: list[dict[str, str]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        told.append(json.loads(handler.rfile.read(int(handler.headers["Content-Length"]))))
        reply(handler, b"", status)

    site.answers[f"/{SECRET}"] = answer
    return told


def write_alerts(folder: Path, *lines: str) -> None:
    (folder / "alerts.toml").write_text("\n".join(lines), encoding="utf-8")


def settings(**hooks: dict[str, object]) -> Alerts:
    return read_alerts("alerts.toml", dict(hooks))


def test_a_run_with_errors_is_told_and_the_receipt_says_so(tmp_path: Path, site: Site) -> None:
    told = take_posts(site)
    write_pages(tmp_path / "saved")
    sources = write_sources(tmp_path, saved={"kind": "folder", "path": "saved", "minimum": 3})
    write_alerts(tmp_path, "[desk]", f"url = '{hook_at(site)}'", "[night]", "env = 'NO_SUCH_VARIABLE'")
    receipt = ingest(sources, tmp_path / "home")
    assert receipt.sent == ("desk",)
    assert receipt.unsent == ("night: the environment has no NO_SUCH_VARIABLE",)
    assert list_receipts(tmp_path / "home", 9)[0] == [receipt]
    (message,) = told
    assert receipt.run_id in message["title"]
    assert message["title"].endswith("with errors")
    assert message["message"].splitlines()[0] == "! saved: 0 items, expected at least 3"
    assert SECRET not in receipt.model_dump_json()


def test_a_run_that_is_ok_is_told_to_those_who_want_it(tmp_path: Path, site: Site) -> None:
    told = take_posts(site)
    hooks = settings(desk={"url": hook_at(site)}, log={"url": hook_at(site), "on": ["done"]})
    receipt = close_alarm(tmp_path, hooks, make_receipt(), ())
    assert receipt.sent == ("log",)
    assert [message["type"] for message in told] == ["info"]
    quiet = make_receipt(0, make_count(silent="it has brought nothing new for 9 days"))
    silent = close_alarm(tmp_path, settings(ear={"url": hook_at(site), "on": ["silent"]}), quiet, ())
    assert silent.sent == ("ear",)
    assert "silent: post: it has brought nothing new" in told[-1]["message"]


def test_a_letter_is_sent_and_hostile_lines_stay_text() -> None:
    lines = ("<script>alert(1)</script>\r\n.\r\nQUIT\x1b[2J", *(f"line {n}" for n in range(90)))
    with serve_mail() as mailbox:
        url = f"mailto://desk:{SECRET}@127.0.0.1:{mailbox.port}?from=a@example.org&to=b@example.org"
        url += "&mode=insecure&smtp=127.0.0.1&user=&pass="
        delivery = tell(
            settings(desk={"url": url}).hooks, Message(frozenset({"failed"}), "a\r\nBcc: x", lines)
        )
    assert delivery.sent == ("desk",)
    letter = message_from_string(mailbox.letters[0], policy=default)
    assert letter["Bcc"] is None
    plain, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert plain
    assert html
    assert plain.get_content().splitlines()[0] == "<script>alert(1)</script> . QUIT‹U+001B›[2J"
    assert plain.get_content().splitlines()[-1] == "… and 61 more lines"
    assert "<script>" not in html.get_content()


def test_hooks_that_fail_or_are_nonsense_fail_nothing(site: Site) -> None:
    take_posts(site, status=500)
    hooks = settings(
        broken={"url": hook_at(site)},
        nonsense={"url": f"nosuchkind://{SECRET}"},
        unwilling={"url": hook_at(site), "on": ["done"]},
    ).hooks
    delivery = tell(hooks, Message(frozenset({"failed"}), "t"))
    assert delivery.sent == ()
    broken, nonsense = delivery.unsent
    assert broken.startswith("broken: was not taken")
    assert nonsense == "nonsense: the address is of no kind that apprise knows"
    assert SECRET not in str(delivery)


def test_a_hook_that_never_answers_is_given_up(site: Site) -> None:
    site.answers["/slow"] = lambda handler: drip(handler, b"x", 1000, 0.2)
    began = time.monotonic()
    slow = settings(slow={"url": hook_at(site, "slow")}).hooks
    assert tell(slow, Message(frozenset({"failed"}), "t"), patience=6).unsent == ("slow: no answer in time",)
    assert time.monotonic() - began < 60


def test_a_crash_is_told_and_stays_a_crash(
    tmp_path: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    told = take_posts(site)
    sources = write_sources(tmp_path, odd={"kind": "carrier pigeon", "url": "x"})
    write_alerts(
        tmp_path, "[desk]", f"url = '{hook_at(site)}'", "[gone]", "url = 'json://127.0.0.1:9/hunter2'"
    )
    with pytest.raises(SourceError):
        ingest(sources, tmp_path / "home")
    (message,) = told
    assert message["title"].endswith("a run crashed")
    assert message["message"].startswith("SourceError: feeds.toml: [odd]")
    complaint = capsys.readouterr().err
    assert complaint.startswith("error: alert gone: was not taken")
    assert "hunter2" not in complaint


def test_a_run_that_died_or_was_missed_is_told_by_the_next(tmp_path: Path, site: Site) -> None:
    told = take_posts(site)
    publish(site)
    sources = write_sources(tmp_path, town=feed_of(site))
    write_alerts(
        tmp_path, "missed_after = 26", "[desk]", f"url = '{hook_at(site)}'", 'on = ["crashed", "missed"]'
    )
    staging = tmp_path / "home" / "staging"
    staging.mkdir(parents=True)
    (staging / "run").write_text("20240305T021500Z-ab12")
    receipt = ingest(sources, tmp_path / "home", allow_private=True)
    assert [note.split()[:2] for note in receipt.notes] == [
        ["run", "20240305T021500Z-ab12"],
        ["there", "has"],
    ]
    assert receipt.sent == ("desk",)
    assert "died before its commit" in told[0]["message"]
    again = ingest(sources, tmp_path / "home", allow_private=True)
    assert (again.notes, again.sent, len(told)) == ((), (), 1)


def test_the_watcher_tells_of_a_missed_run(tmp_path: Path, site: Site) -> None:
    told = take_posts(site)
    write_alerts(tmp_path, "[desk]", f"url = '{hook_at(site)}'")
    sources = tmp_path / "feeds.toml"
    home = tmp_path / "home"
    words = ("alerts", "check", "--sources", sources, "--home", home)
    missed = run(*words, "--within", "30")
    assert (missed.returncode, missed.stderr) == (1, "error: there has been no run yet\n")
    assert told[0]["title"].endswith("a run was missed")
    ingest(write_sources(tmp_path, none={"kind": "folder", "path": "."}), home)
    assert run(*words, "--within", "30").returncode == 0
    unknown = run(*words)
    assert (unknown.returncode, "missed_after" in unknown.stderr) == (2, True)


def test_alerts_test_tries_every_hook(tmp_path: Path, site: Site) -> None:
    told = take_posts(site)
    write_alerts(
        tmp_path, "[desk]", f"url = '{hook_at(site)}'", "[gone]", "url = 'json://127.0.0.1:9/hunter2'"
    )
    tried = run("alerts", "test", "--sources", tmp_path / "feeds.toml")
    assert (tried.returncode, tried.stdout) == (1, "desk: sent\n")
    assert tried.stderr.startswith("error: gone: was not taken")
    assert "hunter2" not in tried.stdout + tried.stderr
    assert len(told) == 1


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([f"desk = '{SECRET}'"], "each hook is a table"),
        (["[desk]"], "needs either 'url' or 'env'"),
        (["[desk]", f"url = 'x://{SECRET}'", "env = 'A'"], "needs either 'url' or 'env'"),
        (["[desk]", f"url = '{SECRET}'"], "'url' is no address"),
        (["[desk]", "url = 7"], "'url'"),
        (["[desk]", f"env = 'json://{SECRET}'"], "'env' is the name"),
        (["[desk]", "env = 'A'", "on = ['sometimes']"], "'on' is a list of these"),
        (["[desk]", "env = 'A'", "on = []"], "'on' is a list of these"),
        (["[desk]", "env = 'A'", f"token = '{SECRET}'"], "unknown key 'token'"),
        (["missed_after = -1"], "'missed_after' is a number"),
        (["missed_after = 'often'"], "'missed_after' is a number"),
        ([f"[desk]\nurl = '{SECRET}"], "alerts.toml: "),
        (["\udce9"], "alerts.toml: "),
    ],
)
def test_settings_that_are_not_valid_are_one_line_without_an_address(
    tmp_path: Path, lines: list[str], told: str
) -> None:
    path = tmp_path / "alerts.toml"
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    with pytest.raises(AlertError) as caught:
        find_alerts(tmp_path / "feeds.toml")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_the_file_that_comes_with_dateline_is_valid_and_names_nobody() -> None:
    assert find_alerts(Path(__file__).parent.parent / "flows" / "feeds.toml") == Alerts()
