"""The document that every page is opened by: in the visitor's language, below any path, whole."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from simulator.i18n.language import LANGUAGES
from ui import server
from ui.http import assets, inline, settings, sources
from ui.http.base_path import BasePath
from ui.http.headers import frame_ancestors
from ui.http.visitors import COOKIE
from ui.pages import PAGES, Page
from ui.text import failures

ROOT = Path(__file__).resolve().parent.parent.parent


def data_of(document: str) -> dict[str, Any]:
    """What a page tells its script."""
    found = re.search(r'<script id="opening-data"[^>]*>(.*?)</script>', document)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_page_has_a_document(client: TestClient, page: Page) -> None:
    data = data_of(client.get(f"/{page.id}").text)
    assert data["page"] == page.id
    assert data["program"] == assets.url(assets.BUNDLE)
    assert client.get(f"/{data['program']}").status_code == 200


def test_the_first_page_needs_no_name(client: TestClient) -> None:
    assert data_of(client.get("/").text)["page"] == next(iter(PAGES))


@pytest.mark.parametrize(
    ("query", "liked", "language"),
    [
        ("?lang=da", "nl", "da"),
        ("?lang=xx", "nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("", "fr-FR,fr;q=0.9,da;q=0.5", "da"),
        ("", "fr", "en"),
        ("", "", "en"),
    ],
)
def test_it_speaks_the_visitors_language(
    client: TestClient, query: str, liked: str, language: str
) -> None:
    text = client.get(f"/{query}", headers={"Accept-Language": liked}).text
    assert f'<html lang="{language}">' in text
    spoken = LANGUAGES[language]
    assert data_of(text)["failures"] == failures.failures(spoken)
    assert f"board/start?language={language}" in text
    for said in ("opening", "script", "old"):
        assert failures.opening(spoken)[said] in text


def test_all_addresses_in_it_are_relative(client: TestClient) -> None:
    text = client.get("/").text
    addresses = re.findall(r'(?:href|src)="([^"]*)"', text)
    assert len(addresses) == 5
    for address in addresses:
        assert not address.startswith(("/", "http")), address


def test_its_scripts_are_those_that_the_policy_lets_run(client: TestClient) -> None:
    answer = client.get("/")
    scripts = re.findall(r"<script(?: nomodule| type=\"module\")>(.*?)</script>", answer.text, re.S)
    assert scripts == [inline.TOO_OLD, inline.module()]
    for digest in inline.digests():
        assert digest in answer.headers["content-security-policy"]
    assert not re.search(r"^(import|export) ", inline.module(), re.MULTILINE), "it loads nothing"


def test_a_sheet_comes_with_those_that_it_imports() -> None:
    name = "styles/board.css"
    whole = sources.text(name)
    imported = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\)', whole)
    assert len(imported) > 10
    sent = gzip.decompress(assets.asset(name).content).decode()
    assert "@import" not in sent
    for path, layer in imported:
        assert f"@layer {layer} {{\n{sources.text(f'styles/{path}')}\n}}" in sent


def test_a_visitor_gets_a_number_once(client: TestClient) -> None:
    client.cookies.clear()
    first = client.get("/").headers["set-cookie"]
    assert first.startswith(f"{COOKIE}=") and "HttpOnly" in first and "path" not in first.lower()
    assert "set-cookie" not in client.get("/").headers
    client.cookies.clear()


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/compare/", 307, "../compare"),
        ("/compare/?lang=nl", 307, "../compare?lang=nl"),
        ("/nowhere", 404, None),
        ("/static/js/index.js", 404, None),
        ("/compare/nowhere", 404, None),
    ],
)
def test_other_addresses(client: TestClient, path: str, status: int, location: str | None) -> None:
    answer = client.get(path, headers={"Accept-Language": "nl"}, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (status, location)
    if status == 404:
        assert failures.opening(LANGUAGES["nl"])["nowhere"] in answer.text


def test_below_a_companys_path() -> None:
    app = Starlette(routes=list(server.ROUTES), middleware=list(server.MIDDLEWARE))
    app.add_middleware(BasePath, base="/tools/simulator")
    client = TestClient(app, "http://localhost", follow_redirects=False)
    moved = client.get("/tools/simulator?lang=nl")
    assert moved.headers["location"] == "simulator/?lang=nl"
    for path in ("/tools/simulator/", "/tools/simulator/compare", "/", "/compare"):
        folder = path.rpartition("/")[0]
        program = data_of(client.get(path).text)["program"]
        assert client.get(f"{folder}/{program}").status_code == 200
        assert client.get(f"{folder}/board/start?language=nl").json()["language"] == "nl"
        # No length: so far it came, to the route that counts it.
        assert client.post(f"{folder}/board/answer", content=iter([b"x"])).status_code == 413
    assert client.get("/tools/simulatorx/").status_code == 404


# --- frames ---------------------------------------------------------------------------------------


def test_no_other_page_may_show_it_in_a_frame(client: TestClient) -> None:
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]


def test_sites_that_may_show_it_in_a_frame() -> None:
    assert frame_ancestors("https://a.example, https://*.b.example:8443/") == (
        "https://a.example https://*.b.example:8443"
    )
    named = settings.read({"SIMULATOR_FRAME_ANCESTORS": "https://a.example"})
    assert named.simulator_frame_ancestors == "https://a.example"


@pytest.mark.parametrize("sites", ["a.example", "*", "https://a.example; script-src *", "'self'"])
def test_what_is_no_site_is_refused(sites: str) -> None:
    with pytest.raises(ValueError, match="SIMULATOR_FRAME_ANCESTORS"):
        frame_ancestors(sites)


# --- tabs of older versions -----------------------------------------------------------------------


def test_a_tab_that_streamlits_front_end_has_open_loads_the_page_again() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert [one.type for one in app.main if one.type != "main"] == ["bidi_component"]
