"""Requests that other sites have a visitor's browser send."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from ui import server

ROUTES = [one.path for one in server.ROUTES if one.methods is not None and "POST" in one.methods]
HOST = "http://localhost"


def test_there_are_routes_to_test() -> None:
    assert {"/board/answer", "/board/library/save", "/board/library/import"} <= set(ROUTES)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": HOST},
        {"Origin": "http://elsewhere.example"},
        {"Origin": f"{HOST}:8080"},
        {"Origin": "null"},
    ],
)
def test_what_another_site_has_a_browser_send_is_refused(
    client: TestClient, route: str, headers: dict[str, str]
) -> None:
    assert client.post(route, content=b"[]", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"},
        {"Origin": HOST},
        {"Origin": "https://outside.example", "X-Forwarded-Host": "outside.example"},
    ],
)
def test_what_our_own_pages_send_is_taken(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/board/check", content=b"[]", headers=headers).status_code == 422
