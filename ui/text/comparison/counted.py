"""How the numbers of a comparison came about: what was counted, case by case. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulator.analyses.comparison import Pair
from simulator.i18n.language import N_, Language
from simulator.results import FIGURES
from simulator.results.chance_words import cases
from ui.text.explanation import MIDDLE, Explanation

_PAIR_NOTE = N_(
    "A case is one set of assumptions, drawn from their ranges. Both are worked out with the same "
    "set, and what is counted is the difference of the two."
)
_BAR_NOTE = N_("The first and the last bar also hold the few cases that lie beyond them.")
_RANK_NOTE = N_(
    "A case is one set of assumptions, drawn from their ranges. All plans and carrying on are "
    "worked out with the same set, and the best of them is counted; those that tie share the case. "
    "The rank is the average over all cases, 1 is the best."
)
VALUE = FIGURES["net_present_value"].label
_WORKED_OUT = N_("Cases worked out")


def of_pair(
    pair: Pair,
    called: Mapping[str, str],
    draws: int,
    amounts: tuple[str, str, str],
    language: Language,
) -> Explanation:
    """Of what is said of two; ``called``: their names as ``first`` and ``second``, ``draws``: the
    cases behind the shares, ``amounts``: P10, P50 and P90 of the difference as they are shown."""
    low, middle, high = amounts
    counted = {
        N_("of them {second} is ahead in"): pair.better,
        N_("of them {first} is ahead in"): pair.worse,
        N_("of them both come to the same in"): pair.same,
    }

    def lines() -> Iterator[tuple[str, str]]:
        yield language.gettext(_WORKED_OUT), language.number(draws)
        for words, share in counted.items():
            if share > 0.0 or words != tuple(counted)[-1]:
                yield language.gettext(words, **called), language.number(round(share * draws))
        yield language.gettext(MIDDLE), middle
        range_ = language.gettext("{low} to {high}", low=low, high=high)
        yield language.gettext("Eight of ten cases"), range_

    return Explanation(tuple(lines()), language.gettext(_PAIR_NOTE))


def of_values(
    letters: Sequence[str], values: Sequence[float], apart: str, currency: str, language: Language
) -> Explanation:
    """Of how far two values are apart, the second from the first: each as it is shown."""
    first, second = letters
    lines = [
        (
            language.gettext("{name}: {value}", name=letter, value=language.gettext(VALUE)),
            language.money(value, currency, sign=True),
        )
        for letter, value in zip(reversed(letters), reversed(values), strict=True)
    ]
    words = language.gettext("{second} less {first}", first=first, second=second)
    return Explanation((*lines, (words, apart)))


def of_bars(counts: Sequence[int], language: Language) -> tuple[Explanation, ...]:
    """Of each bar of a histogram."""
    draws, last = sum(counts), len(counts) - 1
    return tuple(
        Explanation(
            (
                (language.gettext(_WORKED_OUT), language.number(draws)),
                (language.gettext("of them in this range"), language.number(count)),
                (language.gettext("That is"), cases(count / draws, draws, language)),
            ),
            language.gettext(_BAR_NOTE) if place in (0, last) else "",
        )
        for place, count in enumerate(counts)
    )


def of_rank(best: float, rank: str, draws: int, language: Language) -> Explanation:
    """Of how often one is the best of all: ``best`` is a share of the draws."""
    return Explanation(
        (
            (language.gettext(_WORKED_OUT), language.number(draws)),
            (language.gettext("of them it is the best in"), language.number(round(best * draws))),
            (language.gettext("Its rank among all"), rank),
        ),
        language.gettext(_RANK_NOTE),
    )


def in_order(text: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """The numbers that a text says, as they stand in it, which may be with a capital."""
    small = text.casefold()
    # Of two that begin at one place the longer: the other is but its beginning.
    shortest_first = sorted(filter(None, numbers), key=len)
    found = {small.find(number.casefold()): number for number in shortest_first}
    return tuple(text[at : at + len(found[at])] for at in sorted(found) if at >= 0)
