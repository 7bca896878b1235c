from __future__ import annotations

from contextlib import suppress

from textual.worker import WorkerFailed

from assistant.app.app import ReflectApp
from assistant.app.preferences import Settings, save_preferences
from assistant.app.screens.file_problems import FaultsScreen
from assistant.app.screens.home import HomeScreen
from assistant.workspace.workspace import Workspace
from tests.app.conftest import begin, one_page_library, said, screen_text, settled, until


async def after_a_failure(pilot, holds) -> None:
    """Wait until something holds; a worker of the app is meant to fail on the way."""
    for _ in range(500):
        with suppress(WorkerFailed):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        if holds():
            return
    raise AssertionError(screen_text(pilot.app))


BROKEN = "id: supervision\nname: [Child A]\n"


async def test_a_mistake_in_the_users_own_file_is_shown_with_its_line_and_the_shipped_questions_go_on(tmp_path):
    own = tmp_path / "prompts" / "journeys" / "supervision.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(BROKEN, encoding="utf-8")
    save_preferences(Settings(numbers_asked=True), tmp_path)
    app = ReflectApp(tmp_path, lambda home: Workspace(home, search=one_page_library, iterations=10))
    async with app.run_test(size=(100, 40)) as pilot:
        await after_a_failure(pilot, lambda: isinstance(app.screen, FaultsScreen))
        assert "supervision.yaml, line 2: name:" in said(app, "FaultsScreen")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen), "home")
        await settled(pilot)
        await begin(pilot)
        assert "made-up names" in screen_text(app)
    assert own.read_text(encoding="utf-8") == BROKEN


async def test_leaving_to_correct_them_ends_the_app_and_changes_nothing(tmp_path):
    own = tmp_path / "prompts" / "themes" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("id: mine\n", encoding="utf-8")
    save_preferences(Settings(numbers_asked=True), tmp_path)
    app = ReflectApp(tmp_path, lambda home: Workspace(home, search=one_page_library, iterations=10))
    async with app.run_test(size=(40, 20)) as pilot:
        await after_a_failure(pilot, lambda: isinstance(app.screen, FaultsScreen))
        await pilot.press("escape")
        await pilot.pause()
        assert app.return_code == 0
    assert own.read_text(encoding="utf-8") == "id: mine\n"
