"""Reads requests, and makes short answers."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from slidegen.project.templates import TemplateFolders
from slidegen.serve.access import PARAMETER, Access, RequestInfo

NOTHING = "There is nothing here; the decks are at /"
KEEPS_TOKEN = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
"""Headers of an answer whose address has the token in it."""


def request_info(connection: HTTPConnection) -> RequestInfo:
    """The parts of a request that tell who is asking."""
    client = connection.client.host if connection.client else ""
    return RequestInfo(
        connection.scope.get("method", "GET"),
        {name.lower(): value for name, value in connection.headers.items()},
        client,
        socket=connection.scope["type"] == "websocket",
    )


def take_token(access: Access, request: Request) -> Response | None:
    """The answer to the presenter's URL: a cookie for its token, which disappears from the address bar."""
    token = request.query_params.get(PARAMETER)
    if token is None:
        return None
    others = [item for item in request.query_params.multi_items() if item[0] != PARAMETER]
    address = quote(request.scope["path"]) + ("?" + urlencode(others) if others else "")
    if not access.takes(token):
        return RedirectResponse(address, 303)
    page = TemplateFolders(None).environment().get_template("live/lead.html")
    response = HTMLResponse(page.render(address=address), headers=KEEPS_TOKEN)
    response.set_cookie(access.cookie, access.token, httponly=True, samesite="strict")
    return response


def nothing() -> Response:
    """The answer if there is nothing."""
    return PlainTextResponse(NOTHING, 404)


def refused(why: str, status: int) -> Response:
    """The answer to a request of a page or an editor that is not fulfilled."""
    return JSONResponse({"error": why}, status)
