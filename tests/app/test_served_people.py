"""Who is in front of a tab: by the word of a server in front, and nobody any more once the tab is closed."""

from __future__ import annotations

import asyncio
import logging
import operator
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, cast

import pytest

pytest.importorskip("textual_serve", reason="the extra 'serve' is not installed")

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from assistant.app.preferences import Settings, save_preferences
from assistant.app.web import prefork
from assistant.app.web.doors import Address, Doorkeeper, signed_in_before
from assistant.app.web.prefork import Prefork
from assistant.app.web.server import ReflectServer
from assistant.app.web.tab import Guest, Tab, environment_for_a_tab
from assistant.store.where_kept import SERVED, SEVERAL, WITH_A_TEAM, where_kept
from assistant.workspace.workspace import Workspace
from tests.app.test_prefork import Watched, until
from tests.stores import CHEAP

TEAM = "postgresql://db.example.org/reflect"
WORDS = "four ordinary test words"


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Callable[..., object]]:
    """A browser's way to a server that believes what requests from these addresses say."""
    clients: list[TestClient[web.Request, web.Application]] = []

    async def client(*addresses: str) -> TestClient[web.Request, web.Application]:
        address = Address("127.0.0.1", 8765, behind_tls=True)
        before = signed_in_before("X-Remote-User", addresses, TEAM, address)
        server = ReflectServer(tmp_path, address, Doorkeeper("a token", once=True), most_tabs=2, before=before)
        clients.append(TestClient(TestServer(await server._make_app())))
        await clients[-1].start_server()
        return clients[-1]

    yield client
    for one in clients:
        await one.close()


async def test_whom_the_server_in_front_names_is_let_in_as_themselves_and_nobody_with_their_cookie(served):
    browser = await served("127.0.0.1")
    pat, sam = {"X-Remote-User": "pat"}, {"X-Remote-User": "sam"}
    assert (await browser.get("/", allow_redirects=False)).status == 403
    assert (await browser.get("/enter?token=a%20token", allow_redirects=False)).status == 403
    sent_on = await browser.get("/", headers=pat, allow_redirects=False)
    assert (sent_on.status, sent_on.headers["Location"]) == (303, "/enter")
    entered = await browser.get("/enter", headers=pat, allow_redirects=False)
    key = entered.headers["Location"].removeprefix("/#")
    cookie = entered.cookies["reflect-8765"].value
    assert entered.cookies["reflect-8765"]["secure"]
    with_cookie = {"Cookie": f"reflect-8765={cookie}"}
    assert (await browser.get("/", headers=pat | with_cookie)).status == 200
    assert (await browser.get("/", headers=sam | with_cookie, allow_redirects=False)).status == 303
    assert (await browser.get("/page.js", headers=sam | with_cookie)).status == 403
    here = {"Origin": "https://127.0.0.1:8765", "Host": "127.0.0.1:8765"}
    refused = await browser.get(f"/ws/{key}", headers=here | sam | with_cookie)
    assert refused.status == 403


async def test_the_header_of_anybody_else_is_worth_nothing(served):
    browser = await served("10.0.0.5")
    for path in ("/", "/enter", "/page.js"):
        assert (await browser.get(path, headers={"X-Remote-User": "pat"}, allow_redirects=False)).status == 403


def test_a_tab_is_given_the_name_of_its_person_and_says_where_words_are_kept(tmp_path):
    here = {"REFLECT_DATABASE_URL": TEAM, "PGPASSFILE": "/etc/reflect/passwords", "PGUSER": "everybody"}
    several = environment_for_a_tab(here, tmp_path, Guest("pat@x.org", one_of_several=True), width=80, height=24)
    assert several["REFLECT_DATABASE_URL"] == "postgresql://pat%40x.org@db.example.org/reflect"
    assert several[SEVERAL] and several["PGPASSFILE"] and "PGUSER" not in several
    assert where_kept(several) == WITH_A_TEAM
    one = environment_for_a_tab(here, tmp_path, Guest(), width=80, height=24)
    assert one["REFLECT_DATABASE_URL"] == TEAM and SEVERAL not in one
    alone = environment_for_a_tab({}, tmp_path, Guest(one_of_several=True), width=80, height=24)
    assert where_kept(alone) == SERVED and "this computer" not in SERVED.everything


class Told(Tab):
    """A tab without a process, which notes what it's told."""

    told: ClassVar[list[str]] = []
    ended = False

    async def start(self, width: int, height: int) -> None:
        self.told.append(f"starts {width}x{height}")

    async def stop(self) -> None:
        """There is no process."""

    async def send_bytes(self, data: bytes) -> bool:
        self.told.append(data.decode())
        return True

    async def say_that_it_is_left(self) -> None:
        self.told.append("left")


@pytest.fixture
def connected(served, monkeypatch):
    """Opens a connection to a tab that only notes what it's told."""
    monkeypatch.setattr("assistant.app.web.server.Tab", Told)
    monkeypatch.setattr(Told, "told", [])

    async def connect():
        browser, pat = await served("127.0.0.1"), {"X-Remote-User": "pat"}
        entered = await browser.get("/enter", headers=pat, allow_redirects=False)
        key = entered.headers["Location"].removeprefix("/#")
        cookie = f"reflect-8765={entered.cookies['reflect-8765'].value}"
        origin = f"https://{browser.host}:{browser.port}"
        return await browser.ws_connect(f"/ws/{key}", headers=pat | {"Cookie": cookie, "Origin": origin})

    return connect


async def test_a_connection_that_ends_is_told_to_its_tab_at_once(connected):
    socket = await connected()
    await until(lambda: Told.told == ["starts 80x24"], "the tab")
    await socket.close()
    await until(lambda: Told.told == ["starts 80x24", "left"], "the end of the connection")


async def test_what_is_no_message_and_half_a_letter_end_no_connection(connected):
    socket = await connected()
    odd = ["", "{", "[" * 100_000, "7" * 5_000, "null", '["stdin"]', '["resize", 3]', '["resize", {"width": 1e999}]']
    for message in (*odd, r'["stdin", "a\ud83d"]', '["stdin", "b"]'):
        await socket.send_str(message)
    await until(lambda: "b" in Told.told, "what was typed after it")
    assert "a?" in Told.told
    await socket.close()


@pytest.mark.slow
@pytest.mark.skipif(not prefork.CAN, reason="tabs are forked on Linux only")
async def test_a_tab_that_is_closed_locks_at_once(tmp_path, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    save_preferences(Settings(numbers_asked=True), tmp_path)
    workspace = Workspace(tmp_path, iterations=CHEAP)
    workspace.opening.set_passphrase(WORDS)
    workspace.opening.lock()
    fork = Prefork()
    tab = Watched(tmp_path, fork)
    try:
        await tab.start(80, 24)
        await until(partial(operator.contains, tab.seen, b"locked"), "the passphrase")
        await asyncio.sleep(0)
        await tab.send_bytes(WORDS.encode() + b"\r")
        await until(partial(operator.contains, tab.seen, b"Supervision session"), "the first screen")
        tab.seen.clear()
        await tab.say_that_it_is_left()
        await until(partial(operator.contains, tab.seen, b"locked"), "the lock")
        await tab.stop()
    finally:
        fork.close()


async def test_a_request_that_makes_no_sense_leaves_none_of_its_words_on_the_terminal(capfd, monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    ReflectServer.initialize_logging(cast("ReflectServer", None))
    try:
        raise ValueError("GET /enter?token=the-whole-secret")
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request")
    assert capfd.readouterr().err == "ERROR aiohttp.server\nValueError\n"


async def test_a_session_that_cannot_put_itself_away_keeps_the_server_from_stopping_no_longer_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Stuck:
        async def stop(self) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr("assistant.app.web.server.LONGEST_STOPPING", 0.01)
    address = Address("127.0.0.1", 8765, behind_tls=True)
    before = signed_in_before("X-Remote-User", ("127.0.0.1",), TEAM, address)
    server = ReflectServer(tmp_path, address, Doorkeeper("a token", once=True), most_tabs=2, before=before)
    monkeypatch.setattr(server, "_tabs", {Stuck()})
    await asyncio.wait_for(server.on_shutdown(web.Application()), timeout=20)
