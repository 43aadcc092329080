"""The levers on the screen. Their state lives in the session under their paths.

The loaded scenario is the reference: a plan is that scenario with what the levers have moved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from simulator import scenario
from simulator.scenario import Scenario, ScenarioError
from ui import cached, levers, words

DEFAULT = "balanced-shift"
UPLOADED = "uploaded file"
"""Choice that stands for the file of this session; no shipped file has a space in its name."""


def loaded() -> Scenario:
    """The scenario that the levers started from, in this session."""
    if "loaded" not in st.session_state:
        scenarios = cached.shelf().scenarios
        if not scenarios:
            st.error("There is no usable scenario in the folder of scenarios.")
            st.stop()
        choice = DEFAULT if DEFAULT in scenarios else next(iter(scenarios))
        st.session_state["choice"] = choice
        _load(scenarios[choice])
    result: Scenario = st.session_state["loaded"]
    return result


def current() -> Scenario:
    """The scenario as the levers stand now."""
    base = loaded()
    values = {path: st.session_state[path] for path in levers.ALL}
    return levers.moved(
        base,
        values,
        own_routes=st.session_state["own_routes"],
        own_times=st.session_state["own_times"],
    )


def _load(chosen: Scenario) -> None:
    """Make a scenario the reference and put all levers where it has them."""
    st.session_state["loaded"] = chosen
    st.session_state["own_routes"] = levers.routes_differ(chosen)
    st.session_state["own_times"] = levers.times_differ(chosen)
    st.session_state.update(levers.on_screen(chosen))


# --- scenarios and files --------------------------------------------------------------------------


def _choose() -> None:
    """Choice of a scenario; another one resets all levers."""
    names = {stem: one.name for stem, one in cached.shelf().scenarios.items()}
    if UPLOADED in st.session_state:
        names[UPLOADED] = f"{st.session_state[UPLOADED].name} (your file)"
    st.selectbox(
        "Scenario",
        list(names),
        format_func=names.__getitem__,
        key="choice",
        on_change=_chosen,
        help="A situation with its own organisation and plan. Choosing one resets all levers.",
        persist_state="session",
    )


def _chosen() -> None:
    choice = st.session_state["choice"]
    st.session_state.pop("problems", None)
    _load(st.session_state[UPLOADED] if choice == UPLOADED else cached.shelf().scenarios[choice])


def _files(base: Scenario, now: Scenario) -> None:
    """Save the plan as a file, or open one; what is wrong with a file is told line by line."""
    kept = to_save(base, now)
    with st.popover("Save or open a file", icon=":material/folder_open:", width="stretch"):
        st.download_button(
            "Save this plan",
            scenario.dump(kept),
            file_name=words.file_name(kept.name),
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
        )
        st.file_uploader(
            "Open a scenario file", type=["json"], max_upload_size=1, key="file", on_change=_opened
        )


def to_save(base: Scenario, now: Scenario) -> Scenario:
    """The plan as it is saved: another plan than the loaded one does not go by its name."""
    return now if now == base else now.changed(name=words.changed_name(now.name))


def _opened() -> None:
    st.session_state.pop("problems", None)
    file = st.session_state["file"]
    if file is None:
        return
    try:
        opened = scenario.parse(file.getvalue(), file.name)
    except ScenarioError as error:
        st.session_state["problems"] = [str(problem) for problem in error.problems]
        return
    st.session_state[UPLOADED] = opened
    st.session_state["choice"] = UPLOADED
    _load(opened)


def problems() -> None:
    """What is wrong with the shipped files, and with the file that was opened last, if anything."""
    if unusable := cached.shelf().unusable:
        names = ", ".join(map(words.escaped, unusable))
        st.warning(
            f"Left out, since not a valid scenario: {names}. The command `check` tells why.",
            icon=":material/warning:",
        )
    if found := st.session_state.get("problems"):
        st.error("This file can't be used. Nothing was changed.", icon=":material/error:")
        st.text("\n".join(found))


# --- levers ---------------------------------------------------------------------------------------


def sidebar() -> None:
    """Choice of a scenario, and all levers in four groups."""
    base, now = loaded(), current()
    currency = base.organisation.currency
    with st.sidebar, st.container(gap="xsmall"):
        _choose()
        _files(base, now)
        _group("Take from", "share of today's budget, and what that frees a year")
        for path in levers.TAKE:
            own = levers.budget(base, levers.lever(path).name)
            _slider(base, path, _share_of(own, currency))
        _put_into(base, now, currency)
        _group("Involvement", "what people do: no budget buys it")
        for path in levers.INVOLVE:
            _slider(base, path, _word_for(path))
        _when(base)
        st.button(
            "Reset levers",
            on_click=_load,
            args=(base,),
            icon=":material/restart_alt:",
            width="stretch",
        )


def _put_into(base: Scenario, now: Scenario, currency: str) -> None:
    received = levers.received(now)
    _group("Put into", f"{words.money(sum(received), currency)} a year; always 100 % together")
    if levers.routes_differ(base):
        st.toggle(
            "Each source its own way, as in the scenario",
            key="own_routes",
            help="On: the scenario says for each source where its money goes. Off: the percentages "
            "below hold for all three sources.",
            persist_state="session",
        )
        if st.session_state["own_routes"]:
            st.info(
                "The scenario's own routes are used, source by source; the amounts below are "
                "theirs. Move a percentage and the percentages hold for all sources instead."
            )
    for path in levers.PUT:
        name = levers.lever(path).name
        amount = words.money(getattr(received, name), currency)
        label = f"{words.label(name)}: {amount}"
        _slider(base, path, words.percent_exact, label, _rebalance, path)


def _rebalance(held: str) -> None:
    shares = {path: st.session_state[path] for path in levers.PUT}
    st.session_state.update(levers.rebalanced(shares, held))
    st.session_state["own_routes"] = False


def _when(base: Scenario) -> None:
    _group("When", "months from now")
    if levers.times_differ(base):
        st.toggle(
            "Each source at its own time, as in the scenario",
            key="own_times",
            help="On: the scenario says for each source when its money moves. Off: the two levers "
            "for the money below hold for all three sources.",
            persist_state="session",
        )
        if st.session_state["own_times"]:
            st.info(
                "The scenario's own times are used, source by source. Move one of the two levers "
                "for the money and they hold for all sources instead."
            )
    for paths, what in ((levers.WHEN_MONEY, "Money"), (levers.WHEN_INVOLVEMENT, "Involvement")):
        for path in paths:
            label = f"{what}: {words.lever_label(levers.lever(path).name)}"
            shared = _share_times if path in levers.WHEN_MONEY else None
            _slider(base, path, words.month_stop(levers.lever(path).name), label, shared)


def _share_times() -> None:
    st.session_state["own_times"] = False


def _group(name: str, explanation: str) -> None:
    st.subheader(name, anchor=False)
    st.markdown(f":small[{explanation}]")


def _share_of(budget: float, currency: str) -> Callable[[float], str]:
    def text(share: float) -> str:
        return f"{words.percent_exact(share)} frees {words.money(share * budget, currency)}"

    return text


def _word_for(path: str) -> Callable[[float], str]:
    one = levers.lever(path)

    def text(value: float) -> str:
        number = f"{value:g} min" if one.unit.startswith("min") else words.percent_exact(value)
        return f"{number}: {words.stop_word(one.name, value)}"

    return text


def _slider(
    base: Scenario,
    path: str,
    text: Callable[[float], str],
    label: str | None = None,
    on_change: Callable[..., None] | None = None,
    *args: Any,
) -> None:
    one = levers.lever(path)
    st.select_slider(
        label or words.label(one.name),
        levers.stops(base, path),
        format_func=text,
        key=path,
        help=words.lever_help(one.name),
        on_change=on_change,
        args=args,
        persist_state="session",
    )
