"""Links: what goes in comes out, for ever; what is damaged is refused by name, whatever it is."""

from __future__ import annotations

import html
import json
import random
import re
import shutil
import string
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator import links, scenario
from simulator.links import presets, versions
from simulator.model.register import REGISTER
from simulator.results import FIGURES
from simulator.scenario import (
    SCHEMA_VERSION,
    EstimateInput,
    ResultsInput,
    Scenario,
    ScenarioError,
    load_shipped,
)
from simulator.scenario.levers import INVOLVEMENT
from tests.golden import remake_links
from tests.support import strategies

GOLDEN = remake_links.read()
LINKS: list[dict[str, Any]] = GOLDEN["links"]
EXAMPLES = remake_links.examples()
NAMES = [*links.names(), *(f"a.{one.id}" for one in REGISTER[:3])]
PLAN = load_shipped("balanced-shift").changed(
    **{
        "plan.training.share_moved": 0.3,
        "plan.split.listening": 0.1,
        "plan.split.savings": 0.05,
        "assumptions.trust_asymmetry": {"low": 1, "central": 1.5, "high": 5},
        "name": "Ours & 'theirs'",
    }
)
LINK = links.encode(PLAN)
CUT = "check: found a link that was cut, allowed the whole link"
DAMAGED = "check: found a link that was changed by hand or damaged, allowed the link as it was made"


def told(text: str) -> list[str]:
    """What is wrong with a link, line by line."""
    with pytest.raises(ScenarioError) as refused:
        links.decode(text)
    return [str(one) for one in refused.value.problems]


def changed(**values: str) -> str:
    """:data:`LINK` with other values, as somebody writes them by hand; dots are underscores."""
    pairs = dict(parse_qsl(LINK, keep_blank_values=True))
    return urlencode({**pairs, **{name.replace("__", "."): one for name, one in values.items()}})


# --- there and back ------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(strategies.scenarios())
def test_every_scenario_comes_back_exactly(plan: Scenario) -> None:
    link = links.encode(plan)
    found = links.decode(link)
    assert found.scenario == plan
    assert scenario.dump(found.scenario) == scenario.dump(plan)
    assert found.preset is not None and found.base == load_shipped(found.preset)


@settings(max_examples=30, deadline=None)
@given(strategies.scenarios())
def test_every_link_survives_what_it_passes_through(plan: Scenario) -> None:
    link = links.encode(plan)
    assert re.fullmatch(r"[A-Za-z0-9&=%+.,_~-]*[a-z0-9]", link)
    assert html.unescape(link) == link  # names like &not and &reg would be signs
    wrapped = "\r\n ".join(re.findall(".{1,60}", link))  # as mail programs break lines
    assert links.decode(wrapped).scenario == plan
    assert links.decode(html.escape(f"http://localhost/?{link}")).scenario == plan


@pytest.mark.parametrize("name", [one.stem for one in scenario.shipped()])
def test_a_shipped_scenario_is_its_own_start(name: str) -> None:
    plan = load_shipped(name)
    link = links.encode(plan)
    assert re.fullmatch(rf"v={SCHEMA_VERSION}&from={name}\.[a-z2-7]{{8}}&check=[a-z2-7]{{8}}", link)
    assert links.decode(link) == links.Link(plan, name, plan)
    assert links.preset_of(plan) == name
    assert links.preset_of(plan.changed(seed=77)) is None


@pytest.mark.parametrize("what", EXAMPLES)
def test_any_shipped_scenario_may_be_the_start(what: str) -> None:
    plan = EXAMPLES[what]
    for preset in (one.stem for one in scenario.shipped()):
        link = links.encode(plan, preset)
        found = links.decode(link)
        assert (found.scenario, found.preset) == (plan, preset)
        assert len(links.encode(plan)) <= len(link)


def test_results_make_no_other_start() -> None:
    assert links.preset_of(EXAMPLES["results"]) == "balanced-shift"


def test_an_unknown_start_is_refused() -> None:
    with pytest.raises(ScenarioError, match="balanced-shift"):
        links.encode(PLAN, "balanced-shfit")


def test_a_link_is_short_and_readable() -> None:
    assert links.encode(
        load_shipped("balanced-shift").changed(**{"plan.training.share_moved": 0.3})
    ) == ("v=3&from=balanced-shift.4dcty7z2&training=0.3&check=ozzdu2x5")
    assert "&put.listening=0.1&put.savings=0.05&a.trust_asymmetry=1,1.5,5&check=" in LINK


def test_every_field_has_a_name_of_its_own() -> None:
    def leaves(node: dict[str, Any], place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        for key, value in node.items():
            if isinstance(value, dict) and key not in {"assumptions", *RANGES}:
                yield from leaves(value, (*place, key))
            else:
                yield (*place, key)

    RANGES = {
        name
        for name, field in ResultsInput.model_fields.items()
        if field.annotation is EstimateInput
    }
    content = json.loads(scenario.dump(EXAMPLES["results"]))
    fields = set(leaves(content)) - {("$schema",), ("schema_version",), ("assumptions",)}
    # The golden results are older than figures that files may lack.
    fields |= {("results", name) for name in FIGURES}
    table = versions.NAMES[SCHEMA_VERSION].values()
    assert {one.place for one in table} == fields
    assert len({one.place for one in table}) == len({one.name for one in table}) == len(fields)
    assert not {one.name for one in table} & {"v", "from", "check", *links.PAGE_PARAMETERS}


def test_a_lever_that_comes_later_is_in_links_of_its_version_and_after() -> None:
    path, since = "plan.involvement.made_up", SCHEMA_VERSION + 1
    later = replace(INVOLVEMENT[0], path=path, since=since, link="calm")
    before, its_own, after = (
        {one.name: one.place for one in versions.parameters(version, (*INVOLVEMENT, later))}
        for version in (SCHEMA_VERSION, since, since + 1)
    )
    assert (
        its_own
        == after
        == before
        | {
            "calm": ("plan", "involvement", "made_up"),
            "org.involvement.calm": ("organisation", "involvement", "made_up"),
        }
    )


def test_the_length_that_fits() -> None:
    assert links.fits("x" * (links.MAX_LENGTH - 1))
    assert not links.fits("x" * links.MAX_LENGTH)
    assert not links.fits(links.encode(EXAMPLES["long notes"]))


def test_the_longest_scenario_can_be_read() -> None:
    number = 1 / 3
    sign = "\U0001f469"
    ranges = {
        one.id: {"low": low + 1e-9, "central": (low + high) * number, "high": high - 1e-9}
        for one in REGISTER
        for low, high in [one.bounds]
    }
    longest = EXAMPLES["another organisation"].changed(
        name=sign * 80,
        story=sign * 600,
        description=sign * 4000,
        notes=sign * 20_000,
        author=sign * 80,
        assumptions=ranges,
        results=EXAMPLES["results"].results,
    )
    link = f"https://{'x' * 300}?{links.encode(longest)}"
    assert len(link) < 0.9 * links.MOST_READ
    assert link.count("&") < 0.9 * links.MOST_PARAMETERS
    assert links.decode(link).scenario == longest


def test_results_are_shortened_to_what_is_seen() -> None:
    results = EXAMPLES["results"].results
    assert results is not None
    short = links.shortened(results)
    assert short.worst_case == -98765.4 and short.draws == 1024
    assert short.net_present_value == EstimateInput(low=-1234570, central=0.3, high=1e21)
    assert short.payback_month == results.payback_month
    assert links.shortened(short) == short


def test_a_shell_leaves_links_alone() -> None:
    bash = shutil.which("bash")
    assert bash
    for one in LINKS:
        done = subprocess.run(
            [bash, "-c", f'printf %s "{one["link"]}"'], capture_output=True, check=True
        )
        assert done.stdout.decode() == one["link"]


# --- for ever ------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", LINKS, ids=lambda one: f"v{one['version']} {one['what']}")
def test_golden_links_open_as_ever(one: dict[str, Any]) -> None:
    found = links.decode(one["link"]).scenario
    assert scenario.dump(found) == scenario.dump(scenario.parse(json.dumps(one["scenario"])))


def test_amounts_below_the_smallest_coin_are_refused_though_links_once_had_them() -> None:
    link = next(one["link"] for one in LINKS if one["what"] == "another organisation")
    old = link.replace("org.revenue=0.001", "org.revenue=1e-05")
    with pytest.raises(ScenarioError) as caught:
        links.decode(old.replace("org.budget.training=0.001", "org.budget.training=1e-09"))
    allowed = {one.field: one.allowed for one in caught.value.problems if one.field != "check"}
    assert allowed == {
        "org.revenue": "0.001 to 1000000000",
        "org.budget.training": "0, or at least 0.001",
    }


def test_golden_links_are_of_all_kinds() -> None:
    newest = {one["what"] for one in LINKS if one["version"] == SCHEMA_VERSION}
    assert newest == set(EXAMPLES) and len(newest) >= 10


def test_every_start_that_links_ever_had_is_still_there() -> None:
    for version, references in GOLDEN["references"].items():
        gone = set(references) - set(links.references(int(version)))
        assert not gone, f"{gone}: copy the file as it was to scenarios/former/v{version}"
        for reference in references:
            preset = presets.presets_of(int(version))[reference]
            link = f"v={version}&from={reference}&check={preset.fingerprint}"
            assert links.decode(link).base == links.decode(link).scenario


def test_every_start_of_today_is_remembered() -> None:
    new = set(links.references()) - set(GOLDEN["references"][str(SCHEMA_VERSION)])
    assert not new, f"{new}: run python -m tests.golden.remake_links"


@pytest.fixture
def former(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of former scenarios."""
    monkeypatch.setattr(presets, "FORMER", tmp_path)
    presets.presets_of.cache_clear()
    yield tmp_path
    presets.presets_of.cache_clear()


def test_a_link_to_a_scenario_that_has_changed_since(former: Path) -> None:
    once = load_shipped("balanced-shift").changed(**{"plan.training.share_moved": 0.21})
    reference = f"balanced-shift.{presets.fingerprint_of(presets.content_of(scenario.dump(once)))}"
    then = once.changed(**{"plan.training.start_month": 9})
    check = presets.fingerprint_of(presets.content_of(scenario.dump(then)))
    link = f"v=3&from={reference}&training.start=9&check={check}"
    (problem,) = told(link)
    assert problem == f"from: found '{reference}', allowed a scenario that came with the simulator"
    (former / "v3").mkdir()
    scenario.save(once, former / "v3" / "balanced-shift.of-2026.json")
    (former / "v3" / "broken.json").write_text("{", encoding="utf-8")
    presets.presets_of.cache_clear()
    assert links.decode(link) == links.Link(then, None, once)
    assert links.decode(links.encode(then)).preset == "balanced-shift"


def test_a_link_of_an_older_version_is_migrated(
    former: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {name: one for name, one in versions.NAMES[2].items() if one.place[0] != "results"}
    monkeypatch.setitem(versions.NAMES, 1, old)
    files = Path(remake_links.__file__).parent / "scenarios_v1"
    shutil.copytree(files, former / "v1")
    presets.presets_of.cache_clear()
    (start,) = (one for one in presets.presets_of(1).values() if one.name == "balanced-shift")
    content = json.loads(json.dumps(start.content))
    content["plan"]["training"]["share_moved"] = 0.3
    link = f"v=1&from={start.reference}&training=0.3&check={presets.fingerprint_of(content)}"
    plan = scenario.load(files / "balanced-shift.json")
    assert links.decode(link) == links.Link(
        plan.changed(**{"plan.training.share_moved": 0.3}), None, plan
    )


def test_links_of_other_versions() -> None:
    assert told(changed(v="4", training="7", check="x")) == [
        "v: found 4, made by a newer version, allowed 2 to 3"
    ]
    assert told(LINK.replace("v=3", "v=1")) == [
        "v: found 1, from before there were links, allowed 2 to 3"
    ]
    for text in ("0", "02", "2.0", "-2", "\u00b2", "\u0662", "", "two", "9" * 300):
        found = repr(text if len(text) <= 60 else f"{text[:59]}…")
        assert told(changed(v=text)) == [f"v: found {found}, allowed 2 to 3"]
    assert told(LINK.removeprefix("v=3&")) == ["v: found nothing, allowed 2 to 3"]


# --- damaged -------------------------------------------------------------------------------------


def test_every_cut_is_found_out() -> None:
    for end in range(len(LINK)):
        problems = told(LINK[:end])
        if "&name" in LINK[:end]:
            assert CUT in problems
    assert told(LINK.replace(f"&check={LINK[-8:]}", "")) == [CUT]


@settings(max_examples=300, deadline=None)
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
    assert told(f"{link}&seed=1&seed=2") == [
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
        assert any(problem in one for one in told(link)), told(link)


def test_doubled_links() -> None:
    problems = told(f"{LINK}&{LINK}")
    for name in ("v", "from", "name", "training", "a.trust_asymmetry", "check"):
        assert f"{name}: found this parameter 2 times, allowed once" in problems
    assert told(f"http://x/?{LINK}http://x/?{LINK}")


def test_bytes_that_are_no_text() -> None:
    assert told(LINK.replace("name=", "name=%FF%00"))[0] == (
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
    assert told(text) == ["link: found nothing in it, allowed a link to a scenario"]


def test_too_long_is_not_even_read() -> None:
    assert told("x" * (links.MOST_READ + 1)) == [
        "link: found a length of 400001 characters, allowed at most 400000 characters"
    ]
    many = "&".join(f"a.{number}=1" for number in range(links.MOST_PARAMETERS + 1))
    assert told(many) == ["link: found 501 parameters, allowed at most 500 parameters"]


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
    said = links.is_link(text), links.speaks(text)
    try:
        links.decode(text)
    except ScenarioError as error:
        assert error.problems
        assert said[1] or str(error) == "link: found nothing in it, allowed a link to a scenario"
        for one in error.problems:
            assert str(one).isprintable() and len(str(one)) < 500
            assert str(one).encode()


@given(ANY)
@example("v=2&from=balanced-shift.gzajmrwx&a.\ud800=1")
def test_any_text_is_survived(text: str) -> None:
    survives(text)


@settings(max_examples=200, deadline=None)
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


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_parameters_in_any_order(order: random.Random) -> None:
    pairs = LINK.split("&")
    order.shuffle(pairs)
    assert links.decode("&".join(pairs)).scenario == PLAN
