"""The board: the one component that draws the pages.

It holds no numbers of its own. The browser loads the modules in ``web/`` from a route of ours, and
asks other routes what to show (see :mod:`ui.routes`).
"""

from __future__ import annotations

from functools import cache

import streamlit as st

from simulator.i18n.language import LANGUAGES, N_
from simulator.version import MODEL_VERSION, VERSION
from ui.http import assets
from ui.pages import PAGES, Page

_LOST = N_("This page could not be loaded: the server does not answer. Try again in a while.")
_FAULT = N_("This page has a fault.")
_AGAIN = N_("Load the page again")
_VERSIONS = N_("Budget shift simulator {simulator}, model {model}")

_ENTRY = """
export default function (component) {
  const { data, parentElement } = component;
  const tries = "budget-shift-tries";
  let leave = null;
  let left = false;

  function say(text, detail = "") {
    const language = new URLSearchParams(location.search).get("lang") ?? navigator.language;
    const texts = data.texts[language?.slice(0, 2)] ?? data.texts.en;
    const node = document.createElement("div");
    const button = document.createElement("button");
    node.setAttribute("role", "alert");
    node.style = "padding: 2rem; font: 1rem/1.5 system-ui, sans-serif";
    button.textContent = texts.again;
    button.onclick = () => location.reload();
    node.append(texts[text], " ");
    if (detail) node.append(detail, " (", texts.versions, ") ");
    node.append(button);
    parentElement.append(node);
  }

  // A module that did not arrive is asked for again by loading the page again.
  function lost(error) {
    console.warn(error);
    const failures = Number(sessionStorage.getItem(tries) ?? 0);
    sessionStorage.setItem(tries, failures + 1);
    if (failures < 3) setTimeout(() => location.reload(), 2000 * (failures + 1));
    else say("lost");
  }

  function failed(error) {
    if (left) return;
    // Each browser words it in its own way; a module that is there and cannot run says others.
    const words = /dynamically imported module|Importing a module script failed/;
    if (error instanceof TypeError && words.test(error.message)) {
      lost(error);
      return;
    }
    console.error(error);
    say("fault", String(error));
  }

  const load = (address) => import(new URL(address, document.baseURI).href);
  Promise.all([load(data.entry), load(data.module)])
    .then(([board, page]) => {
      sessionStorage.removeItem(tries);
      if (!left) leave = board.mount(component, page);
    })
    .catch(failed);
  return () => {
    left = true;
    leave?.();
  };
}
"""
"""Loads the real thing, which stays in the browser's cache from one visit to the next."""

_HOST = """
/* Streamlit's own dialog tells of a lost connection in English and blocks what works without. */
[data-testid="stHeader"], [data-testid="stSidebar"], [data-testid="stStatusWidget"],
[data-testid="stDialog"] {
  display: none;
}
[data-testid="stMainBlockContainer"] { padding: 0; max-width: none; }
[data-testid="stMain"] { overflow: auto; }
"""
"""The board brings its own bar: the frame around it has none, and no margins."""

_component = st.components.v2.component("board", css=_HOST, js=_ENTRY, isolate_styles=False)


@cache
def _texts() -> dict[str, dict[str, str]]:
    """What is said where no module is there that could say it, by language."""
    return {
        code: {
            "lost": language.gettext(_LOST),
            "fault": language.gettext(_FAULT),
            "again": language.gettext(_AGAIN),
            "versions": language.gettext(_VERSIONS).format(simulator=VERSION, model=MODEL_VERSION),
        }
        for code, language in LANGUAGES.items()
    }


def mount(page: Page) -> Page | None:
    """Draw the board with a page; returns the page that the visitor asks for, if any."""
    result = _component(
        key="board",
        data={
            "view": page.id,
            "entry": assets.url("main.js"),
            "module": assets.url(page.module),
            "texts": _texts(),
        },
        on_page_change=lambda: None,
    )
    return PAGES.get(result.page or "")
