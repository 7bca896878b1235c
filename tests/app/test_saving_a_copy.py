"""A copy of a record: what it will be called is shown, and nothing is made or replaced by surprise."""

from __future__ import annotations

from time import sleep
from typing import Any

from textual.widgets import Input, Select

from assistant.app.screens import screen as base
from assistant.app.screens.exporting import ExportingScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.export import export_file
from tests.app.conftest import agree, answer, begin, command, said, settled, until

NAME = "Child A 2026-03-02.docx"


def told(app) -> str:
    return said(app, "#exporting").replace(" ", "")


async def about_to_save(pilot, folder) -> None:
    await begin(pilot)
    await answer(pilot, "He was asleep on the sofa.")
    await command(pilot, "/finish")
    await agree(pilot)
    await until(pilot, lambda: isinstance(pilot.app.screen, SummaryScreen), "the page")
    await settled(pilot)
    await pilot.press("f5")
    await until(pilot, lambda: isinstance(pilot.app.screen, ExportingScreen), "in which form")
    pilot.app.screen.query_one("#folder", Input).value = str(folder)
    await settled(pilot)


async def test_the_file_is_shown_before_it_is_made_and_a_missing_folder_is_made_only_when_asked_twice(
    open_app, tmp_path
):
    app, folder = open_app(), tmp_path / "new" / "copies"
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await about_to_save(pilot, folder)
        assert str(folder / NAME).replace(" ", "") in told(app)
        await pilot.press("f5")
        assert "nosuchfolderyet" in told(app)
        assert not folder.parent.exists()
        await pilot.press("f5")
        await until(pilot, (folder / NAME).exists, "the copy")
        await settled(pilot)
        assert f"Saved in {folder / NAME}" in " ".join(str(app.screen.query_one("#kept").render()).split())


async def test_a_copy_that_took_a_while_is_told_of_too(open_app, tmp_path, monkeypatch):
    make = export_file._MADE["docx"]

    def slowly(*of: Any) -> object:
        sleep(0.3)
        return make(*of)

    monkeypatch.setitem(export_file._MADE, "docx", slowly)
    monkeypatch.setattr(base, "MOMENT_S", 0.01)
    app = open_app()
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await about_to_save(pilot, tmp_path)
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the page")
        await settled(pilot)
        assert "Saved in" in str(app.screen.query_one("#kept").render())


async def test_a_file_of_that_name_is_replaced_only_when_asked_twice_and_a_file_is_no_folder(open_app, tmp_path):
    there = tmp_path / NAME
    there.write_text("before")
    app = open_app(home=tmp_path / "kept")
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await about_to_save(pilot, there)
        await pilot.press("f5")
        assert "isafile.Nameafolder" in told(app)
        app.screen.query_one("#folder", Input).value = str(tmp_path)
        await settled(pilot)
        await pilot.press("f5")
        assert "alreadyafileofthatname" in told(app)
        assert there.read_text() == "before"
        await pilot.press("f5")
        await until(pilot, lambda: there.read_bytes()[:2] == b"PK", "the copy")


async def test_the_personal_part_has_a_name_that_does_not_name_the_case(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await about_to_save(pilot, tmp_path)
        app.screen.query_one("#document", Select).value = "personal"
        await settled(pilot)
        await pilot.press("f5")
        await until(pilot, (tmp_path / "Supervision, personal part 2026-03-02.docx").exists, "the copy")
