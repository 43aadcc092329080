"""What the browser loads: our files and pages, and nothing else."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from simulator.i18n.language import LANGUAGES
from ui.http import assets
from ui.pages import FIRST, PAGES, Page

APP = Path(__file__).resolve().parent.parent.parent / "app.py"


# --- what the browser loads ----------------------------------------------------------------------


def test_every_file_is_served_and_may_be_kept(client: TestClient) -> None:
    for name in assets.names():
        reply = client.get("/" + assets.url(name))
        assert reply.status_code == 200, name
        assert "immutable" in reply.headers["cache-control"]
        if name != assets.PLOTLY:
            assert reply.content == (assets.FOLDER / name).read_bytes()


def test_scripts_are_sent_compressed() -> None:
    whole = assets.asset(assets.PLOTLY)
    assert whole.encoding == "gzip"
    assert len(whole.content) < 0.4 * len(gzip.decompress(whole.content))


@pytest.mark.parametrize(
    "path",
    [
        "board/assets/0000000000000000/main.js",
        assets.url("nonsense.js"),
        assets.url("../__init__.py"),
        assets.url("..%2f__init__.py"),
        assets.url("fonts/"),
        assets.url("/etc/passwd"),
    ],
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get("/" + path).status_code == 404


def test_every_answer_forbids_other_hosts(client: TestClient) -> None:
    policy = client.get("/board/start").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "http" not in policy and "*" not in policy
    # A scheme would allow any host; 'self' covers our own socket.
    assert "ws:" not in policy and "wss:" not in policy
    assert "connect-src 'self'" in policy.split("; ")
    # No text becomes code: the one script in Streamlit's page is told by what it is.
    assert "unsafe-eval" not in policy
    (scripts,) = (part for part in policy.split("; ") if part.startswith("script-src "))
    assert re.fullmatch("script-src 'self' blob:( 'sha256-[A-Za-z0-9+/]{43}=')+", scripts)


def test_the_start_is_in_the_language_asked_for(client: TestClient) -> None:
    for code in LANGUAGES:
        assert client.get(f"/board/start?language={code}").json()["language"] == code
    assert client.get("/board/start?language=../../etc").json()["language"] == "en"


def test_the_register_can_be_downloaded(client: TestClient) -> None:
    reply = client.get("/board/register.csv")
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.text.startswith("id,group,label")


# --- pages ---------------------------------------------------------------------------------------


def mounted(app: AppTest) -> dict[str, Any]:
    """What the page tells the board."""
    assert not app.exception
    (component,) = (one for one in app.main if one.type == "bidi_component")
    message: dict[str, Any] = json.loads(component.proto.json)
    return message


def test_the_app_opens_with_the_board() -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    message = mounted(app)
    assert (message["view"], message["entry"]) == (FIRST.id, assets.url("main.js"))
    assert set(message["texts"]) == set(LANGUAGES)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_page_tells_the_board_which_it_is(page: Page) -> None:
    def script(name: str) -> None:
        from ui import component
        from ui.pages import PAGES

        component.mount(PAGES[name])

    app = AppTest.from_function(script, args=(page.id,), default_timeout=60).run()
    message = mounted(app)
    assert (message["view"], message["module"]) == (page.id, assets.url(page.module))
    assert page.module in assets.names()
