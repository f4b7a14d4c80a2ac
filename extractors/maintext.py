"""The text of a page's main part, by the extractor that the page's size and depth allow."""

import re
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import bare_extraction

from extractors.characters import clean_text

# Below this stands no sentence; and what the fallback finds below the other is a menu or a cookie notice.
SHORTEST, SHORTEST_FALLBACK = 40, 250
# The better extractor's time grows with the square of the depth and of some elements' number: 100,000 items of
# a list cost minutes. Real pages have some thousand elements and 50 levels.
DEEP, COUNT = etree.XPath(f"boolean(.{'/*' * 1000})"), etree.XPath("count(descendant::*)")
MANY = 20_000
CORE = "(//article | //*[@itemprop='articleBody'] | //main)[position() <= 3]"
BLANK_LINES = re.compile(r"\n{2,}")


def is_vast(tree: HtmlElement) -> bool:
    """Whether the page is so deep or has so many elements that only plain means end in time."""
    return bool(DEEP(tree)) or float(COUNT(tree)) > MANY


def find_text(tree: HtmlElement, markup: str) -> str:
    """The text of the page's main part, empty where there is none. The tree may be changed."""
    parts = [tree] if not is_vast(tree) else [deepcopy(e) for e in tree.xpath(CORE) if not is_vast(e)]
    for part in parts:
        document = bare_extraction(part, include_comments=False, with_metadata=False)
        text = clean_text(getattr(document, "text", None) or "")
        if len(text) >= (SHORTEST if part is tree else SHORTEST_FALLBACK):
            return text
    plain = extract_plain_text(markup, main_content=True, alt_texts=False, links=False, comments=False)
    plain = BLANK_LINES.sub("\n", clean_text(plain))
    return plain if len(plain) >= SHORTEST_FALLBACK else ""
