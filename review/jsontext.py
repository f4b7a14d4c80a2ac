"""JSON text that is safe to print: readable in every script, without characters that redraw the rest."""

import json
import re

# C1 controls, line separators, direction marks and lone surrogates: escaped, so nothing of them is lost.
UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write_json(value: object) -> str:
    """The value as JSON on one line."""
    text = json.dumps(value, ensure_ascii=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
