"""What the levers say, and how they fit every screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from simulator.i18n.language import ENGLISH, LANGUAGES
from tests.browser.helpers import Board, Size
from tests.support.lever_moves import (
    ALL,
    COMMUNITY,
    INVOLVE,
    MINUTES,
    OPENNESS,
    PUT,
    TRAINING,
    Open,
    at,
    row,
    shown,
)


def test_involvement_that_stays_as_it_is_shows_today(come: Open) -> None:
    board = come(scenario="money-without-involvement")
    doc = board.doc()
    for path in INVOLVE:
        assert at(doc, path) is None
        name = path.rpartition(".")[2]
        assert shown(board, path) == pytest.approx(doc["organisation"]["involvement"][name])
    board.press(OPENNESS, "ArrowRight")
    after = board.doc()["plan"]["involvement"]
    assert after["openness"] == doc["organisation"]["involvement"]["openness"] + 0.01
    assert after["mandate"] is None


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_levers_speak(come: Open, language: str) -> None:
    """Each has a name; its value is said with unit, and money or word, as they are shown."""
    board = come(lang=language)
    names = set()
    for path in ALL:
        lever = board.lever(path)
        name = lever.get_attribute("aria-label") or ""
        expect(row(board, path).locator(".lever-label")).to_have_text(name)
        names.add((path in PUT, name))
        spoken = lever.get_attribute("aria-valuetext") or ""
        meaning = row(board, path).locator(".lever-meaning").inner_text()
        assert meaning.replace("\N{NO-BREAK SPACE}", " ") in spoken.replace(
            "\N{NO-BREAK SPACE}", " "
        ), path
        assert name in (board.typed(path).get_attribute("aria-label") or "")
    assert len(names) == len(ALL)
    expect(row(board, TRAINING).locator(".lever-meaning")).to_have_text(
        LANGUAGES[language].money(70_000, "EUR")
    )


def test_words_follow_the_value(come: Open) -> None:
    board = come()
    word = row(board, MINUTES).locator(".lever-meaning")
    expect(word).to_have_text("some 10 minutes")
    board.type(MINUTES, "3")
    expect(word).to_have_text("now and then")
    board.type(MINUTES, "0")
    expect(word).to_have_text("no time")
    word = row(board, "plan.*.ramp_months").locator(".lever-meaning")
    expect(word).to_have_text("over 12 months")
    board.press("plan.*.ramp_months", "Home")
    expect(word).to_have_text("at once")
    expect(board.lever("plan.*.ramp_months")).to_have_attribute("aria-valuetext", "at once")


def test_money_is_what_a_lever_moves(come: Open) -> None:
    board = come()
    board.type(TRAINING, "40")
    expect(row(board, TRAINING).locator(".lever-meaning")).to_have_text("€140K")
    total = 75_000 + 140_000 + 216_000
    freed = board.page.locator('[data-group="take"] .lever-total')
    expect(freed).to_contain_text(ENGLISH.money(total, "EUR"))
    expect(row(board, COMMUNITY).locator(".lever-meaning")).to_have_text(
        ENGLISH.money(0.3 * total, "EUR")
    )


def test_the_name_of_a_lever_opens_its_help(come: Open) -> None:
    board = come()
    row(board, OPENNESS).locator(".lever-label").click()
    box = board.page.locator(".help-box")
    expect(box).to_be_visible()
    expect(box.locator("h3")).to_have_text("Openness")
    board.page.keyboard.press("Escape")
    expect(box).to_have_count(0)


def test_groups_fold_on_a_phone_and_the_first_two_are_open(
    visit: Callable[..., Board],
) -> None:
    board = visit("phone")
    board.page.evaluate("localStorage.removeItem('budget-shift-folds')")
    board.open()
    groups = board.page.locator(".lever-group")
    assert groups.evaluate_all("nodes => nodes.map(node => node.open)") == [
        *(True, True, False, False, False),
    ]
    groups.nth(0).locator("summary").tap()
    groups.nth(2).locator("summary").tap()
    board.press(OPENNESS, "ArrowRight")
    assert groups.evaluate_all("nodes => nodes.map(node => node.open)") == [
        *(False, True, True, False, False),
    ]


def test_fingers_find_large_targets(come: Open) -> None:
    board = come("phone")
    small = board.page.locator(
        ".levers :is(summary, button:not([hidden]), input[data-lever], input[data-typed])"
    ).evaluate_all(
        """nodes => nodes
          .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
          .filter(([, box]) => box.width < 44 || box.height < 44)
          .map(([html, box]) => `${html}: ${box.width} x ${box.height}`)"""
    )
    assert not small, "\n".join(small)


@pytest.mark.parametrize("size", ["laptop", "projector"])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_projector_shows_levers_and_their_words_whole(
    come: Open, size: Size, language: str
) -> None:
    """What is taken and where it goes without scrolling; whatever else is opened below that leaves
    their rows as they are."""
    board = come(size, view="projector", lang=language)
    panel = board.page.locator(".levers")
    others = board.page.locator(".lever-group:nth-child(n+3)")
    places = """all => all.map((lever) => {
      const { top, height } = lever.getBoundingClientRect();
      return [top, height];
    })"""
    levers = board.page.locator(".lever-group:nth-child(-n+2) .lever")
    opened = levers.evaluate_all(places)
    others.evaluate_all("all => all.map(one => one.open = false)")
    assert panel.evaluate("node => node.scrollHeight <= node.clientHeight")
    assert levers.evaluate_all(places) == opened
    others.evaluate_all("all => all.map(one => one.open = true)")
    cut = panel.evaluate(
        """async (panel, language) => {
          const groups = await (await fetch(`board/start?language=${language}`)).json();
          const cut = [...panel.querySelectorAll(".lever-label, [data-typed]")]
            .filter((one) => one.scrollWidth > one.clientWidth)
            .map((one) => one.textContent || one.value);
          for (const { path, words } of groups.levers.flatMap((group) => group.levers)) {
            const place = panel.querySelector(`[data-lever="${path}"]`).closest(".lever")
              .querySelector(".lever-meaning");
            const shown = place.textContent;
            if (place.closest(".with-money")) continue;
            for (const [, word] of [...words.exact, ...words.from, [0, shown]]) {
              place.textContent = word;
              if (place.scrollWidth > place.clientWidth) cut.push(word);
            }
            place.textContent = shown;
          }
          return cut;
        }""",
        language,
    )
    assert not cut
    size_of_type = panel.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size_of_type >= (24 if size == "projector" else 16)


def test_a_word_that_changes_moves_no_range(come: Open) -> None:
    board = come()
    boxes = []
    for value in ("0", "10", "20", "480"):
        board.type(MINUTES, value)
        boxes.append([board.lever(path).bounding_box() for path in ALL])
    assert boxes == boxes[:1] * 4
