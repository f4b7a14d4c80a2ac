r"""The picture of the table in the README, as SVG that loads nothing.

dateline extract --format jsonl fixtures/articles/kharkiv-glide-bombs.html |
    python -m review.picture > review/pictures/rows.svg

report.png beside it is the page of a night of invented events (real places, all else made up):
python -m benchmarks.invented .data/invented
python -m benchmarks.page_picture .data/invented/reports/*.html review/pictures/report.png
"""

import json
import sys
from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType
from rich.terminal_theme import TerminalTheme

from models.event import EventRow
from review.tables import make_table

WIDTH = 110
# Grey stands for what is dim; the other colours are those of the report.
PAPER, INK = (255, 255, 255), (32, 36, 42)
COLOURS = [
    INK, (179, 38, 30), (14, 107, 61), (138, 90, 0), (11, 79, 158), (126, 47, 142), (0, 96, 100), (110, 116, 124)
]  # fmt: skip
PAGE = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>Event rows as dateline prints them</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
<rect width="{width}" height="{height}" rx="8" fill="#ffffff" stroke="#d0d4da" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def draw(thing: RenderableType, width: int = WIDTH) -> str:
    """What a terminal would show, as SVG; the same thing gives the same picture."""
    console = Console(file=StringIO(), record=True, width=width, highlight=False, force_terminal=True)
    console.print(thing)
    theme = TerminalTheme(PAPER, INK, COLOURS, COLOURS)
    return console.export_svg(theme=theme, code_format=PAGE, unique_id="rows")


def read_rows(lines: Iterable[str]) -> list[EventRow]:
    """The rows of JSON lines as `extract` writes them."""
    records = (json.loads(line) for line in lines)
    return [
        EventRow.model_validate_json(json.dumps({k: v for k, v in record.items() if k != "doc_id"}))
        for record in records
    ]


if __name__ == "__main__":
    sys.stdout.write(draw(make_table(read_rows(sys.stdin), WIDTH)))
