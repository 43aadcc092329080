"""The page of the register: listed, filtered, sorted, changed and downloaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import resources

import pytest
from playwright.sync_api import expect

from simulator.analyses.tornado import tornado
from simulator.i18n.language import LANGUAGES
from simulator.model.register import BY_ID, REGISTER, Parameter
from simulator.scenario import load_shipped
from tests.browser.conftest import Visit
from tests.browser.helpers import Board
from tests.support.panels import (
    DEFAULT,
    GIVEN_UP,
    OTHER,
    RANGE,
    dialog,
    field,
    retype,
    row,
    searched,
    write,
)
from ui.routes import bootstrap


def listed(board: Board) -> list[str]:
    names: list[str] = board.page.locator("tbody [data-assumption-row]").evaluate_all(
        "all => all.map(one => one.dataset.assumptionRow)"
    )
    return names


@pytest.fixture
def register(visit: Visit) -> Board:
    return visit().open("assumptions")


def test_the_whole_register_is_a_table(register: Board) -> None:
    assert listed(register) == [one.id for one in REGISTER]
    table = register.page.locator("[data-sort]")
    expect(register.page.get_by_role("columnheader").filter(has=table)).to_have_count(7)
    cells = row(register, "overload_minutes").get_by_role("cell").all_inner_texts()
    assert cells[:4] == ["40", "90", "180", "minutes per working day"]
    assert "anecdote or judgement" in cells[4]
    assert "Collaborative Overload" in cells[5]
    weak = sum(one.grade == "E" for one in REGISTER)
    introduction = register.page.locator(".lead-in").inner_text()
    assert f"{len(REGISTER)} assumptions" in introduction
    assert f"{weak} of them have grade E" in introduction


def test_the_register_is_filtered_and_searched(register: Board) -> None:
    for grade in ("A", "B"):
        register.page.locator(f'[data-filter-grade="{grade}"]').click()
    assert listed(register) == [one.id for one in REGISTER if one.grade in "AB"]
    register.page.locator(".register-group").select_option("money")
    both = [one.id for one in REGISTER if one.grade in "AB" and one.group == "money"]
    assert listed(register) == both
    status = register.page.locator(".register-status > [role=status]")
    expect(status).to_have_text(f"{len(both)} of {len(REGISTER)} assumptions")
    for grade in ("A", "B"):
        register.page.locator(f'[data-filter-grade="{grade}"]').click()
    register.page.locator(".register-group").select_option("")
    register.page.locator(".register-search").fill("EUROSTAT")
    assert set(listed(register)) == {one.id for one in REGISTER if "eurostat" in searched(one.id)}
    register.page.locator(".register-search").fill("no such thing")
    expect(register.page.locator(".register-nothing")).to_be_visible()


KEYS: Mapping[str, Callable[[Parameter], float | str]] = {
    "central": lambda one: one.central,
    "low": lambda one: one.low,
    "grade": lambda one: one.grade,
}


def test_the_register_is_sorted(register: Board) -> None:
    for column, key in KEYS.items():
        button = register.page.locator(f'[data-sort="{column}"]')
        heading = register.page.get_by_role("columnheader").filter(has=button)
        button.click()
        assert listed(register) == [one.id for one in sorted(REGISTER, key=key)]
        assert heading.get_attribute("aria-sort") == "ascending"
        button.click()
        values = [key(BY_ID[one]) for one in listed(register)]
        assert values == sorted(map(key, REGISTER), reverse=True)
        assert heading.get_attribute("aria-sort") == "descending"
        button.click()
        assert listed(register) == [one.id for one in REGISTER]
        assert heading.get_attribute("aria-sort") is None


def test_those_that_move_the_answer_come_first_where_that_is_wished(register: Board) -> None:
    switch = register.page.locator("[data-by-influence]")
    switch.click()
    expect(register.page.locator(".register-reach").first).to_contain_text("if low")
    most = [REGISTER[bar.row].id for bar in tornado(load_shipped(DEFAULT), most=20).bars]
    assert listed(register)[:20] == most
    register.page.locator('[data-sort="label"]').click()
    assert switch.get_attribute("aria-pressed") == "false"
    expect(register.page.locator(".register-reach").first).to_be_empty()


def test_the_scenarios_own_come_first_on_the_page_too(board: Board) -> None:
    dialog(board, "scenarios").locator(f'[data-preset="{OTHER}"] button').click()
    board.settled().open("assumptions")
    own = load_shipped(OTHER).ranges()
    assert set(listed(board)[: len(own)]) == set(own)
    expect(board.page.locator(".register-own")).to_contain_text(f"changes {len(own)} of them")
    weak = sum(one.id in own or one.grade == "E" for one in REGISTER)
    expect(board.page.locator('[data-filter-grade="E"] .chip-count')).to_have_text(f"{weak}")
    expect(board.page.locator(".lead-in")).to_contain_text(f"{weak} of them have grade E")
    name, span = next(iter(own.items()))
    cells = row(board, name).get_by_role("cell").all_inner_texts()
    assert [float(cell) for cell in cells[:3]] == [span.low, span.central, span.high]


def test_an_assumption_is_changed_on_the_page(register: Board) -> None:
    row(register, RANGE).locator("th button").click()
    details = register.page.locator(".assumption-detail")
    assert BY_ID[RANGE].note in details.inner_text()
    write(details, "central", "0.7")
    assert row(register, RANGE).get_by_role("cell").all_inner_texts()[:3] == ["0.3", "0.7", "0.9"]
    register.open()
    assert register.value(f"assumptions.{RANGE}") == {"low": 0.3, "central": 0.7, "high": 0.9}


def test_an_assumption_that_the_organisation_knows_is_not_to_be_changed(visit: Visit) -> None:
    knows = load_shipped(DEFAULT).changed(**{GIVEN_UP: 0.11})
    board = visit().keep(bootstrap.document(knows)).open("assumptions")
    known = row(board, "given_up_share")
    expect(known).to_contain_text("Known: entered for the organisation")
    assert known.get_by_role("cell").all_inner_texts()[:3] == ["", "", ""]
    expect(board.page.locator(".register-own")).to_contain_text("1 of them is known")
    assert listed(board) == [one.id for one in REGISTER], "it is where it was"
    known.locator("th button").click()
    details = board.page.locator(".assumption-detail")
    expect(details).to_contain_text("Given up by phone and mail: 11%")
    expect(details.locator(".assumption-editor")).to_be_hidden()
    details.locator("[data-organisation-field]").click()
    editor = board.page.locator("#board dialog[open]")
    expect(field(editor, GIVEN_UP)).to_be_focused()
    retype(editor, GIVEN_UP, "")
    editor.locator("[data-action=apply]").click()
    expect(known).not_to_contain_text("Known")
    expect(details.locator(".assumption-editor")).to_be_visible()
    assert known.get_by_role("cell").all_inner_texts()[:3] == ["3%", "8%", "15%"]


def test_the_register_can_be_downloaded(register: Board) -> None:
    _, content = register.download(register.page.get_by_role("link", name="CSV"))
    assert content == resources.files("simulator.model").joinpath("register.csv").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_fits_a_phone(visit: Visit, language: str) -> None:
    board = visit("phone").open("assumptions", lang=language)
    row(board, RANGE).locator("th button").click()
    across = board.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert across <= 0
    outside = (
        "root => [...root.querySelectorAll('.register-page *:not(.unseen)')]"
        ".filter(one => one.getBoundingClientRect().right > 391).map(one => one.outerHTML)"
    )
    assert board.root.evaluate(outside) == []
