"""The picture of a page in the README: its upper part in a real Chromium, light.

python -m benchmarks.page_picture PAGE PICTURE [HEIGHT]
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import QUIET, find_chromium, look

WIDTH, HEIGHT = 1280, 2320


def draw(page: Path, picture: Path, height: int) -> None:
    """Writes the picture as PNG."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=find_chromium(), args=[*QUIET])
        with look(browser, page, width=WIDTH) as seen:
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": height}
            seen.page.screenshot(path=picture, full_page=True, clip=clip)
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else HEIGHT)
