"""Both themes are readable: contrast by WCAG, and lines told apart by eyes of every kind.

Colour difference is the distance in CAM02-UCS, where 1 is about what can just be seen side by side.
Deficiencies are simulated in full (severity 100) by colorspacious, after Machado et al. (2009).
"""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert  # type: ignore[import-untyped]

from simulator.charts import palette
from simulator.charts.palette import DARK, LIGHT, PALETTES, Palette
from simulator.model.register import FloatArray

TEXT, GRAPHICS = 7.0, 3.0
APART = 18.0
"""Colour difference of any two lines: other hues, at a glance."""
APART_FOR_ALL = 12.0
"""The same of plan and carrying on, for eyes of every kind."""
APART_BESIDES_DASH = 8.5
"""The same of any two lines, which differ in their dash too."""
EYES = {
    "normal": None,
    "protanopia": "protanomaly",
    "deuteranopia": "deuteranomaly",
    "tritanopia": "tritanomaly",
}
both = pytest.mark.parametrize("theme", PALETTES.values(), ids=PALETTES)


def rgb(colour: str) -> FloatArray:
    """``#RRGGBB`` as three numbers, 0-1."""
    assert re.fullmatch("#[0-9A-F]{6}", colour), colour
    return np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def luminance(colour: FloatArray) -> float:
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(first: FloatArray, other: FloatArray) -> float:
    dark, light = sorted((luminance(first), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(band: str, ground: FloatArray) -> FloatArray:
    """What a see-through colour looks like on a ground."""
    *parts, opacity = map(float, re.findall(r"[\d.]+", band))
    return opacity * np.array(parts) / 255 + (1 - opacity) * ground


def lightness(colour: str) -> float:
    """CIE L*, 0-100: all that is left of a colour in print without colours."""
    return float(cspace_convert(rgb(colour), "sRGB1", "CIELab")[0])


def seen(colour: str, eyes: str) -> FloatArray:
    """A colour in CAM02-UCS, as these eyes see it."""
    kind = EYES[eyes]
    srgb: FloatArray = rgb(colour)
    if kind is not None:
        space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
        srgb = np.clip(cspace_convert(srgb, space, "sRGB1"), 0.0, 1.0)
    perceived: FloatArray = cspace_convert(srgb, "sRGB1", "CAM02-UCS")
    return perceived


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(rgb("#000000"), rgb("#FFFFFF")) == pytest.approx(21.0)
    assert contrast(rgb("#777777"), rgb("#FFFFFF")) == pytest.approx(4.48, abs=0.005)


@both
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_text_is_readable(theme: Palette, ground: str) -> None:
    """Labels at line ends have the colour of their line, so these are text as well."""
    behind = rgb(getattr(theme, ground))
    lines = {name: one.colour for name, one in theme.strokes.items() if name != "old-baseline"}
    texts = {"ink": theme.ink, "muted": theme.muted, **lines}
    assert {name for name, colour in texts.items() if contrast(rgb(colour), behind) < TEXT} == set()


@both
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_ink_is_readable_on_bands(theme: Palette, ground: str) -> None:
    behind = rgb(getattr(theme, ground))
    stacked = over(theme.plan_band, over(theme.baseline_band, behind))
    assert contrast(rgb(theme.ink), stacked) >= TEXT
    for flow in (theme.plan_flow, theme.baseline_flow):
        assert contrast(rgb(theme.ink), over(flow, behind)) >= TEXT


@both
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_graphics_are_visible(theme: Palette, ground: str) -> None:
    """On the plain ground, and lines within both bands too."""
    behind = rgb(getattr(theme, ground))
    stacked = over(theme.plan_band, over(theme.baseline_band, behind))
    colours = {
        "line": theme.line,
        "focus": theme.focus,
        **{name: one.colour for name, one in theme.strokes.items()},
    }
    for name, colour in colours.items():
        assert contrast(rgb(colour), behind) >= GRAPHICS, name
    for name, stroke in theme.strokes.items():
        if name != "old-baseline":
            assert contrast(rgb(stroke.colour), stacked) >= GRAPHICS, name


@both
@pytest.mark.parametrize("eyes", EYES)
def test_lines_are_told_apart_by_colour(theme: Palette, eyes: str) -> None:
    """All but the old baseline, which is carrying on once more, and faint on purpose."""
    lines = {name: one.colour for name, one in theme.strokes.items() if name != "old-baseline"}
    least = APART if eyes == "normal" else APART_BESIDES_DASH
    distances = {
        (one, other): np.linalg.norm(seen(lines[one], eyes) - seen(lines[other], eyes))
        for one, other in combinations(lines, 2)
    }
    assert {pair: far for pair, far in distances.items() if far < least} == {}
    assert distances["plan", "baseline"] >= APART_FOR_ALL


@both
def test_no_line_looks_like_text(theme: Palette) -> None:
    ink = seen(theme.ink, "normal")
    lines = {name: one.colour for name, one in theme.strokes.items()}
    assert all(np.linalg.norm(seen(one, "normal") - ink) >= 15.0 for one in lines.values())


@both
def test_lines_are_told_apart_by_their_dash(theme: Palette) -> None:
    """Also without any colour: no two lines have the same dash, and only the plan is solid."""
    dashes = [stroke.dash for stroke in theme.strokes.values()]
    assert len(set(dashes)) == len(dashes)
    assert [name for name, one in theme.strokes.items() if one.dash == "solid"] == ["plan"]
    assert max(theme.strokes.values(), key=lambda stroke: stroke.width) is theme.plan


@both
def test_plan_and_carrying_on_survive_in_grey(theme: Palette) -> None:
    assert abs(lightness(theme.plan.colour) - lightness(theme.baseline.colour)) >= 8.0


@both
def test_the_old_baseline_stands_back(theme: Palette) -> None:
    """Its colour differs from carrying on's in lightness, its dash and width as well."""
    old, new = theme.old_baseline, theme.baseline
    assert contrast(rgb(old.colour), rgb(theme.paper)) < contrast(rgb(new.colour), rgb(theme.paper))
    assert abs(lightness(old.colour) - lightness(new.colour)) >= 8.0
    assert old.width < new.width


@both
def test_css_holds_every_colour(theme: Palette) -> None:
    rules = dict(part.split(": ", 1) for part in palette.css(theme).rstrip(";").split("; "))
    assert rules["color-scheme"] == theme.name
    for name in ("paper", "surface", "ink", "muted", "line", "grid", "focus"):
        assert rules[f"--{name}"] == getattr(theme, name)
    for name in ("plan_band", "baseline_band", "baseline_edge"):
        assert rules[f"--{name.replace('_', '-')}"] == getattr(theme, name)
    for name, stroke in theme.strokes.items():
        assert rules[f"--{name}"] == stroke.colour
        assert rules[f"--{name}-dash"] == ("none" if name == "plan" else stroke.dash)


def test_css_can_be_put_into_a_rule() -> None:
    """Both themes have the same properties, and nothing in them ends the rule."""
    names = [re.findall(r"(--[a-z0-9-]+):", palette.css(theme)) for theme in (LIGHT, DARK)]
    assert names[0] == names[1] and len(set(names[0])) == len(names[0])
    assert not re.search(r"[{}<>\"']", palette.css(LIGHT) + palette.css(DARK))


@both
def test_six_scenarios_have_lines_of_their_own(theme: Palette) -> None:
    """All in the rules above: they are among the lines that those look at."""
    six = [theme.lettered[letter] for letter in "ABCDEF"]
    assert set(six) <= set(theme.strokes.values())
    assert len(set(six)) == 6
    assert [theme.lettered[letter] for letter in "ABCDP0"] == [
        *theme.pins,
        theme.plan,
        theme.baseline,
    ]
    assert theme.baseline not in six
