"""A table as an Atom feed (RFC 4287): an entry an event, with an id that stays."""

from datetime import UTC, date, datetime, time
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from review.exports.entry_names import name_entry
from review.exports.sheets import Export, Line, Sheet, Value, write_text
from review.exports.xml_text import element, write_xml
from review.links import make_link

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def write_atom(export: Export, out: BinaryIO, title: str = "dateline") -> None:
    """Writes the feed in the order of the table. `title` tells one feed from another, and makes its id."""
    updated = write_instant(export.moment or EARLIEST)
    subtitle = "; ".join(f"{what}: {value}" for what, value in export.about)
    out.write(HEAD.encode())
    for name, text in (
        ("id", name_id("feed", title)),
        ("title", title),
        ("subtitle", subtitle),
        ("updated", updated),
    ):
        out.write(f"{element(name, text)}\n".encode())
    out.write(b"<author><name>dateline</name></author><generator>dateline</generator>\n")
    for line in export.main.read():
        out.write(make_entry(export.main, line, updated).encode())
    out.write(b"</feed>\n")


def make_entry(sheet: Sheet, line: Line, updated: str) -> str:
    """One event: its name, sentence, day of the report, and the address where it is safe to follow."""
    kind = write_text(sheet.take(line, "kind")).replace("_", " ")
    told = write_text(sheet.take(line, "text"))
    link = make_link(write_text(sheet.take(line, "url")) or None)
    moment = read_instant(sheet.take(line, "updated")) or updated
    parts = (
        element("id", name_id("event", write_text(sheet.take(line, "id")))),
        element("title", name_entry(sheet, line)),
        element("updated", moment),
        f'<category term="{write_xml(kind)}"/>' if kind else "",
        f'<link rel="alternate" href="{write_xml(link.href)}"/>' if link else "",
        f'<content type="text">{write_xml(told)}</content>',
    )
    return f"<entry>{''.join(parts)}</entry>\n"


def name_id(what: str, name: str) -> str:
    """An id that is the same whenever and wherever the feed is made."""
    return uuid5(NAMESPACE_URL, f"dateline:{what}:{name}").urn


def read_instant(value: Value) -> str | None:
    """The instant as RFC 3339 wants it; a bare day begins at midnight UTC."""
    if not value:
        return None
    moment = value if isinstance(value, date) else datetime.fromisoformat(str(value))
    return write_instant(moment if isinstance(moment, datetime) else datetime.combine(moment, time()))


def write_instant(moment: datetime) -> str:
    """RFC 3339 in UTC; without a zone it is taken for UTC."""
    return (
        (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        .astimezone(UTC)
        .strftime("%Y-%m-%dT%H:%M:%SZ")
    )
