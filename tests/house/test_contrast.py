"""Text keeps 7:1 on its ground, in the light and in the dark (WCAG 2.2, 1.4.6): computed from static/css/tokens.css."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text("utf-8")
LIGHT = re.search(r":root \{(.*?)\}", TOKENS, re.DOTALL)
DARK = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', TOKENS, re.DOTALL)
AUTO = re.search(r':root\[data-theme="auto"\] \{(.*?)\}', TOKENS, re.DOTALL)
TEXTS = {
    # colour of the text: the grounds it stands on
    "ink": ("paper", "card", "brand-soft", "ok-soft", "warn-soft", "bad-soft"),
    "ink-2": ("paper", "card"),
    "brand": ("paper", "card", "brand-soft"),
    "brand-on": ("brand",),
    "ok": ("card", "ok-soft"),
    "warn": ("card", "warn-soft"),
    "bad": ("card", "bad-soft"),
    "bad-on": ("bad",),
}
LEAST = 7.0
LEAST_OF_EDGES = 3.0  # WCAG 2.2, 1.4.11: what shows where a field or a key ends


def colours(found: re.Match[str] | None) -> dict[str, str]:
    assert found is not None
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})\b", found[1]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=["light", "dark"])
def palette(request: pytest.FixtureRequest) -> dict[str, str]:
    """The colours of one of the two; what the dark does not change it has from the light."""
    return colours(LIGHT) | (colours(DARK) if request.param == "dark" else {})


def test_the_arithmetic_is_that_of_the_standard() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def test_every_text_has_seven_to_one_on_every_ground_it_stands_on(palette) -> None:
    low = {
        f"{text} on {ground}": round(contrast(palette[text], palette[ground]), 2)
        for text, grounds in TEXTS.items()
        for ground in grounds
        if contrast(palette[text], palette[ground]) < LEAST
    }
    assert low == {}


def test_edges_of_fields_and_keys_are_seen(palette) -> None:
    for ground in ("paper", "card"):
        assert contrast(palette["line"], palette[ground]) >= LEAST_OF_EDGES
    assert max(contrast(palette[ring], palette["card"]) for ring in ("ring", "ring-2")) >= LEAST_OF_EDGES


def test_who_leaves_it_to_a_dark_device_sees_the_same_dark() -> None:
    assert colours(AUTO) == colours(DARK) and len(colours(DARK)) > 12


def test_no_sheet_brings_colours_of_its_own() -> None:
    """Except on paper, and for the skip link, whose yellow is the same in the dark and so is its text."""
    sheets = sorted((Path(__file__).resolve().parents[2] / "static/css").glob("*.css"))
    own = {
        f"{sheet.name}: {colour}"
        for sheet in sheets
        if sheet.name not in ("tokens.css", "print.css", "document.css")
        for colour in re.findall(
            r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)}])", sheet.read_text("utf-8").partition("@media print")[0]
        )
        if colour not in ("#0b0c0c",)
    }
    assert own == set()
