"""The names that the server answers to.

Another site can have a name of its own lead to this server's address, and then a visitor's browser
takes both for the same site (DNS rebinding). It cannot do that with names that are not its own.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from functools import cache
from urllib.parse import urlsplit

from streamlit import config

from ui.http.settings import settings


def may_ask_for(host: str | None) -> bool:
    """Whether a request for this ``Host`` is answered: an address, a name of this machine, or one
    that the settings allow. No browser leaves it out."""
    return host is None or _is_allowed(host, _names())


def _is_allowed(host: str, names: Iterable[str]) -> bool:
    try:
        parts = urlsplit(f"//{host}")
        name, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if name is None or parts.netloc != host or "@" in host:
        return False
    name = name.rstrip(".")
    return _is_address(name) or any(
        known == "*" or name == known or (known.startswith("*.") and name.endswith(known[1:]))
        for known in names
    )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _names() -> frozenset[str]:
    """Of the machine, and those in our settings and in Streamlit's."""
    own = socket.gethostname().lower().rstrip(".")
    short = own.partition(".")[0]
    named = (
        *settings().simulator_allowed_hosts.split(","),
        *_streamlit("server.allowedHosts", list),
        *_streamlit("browser.serverAddress", lambda name: [name]),
    )
    known = {"localhost", "*.localhost", own, short, f"{short}.local"}
    return frozenset(known | {name.strip().lower().rstrip(".") for name in named}) - {""}


def _streamlit(option: str, names: Callable[[str], list[str]]) -> list[str]:
    value = config.get_option(option)
    return names(value) if value else []
