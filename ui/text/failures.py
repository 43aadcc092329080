"""What is said where an answer does not come, or is not the simulator's: as what it is, and what to
ask of whom. The kinds are those of ``web/server/failure.js``."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.i18n.language import N_, Language

FAILURES: Mapping[str, str] = {
    "offline": N_("This device is offline."),
    "lost": N_(
        "No answer from the server: it has stopped, or the network in between lets nothing through."
    ),
    "slow": N_("The server, or the network in between, takes too long to answer."),
    "foreign": N_(
        "Something between this browser and the simulator answered in its place, such as a login "
        "page or a filter. Log in there, or ask whoever looks after the network to let this "
        "address through unchanged."
    ),
    "redirected": N_(
        "The answer leads to another page, as when a login has run out. Load the page again to log "
        "in."
    ),
    "denied": N_(
        "Something between this browser and the simulator does not let this through. Log in again, "
        "or ask whoever looks after the network to allow this address."
    ),
    "limit": N_(
        "A proxy between this browser and the simulator refuses requests of this size. Ask whoever "
        "looks after it to allow 64 MB."
    ),
    "gateway": N_(
        "The proxy in front of the simulator gets no answer from it. It may just be starting; else "
        "tell whoever looks after the server."
    ),
    "gone": N_(
        "This is not there on the server: it may have another version of the simulator by now. "
        "Load the page again."
    ),
    "often": N_("That was asked for too often. Try again in a while."),
    "failed": N_("The server failed at this. Its log says why."),
}
"""By kind."""

_OPENING: Mapping[str, str] = {
    "title": N_("Budget shift simulator"),
    "opening": N_("The simulator is opening…"),
    "program": N_("Loading the program…"),
    "texts": N_("Loading texts and assumptions…"),
    "unopened": N_("The simulator does not open."),
    "fault": N_("This page has a fault."),
    "trying": N_("Trying again."),
    "report": N_("For whoever looks after the network: {detail}"),
    "again": N_("Load the page again"),
    "script": N_("The simulator needs JavaScript, which is off in this browser."),
    "old": N_("This browser is too old for the simulator, which needs one from 2023 or later."),
    "nowhere": N_("There is no such page here."),
    "start": N_("To the simulator"),
}


def failures(language: Language) -> dict[str, str]:
    """What is said of each kind."""
    return {kind: language.gettext(text) for kind, text in FAILURES.items()}


def opening(language: Language) -> dict[str, str]:
    """What is said before the rest of the page is there."""
    return {name: language.gettext(text) for name, text in _OPENING.items()}
