"""Colours and line styles of both themes: the one source for CSS, SVG and Plotly.

Two colours have a meaning: blue is the plan, amber is carrying on. Pinned plans have colours of
their own, and every line a dash of its own, so that lines can be told apart without colour. Where
scenarios are compared, a pinned plan keeps its colour, and so does the plan. No colour says good or
bad.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn."""

    colour: str
    """``#RRGGBB``."""
    width: float
    """In hundredths of the font size, so that lines grow with the type."""
    dash: str
    """As SVG and Plotly take it: ``solid``, or lengths in pixels such as ``7px,5px``."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme; ``#RRGGBB``, bands with their opacity as ``rgba()``."""

    name: str
    """``light`` or ``dark``."""
    paper: str
    """Behind everything."""
    surface: str
    """Behind what lies on the paper: dialogs, hover labels."""
    ink: str
    muted: str
    """Text that stands back."""
    line: str
    """Edges of controls, axes, the zero line."""
    grid: str
    """Decoration: what it shows can be read without it."""
    focus: str
    plan: Stroke
    plan_band: str
    veil: str
    """The paper, behind texts that stand on lines."""
    baseline: Stroke
    baseline_band: str
    baseline_edge: str
    """Edges of carrying on's band."""
    plan_flow: str
    """Money that the plan moves."""
    baseline_flow: str
    """Money that stays where it is."""
    old_baseline: Stroke
    """Carrying on, as it was before assumptions changed."""
    pins: tuple[Stroke, Stroke, Stroke, Stroke]
    sixth: Stroke
    """One line more, where six scenarios are compared."""

    @property
    def lettered(self) -> Mapping[str, Stroke]:
        """Lines of compared scenarios by their letters: pinned plans are A to D, wherever they are
        shown; P is the plan as it stands, 0 is carrying on. F has the plan's line: where P is
        there, there is no F."""
        letters = dict(zip("ABCDEF", (*self.pins, self.sixth, self.plan), strict=True))
        return {**letters, "P": self.plan, "0": self.baseline}

    @property
    def branches(self) -> Mapping[str, Stroke]:
        """How a plan in stages goes on after its review: thin lines of the plan's colour, by what
        is done."""
        return {
            name: Stroke(self.plan.colour, 10, dash)
            for name, dash in zip(("on", "stay", "back"), _BRANCH_DASHES, strict=True)
        }

    @property
    def strokes(self) -> Mapping[str, Stroke]:
        """Every line that may be in one chart, by the name of its CSS property."""
        return {
            "plan": self.plan,
            "baseline": self.baseline,
            "old-baseline": self.old_baseline,
            **{f"pin-{number}": pin for number, pin in enumerate(self.pins, 1)},
            "sixth": self.sixth,
        }


_SOLID = "solid"
_DASH = "9px,6px"
_DOT = "2px,5px"
_DENSE = "2px,2px"
_BRANCH_DASHES = ("6px,2px", "1px,3px", "4px,7px")
_PIN_DASHES = ("14px,4px", "10px,4px,2px,4px", "4px,3px", "10px,3px,2px,3px,2px,3px")


def _pins(*colours: str) -> tuple[Stroke, Stroke, Stroke, Stroke]:
    first, second, third, fourth = (
        Stroke(colour, 14, dash) for colour, dash in zip(colours, _PIN_DASHES, strict=True)
    )
    return first, second, third, fourth


def _faded(colour: str, opacity: float) -> str:
    """A colour that lets through what is behind it."""
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgba({red}, {green}, {blue}, {opacity:.2f})"


_LIGHT_BLUE, _LIGHT_AMBER = "#003F8A", "#804600"
LIGHT = Palette(
    name="light",
    paper="#FBFAF7",
    surface="#FFFFFF",
    ink="#14171C",
    muted="#4A4F57",
    line="#7A7F87",
    grid="#E4E1D9",
    focus=_LIGHT_BLUE,
    plan=Stroke(_LIGHT_BLUE, 22, _SOLID),
    plan_band=_faded(_LIGHT_BLUE, 0.16),
    veil=_faded("#FBFAF7", 0.8),
    baseline=Stroke(_LIGHT_AMBER, 16, _DASH),
    baseline_band=_faded(_LIGHT_AMBER, 0.07),
    baseline_edge=_faded(_LIGHT_AMBER, 0.30),
    plan_flow=_faded(_LIGHT_BLUE, 0.36),
    baseline_flow=_faded(_LIGHT_AMBER, 0.12),
    old_baseline=Stroke("#8A7866", 12, _DOT),
    pins=_pins("#A10044", "#094635", "#5C2962", "#423C00"),
    sixth=Stroke("#6008F0", 14, _DENSE),
)
_DARK_BLUE, _DARK_AMBER = "#62B0FF", "#FFCB7D"
DARK = Palette(
    name="dark",
    paper="#0F1318",
    surface="#171D25",
    ink="#F3F5F7",
    muted="#AFB7C1",
    line="#737C88",
    grid="#262D37",
    focus=_DARK_BLUE,
    plan=Stroke(_DARK_BLUE, 22, _SOLID),
    plan_band=_faded(_DARK_BLUE, 0.22),
    veil=_faded("#0F1318", 0.8),
    baseline=Stroke(_DARK_AMBER, 16, _DASH),
    baseline_band=_faded(_DARK_AMBER, 0.08),
    baseline_edge=_faded(_DARK_AMBER, 0.32),
    plan_flow=_faded(_DARK_BLUE, 0.36),
    baseline_flow=_faded(_DARK_AMBER, 0.14),
    old_baseline=Stroke("#9C8B75", 12, _DOT),
    pins=_pins("#F8869D", "#F6F73A", "#D5D7FF", "#75FFD5"),
    sixth=Stroke("#6CBA24", 14, _DENSE),
)
PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (LIGHT, DARK)}


def css(theme: Palette) -> str:
    """The theme as CSS custom properties, to stand in a rule: ``--plan: #003F8A; ...``.

    For every line there is its dash as well, ``--plan-dash``, as SVG's ``stroke-dasharray``.
    """
    properties = {
        "color-scheme": theme.name,
        "--paper": theme.paper,
        "--surface": theme.surface,
        "--ink": theme.ink,
        "--muted": theme.muted,
        "--line": theme.line,
        "--grid": theme.grid,
        "--focus": theme.focus,
        "--plan-band": theme.plan_band,
        "--baseline-band": theme.baseline_band,
        "--baseline-edge": theme.baseline_edge,
    }
    for name, stroke in theme.strokes.items():
        properties[f"--{name}"] = stroke.colour
        properties[f"--{name}-dash"] = "none" if stroke.dash == _SOLID else stroke.dash
    return " ".join(f"{name}: {value};" for name, value in properties.items())
