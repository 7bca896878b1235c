"""`reflect serve` in a real Chromium. What is on screen is read from what the server paints into the terminal."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra 'serve' is not installed")
pytest.importorskip("playwright", reason="playwright is not installed")

from playwright import sync_api

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium to run these"),
    # playwright's own loop is still open when its warnings are raised
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
ESCAPES = re.compile(rb"\x1b\[[0-9;?$]*[A-Za-z]|\x1b[()][A-Z0-9]")


@pytest.fixture
def served(tmp_path: Path, used_before: Path) -> Iterator[str]:
    """The address that `reflect serve` prints, with a store that is open and a first run that is over."""
    (tmp_path / "settings.json").write_text('{"theme": "dark", "numbers_asked": true}')
    shutil.copytree(used_before / "index", tmp_path / "index")
    environment = os.environ | {"REFLECT_DATA_DIR": str(tmp_path), "SECRET_OF_THE_HOST": "must not be passed on"}
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--most-tabs", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        printed = [server.stdout.readline() for _ in range(2)]
        yield printed[1].strip()
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def chromium(browser: sync_api.Browser) -> Iterator[sync_api.Browser]:
    """The browser, with nothing of an earlier test open in it."""
    yield browser
    for context in browser.contexts:
        context.close()


class Painted:
    """All that was painted on a page since the last look."""

    def __init__(self, page: sync_api.Page) -> None:
        self.page = page
        self.bytes = b""
        page.on("websocket", lambda socket: socket.on("framereceived", self._received))

    def _received(self, payload: object) -> None:
        if isinstance(payload, bytes):
            self.bytes += payload

    def until(self, words: str, *, seconds: float = 60) -> None:
        """Wait until the words have been painted."""
        deadline = time.monotonic() + seconds
        while words not in self._text():
            if time.monotonic() > deadline:
                raise AssertionError(f"never painted: {words}\n{self._text()[-3000:]}")
            self.page.wait_for_timeout(100)

    def _text(self) -> str:
        return ESCAPES.sub(b"", self.bytes).decode("utf-8", "replace").replace("─", "")

    def forget(self) -> None:
        self.bytes = b""


def let_in(address: str) -> Callable[[sync_api.Browser], Painted]:
    def enter(browser: sync_api.Browser) -> Painted:
        page = browser.new_context(viewport={"width": 1200, "height": 800}).new_page()
        painted = Painted(page)
        page.goto(address)
        return painted

    return enter


def test_a_session_in_a_browser_shows_a_card_and_goes_on_after_a_reload(served, chromium):
    painted = let_in(served)(chromium)
    page = painted.page
    assert "token" not in page.url
    painted.until("Supervision session")
    page.keyboard.press("Enter")
    painted.until("How long do you have?")
    painted.until("15 minutes")
    page.keyboard.type("Child A")
    page.keyboard.press("F5")
    painted.until("To begin")
    painted.forget()
    page.keyboard.type("Dad works nights and nobody has assessed the father")
    page.keyboard.press("F5")
    painted.until("line")
    painted.until("The child's voice")
    page.keyboard.type("half a thought")
    painted.until("thought")
    painted.forget()
    page.reload()
    painted.until("The child's voice")
    painted.until("half a thought")
    painted.forget()
    page.keyboard.type(" and the rest")
    page.keyboard.press("F5")
    painted.until("line")


def test_without_the_token_nothing_is_served_and_the_token_opens_once(served, chromium):
    page = chromium.new_context().new_page()
    base = served.split("/enter")[0]
    for path in ("/", "/static/js/textual.js", "/ws", "/enter?token=wrong"):
        answer = page.goto(base + path)
        assert answer is not None
        assert answer.status == 403, path
    painted = let_in(served)(chromium)
    painted.until("Supervision session")
    second = page.goto(served)
    assert second is not None
    assert second.status == 403


def test_a_page_of_another_origin_cannot_open_the_socket_even_with_the_cookie(served, chromium):
    painted = let_in(served)(chromium)
    painted.until("Supervision session")
    page = painted.page
    cookie = page.context.cookies()[0]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    key = page.evaluate("localStorage.getItem('key')")
    assert key and key not in page.url
    address = f"{served.split('/enter')[0]}/ws/{key}"
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Cookie": f"{cookie['name']}={cookie['value']}",
    }
    for origin in ("http://attacker.example", "null", ""):
        refused = page.request.get(address, headers=upgrade | ({"Origin": origin} if origin else {}))
        assert refused.status == 403, origin


def test_another_server_of_this_computer_that_collects_the_cookie_cannot_open_the_socket(served, chromium):
    painted = let_in(served)(chromium)
    painted.until("Supervision session")
    base, cookie = served.split("/enter")[0], painted.page.context.cookies()[0]
    for key in ("", cookie["value"], "made-up"):
        headers = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Cookie": f"{cookie['name']}={cookie['value']}",
            "Origin": base,
        }
        assert painted.page.request.get(f"{base}/ws/{key}", headers=headers).status == 403, key


def test_a_module_in_the_folder_that_serve_is_started_in_is_not_run(tmp_path, chromium):
    started_in, home = tmp_path / "here", tmp_path / "home"
    started_in.mkdir()
    home.mkdir()
    for name in ("secrets", "click", "textual", "assistant"):
        (started_in / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\n")
    (home / "settings.json").write_text('{"theme": "dark", "numbers_asked": true}')
    reflect = Path(sys.executable).with_name("reflect")
    environment = os.environ | {"REFLECT_DATA_DIR": str(home)}
    command = [str(reflect), "serve", "--port", "0", "--most-tabs", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=started_in) as server:
        assert server.stdout is not None
        address = [server.stdout.readline() for _ in range(2)][1].strip()
        painted = let_in(address)(chromium)
        painted.until("Supervision session")
        server.terminate()
        server.wait(timeout=30)
    assert not (tmp_path / "ran").exists()


def test_one_session_too_many_is_refused_and_the_page_says_what_to_do(served, chromium):
    painted = let_in(served)(chromium)
    painted.until("Supervision session")
    second = painted.page.context.new_page()
    second.goto(served.split("/enter")[0] + "/")
    second.wait_for_selector("body.-closed")
    assert "too many sessions" in second.inner_text(".closed")


def test_the_page_asks_nothing_of_any_other_server(served, chromium):
    page = chromium.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    painted = Painted(page)
    page.goto(served)
    painted.until("Supervision session")
    base = served.split("/enter")[0]
    assert asked
    assert all(url.startswith((base, base.replace("http", "ws"), "data:")) for url in asked)
