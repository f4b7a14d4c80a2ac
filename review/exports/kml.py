"""A table as KML 2.2: a folder a kind, a placemark a line with its days and columns."""

import shutil
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from review.exports.entry_names import name_entry
from review.exports.sheets import Export, Line, Sheet, write_text
from review.exports.xml_text import element, write_html, write_xml

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
# A balloon shows the description and nothing else: Google Earth would read the columns as HTML.
STYLE = '<Style id="event"><BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n'
IN_MEMORY = 1 << 20


def write_kml(export: Export, out: BinaryIO) -> None:
    """Writes the main table; folders stand in the order of their names."""
    sheet = export.main
    about = "\n".join(f"{what}: {value}" for what, value in export.about)
    out.write(
        f"{HEAD}{element('name', sheet.name)}<description>{write_html(about)}</description>\n{STYLE}".encode()
    )
    with ExitStack() as stack:
        folders: dict[str, SpooledTemporaryFile[bytes]] = {}
        for line in sheet.read():
            kind = write_text(sheet.take(line, "kind"))
            if kind not in folders:
                folders[kind] = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))
            folders[kind].write(make_placemark(sheet, line).encode())
        for kind, file in sorted(folders.items()):
            out.write(f"<Folder>{element('name', kind.replace('_', ' '))}\n".encode())
            file.seek(0)
            shutil.copyfileobj(file, out)
            out.write(b"</Folder>\n")
    out.write(b"</Document>\n</kml>\n")


def make_placemark(sheet: Sheet, line: Line) -> str:
    """One line; without a point it has no geometry."""
    told = write_text(sheet.take(line, "text"))
    return (
        f"<Placemark>{element('name', name_entry(sheet, line))}"
        f"<description>{write_html(told)}</description>{make_span(sheet, line)}<styleUrl>#event</styleUrl>"
        f"<ExtendedData>{make_data(sheet, line)}</ExtendedData>{make_point(sheet, line)}</Placemark>\n"
    )


def make_span(sheet: Sheet, line: Line) -> str:
    """The days, as far as they are known."""
    ends = {"begin": sheet.take(line, "start"), "end": sheet.take(line, "end")}
    told = "".join(element(name, write_text(day)) for name, day in ends.items() if day is not None)
    return f"<TimeSpan>{told}</TimeSpan>" if told else ""


def make_data(sheet: Sheet, line: Line) -> str:
    """The columns that hold something."""
    pairs = zip(sheet.names, line, strict=True)
    return "".join(
        f'<Data name="{write_xml(name)}">{element("value", write_text(value))}</Data>'
        for name, value in pairs
        if value is not None
    )


def make_point(sheet: Sheet, line: Line) -> str:
    """Longitude first."""
    longitude, latitude = sheet.take(line, "longitude"), sheet.take(line, "latitude")
    if latitude is None or longitude is None:
        return ""
    return f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>"
