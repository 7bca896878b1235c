"""`reflect serve` and a real Chromium. What is on screen is read from what the server paints into the terminal."""

from __future__ import annotations

import gc
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
MARKS = [
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
    gc.collect()  # what playwright leaves open warns here, where it is expected


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

    def until_still(self, *, ms: int = 1500) -> None:
        """Wait until nothing more is painted: what comes of an answer has come."""
        held = -1
        while held != len(self.bytes):
            held = len(self.bytes)
            self.page.wait_for_timeout(ms)

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
