from __future__ import annotations

import subprocess
import sys

import pytest
from textual.worker import WorkerFailed

from assistant import crash
from assistant.app.app import ReflectApp

CRASHING = """
import sys
from pathlib import Path
from assistant.app.app import ReflectApp
from assistant.app.screens.home import HomeScreen

def fail(self):
    secret = "the confidential words about Child A"
    raise RuntimeError(secret)

HomeScreen.on_mount = fail
app = ReflectApp(Path(sys.argv[1]), None)
app.run(headless=True)
sys.exit(app.return_code or 0)
"""


def test_a_crash_prints_an_incident_number_and_no_values_and_exits_non_zero(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", CRASHING, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert "confidential" not in said
    assert "Traceback" not in said
    number = next((tmp_path / "incidents").iterdir()).stem
    assert f"incident {number}" in " ".join(said.split())


def test_the_report_of_a_failed_worker_names_what_failed_in_it(tmp_path):
    number = crash.report(WorkerFailed(ValueError("confidential")), tmp_path)
    assert (tmp_path / "incidents" / f"{number}.txt").read_text() == "builtins.ValueError\n"


async def test_textual_still_comes_through_the_method_that_is_overridden(open_app, tmp_path):
    app = open_app()
    with pytest.raises(RuntimeError, match="secret"):
        async with app.run_test() as pilot:

            def fail() -> None:
                raise RuntimeError("secret")

            app.call_later(fail)
            await pilot.pause()
    assert app.return_code == 1
    assert "fail" in next((tmp_path / "incidents").iterdir()).read_text()


def test_the_names_that_are_overridden_are_textuals_own():
    from textual.app import App

    for name in ("panic", "_fatal_error"):
        assert name in vars(App)
        assert name in vars(ReflectApp)


def test_a_report_holds_places_in_the_code_and_not_the_message(tmp_path):
    try:
        int("the words of Child A")
    except ValueError as error:
        number = crash.report(error, tmp_path)
    report = (tmp_path / "incidents" / f"{number}.txt").read_text()
    assert report.startswith("builtins.ValueError\n")
    assert "test_crash.py" in report
    assert "Child A" not in report


def test_a_report_that_cannot_be_written_still_has_a_number(tmp_path):
    (tmp_path / "file").write_text("")
    assert crash.report(ValueError(), tmp_path / "file")


async def test_the_palette_has_no_screenshot(open_app):
    app = open_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        titles = [command.title for command in app.get_system_commands(app.screen)]
    assert titles
    assert not any("screenshot" in title.lower() for title in titles)


def test_what_would_make_textual_write_messages_to_a_file_is_taken_from_the_environment(tmp_path):
    log = tmp_path / "log"
    probe = "import assistant.app.app, textual.constants as c, os; print(c.LOG_FILE, os.environ.get('TEXTUAL'))"
    said = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={"TEXTUAL_LOG": str(log), "TEXTUAL": "debug", "PATH": ""},
    )
    assert said.stdout.split() == ["None", "None"]
