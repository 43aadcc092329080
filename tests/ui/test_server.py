"""What the browser loads: our files and pages, and nothing else."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.testclient import TestClient

from simulator.i18n.language import LANGUAGES
from ui.http import assets, sources

# --- what the browser loads ----------------------------------------------------------------------


def test_every_file_is_served_and_may_be_kept(client: TestClient) -> None:
    for name in assets.names():
        reply = client.get("/" + assets.url(name))
        assert reply.status_code == 200, name
        assert "immutable" in reply.headers["cache-control"]
        # Sheets come with what they import, and all modules in one.
        if not name.endswith(".css") and name != assets.BUNDLE:
            assert reply.content == (sources.FOLDER / name).read_bytes()


def test_scripts_are_sent_compressed() -> None:
    whole = assets.asset(sources.PLOTLY)
    assert whole.encoding == "gzip"
    assert len(whole.content) < 0.4 * len(gzip.decompress(whole.content))


@pytest.mark.parametrize(
    "path",
    [
        "board/assets/0000000000000000/board.js",
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
    # No text becomes code: the scripts that stand in the page are told by what they are.
    assert "unsafe-eval" not in policy
    (scripts,) = (part for part in policy.split("; ") if part.startswith("script-src "))
    assert re.fullmatch("script-src 'self'( 'sha256-[A-Za-z0-9+/]{43}=')+", scripts)


def test_the_start_is_in_the_language_asked_for(client: TestClient) -> None:
    for code in LANGUAGES:
        assert client.get(f"/board/start?language={code}").json()["language"] == code
    assert client.get("/board/start?language=../../etc").json()["language"] == "en"


def test_the_register_can_be_downloaded(client: TestClient) -> None:
    reply = client.get("/board/register.csv")
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.text.startswith("id,group,label")
