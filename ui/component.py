"""The board: the one component that draws the pages.

It holds no text and no numbers of its own. The browser loads the modules in ``web/`` from a
route of ours, and asks other routes what to show (see :mod:`ui.server`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from ui.http import assets

View = Literal["simulate", "assumptions", "compare"]
VIEWS: Mapping[View, str] = {
    "simulate": "Simulate",
    "assumptions": "Assumptions",
    "compare": "Compare",
}
"""The pages, each with what a browser's history calls it until the board has set its title."""

_ENTRY = """
export default function (component) {
  let leave = null;
  let left = false;
  const tries = "budget-shift-tries";
  import(new URL(component.data.entry, document.baseURI).href).then(
    (board) => {
      sessionStorage.removeItem(tries);
      if (!left) leave = board.mount(component);
    },
    (error) => {
      console.warn(error);
      const made = Number(sessionStorage.getItem(tries) ?? 0);
      sessionStorage.setItem(tries, made + 1);
      if (made < 3) setTimeout(() => location.reload(), 2000 * (made + 1));
    },
  );
  return () => {
    left = true;
    leave?.();
  };
}
"""
"""Loads the real thing, which stays in the browser's cache from one visit to the next.

A module that did not arrive is asked for again by loading the page again, three times at most.
"""

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


def mount(view: View) -> View | None:
    """Draw the board; returns the page that the visitor asks for, if any."""
    result = _component(
        key="board",
        data={"view": view, "entry": assets.url("main.js")},
        on_page_change=lambda: None,
    )
    return next((one for one in VIEWS if one == result.page), None)
