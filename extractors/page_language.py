"""In which language a page is, cheaply: what it declares, else what its words look like."""

import codecs
import re

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from extractors.language import find_language as judge_language
from extractors.walls import load_signs

DECLARED = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
HEAD = 8192  # bytes in which the first element stands
ENOUGH = 200  # characters; fewer tell nothing


def find_language(page: bytes, charset: str | None = None) -> str | None:
    """The ISO 639 code, None where the page declares none and has too few words to tell."""
    declared = DECLARED.search(page, 0, HEAD)
    if declared:
        return declared[1].decode("ascii").lower()
    text = extract_plain_text(
        bytes_to_str(page, known_encoding(charset) or detect_encoding(page) or "utf-8"), main_content=True
    )
    if len(text) < ENOUGH:
        return None
    return judge_language(None, text, load_signs()["english"].phrases)


def known_encoding(label: str | None) -> str | None:
    """The label, None where there is no encoding of this name."""
    try:
        return codecs.lookup(label).name if label else None
    except (LookupError, ValueError):
        return None
