"""Text in XML: escaped, and without characters that XML has no place for."""

from xml.sax.saxutils import escape

from review.controls import name_controls

QUOTES = {'"': "&quot;"}


def write_xml(text: str) -> str:
    """The text as the content of an element, or of an attribute in double quotes."""
    return escape(name_controls(text), QUOTES)


def write_html(text: str) -> str:
    """The text for an element whose content is HTML: shown as text there too."""
    return escape(write_xml(text), QUOTES)


def element(name: str, text: str) -> str:
    """An element with the text in it."""
    return f"<{name}>{write_xml(text)}</{name}>"
