"""The colours of the page can be read by everybody."""

import re
from collections.abc import Iterator

import pytest

from review.report import TEMPLATES
from review.standing import STANDINGS


def read_palettes() -> Iterator[dict[str, str]]:
    css = (TEMPLATES / "palette.css").read_text(encoding="utf-8")
    dark, light = css.split("{% endmacro %}", 1)
    find = re.compile(r"--([\w-]+): (#[0-9a-f]{6})").findall
    yield dict(find(light))
    yield dict(find(light)) | dict(find(dark))


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [*read_palettes()], ids=["light", "dark"])
def test_text_can_be_read_in_light_and_dark(palette: dict[str, str]) -> None:
    kinds = ("actor", "weapon", "place", "date", "count", "event")
    pairs = [("ink", paper) for paper in ("page", "card", "raised", *(f"{kind}-tint" for kind in kinds))]
    pairs += [("soft", paper) for paper in ("page", "card", "raised")]
    pairs += [(kind, f"{kind}-tint") for kind in kinds] + [(standing.name, "card") for standing in STANDINGS]
    pairs += [
        ("good", "good-tint"),
        ("bad", "bad-tint"),
        ("old", "old-tint"),
        ("now", "now-tint"),
        ("accent-ink", "accent"),
        ("accent", "card"),
        ("accent", "page"),
    ]
    low = {pair: round(contrast(palette[pair[0]], palette[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}
    shapes = [(f"k{n}", "card") for n in range(6)]
    shapes += [(change, paper) for change in ("more", "fewer", "same") for paper in ("card", "land", "water")]
    faint = {pair: round(contrast(palette[pair[0]], palette[pair[1]]), 2) for pair in shapes}
    assert {pair: value for pair, value in faint.items() if value < 3} == {}
