"""The levers: all there is to know about each, in one row.

What a scenario file allows, the sliders with their words and help, names in links and comparisons,
and the texts to be translated are derived from these rows. A new involvement lever is a row in
:data:`INVOLVEMENT` and a field in the two models under it, beside its field in
:class:`simulator.model.quantities.Involvement` and its part in the equations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from simulator.model.help import Help
from simulator.scenario.fields import Input, quantity


class Number(NamedTuple):
    """A number of a scenario, as the JSON schema describes it."""

    description: str
    unit: str
    """One of :data:`simulator.scenario.units.UNITS`."""
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words for the values of a lever, each a message to be translated.

    A value has the word of ``exact``, else that of ``ranges``, else ``template``.
    """

    exact: tuple[tuple[float, str], ...] = ()
    """Values, and the word for just that value."""
    ranges: tuple[tuple[float, str], ...] = ()
    """Least values, ascending, and the word from there on."""
    template: str = ""
    """Takes ``number``: the value."""


@dataclass(frozen=True, slots=True)
class Lever:
    """All there is to know about a lever."""

    path: str
    """Where it stands in a scenario, with ``*`` for every source: one lever for all of them."""
    label: str
    """What it is called everywhere; a message to be translated."""
    number: Number
    stops: tuple[float, ...]
    """The values that it snaps to, ascending from end to end."""
    words: Words
    help: Help
    today: str = ""
    """Of involvement: what is filled in about how people behave today, in one sentence; a message
    to be translated."""
    decision: str = ""
    """Of involvement: what changing it is called beside other decisions; a message to be
    translated."""
    since: int = 2
    """The version of the file format that it came with."""
    link: str = ""
    """Of a lever since version 3: its short name in links, if that is not its id; it never changes
    again. Those before have theirs in :mod:`simulator.links.names_v2`."""

    @property
    def id(self) -> str:
        """The last part of its path."""
        return self.path.rpartition(".")[2]

    @property
    def source(self) -> str:
        """Of what is taken from a source: which."""
        return self.path.split(".")[1]


@dataclass(frozen=True, slots=True)
class Group:
    """Levers that stand together."""

    label: str
    """A message to be translated."""
    levers: tuple[Lever, ...]


_PERCENTS = tuple(percent / 100 for percent in range(101))
_MINUTES = (*map(float, range(61)), 75.0, 90.0, 120.0, 180.0, 240.0, 480.0)
"""Every minute up to an hour, then coarse: few look there, but the overload has to be seen."""
_MONTHS = tuple(map(float, range(121)))
_DURATIONS = tuple(map(float, range(1, 61)))


# --- money: what is taken, and where it goes -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Budget:
    """What is spent today on a source or an instrument."""

    label: str
    """A message to be translated."""
    number: Number
    today: str
    """What belongs to it, in one sentence; a message to be translated."""


def _budget(label: str, description: str, today: str) -> Budget:
    return Budget(label, Number(description, "currency per year", 0, 1e12), today)


BUDGETS: Mapping[str, Budget] = {
    "market_research": _budget(
        "Market research",
        "Market research, a source",
        "Surveys, panels and studies, bought or made.",
    ),
    "training": _budget(
        "Training",
        "Training and courses, a source",
        "Courses and training, without the working time of those who are taught.",
    ),
    "customer_service": _budget(
        "Customer service",
        "Traditional customer service, a source",
        "Traditional service by phone, mail and counter, people included.",
    ),
    "listening": _budget(
        "Listening",
        "Listening on social media, an instrument",
        "Following what is said on social media, tools and people.",
    ),
    "community": _budget(
        "Community",
        "Communities, an instrument",
        "Communities of customers or partners, platform and moderation.",
    ),
    "content": _budget(
        "Content", "Content, an instrument", "What is made and published for social media."
    ),
    "networking": _budget(
        "Networking",
        "Networking of employees, an instrument",
        "Tools, meetings and support for employees who network.",
    ),
    "social_service": _budget(
        "Online service",
        "Customer service in social channels, an instrument",
        "Customer service in social channels, people included.",
    ),
}
"""By their field in a scenario: the sources, then the instruments."""

NAMES: Mapping[str, str] = {
    **{name: budget.label for name, budget in BUDGETS.items()},
    "savings": "Savings",
}
"""What money is taken from and put into is called, by its field in a scenario."""

TAKEN = Number("What is taken away in the end", "share of the source's budget", 0, 1)
START = Number("When the change begins", "month", 0, 120)
RAMP = Number("Duration of the change; 1 is at once", "months", 1, 60)

SHARE_WORDS = Words(
    exact=(
        (0, "nothing"),
        (1, "all of it"),
    ),
    ranges=(
        (0, "a little"),
        (0.15, "a part"),
        (0.4, "about half"),
        (0.6, "most of it"),
        (0.9, "nearly all"),
    ),
)
_START_WORDS = Words(exact=((0, "now"),), template="month {number}")
_RAMP_WORDS = Words(exact=((1, "at once"),), template="over {number} months")


def _take(source: str, help: Help) -> Lever:
    path = f"plan.{source}.share_moved"
    return Lever(path, NAMES[source], TAKEN, _PERCENTS, SHARE_WORDS, help)


def _put(name: str, description: str, help: Help) -> Lever:
    number = Number(description, "share of the freed money", 0, 1)
    return Lever(f"plan.split.{name}", NAMES[name], number, _PERCENTS, SHARE_WORDS, help)


TAKE: tuple[Lever, ...] = (
    _take(
        "market_research",
        Help(
            "How much of today's money for market research is taken away in the end. "
            "Listening can replace a part of what research finds out, and only where "
            "people are connected.",
            10,
            ("research_return", "research_marginal_share", "insight_ageing"),
        ),
    ),
    _take(
        "training",
        Help(
            "How much of today's money for training and courses is taken away in the end. "
            "Colleagues teach each other too, but courses and connected colleagues yield "
            "most together.",
            12,
            ("training_return", "training_marginal_share", "skill_decay_month"),
        ),
    ),
    _take(
        "customer_service",
        Help(
            "How much of today's money for traditional customer service is taken away in "
            "the end. Questions that nobody answers any more cost money elsewhere and "
            "drive customers away.",
            13,
            ("given_up_share", "centre_occupancy", "churn_quality_effect"),
        ),
    ),
)
"""What is taken from each source."""

PUT: tuple[Lever, ...] = (
    _put(
        "listening",
        "To listening",
        Help(
            "Part of the freed money that goes to listening on social media. It gives "
            "insight when enough customers are connected to be heard.",
            27,
            ("social_listening_substitution", "listening_half_reach"),
        ),
    ),
    _put(
        "community",
        "To communities",
        Help(
            "Part of the freed money that goes to communities. They connect customers and "
            "partners, and members answer each other's questions.",
            7,
            ("customer_connection_rate", "customer_money_reference", "community_deflection_share"),
        ),
    ),
    _put(
        "content",
        "To content",
        Help(
            "Part of the freed money that goes to content. It helps relations with "
            "customers and goodwill among the public; likes by themselves bring nothing.",
            6,
            ("content_public_share", "customer_money_reference", "goodwill_rate"),
        ),
    ),
    _put(
        "networking",
        "To networking",
        Help(
            "Part of the freed money that goes to the networking of employees. Connected "
            "colleagues learn from each other and forget less.",
            32,
            ("employee_connection_rate", "employee_money_reference", "peer_learning_productivity"),
        ),
    ),
    _put(
        "social_service",
        "To service in social channels",
        Help(
            "Part of the freed money that goes to customer service in social channels. "
            "Where there is too little of it, customers are sent to another channel, and "
            "some of them leave.",
            20,
            ("social_cost_ratio", "channel_preference_today", "quality_redirected"),
        ),
    ),
    _put(
        "savings",
        "Kept, not spent",
        Help(
            "Part of the freed money that is kept and not spent. It counts at once, but "
            "builds no relations.",
            1,
            ("effort_exponent", "customer_connection_rate"),
        ),
    ),
)
"""Where freed money goes."""


# --- involvement: how people behave --------------------------------------------------------------


def _involvement(
    id: str,
    label: str,
    number: Number,
    stops: tuple[float, ...],
    *,
    today: str,
    decision: str,
    words: Words,
    help: Help,
    since: int = 2,
    link: str = "",
) -> Lever:
    path = f"plan.involvement.{id}"
    return Lever(path, label, number, stops, words, help, today, decision, since, link)


INVOLVEMENT: tuple[Lever, ...] = (
    _involvement(
        "minutes_per_day",
        "Minutes per day",
        Number("Time of an employee who takes part", "minutes per working day", 0, 480),
        _MINUTES,
        today="Time that an employee who takes part spends on it today.",
        decision="Minutes a day",
        words=Words(
            exact=((0, "no time"),),
            ranges=(
                (0, "now and then"),
                (5, "a few minutes"),
                (8, "some 10 minutes"),
                (13, "a quarter of an hour"),
                (18, "some 20 minutes"),
                (27, "half an hour"),
                (34, "over half an hour"),
                (60, "an hour and more"),
                (240, "half the day"),
                (480, "the whole day"),
            ),
        ),
        help=Help(
            "Minutes that an employee who takes part spends on it, every working day. The "
            "hours count at labour cost, and beyond a point more time brings less.",
            2,
            ("overload_minutes", "customer_time_reference", "practice_reference_hours"),
        ),
    ),
    _involvement(
        "participation",
        "Participation",
        Number("Employees who take part", "share of employees", 0, 1),
        _PERCENTS,
        today="How many of all employees take part today.",
        decision="Who takes part",
        words=Words(
            exact=((0, "nobody"),),
            ranges=(
                (0, "a few enthusiasts"),
                (0.06, "a group"),
                (0.2, "many of us"),
                (0.5, "most of us"),
                (0.9, "everybody"),
            ),
        ),
        help=Help(
            "How many of all employees take part. They come in gradually, and more slowly "
            "without a clear policy.",
            8,
            ("policy_gate_months", "mandate_slowdown", "employee_connection_rate"),
        ),
    ),
    _involvement(
        "openness",
        "Openness",
        Number("How much is listened, asked and co-created", "share", 0, 1),
        _PERCENTS,
        today="From only sending to listening, asking and creating together.",
        decision="Openness",
        words=Words(
            ranges=(
                (0, "only sends"),
                (0.2, "answers"),
                (0.4, "listens"),
                (0.6, "asks"),
                (0.8, "creates together"),
            )
        ),
        help=Help(
            "From only sending to listening, asking and creating together. Without it a "
            "large part of what relations and listening yield is lost.",
            11,
            ("openness_weight", "dialogue_insight_rate"),
        ),
    ),
    _involvement(
        "promotional_share",
        "Promotional share",
        Number("What sells of all that is published", "share", 0, 1),
        _PERCENTS,
        today="How much of what is published today wants to sell something.",
        decision="How much of the content sells",
        words=Words(
            exact=((0, "never"),),
            ranges=(
                (0, "hardly ever selling"),
                (0.05, "sometimes selling"),
                (0.25, "often selling"),
                (0.5, "mostly selling"),
                (0.9, "always selling"),
            ),
        ),
        help=Help(
            "How much of what is published wants to sell something. Too much of it drives "
            "people away, but without any offer connection hardly turns into business.",
            22,
            ("promo_engagement_multiplier", "offer_floor", "offer_half_share"),
        ),
    ),
    _involvement(
        "regularity",
        "Regularity",
        Number("Rhythm: 0 whenever, 1 always at the same moment", "share", 0, 1),
        _PERCENTS,
        today="From publishing whenever it suits to always at the same moment.",
        decision="Regularity",
        words=Words(
            ranges=(
                (0, "whenever"),
                (0.4, "a rough rhythm"),
                (0.7, "a steady rhythm"),
                (0.9, "like clockwork"),
            )
        ),
        help=Help(
            "From publishing whenever it suits to always at the same moment. A fixed "
            "rhythm makes the same effort yield somewhat more.",
            29,
            ("regularity_multiplier",),
        ),
    ),
    _involvement(
        "mandate",
        "Mandate",
        Number("Policy and leadership: 0 none, 1 clear and lived by leaders", "share", 0, 1),
        _PERCENTS,
        today="From no policy to a clear policy that leaders live by.",
        decision="Mandate and example",
        words=Words(
            ranges=(
                (0, "no policy"),
                (0.1, "tolerated"),
                (0.4, "encouraged"),
                (0.7, "clear policy"),
                (0.9, "leaders live it"),
            )
        ),
        help=Help(
            "Policy and leadership, from no policy to a clear policy that leaders live by. It "
            "decides how fast people take part.",
            9,
            ("policy_gate_months", "mandate_slowdown"),
        ),
    ),
)
"""How people behave, which no budget buys."""

_BY_ID = {lever.id: lever for lever in INVOLVEMENT}


def _number(id: str) -> Any:
    if id not in _BY_ID:
        raise AssertionError(f"{id}: found a field without a row in INVOLVEMENT")
    return quantity(*_BY_ID[id].number)


class InvolvementInput(Input):
    """How people behave today: what no budget buys."""

    minutes_per_day: Annotated[float, _number("minutes_per_day")]
    participation: Annotated[float, _number("participation")]
    openness: Annotated[float, _number("openness")]
    promotional_share: Annotated[float, _number("promotional_share")]
    regularity: Annotated[float, _number("regularity")]
    mandate: Annotated[float, _number("mandate")]


class InvolvementPlan(Input):
    """What involvement becomes; null means that it stays as it is today."""

    minutes_per_day: Annotated[float | None, _number("minutes_per_day")] = None
    participation: Annotated[float | None, _number("participation")] = None
    openness: Annotated[float | None, _number("openness")] = None
    promotional_share: Annotated[float | None, _number("promotional_share")] = None
    regularity: Annotated[float | None, _number("regularity")] = None
    mandate: Annotated[float | None, _number("mandate")] = None
    start_month: Annotated[int, quantity(*START)] = 0
    ramp_months: Annotated[int, quantity(*RAMP)] = 6


# --- when ----------------------------------------------------------------------------------------

WHEN: tuple[Lever, ...] = (
    Lever(
        "plan.*.start_month",
        "Money starts",
        START,
        _MONTHS,
        _START_WORDS,
        Help(
            "Month in which money begins to move, counted from now. Until then everything "
            "is paid for as today, while the world changes.",
            18,
            ("customer_connection_rate", "messaging_shift_per_year"),
        ),
    ),
    Lever(
        "plan.*.ramp_months",
        "Money takes",
        RAMP,
        _DURATIONS,
        _RAMP_WORDS,
        Help(
            "Months from the first step until all the money has moved. A slower change "
            "leaves people more time to learn, and brings everything later.",
            14,
            ("competence_rate", "perception_delay_months"),
        ),
    ),
    Lever(
        "plan.involvement.start_month",
        "Involvement starts",
        START,
        _MONTHS,
        _START_WORDS,
        Help(
            "Month in which people's time and conduct begin to change, counted from now. "
            "Participation follows with a delay, so people may need a start ahead of the "
            "money.",
            9,
            ("policy_gate_months", "competence_rate"),
        ),
    ),
    Lever(
        "plan.involvement.ramp_months",
        "Involvement takes",
        RAMP,
        _DURATIONS,
        _RAMP_WORDS,
        Help(
            "Months from the first step until people's time and conduct are as planned. "
            "Skill grows with practice and fades without.",
            30,
            ("competence_rate", "competence_fade"),
        ),
    ),
)
"""When money and people begin to change, and how long that takes."""


# --- all of them ---------------------------------------------------------------------------------

GROUPS: Mapping[str, Group] = {
    "take": Group("Take from", TAKE),
    "put": Group("Put into", PUT),
    "involve": Group("Involvement", INVOLVEMENT),
    "when": Group("When", WHEN),
}

LEVERS: Mapping[str, Lever] = {
    lever.path: lever for group in GROUPS.values() for lever in group.levers
}
"""Every lever by its path, group after group."""


def texts() -> Iterator[str]:
    """Every text of the levers and budgets that is to be translated, some more than once."""
    yield from NAMES.values()
    yield from (budget.today for budget in BUDGETS.values())
    for group in GROUPS.values():
        yield group.label
        for lever in group.levers:
            yield from (lever.label, lever.help.text)
            yield from (word for _, word in (*lever.words.exact, *lever.words.ranges))
            yield from filter(None, (lever.today, lever.words.template))
