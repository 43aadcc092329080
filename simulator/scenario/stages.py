"""A plan in stages: a first one until a review, and the rule by which it goes on, stays or goes
back.

The rule reads a figure that the organisation can measure (:mod:`simulator.model.signals`), as
:mod:`simulator.analyses.pilot` finds it; or it says what is done whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from simulator.errors import Message, exact, number_text
from simulator.i18n.language import N_
from simulator.model.signals import SIGNALS
from simulator.scenario.fields import Input, quantity, wrong_value
from simulator.scenario.levers import Number
from simulator.scenario.walk import Label

FIRST_DEPTH = Number(
    "Share of each of the plan's changes that is made until the review", "share of the plan", 0, 1
)
REVIEW = Number("Month of the review; below the horizon", "month", 3, 24)
STEP_MONTHS = Number("Months until a change of course is made", "months", 1, 24)
ASKED = Number("How many are asked in a survey", "people", 20, 1_000_000)
WRONG = Number("By what share of the figure records are wrong", "share", 0, 1)
REBUILT = Number("What building up service again costs, times what cutting it cost", "times", 0, 5)
LIMIT = (0, 10)
"""Of thresholds: a share. At the pace of a year, more may come than there are."""

Figure = Literal[
    "taking_part",
    "members",
    "employees",
    "unanswered",
    "channel",
    "satisfied",
    "trust",
    "leaving",
    "joining",
]
"""The ids of :data:`simulator.model.signals.SIGNALS`, as files have them."""

BELOW, ABOVE = "below", "above"
BACK, STAY, ON = "back", "stay", "on"
CHOICES = (BACK, STAY, ON)
"""What can be done after the review, from less to more."""

LABELS = {
    BELOW: N_("below"),
    ABOVE: N_("above"),
    BACK: N_("go back"),
    STAY: N_("stay with the first stage"),
    ON: N_("go on with all of it"),
    **{name: signal.label for name, signal in SIGNALS.items()},
}
"""What the values that are no numbers are called; messages to be translated."""


class StagesInput(Input):
    """How a plan begins and when it is decided what becomes of it.

    Until ``review_month`` ``first_depth`` of each of its changes is made. Then it goes ``back`` to
    today's budgets and ways if the reading of ``figure`` is worse than the threshold ``back``, on
    with all of it unless the reading is worse than ``on``, and stays as it is in between; worse is
    ``below`` or ``above``, as ``side`` says. Without a figure ``always`` says what is done.
    """

    first_depth: Annotated[
        float,
        quantity(*FIRST_DEPTH),
        Label("First stage", "How much of each of the plan's changes is made until the review."),
    ]
    review_month: Annotated[
        int,
        quantity(*REVIEW),
        Label("Month of the review", "When it is decided whether to go on, to stay or to go back."),
    ]
    figure: Annotated[
        Figure | None,
        Field(description="What is measured then; null: nothing, and always says what is done."),
        Label("Decide by", "What is measured in the month of the review."),
    ] = None
    side: Annotated[
        Literal["below", "above"],
        Field(description="On which side of a threshold readings are the worse ones."),
        Label("Readings are worse", "Whether lower or higher readings are bad news."),
    ] = "below"
    back: Annotated[
        float | None,
        quantity("Go back if the reading is worse; null: never", "share", *LIMIT),
        Label("Go back if it is worse than", "A threshold of the figure."),
    ] = None
    on: Annotated[
        float | None,
        quantity("Go on with all of it unless the reading is worse; null: never", "share", *LIMIT),
        Label("Go on unless it is worse than", "A threshold of the figure."),
    ] = None
    always: Annotated[
        Literal["back", "stay", "on"] | None,
        Field(description="What is done whatever happens, without a figure; else null."),
        Label("Whatever happens", "What is done where no figure decides."),
    ] = None
    step_months: Annotated[
        int,
        quantity(*STEP_MONTHS),
        Label("Changing course takes", "Months from the review until all has gone on or back."),
    ] = 6
    people: Annotated[
        int,
        quantity(*ASKED),
        Label("People asked in a survey", "The more are asked, the less is left to chance."),
    ] = 400
    records: Annotated[
        float,
        quantity(*WRONG),
        Label("Records are wrong by", "By what share of the figure what is counted can be off."),
    ] = 0.05
    rebuilding: Annotated[
        float,
        quantity(*REBUILT),
        Label(
            "Rebuilding service costs, times what cutting it cost",
            "What it takes to build up customer service again after going back.",
        ),
    ] = 1.0
    # No source is known for what it costs to take on and train again those who were let go: our own
    # judgement is that it takes as much as letting them go.

    @classmethod
    def usual(cls, name: str) -> Any:
        """What a field is where a file does not say it."""
        return cls.model_fields[name].default

    @property
    def ways(self) -> tuple[str, ...]:
        """What the rule can come to: some of :data:`CHOICES`, from more to less."""
        if self.always is not None:
            return (self.always,)
        stays = self.back is None or self.on is None or self.back != self.on
        there = ((ON, self.on is not None), (STAY, stays), (BACK, self.back is not None))
        return tuple(way for way, is_there in there if is_there)

    @model_validator(mode="after")
    def _is_a_rule(self) -> Self:
        wrong = [
            InitErrorDetails(
                type=wrong_value(found, allowed), loc=(name,), input=getattr(self, name)
            )
            for name, found, allowed in self._contradictions()
        ]
        if wrong:
            raise ValidationError.from_exception_data("stages", wrong)
        return self

    def _contradictions(self) -> Iterator[tuple[str, Message, Message]]:
        if self.figure is None:
            if self.always is None:
                choices = ", ".join(CHOICES)
                yield "always", exact("null"), Message("{choices}, or a figure", choices=choices)
            for name in (BACK, ON):
                limit = getattr(self, name)
                if limit is not None:
                    yield name, exact(number_text(limit)), Message("null without a figure")
            return
        if self.always is not None:
            yield "always", exact(repr(self.always)), Message("null where a figure decides")
        if self.back is None and self.on is None:
            yield BACK, exact("null"), Message("a threshold here or in {key}", key=ON)
        if self.back is None or self.on is None:
            return
        found, limit = exact(number_text(self.back)), number_text(self.on)
        if self.side == BELOW and self.back > self.on:
            yield BACK, found, Message("at most {key} ({limit})", key=ON, limit=limit)
        if self.side == ABOVE and self.back < self.on:
            yield BACK, found, Message("at least {key} ({limit})", key=ON, limit=limit)
