"""The server: textual-serve's page and protocol, with doors before them and tabs that can be come back to."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import WSMsgType, web
from textual_serve.server import Server

from assistant.app.web import prefork
from assistant.app.web.doors import Address, Doorkeeper, LetIn, SignedInBefore
from assistant.app.web.tab import Guest, Tab

LONGEST_AWAY_S = 15 * 60
"""How long a tab waits for its browser to come back."""
TOO_MANY = "Too many sessions are open here already. Close one, or wait a quarter of an hour, and try again."
NOT_LET_IN = "Open the address that Reflect printed in the terminal. It only works once. Start it again for a new one."
LONGEST_STOPPING = 10
"""Seconds."""
NOT_SIGNED_IN = "Open Reflect through your organisation's own sign-in page, which says who you are."
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SCRIPTS = ("key.js", "page.js", "touch.js")
"""What keeps the key, read before the terminal connects; what the page does; and what it does under a finger."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _KindOnly(logging.Formatter):
    """Of an error its kind alone."""

    def formatException(self, failed: Any) -> str:  # noqa: N802 - logging's name
        """No place in the code and no values."""
        return str(failed[0].__name__)


class ReflectServer(Server):
    """Serves the app to the browsers that were let in."""

    def __init__(
        self,
        home: Path,
        address: Address,
        doorkeeper: Doorkeeper,
        *,
        most_tabs: int,
        before: SignedInBefore | None = None,
    ) -> None:
        super().__init__(
            "reflect",
            host=address.host,
            port=address.port,
            title="Reflect",
            templates_path=Path(__file__).parent / "templates",
        )
        self._home = home
        self._address = address
        self._doorkeeper = doorkeeper
        self._before = before
        self._most_tabs = most_tabs
        self._tabs: list[Tab] = []
        self._prefork = prefork.Prefork() if prefork.CAN else None
        self._cookie = f"reflect-{address.port}"

    def initialize_logging(self) -> None:
        """Warnings only, as plain lines: textual-serve's own would show the values in a traceback, and aiohttp's what
        a request that makes no sense was made of."""
        lines = logging.StreamHandler()
        lines.setFormatter(_KindOnly("%(levelname)s %(name)s"))
        logging.basicConfig(level=logging.WARNING, handlers=[lines])
        logging.getLogger("aiohttp.access").disabled = True  # it would write the token into a log

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command has said where to go."""

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002
        """Let every session put itself away; one that doesn't keeps nobody waiting: what was typed is kept already."""
        stopping = (asyncio.wait_for(tab.stop(), LONGEST_STOPPING) for tab in self._tabs)
        await asyncio.gather(*stopping, return_exceptions=True)
        if self._prefork is not None:
            self._prefork.close()

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(self.templates_path))
        app.add_routes(
            [
                web.get("/enter", self.handle_enter, name="enter"),
                web.get("/", self.handle_index, name="index"),
                web.get("/ws/{key:.*}", self.handle_websocket, name="websocket"),
                *(web.get(f"/{name}", self.handle_script, name=name) for name in SCRIPTS),
                web.static("/static", self.statics_path, show_index=False, name="static"),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._address.is_named(request.host):
            raise web.HTTPForbidden(text="Reflect has no page at this address.")
        person = self._person(request)
        if request.path != "/enter" and not self._doorkeeper.knows(request.cookies.get(self._cookie), person):
            if self._before is not None and request.path == "/":
                raise web.HTTPSeeOther("/enter")
            raise web.HTTPForbidden(text=NOT_LET_IN)
        response = await handler(request)
        if not response.prepared:
            scheme = "wss" if self._address.behind_tls else "ws"
            response.headers["Content-Security-Policy"] = POLICY.format(socket=f"{scheme}://{request.host}")
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Cache-Control"] = "no-store"
        return response

    def _person(self, request: web.Request) -> str:
        """Who it is, by the word of the server in front; nobody in particular where there is none."""
        if self._before is None:
            return ""
        person = self._before.person(request.remote, request.headers.getall(self._before.header, []))
        if person is None:
            raise web.HTTPForbidden(text=NOT_SIGNED_IN)
        return person

    async def handle_enter(self, request: web.Request) -> web.StreamResponse:
        """Turn the token into a cookie and a key, so that it stands in no history and in no later address.

        What follows the `#` never leaves the browser; the page keeps it and takes it out of the address.
        """
        if self._before is not None:
            let_in: LetIn | None = self._doorkeeper.let_in(self._person(request))
        else:
            let_in = self._doorkeeper.enter(request.query.get("token", ""))
        if let_in is None:
            raise web.HTTPForbidden(text=NOT_LET_IN)
        response = web.Response(status=303, headers={"Location": f"/#{let_in.key}"})
        response.set_cookie(
            self._cookie, let_in.cookie, httponly=True, samesite="Strict", secure=self._address.behind_tls, path="/"
        )
        return response

    @aiohttp_jinja2.template("index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page; its socket is at the name the browser knows us by."""
        scheme = "wss" if self._address.behind_tls else "ws"
        return {"socket": f"{scheme}://{request.host}/ws"}

    async def handle_script(self, request: web.Request) -> web.StreamResponse:
        """One of the page's few scripts, in files so that no script in the page itself need be allowed."""
        return web.FileResponse(self.templates_path / request.path.removeprefix("/"))

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Connect a browser with a tab of its own: the one it lost, or a fresh one."""
        if request.headers.get("Origin") != self._address.origin(request.host):
            raise web.HTTPForbidden(text="This page is not one of Reflect's.")
        person = self._person(request)
        if not self._doorkeeper.opens(request.cookies.get(self._cookie), request.match_info["key"], person):
            raise web.HTTPForbidden(text=NOT_LET_IN)
        width, height = _cells(request.query.get("width"), 80), _cells(request.query.get("height"), 24)
        owner = request.cookies[self._cookie]
        tab = self._waiting(owner)
        is_new = tab is None
        if tab is None:
            if not await self._make_room():
                raise web.HTTPServiceUnavailable(text=TOO_MANY)
            tab = Tab(self._home, owner, self._prefork, Guest(person, one_of_several=self._address.behind_tls))
            self._tabs.append(tab)
        websocket = web.WebSocketResponse(heartbeat=15, max_msg_size=1 << 20)
        tab.attach(websocket.send_bytes, websocket.send_str, websocket.close)
        try:
            await websocket.prepare(request)
            if is_new:
                await tab.start(width, height)
            else:
                await tab.draw_again(width, height)
            await self._pass_on(websocket, tab)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the browser went away; the tab waits for it
        finally:
            tab.detach()
            if tab.ended:
                self._tabs.remove(tab)
            else:
                await tab.say_that_it_is_left()
                asyncio.get_running_loop().call_later(LONGEST_AWAY_S, self._give_up, tab)
        return websocket

    async def _pass_on(self, websocket: web.WebSocketResponse, tab: Tab) -> None:
        """What the browser says goes to the app; anything that is not what our page says is left out."""
        async for message in websocket:
            if message.type is not WSMsgType.TEXT:
                continue
            match _said(message.data):
                case ["stdin", str(data)]:
                    await tab.send_bytes(data.encode("utf-8", "replace"))  # half of a letter may come alone
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await tab.set_terminal_size(_cells(width, 80), _cells(height, 24))
                case ["ping", data]:
                    await websocket.send_json(["pong", data])
                case ["blur", *_]:
                    await tab.blur()
                case ["focus", *_]:
                    await tab.focus()

    def _waiting(self, owner: str) -> Tab | None:
        self._tabs = [tab for tab in self._tabs if not tab.ended or tab.attached]
        return next((tab for tab in self._tabs if tab.owner == owner and not tab.attached), None)

    async def _make_room(self) -> bool:
        """Room for one more; a tab whose browser went away makes room for one that is here."""
        if len(self._tabs) < self._most_tabs:
            return True
        left = next((tab for tab in self._tabs if not tab.attached), None)
        if left is None:
            return False
        self._tabs.remove(left)
        await left.stop()
        return True

    def _give_up(self, tab: Tab) -> None:
        if tab in self._tabs and not tab.attached:
            self._tabs.remove(tab)
            self._stopping = asyncio.ensure_future(tab.stop())


def _said(message: str) -> object:
    """What a browser said; nothing where that's no message, which must end neither a tab nor the words typed in it."""
    try:
        said: object = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return said


def _cells(said: object, otherwise: int) -> int:
    """A sensible number of columns or rows, whatever was said."""
    try:
        return min(max(int(str(said)), 10), 500)
    except ValueError:
        return otherwise
