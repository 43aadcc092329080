"""What an analysis can be asked, and what may be answered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simulator.errors import Message, Problem, ScenarioError, exact, value_text
from simulator.scenario import StagesInput

Value = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Option:
    """Something that an analysis can be asked, and what may be answered.

    The type of ``default`` is that of all values. All texts are translated where they are shown.
    """

    id: str
    """A keyword of the analysis' ``run``: lower case, with underscores; none of ``scenario``,
    ``draws`` and ``progress``."""
    label: str
    """A few words beside the control of the page."""
    help: str
    """What it means, in a line of the command line's help: lower case, no full stop."""
    default: Value
    least: float = 0.0
    most: float = 0.0
    """Bounds of a number, which must have them."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """What a text may be, and what the page calls it."""
    is_detail: bool = False
    """Whether few ask it: the page folds it away."""
    is_share: bool = False
    """Whether it is a number from 0 to 1 that the page asks for in per cent."""
    is_money: bool = False
    """Whether it is an amount in the scenario's currency."""
    stages: str = ""
    """The field of a plan's stages whose value it has where nobody says another; none if empty."""

    def start(self, stages: StagesInput | None) -> Value:
        """What it is where nobody says: as in the plan's ``stages``, as near as it may be, else its
        default."""
        own: Value | None = getattr(stages, self.stages) if stages and self.stages else None
        if own is None:
            return self.default
        return own if isinstance(own, str) else type(own)(min(max(own, self.least), self.most))

    @property
    def kind(self) -> Literal["flag", "whole", "number", "choice"]:
        """What the control of the page is, and what the command line reads."""
        match self.default:
            case bool():
                return "flag"
            case int():
                return "whole"
            case float():
                return "number"
        return "choice"

    @property
    def allowed(self) -> Message:
        """What may be answered."""
        low, high = f"{self.least:g}", f"{self.most:g}"
        match self.kind:
            case "flag":
                return exact("true, false")
            case "choice":
                return exact(", ".join(self.choices))
            case "whole":
                return Message("a whole number from {low} to {high}", low=low, high=high)
        return Message("{low} to {high}", low=low, high=high)

    def read(self, text: str) -> Value:
        """The value that somebody typed. Raises :class:`ScenarioError` for what is not allowed."""
        try:
            match self.kind:
                case "flag":
                    return self.checked({"true": True, "false": False}[text])
                case "whole":
                    return self.checked(int(text))
                case "number":
                    return self.checked(float(text))
        except (KeyError, ValueError):
            raise self._refused(text) from None
        return self.checked(text)

    def checked(self, value: object) -> Value:
        """``value``, if it is one that is allowed. Raises :class:`ScenarioError` if not."""
        match self.kind:
            case "flag" if isinstance(value, bool):
                return value
            case "choice" if isinstance(value, str) and value in self.choices:
                return value
            case "whole" if isinstance(value, int) and not isinstance(value, bool):
                if self.least <= value <= self.most:
                    return value
            case "number" if isinstance(value, int | float) and not isinstance(value, bool):
                if self.least <= value <= self.most and math.isfinite(value):
                    return float(value)
        raise self._refused(value)

    def _refused(self, value: object) -> ScenarioError:
        return ScenarioError([Problem(self.id, value_text(value), self.allowed)])


def most_shown(default: int, least: int = 1) -> Option:
    """The option ``most`` of an analysis that tells so many assumptions, from the first on."""
    return Option(
        "most", "Assumptions shown", "how many assumptions to tell", default, least=least, most=200
    )
