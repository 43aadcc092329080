"""Links: what goes in comes out, short and readable."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from simulator import links, scenario
from simulator.links import versions
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
from tests.support import strategies
from tests.support.examples import examples
from tests.support.link_examples import EXAMPLES, LINK, LINKS, PLAN


@examples(60)
@given(strategies.scenarios())
def test_every_scenario_comes_back_exactly(plan: Scenario) -> None:
    link = links.encode(plan)
    opened = links.decode(link)
    assert opened.scenario == plan
    assert scenario.dump(opened.scenario) == scenario.dump(plan)
    assert opened.preset is not None and opened.base == load_shipped(opened.preset)


@examples(30)
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
        opened = links.decode(link)
        assert (opened.scenario, opened.preset) == (plan, preset)
        assert len(links.encode(plan)) <= len(link)


def test_results_make_no_other_start() -> None:
    assert links.preset_of(EXAMPLES["results"]) == "balanced-shift"


def test_an_unknown_start_is_refused() -> None:
    with pytest.raises(ScenarioError, match="balanced-shift"):
        links.encode(PLAN, "balanced-shfit")


def test_a_link_is_short_and_readable() -> None:
    assert links.encode(
        load_shipped("balanced-shift").changed(**{"plan.training.share_moved": 0.3})
    ) == ("v=5&from=balanced-shift.pakq4k7g&training=0.3&check=gelaqsqi")
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
    for golden in LINKS:
        done = subprocess.run(
            [bash, "-c", f'printf %s "{golden["link"]}"'], capture_output=True, check=True
        )
        assert done.stdout.decode() == golden["link"]


# --- what the plan started from ------------------------------------------------------------------


@examples(40)
@given(strategies.scenarios(), strategies.scenarios())
def test_what_the_plan_started_from_comes_back_exactly(plan: Scenario, base: Scenario) -> None:
    opened = links.decode(links.encode(plan, base=base))
    assert opened.scenario == plan
    assert opened.base == base.without_results()
    assert opened.preset == links.preset_of(base)


def test_a_start_of_ones_own_takes_little_room() -> None:
    own = PLAN.changed(**{"organisation.name": "De Linde", "organisation.customers": 60_000})
    moved = own.changed(
        **{"plan.training.share_moved": 0.45, "assumptions.trust_asymmetry": None, "name": "B"}
    )
    alone, link = links.encode(moved), links.encode(moved, base=own)
    assert links.decode(link).base == own and links.decode(link).preset is None
    parts = [part for part in link.split("&") if part.startswith("base")]
    assert [part.split("=")[0] for part in parts] == [
        "base",
        "base.name",
        "base.training",
        "base.a.trust_asymmetry",
    ]
    assert len(link) < len(alone) + 120
    assert "base=here&check=" in links.encode(own, base=own), "nothing was moved yet"


def test_a_shipped_start_goes_by_its_name() -> None:
    airline, plan = load_shipped("airline-social-service"), PLAN
    assert links.encode(
        plan, "balanced-shift", base=load_shipped("balanced-shift")
    ) == links.encode(plan, "balanced-shift"), "as in every older link"
    link = links.encode(plan, base=airline)
    assert "&base=airline-social-service." in link
    opened = links.decode(link)
    assert (opened.base, opened.preset) == (airline, "airline-social-service")


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (("base.training=0.3", "base.training=0.4"), "check: .*changed by hand or damaged.*"),
        (("base.training=0.3", "base.training=4"), "base.training: found 4, allowed 0 to 1"),
        (("&base.training=0.3", ""), "check: .*"),
        (("base=here", "base=gone"), "base: found 'gone', allowed a scenario that came with .*"),
        (("base=here&", ""), "check: .*"),
        (("base.training", "base.trainin"), "base.trainin: found an unknown parameter.*|check.*"),
    ],
)
def test_a_damaged_start_is_found_out(damage: tuple[str, str], problem: str) -> None:
    own = PLAN.changed(**{"organisation.name": "De Linde"})
    link = links.encode(own.changed(**{"plan.training.share_moved": 0.45}), base=own)
    assert damage[0] in link
    with pytest.raises(ScenarioError) as refused:
        links.decode(link.replace(*damage))
    assert any(re.fullmatch(problem, str(one)) for one in refused.value.problems)
