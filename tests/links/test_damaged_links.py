"""What is damaged is refused by name, whatever it is."""

from __future__ import annotations

import random
import re
import string
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator import links, scenario
from simulator.scenario import ScenarioError
from tests.support.examples import examples
from tests.support.link_examples import CUT, DAMAGED, LINK, NAMES, PLAN, changed, problems_of

# --- damaged -------------------------------------------------------------------------------------


def test_every_cut_is_found_out() -> None:
    for end in range(len(LINK)):
        problems = problems_of(LINK[:end])
        if "&name" in LINK[:end]:
            assert CUT in problems
    assert problems_of(LINK.replace(f"&check={LINK[-8:]}", "")) == [CUT]


@examples(300)
@given(
    st.integers(0, len(LINK) - 1),
    st.sampled_from(string.printable) | st.characters(),
    st.integers(0, 2),
)
def test_a_damaged_link_opens_nothing_else(place: int, sign: str, gone: int) -> None:
    damaged = LINK[:place] + sign + LINK[place + gone :]
    try:
        assert links.decode(damaged).scenario == PLAN
    except ScenarioError as error:
        assert error.problems


def test_every_problem_is_told_by_name() -> None:
    link = changed(
        training="7",
        service__start="1.5",
        put__savings="0.2",
        minutes="1e999",
        a__ofer_floor="0.5",
        a__trust_asymmetry="1,1.5",
        org__involvement__rhythm="\u0661",
        months="nan",
        date="2026-02-30",
        trainin="0.3",
    )
    assert problems_of(f"{link}&seed=1&seed=2") == [
        "seed: found this parameter 2 times, allowed once",
        "date: found '2026-02-30', allowed null or a date such as 2026-11-22",
        "org.involvement.rhythm: found '\u0661', allowed 0 to 1",
        "training: found 7, allowed 0 to 1",
        "service.start: found 1.5, allowed a whole number from 0 to 120",
        "put: found a sum of 1.15, allowed six shares that add up to 1",
        "minutes: found '1e999', allowed null or 0 to 480",
        "a.trust_asymmetry.high: found nothing, allowed 0.1 to 6",
        "a.ofer_floor: found an unknown assumption, allowed offer_floor (the nearest that exists)",
        "months: found 'nan', allowed a whole number from 12 to 120",
        DAMAGED,
        "trainin: found an unknown parameter, allowed training (the nearest that exists)",
    ]


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("training", "null", "training: found null, allowed 0 to 1"),
        ("training", " 0.3", "training: found ' 0.3', allowed 0 to 1"),
        ("training", "0.30", None),
        ("training", "3e-1", None),
        ("training", "+0.3", "training: found '+0.3', allowed 0 to 1"),
        ("training", "0,3", "training: found '0,3', allowed 0 to 1"),
        ("training", "0_3", "training: found '0_3', allowed 0 to 1"),
        ("training", "", "training: found '', allowed 0 to 1"),
        ("training", "1e-999999999", "training: found '1e-999999999', allowed 0 to 1"),
        ("training.split", "1,0", "training.split.content: found nothing, allowed 0 to 1"),
        ("training.split", "1,0,0,0,0,0,0", "training.split.7: found an unknown key"),
        ("put.savings", "2", "put.savings: found 2, allowed 0 to 1"),
        ("org.budget.training", "-1", "org.budget.training: found -1, allowed 0 to 1000000000000"),
        ("org.currency", "euro", "org.currency: found 'euro', allowed three capital letters"),
        ("name", " ", "name: found ' ', allowed a name that is not blank"),
        ("name", "a\nb", "name: found 'a\\nb', allowed one line without control characters"),
        ("remarks", "\x00", "remarks: found '\\x00', allowed text without control characters"),
        ("story", "a\nb\nc", "story: found 3 lines, allowed at most two lines"),
        ("was.better", "0.5", "model: found null, allowed a version such as 1.0.0"),
        ("a.trust_asymmetry", "5,1,1", "a.trust_asymmetry: found low 5, central 1, high 1"),
        ("a.trust_asymmetry.low", "1", "a.trust_asymmetry.low: found an unknown assumption"),
        ("a.", "1", "found an unknown assumption"),
        ("from", "balanced-shift", "from: found 'balanced-shift', allowed a scenario that came"),
        ("from", "../../etc/passwd.x", "from: found '../../etc/passwd.x', allowed a scenario"),
    ],
)
def test_values_that_are_none(name: str, value: str, problem: str | None) -> None:
    link = changed(**{name: value})
    if problem is None:
        assert links.decode(link).scenario == PLAN
    else:
        assert any(problem in one for one in problems_of(link)), problems_of(link)


def test_doubled_links() -> None:
    problems = problems_of(f"{LINK}&{LINK}")
    for name in ("v", "from", "name", "training", "a.trust_asymmetry", "check"):
        assert f"{name}: found this parameter 2 times, allowed once" in problems
    assert problems_of(f"http://x/?{LINK}http://x/?{LINK}")


def test_bytes_that_are_no_text() -> None:
    assert problems_of(LINK.replace("name=", "name=%FF%00"))[0] == (
        "name: found bytes that are not UTF-8, allowed text in UTF-8"
    )


def test_parameters_of_others_do_no_harm() -> None:
    for more in ("utm_source=mail&utm_source=twice", "fbclid=%FF", "embed", "=", "&&", "a%26b=1"):
        for link in (f"{more}&{LINK}", f"{LINK}&{more}"):
            assert links.speaks(link)
            assert links.decode(link).scenario == PLAN
    page = "&".join(f"{name}=x&{name}=y" for name in links.PAGE_PARAMETERS)
    assert links.decode(f"{page}&{LINK}").scenario == PLAN
    assert not links.speaks(f"http://localhost/?{page}&utm_source=mail")
    assert not links.speaks("?from=newsletter&date=2026-11-22")


def test_the_bare_name_of_a_shipped_scenario_opens_it() -> None:
    opened = links.decode("http://localhost/?lang=nl&from=airline-social-service")
    airline = scenario.load_shipped("airline-social-service")
    assert opened == links.Link(airline, "airline-social-service", airline)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("?from=airline-2014", "from: found 'airline-2014', allowed .*balanced-shift, .*"),
        ("?training=0.35", "link: found a link that was cut, allowed the whole link"),
        ("?from=balanced-shift&training=0.35", "link: found a link that was cut, .*"),
        ("?a.trust_asymmetry=1.5&date=2026-11-22", "link: found a link that was cut, .*"),
        ("?base.training=0.3", "link: found a link that was cut, .*"),
    ],
)
def test_what_is_left_of_a_link_says_so(text: str, problem: str) -> None:
    assert links.speaks(text)
    [found] = problems_of(text)
    assert re.fullmatch(problem, found)


@pytest.mark.parametrize(
    "wrapped",
    [
        "http://localhost:8501/?{}",
        "https://example.org/a/b?lang=nl&{}#top",
        "?{}",
        "  {}\n",
        "https://example.org/of=us/?{}",
        "<http://localhost:8501/?{}>",
        '(see "http://localhost:8501/?{}").',
        "lang=nl&{}&theme=dark",
    ],
)
def test_whole_addresses(wrapped: str) -> None:
    text = wrapped.format(LINK)
    assert links.is_link(text)
    assert links.decode(text).scenario == PLAN


@pytest.mark.parametrize(
    "text", ["", "-", "balanced-shift", "a.json", "C:\\v=2.json", "here/x&y.json", "v", "ftp://x"]
)
def test_what_is_no_link(text: str) -> None:
    assert not links.is_link(text)
    assert problems_of(text) == ["link: found nothing in it, allowed a link to a scenario"]


def test_too_long_is_not_even_read() -> None:
    assert problems_of("x" * (links.MOST_READ + 1)) == [
        "link: found a length of 400001 characters, allowed at most 400000 characters"
    ]
    many = "&".join(f"a.{number}=1" for number in range(links.MOST_PARAMETERS + 1))
    assert problems_of(many) == ["link: found 501 parameters, allowed at most 500 parameters"]


# --- whatever comes ------------------------------------------------------------------------------


ANY = st.text(st.characters(exclude_categories=()))
VALUES = ANY | st.sampled_from(
    [
        *("", "0", "0.3", "-1", "1e999", "nan", "inf", "Infinity", "null", "register", "1,2,3"),
        *("%00", "%", "%zz", "%FF", "%2525", "%ud800", "\ud800", "\u0661", "9" * 5000, "9" * 39),
        *("1," * 50, "{}", "[]", "true", "<script>", "__class__", "../..", "\r\nSet-Cookie: a"),
    ]
)
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES) | ANY, VALUES), max_size=12)


def survives(text: str) -> None:
    """Whatever ``text`` is, there is a scenario or a list of what is wrong, in safe words."""
    recognised = links.is_link(text), links.speaks(text)
    try:
        links.decode(text)
    except ScenarioError as error:
        assert error.problems
        assert (
            recognised[1] or str(error) == "link: found nothing in it, allowed a link to a scenario"
        )
        for problem in error.problems:
            assert str(problem).isprintable() and len(str(problem)) < 500
            assert str(problem).encode()


@given(ANY)
@example("v=2&from=balanced-shift.gzajmrwx&a.\ud800=1")
def test_any_text_is_survived(text: str) -> None:
    survives(text)


@examples(200)
@given(PAIRS, st.booleans(), st.booleans())
def test_any_parameters_are_survived(
    pairs: list[tuple[str, str]], escaped: bool, whole: bool
) -> None:
    if escaped:
        pairs = [
            (quote(name, errors="replace"), quote(value, errors="replace")) for name, value in pairs
        ]
    query = "&".join(f"{name}={value}" for name, value in pairs)
    survives(f"{LINK[: LINK.index('&name')]}&{query}" if whole else query)


@given(st.binary(max_size=30))
def test_any_bytes_are_survived(content: bytes) -> None:
    survives(LINK.replace("Ours", quote(content)))


@given(st.randoms(use_true_random=False))
def test_parameters_in_any_order(order: random.Random) -> None:
    pairs = LINK.split("&")
    order.shuffle(pairs)
    assert links.decode("&".join(pairs)).scenario == PLAN
