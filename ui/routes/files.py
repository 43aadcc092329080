"""What the browser gets by an address: modules, styles and fonts; the start; the register."""

from __future__ import annotations

from importlib import resources

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simulator.i18n.language import ENGLISH, LANGUAGES
from ui.http import assets
from ui.routes import BOARD, WORKING, bootstrap

_FOREVER = "public, max-age=31536000, immutable"


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if request.path_params["version"] != assets.version() or name not in assets.names():
        return Response(status_code=404)
    asset = assets.asset(name)
    headers = {"Cache-Control": _FOREVER}
    if asset.encoding:
        headers["Content-Encoding"] = asset.encoding
    return Response(asset.content, media_type=asset.media_type, headers=headers)


async def _start(request: Request) -> Response:
    asked = request.query_params
    language = LANGUAGES.get(asked.get("language", ""), ENGLISH).calling(asked.get("called", ""))
    return Response(
        await run_sync(bootstrap.compressed, language, limiter=WORKING.threads),
        media_type="application/json",
        headers={"Cache-Control": "no-store", "Content-Encoding": "gzip"},
    )


async def _here(_request: Request) -> Response:
    """The server is there: pages ask once a second."""
    return Response(b"{}", media_type="application/json", headers={"Cache-Control": "no-store"})


async def _register(_request: Request) -> Response:
    return Response(
        resources.files("simulator.model").joinpath("register.csv").read_bytes(),
        media_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="evidence.csv"'},
    )


ROUTES = (
    Route(f"{BOARD}assets/{{version}}/{{name:path}}", _asset),
    Route(f"{BOARD}start", _start),
    Route(f"{BOARD}here", _here),
    Route(f"{BOARD}register.csv", _register),
)
