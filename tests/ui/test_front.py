"""What is refused before any route has work with it, and what every answer carries."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from threading import Thread
from typing import Any

import anyio
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from ui import server
from ui.http import bodies, connections, csrf, front, hosts, settings
from ui.http.fair import Busy, FairShare, Visitor
from ui.http.json_routes import reply
from ui.http.quotas import Quota, Room
from ui.http.visitors import COOKIE, visitor

HOST = "http://localhost"


async def take(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def fail(_request: Request) -> Response:
    raise ZeroDivisionError


async def talk(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


app = Starlette(
    routes=[
        Route("/", take, methods=["GET", "POST"]),
        Route("/fail", fail),
        WebSocketRoute("/talk", talk),
        Route(
            "/board/size",
            csrf.posted(lambda body: reply({"size": len(body)}), FairShare(2), 1_000),
            methods=["POST"],
        ),
    ],
    middleware=list(server.MIDDLEWARE),
)


@pytest.fixture(scope="module")
def site() -> TestClient:
    return TestClient(app, HOST, raise_server_exceptions=False)


# --- headers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/nowhere", 404), ("/fail", 500), ("/board/size", 405)]
)
def test_every_answer_has_the_headers(site: TestClient, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    for name in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        assert name in answer.headers
    assert "ZeroDivisionError" not in answer.text


def test_a_fault_is_passed_on_to_the_log() -> None:
    with pytest.raises(ZeroDivisionError):
        TestClient(app, HOST).get("/fail")


# --- hosts ---------------------------------------------------------------------------------------

MACHINE = socket.gethostname().lower()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST.:8501", 200),
        ("sub.localhost", 200),
        ("127.0.0.1:8501", 200),
        ("[::1]:8501", 200),
        ("192.168.1.20", 200),
        (MACHINE, 200),
        (f"{MACHINE.partition('.')[0]}.local", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("evil-localhost", 400),
        ("user@localhost", 400),
        ("localhost/", 400),
        ("localhost:port", 400),
        ("127.0.0.1.evil.example", 400),
        ("", 400),
    ],
)
def test_names_that_the_server_goes_by(site: TestClient, host: str, status: int) -> None:
    headers = {"Host": host}
    assert site.get("/", headers=headers).status_code == status
    answer = site.post("/board/size", content=iter([b"x"]), headers=headers)
    assert answer.status_code == (413 if status == 200 else 400)  # no length: that far it came


def test_who_comes_by_another_name_is_told_what_to_do(client: TestClient) -> None:
    headers = {"Host": "simulator.example", "Accept-Language": "nl-NL,nl;q=0.9"}
    answer = client.get("/", headers=headers)
    assert "SIMULATOR_ALLOWED_HOSTS" in answer.text and "server" in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text != client.get("/", headers={"Host": "simulator.example"}).text


def test_a_websocket_to_another_name_is_refused(site: TestClient) -> None:
    with site.websocket_connect("/talk", headers={"Host": "localhost"}):
        pass
    with (
        pytest.raises(WebSocketDisconnect),
        site.websocket_connect("/talk", headers={"Host": "evil.example"}),
    ):
        pass


@pytest.mark.parametrize(
    ("allowed", "host", "may"),
    [
        ("plans.example, *.other.example", "plans.example", True),
        ("plans.example, *.other.example", "a.other.example:443", True),
        ("plans.example, *.other.example", "other.example", False),
        ("Plans.Example", "plans.example", True),
        ("*", "anything.example", True),
        ("plans.example", "localhost", True),
    ],
)
def test_names_in_the_settings(
    monkeypatch: pytest.MonkeyPatch, allowed: str, host: str, may: bool
) -> None:
    values = settings.read({"SIMULATOR_ALLOWED_HOSTS": allowed})
    monkeypatch.setattr(hosts, "settings", lambda: values)
    hosts._names.cache_clear()
    assert hosts.may_ask_for(host) is may
    hosts._names.cache_clear()


# --- framing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/board/size"])
def test_two_ways_to_say_how_long_a_body_is_are_refused(site: TestClient, path: str) -> None:
    for headers in (
        [("Content-Length", "3"), ("Transfer-Encoding", "chunked")],
        [("Content-Length", "3"), ("Content-Length", "5")],
    ):
        answer = site.post(path, content=b"abc", headers=headers)
        assert answer.status_code == 400
        assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("length", ["1", "-1", "+1", "1e3", "²", "0x10", "1_0", "9" * 30])
def test_a_body_is_counted_whatever_its_head_says(length: str) -> None:
    """Straight to the application: servers refuse some of these, and not all of them."""
    sent = ask("/board/size", [b"x" * 600, b"x" * 600], length)
    assert sent == 413


def test_a_body_is_counted_where_no_route_of_ours_does() -> None:
    asked = front._MOST_BYTES // 100_000 + 1
    assert ask("/", [b"x" * 100_000] * (asked - 1), None) == 200
    assert ask("/", [b"x" * 100_000] * asked, None) == 413


def ask(path: str, pieces: list[bytes], length: str | None) -> int:
    """The status of the answer to a body in pieces; more than is read is never asked for."""
    statuses: list[int] = []
    left = iter(pieces)
    last = len(pieces) - 1

    async def run() -> None:
        numbers = iter(range(len(pieces)))

        async def receive() -> dict[str, Any]:
            number = next(numbers)
            return {"type": "http.request", "body": next(left), "more_body": number < last}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        headers = [(b"host", b"localhost")]
        if length is not None:
            headers.append((b"content-length", length.encode()))
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
        }
        scope |= {"query_string": b"", "headers": headers, "client": ("::1", 1), "app": app}
        await app(scope, receive, send)

    anyio.run(run)
    (status,) = statuses
    return status


# --- bodies that stall ---------------------------------------------------------------------------


def slow(*pieces: bytes | float | None) -> Request:
    """A request whose pieces come when they come, until the visitor goes or it is whole."""
    left = [*pieces]

    async def receive() -> Message:
        while isinstance(piece := left.pop(0), float):
            await anyio.sleep(piece)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": bool(left)}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        ((b"abc", b"def"), None),
        ((b"abc", 60.0, b"def"), 408),
        ((b"abc", None), 400),
        ((b"abc", b"x" * 8), 413),
        ((b"a", 0.03, b"a", 0.03, b"a", 0.03, b"a"), 408),  # never still, and never done
    ],
)
def test_a_body_that_does_not_come(
    monkeypatch: pytest.MonkeyPatch, pieces: tuple[Any, ...], status: int | None
) -> None:
    monkeypatch.setattr(bodies, "STALLED_S", 0.05)

    async def read() -> int | None:
        try:
            body = await bodies.read(slow(*pieces), 10, 0.08)
        except bodies.Unread as error:
            return error.reply.status
        assert body == b"abcdef"
        return None

    assert anyio.run(read) == status


# --- who, and how often --------------------------------------------------------------------------


def test_visitors_are_told_apart_by_browser_and_else_by_connection() -> None:
    def of(port: int, cookie: str = "") -> Visitor:
        headers = [(b"cookie", cookie.encode())] if cookie else []
        return visitor(Request({"type": "http", "headers": headers, "client": ("::1", port)}))

    assert of(1) != of(2) and of(1).address == of(2).address
    assert of(1, f"{COOKIE}=a") == of(2, f"{COOKIE}=a") != of(1, f"{COOKIE}=b")
    assert visitor(Request({"type": "http", "headers": [], "client": None})).address == ""


def test_a_quota_fills_up_again() -> None:
    now = 0.0
    quota = Quota(3, 60.0, lambda: now)
    assert [quota.take("a") for _ in range(5)] == [True, True, True, False, False]
    assert quota.take("b")
    now = 21.0
    assert [quota.take("a") for _ in range(2)] == [True, False]
    now = 1_000.0
    assert [quota.take("a") for _ in range(4)] == [True, True, True, False]


def test_room_is_given_back() -> None:
    room = Room(100)
    with room.taken("a") as take_a, room.taken("b") as take_b, room.taken("c") as take_c:
        assert take_a(50) and not take_a(1)  # half of it is for others
        assert take_b(30)
        assert not take_c(21) and take_c(20)
    with room.taken("a") as take_a:
        assert take_a(50)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "much to do"), ("nl", "druk"), ("da", "travlt")]
)
def test_who_has_too_much_waiting_is_told_in_their_language(
    site: TestClient, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    def full(*_: object) -> None:
        raise Busy

    monkeypatch.setattr(FairShare, "turn", full)
    answer = site.post("/board/size", json={"language": language})
    assert answer.status_code == 429 and words in answer.json()["text"]
    assert answer.headers["retry-after"] == "1"


def test_who_asks_too_often_is_told(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    quota = Quota(2, 1e9)
    monkeypatch.setattr(csrf, "_requests", lambda: quota)
    statuses = [site.post("/board/size", json={}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_settings_are_numbers_from_one() -> None:
    assert settings.read({}) == settings.Settings()
    assert settings.read({"SIMULATOR_PATIENCE": " 7 "}).simulator_patience == 7
    for wrong in ("0", "-1", "many", "1.5", "9" * 20):
        with pytest.raises(ValueError, match="SIMULATOR_PATIENCE: found"):
            settings.read({"SIMULATOR_PATIENCE": wrong})


def test_settings_are_told_of_with_their_defaults() -> None:
    text = (Path(__file__).parents[2] / "docs" / "DEPLOYMENT.md").read_text(encoding="utf-8")
    for setting in fields(settings.Settings):
        start = f"| `{setting.name.upper()}`"
        (row,) = (line for line in text.splitlines() if line.startswith(start))
        if isinstance(setting.default, int):
            assert row.endswith(f"| {setting.default:,} |")


# --- connections ---------------------------------------------------------------------------------


@contextmanager
def listening() -> Iterator[int]:
    """A server as Streamlit starts it; gives its port."""
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        running = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = Thread(target=running.run, kwargs={"sockets": [own]})
        thread.start()
        try:
            while not running.started:
                time.sleep(0.005)
            yield own.getsockname()[1]
        finally:
            running.should_exit = True
            thread.join()


def closed_by_server(port: int, *messages: bytes, wait: float = 0.0) -> bytes:
    """What the server says until it closes a connection on which this was said."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for piece in messages:
            connection.sendall(piece)
            time.sleep(wait)
        heard = b""
        while piece := connection.recv(65536):
            heard += piece
        return heard


def test_silent_connections_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_PATIENCE_S", 0.1)
    connections.install()
    whole = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with listening() as port:
        assert closed_by_server(port) == b""
        assert closed_by_server(port, b"GET / HTTP/1.1\r\nHost: local") == b""
        # Also the second head, however often a little of it comes.
        heard = closed_by_server(port, whole, b"GET", b" ", b"/", wait=0.04)
        assert heard.startswith(b"HTTP/1.1 200") and heard.count(b"HTTP/1.1") == 1


def test_answers_leave_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    settled: list[int] = []
    settle: Callable[[Any], None] = connections._settle

    def watch(connection: socket.socket) -> None:
        settle(connection)
        settled.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(connections, "_settle", watch)
    connections.install()
    with listening() as port:
        request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert closed_by_server(port, request).startswith(b"HTTP/1.1 200")
    assert settled and all(settled)
