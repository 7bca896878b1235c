"""`reflect serve` in a real Chromium: who is let in, and a session that goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.app.in_a_browser import MARKS, Painted, browser, chromium, let_in, served  # noqa: F401 (fixtures)

pytestmark = MARKS


def test_a_session_in_a_browser_shows_a_card_and_goes_on_after_a_reload(served, chromium):  # noqa: F811
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


def test_without_the_token_nothing_is_served_and_the_token_opens_once(served, chromium):  # noqa: F811
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


def test_a_page_of_another_origin_cannot_open_the_socket_even_with_the_cookie(served, chromium):  # noqa: F811
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


def test_another_server_of_this_computer_that_collects_the_cookie_cannot_open_the_socket(served, chromium):  # noqa: F811
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


def test_a_module_in_the_folder_that_serve_is_started_in_is_not_run(tmp_path, chromium):  # noqa: F811
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


def test_one_session_too_many_is_refused_and_the_page_says_what_to_do(served, chromium):  # noqa: F811
    painted = let_in(served)(chromium)
    painted.until("Supervision session")
    second = painted.page.context.new_page()
    second.goto(served.split("/enter")[0] + "/")
    second.wait_for_selector("body.-closed")
    assert "too many sessions" in second.inner_text(".closed")


def test_when_the_program_has_stopped_the_page_says_so_and_stays(tmp_path, chromium):  # noqa: F811
    (tmp_path / "settings.json").write_text('{"theme": "dark", "numbers_asked": true}')
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--most-tabs", "1"]
    environment = os.environ | {"REFLECT_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = [server.stdout.readline() for _ in range(2)][1].strip()
        painted = let_in(address)(chromium)
        painted.until("Supervision session")
        server.terminate()
        server.wait(timeout=30)
    page = painted.page
    page.wait_for_selector("body.-stopped")
    for _ in range(2):
        assert "isn't running any more" in page.inner_text(".closed")
        assert "too many sessions" not in page.inner_text(".closed")
        page.click("#go-on")
        page.wait_for_timeout(300)


def test_the_page_asks_nothing_of_any_other_server(served, chromium):  # noqa: F811
    page = chromium.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    painted = Painted(page)
    page.goto(served)
    painted.until("Supervision session")
    base = served.split("/enter")[0]
    assert asked
    assert all(url.startswith((base, base.replace("http", "ws"), "data:")) for url in asked)
