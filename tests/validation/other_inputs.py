"""Would other guesses do? ``python -m tests.validation.other_inputs`` prints the table of
docs/VALIDATION.md: the cases again with other inputs, to tell what a difference hangs on. None of
these counts as a result."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.results import simulate
from simulator.validation import CASES, QUANTITIES, Band
from simulator.validation.cases import entered

ROWS: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
    (
        "giffgaff",
        "answered",
        "four hours a day, five times the money",
        {
            "plan.involvement.minutes_per_day": 240,
            "plan.customer_service.share_moved": 0.5,
        },
    ),
    (
        "giffgaff",
        "answered",
        "five times the money, published effects whole",
        {"plan.customer_service.share_moved": 0.5, "assumptions.effect_transfer": 1.0},
    ),
    (
        "klm",
        "agents",
        "3 to 10 points a year change channel, not 0.5 to 3",
        {"assumptions.messaging_shift_per_year": {"low": 0.03, "central": 0.06, "high": 0.1}},
    ),
    (
        "klm",
        "questions",
        "the same",
        {"assumptions.messaging_shift_per_year": {"low": 0.03, "central": 0.06, "high": 0.1}},
    ),
    (
        "ebay",
        "participants",
        "twelve times the money, all ten an hour a day",
        {
            "organisation.budgets.market_research": 600_000.0,
            "organisation.involvement.participation": 1.0,
            "organisation.involvement.minutes_per_day": 60,
        },
    ),
    (
        "ebay",
        "readers",
        "twelve times the money",
        {"organisation.budgets.market_research": 600_000.0},
    ),
    (
        "tmobile",
        "satisfaction",
        "60 % of the cost cut, not 25 %",
        {"plan.customer_service.share_moved": 0.6},
    ),
    (
        "tmobile",
        "lost",
        "all of market research to social channels",
        {"plan.market_research.share_moved": 1.0},
    ),
    ("dell", "ideas", "nobody takes part after two years", {"plan.involvement.participation": 0.0}),
)


def band(case_id: str, comparison_id: str, changes: Mapping[str, object]) -> Band:
    """What the model says with these inputs instead."""
    (case,) = (case for case in CASES if case.id == case_id)
    (row,) = (row for row in case.comparisons if row.id == comparison_id)
    assert row.scenario and row.quantity and row.month is not None
    forecast = simulate(entered(row.scenario).changed(**changes))
    return Band.of(QUANTITIES[row.quantity].of(forecast, row.month))


def table() -> str:
    """One line for each."""
    published = {(case.id, row.id): row.published for case in CASES for row in case.comparisons}
    lines = [f"{'':22} {'published':>9} {'P5':>8} {'P95':>8}  with"]
    for case, comparison, words, changes in ROWS:
        interval = band(case, comparison, changes)
        figures = (published[case, comparison] or 0.0, interval.low, interval.high)
        first, low, high = (f"{100.0 * value:.1f} %" for value in figures)
        lines.append(f"{case + ' ' + comparison:22} {first:>9} {low:>8} {high:>8}  {words}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
