"""The text of a page's bytes, whatever its encoding says or fails to say."""

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
PROLOGUE = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})""", re.IGNORECASE)
HEAD = 8192
# What browsers read under these names is a wider set than Python's codec of the name.
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The page as text: byte order mark, then UTF-8 if it is that, then what is declared, then a guess.

    `charset` is the HTTP header's. A page that is UTF-8 but for some bad bytes stays UTF-8.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = find_declared(data, charset)
    if declared and declared.startswith(("utf-16", "utf-32", "iso2022", "hz")):
        return data.decode(declared, "replace")
    text = data.decode("utf-8", "replace")
    if is_mostly_sound(text):
        return text
    if declared and declared != "utf-8":
        return data.decode(declared, "replace")
    return decode_by_guess(data, text, trust_utf8=declared is not None)


def find_declared(data: bytes, charset: str | None) -> str | None:
    """The codec that the header or the page names, None where neither names a known one.

    Servers send ISO-8859-1 by habit, so that header counts for nothing; any other beats the page's own word.
    """
    header = find_codec(charset)
    found = META.search(data, 0, HEAD) or PROLOGUE.match(data.lstrip()[:HEAD])
    own = find_codec(found[1].decode("ascii", "replace")) if found else None
    if own and own.startswith(("utf-16", "utf-32")):
        own = "utf-8"  # ASCII letters just spelt the name, so the page cannot be that
    return own if header in (None, "cp1252") else header


def find_codec(label: str | None) -> str | None:
    """Python's codec for an encoding label as browsers read it (latin-1 means windows-1252)."""
    if not label:
        return None
    label = label.strip().strip("\"'")
    try:
        name = codecs.lookup(map_encoding_to_html5(label, fallback_utf8=False) or label).name
    except (LookupError, ValueError):
        return None
    return WIDER.get(name, name)


def is_mostly_sound(text: str) -> bool:
    """Whether a decoding met no bad byte, or few beside the letters outside ASCII that it read."""
    bad = text.count("\ufffd")
    if not bad:
        return True
    good = sum(not character.isascii() for character in text) - bad
    return good >= 2 * bad


def decode_by_guess(data: bytes, as_utf8: str, *, trust_utf8: bool) -> str:
    """The text by the detector's encoding; UTF-8 where a declared UTF-8 page has a stray bad byte or two."""
    if trust_utf8 and as_utf8.count("\ufffd") <= 2:
        return as_utf8
    # Markup is ASCII and hides the few telling bytes, so only lines with other bytes are shown.
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())
    guess = find_codec(detect_encoding(telling)) or "cp1252"
    return data.decode("cp1252" if guess == "utf-8" else guess, "replace")
