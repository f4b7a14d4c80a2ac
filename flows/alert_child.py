"""The child that delivers one alert, so that a hook that hangs can be killed. Its address comes by a pipe."""

import json
import logging
import sys


def deliver() -> None:
    """Reads address, title and body from standard input; answers `sent`, `refused` or `unknown`."""
    logging.disable(logging.CRITICAL)  # the library's log may show parts of an address
    from apprise import Apprise, NotifyFormat, NotifyType  # noqa: PLC0415 - after the log is silent

    wanted = json.load(sys.stdin)
    hook = Apprise()
    if not hook.add(wanted["url"]):
        sys.stdout.write("unknown")
        return
    kind = NotifyType.WARNING if wanted["alarm"] else NotifyType.INFO
    told = hook.notify(
        body=wanted["body"], title=wanted["title"], notify_type=kind, body_format=NotifyFormat.TEXT
    )
    sys.stdout.write("sent" if told else "refused")
