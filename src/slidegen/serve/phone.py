"""The presenter's phone as a remote control: the code that leads it here, and where it is led."""

from __future__ import annotations

from urllib.parse import quote

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from slidegen.render.macros.qr import qr_code
from slidegen.render.page.layout import ICON
from slidegen.serve.access import PARAMETER, Access
from slidegen.serve.page_draft import AUTHOR
from slidegen.serve.phone_icon import phone_icon
from slidegen.serve.requests import refused, request_info, take_token
from slidegen.serve.session import LiveSession

PLACE = "/api/phone"
"""The address for a phone, whichever deck is on screen."""
ICON_PLACE = "/api/phone.png"
ICON_SIZE = 512
"""Pixels; phones make smaller ones of it."""
ONLY_PRESENTER = "only the presenter may do that: open the presenter's address, which has a token in it"
NOT_SHARED = "start the server with --host 0.0.0.0, so that a phone can reach it"


class Phone(Struct, frozen=True):
    """Answers the presenter's phone, and the page that shows its code."""

    session: LiveSession
    access: Access

    async def code(self, request: Request) -> Response:
        """The address for the presenter's phone, and its QR code as SVG. Both contain the presenter's token."""
        if self.access.who(request_info(request)) != AUTHOR:
            return refused(ONLY_PRESENTER, 403)
        if not self.access.shared:
            return refused(NOT_SHARED, 409)
        address = (self.access.address or str(request.base_url)).rstrip("/") + self._place
        code = str(qr_code(address, "min(60vh, 60vw, 320px)"))
        return JSONResponse({"address": address, "code": code}, headers={"cache-control": "no-store"})

    async def lead(self, request: Request) -> Response:
        """The deck that is on screen, in a view made for thumbs."""
        taken = take_token(self.access, request)
        if taken is not None:
            return taken
        if self.access.who(request_info(request)) != AUTHOR:
            return refused(ONLY_PRESENTER, 403)
        listed = self.session.registry.listed()
        deck = self.session.windows.on_screen or (listed[0] if len(listed) == 1 else None)
        return RedirectResponse("/" if deck is None else f"{quote(deck.url)}?view=remote#p1", 307)

    async def manifest(self, request: Request) -> Response:
        """The manifest with which a phone can put the remote control on its home screen."""
        if self.access.who(request_info(request)) != AUTHOR:
            return refused(ONLY_PRESENTER, 403)
        return JSONResponse(
            {
                "name": "slidegen",
                "short_name": "slidegen",
                "start_url": self._place if self.access.shared else PLACE,
                "display": "standalone",
                "background_color": "#12161c",
                "theme_color": "#1c222a",
                "icons": [
                    {"src": ICON, "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
                    {
                        "src": ICON_PLACE,
                        "sizes": f"{ICON_SIZE}x{ICON_SIZE}",
                        "type": "image/png",
                        "purpose": "any",
                    },
                ],
            },
            headers={"cache-control": "no-store"},
            media_type="application/manifest+json",
        )

    async def icon(self, request: Request) -> Response:
        """The icon for a home screen, as PNG. There is nothing secret in it."""
        del request
        return Response(phone_icon(ICON_SIZE), media_type="image/png")

    @property
    def _place(self) -> str:
        return f"{PLACE}?{PARAMETER}={quote(self.access.token)}"
