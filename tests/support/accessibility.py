"""What axe-core finds on a page, and how large is what fingers have to hit."""

from __future__ import annotations

from importlib import resources
from typing import Any

from tests.browser.helpers import Board

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
SERIOUS = ("serious", "critical")
RULES = {"color-contrast-enhanced": {"enabled": True}}
"""7:1 for text: a projector washes colours out."""
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
"""All that another theme can break: it is the same page in other colours."""
ONE_OF_EACH = """(selector) => {
  const known = new Set(["id", "aria-controls", "data-assumption-row", "title"]);
  const named = (node) => node.getAttributeNames().filter((name) => !known.has(name));
  const made = (node) =>
    node.localName + named(node).map((name) => `[${name}=${node.getAttribute(name)}]`).join("");
  const seen = new Set();
  for (const one of document.querySelectorAll(selector)) {
    const made_of = [one, ...one.querySelectorAll("*")].map(made).join(" ");
    if (seen.has(made_of)) one.remove();
    seen.add(made_of);
  }
  return seen.size;
}"""
"""Takes away what is made like another but for its words, and says how many are left: axe takes
seconds for a table of such rows, and finds the same in each."""
TARGETS = """() => {
  document.querySelectorAll("details").forEach((node) => { node.open = true; });
  return [...document.querySelectorAll("#board :is(a, button, input, select, summary)")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .map((node) => [node, node.type === "checkbox" ? node.closest("label") : node])
    .map(([node, target]) => [node, target.getBoundingClientRect()])
    .map(([node, { width, height }]) =>
      [node.outerHTML.slice(0, 100), width, height, node.matches("p .amount") ? 24 : 43.5]);
}"""
"""Everything that can be pressed, with its width and height and how large it has to be for a
finger, pixels: a box that is ticked with its label; and in running text a line is as high as the
next one lets it be, as WCAG 2.5.8 has it."""


def violations(board: Board, colours: bool = False) -> list[str]:
    """What is serious, a line for each node it was found at; ``colours``: in its colours alone."""
    if not board.page.evaluate("'axe' in window"):
        board.page.evaluate(AXE)
    report: dict[str, Any] = board.page.evaluate(
        "options => axe.run(document, {resultTypes: ['violations'], ...options})",
        {"runOnly": CONTRAST} if colours else {"rules": RULES},
    )
    assert report["passes"], "axe looked at nothing"
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
        for one in report["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
