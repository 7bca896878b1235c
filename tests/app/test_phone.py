"""`reflect serve` on a phone: 390 by 844, a finger for a mouse, a keyboard that takes half the screen."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright import sync_api

from tests.app.in_a_browser import MARKS, Painted, browser, chromium, let_in, served  # noqa: F401 (fixtures)

pytestmark = MARKS
PHONE = sync_api.ViewportSize(width=390, height=844)
WITH_ITS_KEYBOARD = sync_api.ViewportSize(width=390, height=480)
SMALLER = sync_api.ViewportSize(width=360, height=640)
FIRST_CHOICE = 7.5
"""In which row of the first screen a supervision session is offered, at half its height."""
SAID = "We have visited three times and only ever seen mum."


class Phone:
    """A page under a finger, in the first question of a session."""

    def __init__(self, opened: sync_api.Browser, address: str) -> None:
        context = opened.new_context(
            viewport=PHONE, is_mobile=True, has_touch=True, permissions=["clipboard-read", "clipboard-write"]
        )
        self.page = context.new_page()
        self.painted = Painted(self.page)
        self.rows = 0
        self.page.on("websocket", lambda socket: socket.on("framesent", self._sent))
        self._finger = context.new_cdp_session(self.page)
        self.page.goto(address)
        self.painted.until("Supervision session")

    def _sent(self, payload: object) -> None:
        kind, *rest = json.loads(str(payload))
        if kind == "resize":
            self.rows = rest[0]["height"]

    def begin(self) -> None:
        self.painted.forget()
        self.page.touchscreen.tap(80, self.height("row") * FIRST_CHOICE)
        self.painted.until("A supervisor and a practitioner")
        self.page.keyboard.type("Child A")
        self.page.keyboard.press("F5")
        self.painted.until("Type your answer")

    def height(self, what: str) -> float:
        screen: float = self.page.evaluate("document.querySelector('.xterm-screen').getBoundingClientRect().height")
        return screen / self.rows if what == "row" else screen

    def press(self, key: str) -> None:
        self.page.tap(f"#keys [name={key}]")

    def touch(self, *places: tuple[float, float], held_ms: int = 0) -> None:
        """Put a finger down, leave it there for a while, move it through the places and lift it."""
        for kind, place in zip(["touchStart", *["touchMove"] * (len(places) - 1)], places, strict=True):
            x, y = place
            self._finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            self.page.wait_for_timeout(held_ms if kind == "touchStart" else 15)
        self._finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def compose(self, *parts: str) -> None:
        """Write as the keyboard of a phone does: a word grows, and is put in whole."""
        for part in parts:
            for end in range(1, len(part) + 1):
                self._finger.send(
                    "Input.imeSetComposition", {"text": part[:end], "selectionStart": end, "selectionEnd": end}
                )
            self._finger.send("Input.insertText", {"text": part})
            self.page.wait_for_timeout(100)

    def edges(self) -> tuple[float, float, float, float]:
        """Where the terminal's last row ends, where the keys begin and end, and where the page does."""
        return tuple(
            self.page.evaluate(
                """() => {
                const of = (name) => document.querySelector(name).getBoundingClientRect();
                return [of(".xterm-screen").bottom, of("#keys").top, of("#keys").bottom, window.innerHeight];
                }"""
            )
        )


@pytest.fixture
def phone(served, chromium) -> Iterator[Phone]:  # noqa: F811
    yield Phone(chromium, served)


@pytest.mark.parametrize("size", [PHONE, WITH_ITS_KEYBOARD, SMALLER])
def test_the_footer_and_the_keys_are_in_view_whatever_the_keyboard_leaves(phone, size):
    phone.begin()
    phone.painted.forget()
    phone.page.set_viewport_size(size)
    phone.painted.until("Send") if size != PHONE else phone.page.wait_for_timeout(300)
    last_row, keys, keys_end, end = phone.edges()
    assert last_row <= keys < keys_end <= end == size["height"]
    assert keys - last_row < 25, "a row more would have fitted"
    told = phone.rows
    assert round(phone.height("screen") / told) in range(17, 25), "the app was told another size than is shown"
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_words_put_in_by_a_keyboard_that_composes_come_once_and_are_sent_with_its_key(phone):
    phone.begin()
    phone.compose("Dad ", "works ", "nights")
    phone.painted.until("Dad works nights")
    phone.painted.forget()
    phone.press("send")
    phone.painted.until("Dad works nights   ")  # with the time beside it


def test_a_key_begins_a_line_and_another_pastes_what_was_copied_elsewhere(phone):
    phone.begin()
    phone.page.keyboard.type("first")
    phone.press("line")
    phone.page.evaluate("navigator.clipboard.writeText('copied elsewhere')")
    phone.press("paste")
    phone.painted.until("copied elsewhere")
    phone.press("esc")
    phone.painted.until("Leave this session for now")
    phone.press("esc")


def test_a_finger_reads_back_and_marks_words_to_copy(phone):
    phone.begin()
    phone.page.set_viewport_size(WITH_ITS_KEYBOARD)
    for _ in range(2):
        phone.page.keyboard.type(SAID)
        phone.painted.forget()
        phone.press("send")
        phone.painted.until("mum.   ")
        phone.painted.until_still()
    phone.painted.forget()
    phone.touch(*((150, y) for y in range(120, 400, 10)))
    phone.painted.until("To begin")
    phone.painted.until_still()
    row = phone.height("row")
    phone.touch(*((x, row * 5.5) for x in range(30, 330, 10)), held_ms=700)
    phone.press("copy")
    phone.painted.until("Copied:")
    copied = phone.page.evaluate("navigator.clipboard.readText()")
    assert len(copied) > 10
    asked = "Using made-up names, what about this child do you most need to think through today?"
    assert copied.strip() in f"{asked} {SAID}"


def test_who_comes_back_to_a_page_that_lost_its_connection_goes_on(phone):
    phone.begin()
    phone.page.keyboard.type("half a thought")
    phone.painted.until("thought")
    phone.page.evaluate("document.body.classList.add('-closed')")
    phone.painted.forget()
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.painted.until("half a thought")


def test_the_page_around_the_terminal_has_nothing_that_axe_finds(phone):
    Axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe  # noqa: N806
    assert Axe().run(phone.page).violations_count == 0
    phone.page.evaluate("document.body.classList.add('-closed')")
    found = Axe().run(phone.page)
    assert found.violations_count == 0, found.generate_report()
    assert phone.page.title() == "Reflect"


def test_with_a_mouse_words_are_marked_and_copied_and_shift_enter_begins_a_line(served, chromium):  # noqa: F811
    painted = let_in(served)(chromium)
    page = painted.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert not page.is_visible("#keys"), "who has a keyboard needs no keys on the page"
    painted.until("Supervision session")
    page.keyboard.press("Enter")
    painted.until("How long do you have?")
    page.keyboard.type("Child A")
    page.keyboard.press("F5")
    painted.until("To begin")
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    painted.until("two   ")
    page.wait_for_timeout(500)
    page.mouse.move(60, 300)
    page.mouse.down()
    for y in range(300, 700, 20):
        page.mouse.move(400, y)
    page.mouse.up()
    page.keyboard.press("Control+c")
    painted.until("Copied:")
    assert "one\ntwo" in page.evaluate("navigator.clipboard.readText()")
