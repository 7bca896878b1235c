from __future__ import annotations

from datetime import date
from threading import Event

import pytest
from textual.widgets import Checkbox, Input, OptionList, Static

from assistant.app.preferences import Settings, read_settings
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.help import HelpScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.numbers import NumbersScreen
from assistant.app.screens.records import RecordsScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.screens.start import StartScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.screens.unlock import UnlockScreen
from assistant.app.screens.welcome import WelcomeScreen
from assistant.app.widgets.composer import Composer
from assistant.app.widgets.learning import NOTHING
from assistant.app.widgets.review_text import Reader, ReaderLine
from assistant.followup.actions import Action
from assistant.store.store_errors import PassphraseError, StoreError
from tests.app.conftest import agree, answer, begin, command, leave, pick, question, said, screen_text, settled, until

PASSPHRASE = "four ordinary test words"


async def to_the_passphrase(pilot) -> None:
    """From the very first screen to where a passphrase is chosen."""
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the two ways")
    assert not app.screen_stack[1].query_one("#choices").visible
    await pilot.press("down", "enter")
    await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")


async def test_the_first_time_a_passphrase_is_chosen_by_who_sets_it_up(open_app, tmp_path, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_passphrase(pilot)
        await pilot.press(*PASSPHRASE, "enter", *"something else", "enter")
        await settled(pilot)
        assert "didn't match" in screen_text(app)
        await pilot.press(*PASSPHRASE, "f5")
        await settled(pilot)
        assert "Type it again, to be sure" in screen_text(app)
        await pilot.press(*PASSPHRASE, "enter")
        await until(pilot, lambda: "Local numbers" in screen_text(app), "what the cards need")
        await pilot.press("escape")
        await until(pilot, lambda: "Supervision session" in screen_text(app), "what can be done")


async def test_from_choosing_a_passphrase_escape_goes_back_to_the_two_ways(open_app, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_passphrase(pilot)
        await pilot.press("escape")
        await to_the_passphrase(pilot)


async def test_the_page_of_a_trial_closes_without_a_word_about_records_nobody_has_made(open_app, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app(new=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the two ways")
        await pilot.press("enter")
        await question(pilot)
        await command(pilot, "/add-action The school rings Nan by Friday")
        app.screen.action_finish()
        await agree(pilot)
        await until(pilot, lambda: isinstance(app.screen, SummaryScreen), "the page")
        await until(pilot, lambda: "The school rings Nan" in screen_text(app), "what will be done")
        await pilot.press("tab", "tab", *"Move him", "escape")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the two ways again")
        await settled(pilot)
        assert "locked" not in screen_text(app)


async def test_it_can_be_tried_with_one_key_and_nothing_is_kept(open_app, tmp_path, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    home = tmp_path / "home"
    app = open_app(home=home, new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the two ways")
        await pilot.press("enter")
        await question(pilot)
        await answer(pilot, "dad works nights")
        assert "visits routinely made" in said(app, "#stream")
        assert list(tmp_path.glob("reflect-*"))
        await leave(pilot)
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen), "the two ways again")
    assert not list(tmp_path.glob("reflect-*"))
    assert not list(home.rglob("*.db"))


async def test_left_alone_it_locks_and_the_words_being_written_are_there_again(open_app, monkeypatch):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"half a thought")
        app._lock_when_left()
        assert app.screen is screen
        app._watch._since -= 3600
        app._lock_when_left()
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the lock")
        assert "half a thought" not in screen_text(app)
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen, "the session")
        assert screen.query_one("#answer").text == "half a thought"
        await pilot.press("enter")
        await until(pilot, lambda: screen.session.state.answers == ("half a thought",), "the answer")


async def test_after_a_sleep_the_first_key_locks_and_does_nothing_else(open_app, monkeypatch):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"half a thought")
        monkeypatch.setattr("assistant.app.lock_after.slept_s", lambda: 90.0)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the lock")
        assert screen.session.state.answers == ()
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen, "the session")
        assert screen.query_one("#answer", Composer).text == "half a thought"


async def test_a_disk_that_is_full_keeps_no_records_open(open_app, monkeypatch):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press(*"half a thought")

        def full(_: SessionScreen) -> None:
            raise StoreError("The disk is full.")

        monkeypatch.setattr(SessionScreen, "keep_now", full)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the lock")
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen, "the session")
        assert screen.query_one("#answer", Composer).text == "half a thought"


@pytest.mark.parametrize("has_a_keyring", [True, False])
async def test_the_keyring_is_asked_about_once_and_keeps_the_passphrase_only_if_agreed(
    open_app, monkeypatch, has_a_keyring
):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    kept: list[str] = []

    def keep(_: object, passphrase: str) -> None:
        if not has_a_keyring:
            raise PassphraseError("This computer has no keyring to keep the passphrase in; type it each time.")
        kept.append(passphrase)

    monkeypatch.setattr("assistant.store.passphrase_choice.into_keyring", keep)
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_passphrase(pilot)
        assert "keyring" in screen_text(app) and not app.screen.query_one("#keep", Checkbox).value
        assert "▐ ▌" in screen_text(app)
        await pilot.press(*PASSPHRASE, "enter", *PASSPHRASE)
        app.screen.query_one("#keep", Checkbox).focus()
        await pilot.press("space")
        await until(pilot, lambda: "▐X▌" in screen_text(app), "the cross")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, NumbersScreen), "what the cards need")

        def says_there_is_none() -> bool:
            return any("no keyring" in notice.message for notice in app._notifications)

        await until(pilot, lambda: bool(kept) or says_there_is_none(), "that it is kept, or cannot be")
        assert kept == ([PASSPHRASE] if has_a_keyring else [])
        assert says_there_is_none() is not has_a_keyring


async def test_a_passphrase_that_is_too_short_is_refused_in_one_sentence(open_app, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_passphrase(pilot)
        await pilot.press("a", "enter", "a", "enter")
        await until(pilot, lambda: "Opening" not in said(app, "UnlockScreen"), "an answer")
        assert isinstance(app.screen, UnlockScreen)
        assert str(app.screen.query_one("#unlock-problem", Static).render())


async def test_a_wrong_passphrase_is_said_and_the_right_one_opens(open_app, monkeypatch):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    again = open_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(again.screen, UnlockScreen), "the passphrase")
        assert "Your records are locked" in screen_text(again)
        await pilot.press(*"wrong words here", "enter")
        await until(pilot, lambda: "Opening" not in said(again, "UnlockScreen"), "an answer")
        assert isinstance(again.screen, UnlockScreen)
        again.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await until(pilot, lambda: "Continue Child A" in screen_text(again), "the session that was left")


async def test_the_library_lists_reviews_then_what_bears_on_the_words(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        assert "5 reviews" in screen_text(app)
        await pilot.press(*"dad")
        await settled(pilot)
        assert "1 learning point, best first" in screen_text(app)
        assert "Child K. SVPP." in screen_text(app)
        app.screen.query_one("#search", Input).value = "nothing like it"
        await settled(pilot)
        assert NOTHING in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_a_review_is_read_with_the_numbers_of_its_lines(open_app, size):
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the lines of the review")
        assert "Baby E" in said(app, "#reader")
        assert app.screen.query("ReaderLine.-point")
        assert "---" not in said(app, "#reader")
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_every_line_shown_by_the_reader_is_of_the_source_at_that_number(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.visit("library")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the lines of the review")
        source = app.workspace().learning.library.reviews["baby-e"].text.splitlines()
        for line in app.screen.query_one(Reader).query("ReaderLine"):
            number, words = str(line.render()).strip().split(" ", 1)
            published = source[int(number) - 1].replace("**", "")
            assert all(part.strip()[:20].strip() in published for part in words.splitlines()) or "<" in published


async def test_a_card_is_marked_and_opened_in_its_review(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "dad works nights")
        await pick(pilot, "LearningCard Chips", "useful")
        assert screen.session.state.marks == (("child-k/invisible-fathers/4", "useful"),)
        assert "✓ Marked useful." in screen_text(app)
        await pick(pilot, "LearningCard Chips", "not-this")
        assert screen.session.state.marks == (("child-k/invisible-fathers/4", "not-this"),)
        await pilot.press("right", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        assert isinstance(app.screen, ReadingScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "the session again")


async def test_the_same_learning_is_read_in_every_other_review_in_turn_and_then_where_it_was_read_first(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        library, begun = app.workspace().learning.library, "child-k/invisible-fathers/2"
        others = library.by_id(begun).also_in
        assert len(others) > 1
        app.push_screen(ReadingScreen(app.workspace(), begun))
        for point in (*others, begun):
            await settled(pilot)
            await pick(pilot, "#about-point", "twin")
            assert str(app.screen.query("#reader Static").first().render()).startswith(
                library.reviews[point.split("/")[0]].title
            )
            assert app.screen.query(".-chosen").first(ReaderLine).number == library.by_id(point).lines[0]


async def test_a_row_of_a_table_is_read_as_lines_without_the_signs_of_the_source(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.push_screen(ReadingScreen(app.workspace(), "baby-e"))
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        text = "\n".join(str(line.render()) for line in app.screen.query("ReaderLine"))
        assert "   20 Date Published\n6 September 2016" in text
        assert "\n• Baby E had 3 older siblings\n" in text
        assert not {"|", "<", ">"} & set(text)


async def test_the_first_screen_describes_its_choices_whole_or_not_at_all(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("down", "down")
        assert "two people think through one case" in screen_text(app)
        await pilot.resize_terminal(40, 20)
        await settled(pilot)
        assert "Team review" in screen_text(app)
        assert "two peo" not in screen_text(app)
        assert "…" not in screen_text(app)
        assert app.screen.query_one("#choices", OptionList).highlighted == 2


async def test_the_note_is_kept_beside_the_record(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        screen.query_one("#note-box").focus()
        await pilot.press(*"how I felt")
        await pilot.press("f5")
        await settled(pilot)
        assert screen.session.state.note == "how I felt"
        assert screen.session.state.answers == ()


async def test_a_record_goes_to_the_bin_once_agreed_by_name_and_is_put_back_from_there(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await begin(pilot, case="[Child A]")
        await answer(pilot, "some words")
        await leave(pilot)
        await settled(pilot)
        session = screen.session.state.started.session
        app.visit("records")
        await settled(pilot)
        assert "1 record" in screen_text(app)
        for key in ("f8", "f7"):
            await pilot.press(key)
        assert isinstance(app.screen, RecordsScreen)
        await pilot.press("delete")
        await settled(pilot)
        assert "Move “[Child A]” (Supervision session, 2 March 2026" in " ".join(screen_text(app).split())
        await pilot.press("y", "escape")
        await settled(pilot)
        assert "1 record" in screen_text(app)
        await pilot.press("delete")
        await agree(pilot)
        await until(pilot, lambda: "Bin (1)" in screen_text(app), "the bin")
        await pilot.press("escape")
        await settled(pilot)
        assert "Continue" not in screen_text(app)
        assert [kept.session for kept in app.workspace().store.sessions(binned=True)] == [session]
        app.visit("records")
        await until(pilot, lambda: "Bin (1)" in screen_text(app), "the bin")
        await pilot.press("enter")
        assert "Enter puts a record back" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "1 record" in screen_text(app), "the record")
        assert app.workspace().store.sessions(binned=True) == []


async def test_from_the_box_of_the_records_enter_opens_what_was_found_and_down_goes_to_the_list(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await answer(pilot, "There was a lighter under the table.")
        await leave(pilot)
        app.visit("records")
        await until(pilot, lambda: "1 record" in screen_text(app), "the record")
        await pilot.press("ctrl+f", *"lighter", "down")
        await until(pilot, lambda: app.focused is app.screen.query_one("#sessions"), "the list")
        await until(pilot, lambda: "1 record" in screen_text(app), "the record")
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "whether it's meant")
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("ctrl+f", "enter")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen), "the session")


async def test_nothing_typed_ahead_answers_a_question_that_has_just_come_up(open_app, monkeypatch):
    monkeypatch.setattr("assistant.app.timing.DEAF_S", 3600.0)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        answers: list[bool | None] = []
        app.push_screen(ConfirmScreen("Delete it?", yes="Delete", no="Keep it"), answers.append)
        await pilot.press(*"yes no", "enter", "right", "enter", "tab", "enter", "space")
        assert isinstance(app.screen, ConfirmScreen)
        app.screen.listen()
        await agree(pilot)
        assert answers == [True]


async def test_an_unfinished_record_is_gone_on_with_and_words_said_in_it_find_it(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, case="Child A")
        await answer(pilot, "he drew a rabbit")
        app.go_to("records")
        await until(pilot, lambda: "1 record" in screen_text(app), "the list")
        app.screen.query_one("#find", Input).value = "RABBIT"
        await until(pilot, lambda: "1 record" in screen_text(app), "what was said")
        app.screen.query_one("#find", Input).value = "hare"
        await until(pilot, lambda: "isn't in any answers" in screen_text(app), "nothing found")
        app.screen.query_one("#find", Input).value = ""
        await settled(pilot)
        app.screen.query_one("#sessions").focus()
        await pilot.press("enter")
        await question(pilot)
        assert isinstance(app.screen, SessionScreen)


async def test_records_are_found_by_the_name_of_the_case_and_saved_again(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot, case="Child A")
        await leave(pilot)
        await settled(pilot)
        await begin(pilot, case="Child B")
        await leave(pilot)
        await settled(pilot)
        app.visit("records")
        await settled(pilot)
        assert "2 records" in screen_text(app)
        app.screen.query_one("#find", Input).value = "child b"
        await settled(pilot)
        assert "1 record" in screen_text(app)
        await pilot.press("f5")
        await settled(pilot)
        app.screen.query_one("#folder", Input).value = str(tmp_path)
        await pilot.press("f5")
        await settled(pilot)
        assert [file.name for file in tmp_path.glob("*.docx")] == ["Child B 2026-03-02.docx"]
        assert "is not encrypted" in " ".join(note.message for note in app._notifications)
        app.screen.query_one("#find", Input).value = "nobody"
        await settled(pilot)
        assert "No case has that in its name" in screen_text(app)


async def test_an_empty_list_of_records_says_what_will_come_here(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.visit("records")
        await settled(pilot)
        assert "Nothing here yet" in screen_text(app)


async def test_the_choice_of_colours_is_shown_at_once_and_kept(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.visit("settings")
        await settled(pilot)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.theme == "high contrast"
    assert read_settings(tmp_path) == Settings(theme="high contrast", numbers_asked=True)


@pytest.mark.parametrize("kept", ["", "[]", '{"theme": 7}', '{"theme": "gone", "lock_minutes": "soon"}', "\x00"])
def test_settings_that_make_no_sense_are_the_usual_ones(tmp_path, kept):
    (tmp_path / "settings.json").write_text(kept)
    assert read_settings(tmp_path) == Settings()


@pytest.mark.parametrize("journey", ["supervision", "self-review", "scenario", "team-review"])
async def test_every_journey_can_be_begun_from_the_first_screen(open_app, journey):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        choices = app.screen.query_one(OptionList)
        choices.highlighted = choices.get_option_index(journey)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query("Choice"), "the form")
        app.screen.query_one("#case", Input).value = "A made-up name"
        await pilot.press("f5")
        await question(pilot)
        assert app.screen.session.state.started.journey == journey


async def test_the_minutes_chosen_on_the_form_are_the_minutes_of_the_session(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        assert screen.session.state.started.minutes == 30
        await leave(pilot)
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: app.screen.query("Choice"), "the form")
        await pilot.press(*"Child B", "tab", "tab", "tab", "down", "space", "f5")  # past the two roles
        await question(pilot)
        assert app.screen.session.state.started.minutes == 60


async def test_begin_pressed_before_the_form_is_ready_begins_as_soon_as_it_is(open_app, monkeypatch):
    look, ready = StartScreen._look, Event()

    def slowly(self: StartScreen) -> object:
        ready.wait()
        return look(self)

    monkeypatch.setattr(StartScreen, "_look", slowly)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: isinstance(app.screen, StartScreen), "the form")
        await pilot.press(*"Child B", "f5")
        ready.set()
        await question(pilot)
        assert app.screen.session.state.started.case == "Child B"


async def test_a_case_without_a_name_is_asked_for_one(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: app.screen.query("Choice"), "the form")
        await pilot.press("f5")
        await settled(pilot)
        assert "Give the case a made-up name" in " ".join(screen_text(app).split())


async def test_help_lists_the_keys_of_the_screen_beneath(open_app):
    app = open_app()
    async with app.run_test(size=(80, 70)) as pilot:
        await begin(pilot)
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)
        text = screen_text(app)
        for key, says in (("F5", "Send"), ("Ctrl+Q", "Leave Reflect")):
            assert any(key in line and says in line for line in text.splitlines()), key
        await pilot.press("f1")
        assert not isinstance(app.screen, HelpScreen)


async def test_a_question_mark_is_a_character_where_one_types_and_help_where_one_does_not(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("question_mark")
        assert (await question(pilot)).text == "?"
        await leave(pilot)
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)


async def test_what_was_agreed_is_listed_with_what_is_late_and_marked_as_done(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        agreed = {"case": "[Child A]", "agreed": date(2026, 2, 1)}
        late = Action(id="a1", text="Ring the health visitor", by=date(2026, 2, 10), person="social worker", **agreed)
        soon = Action(id="a2", text="See the child alone", by=date(2026, 4, 1), **agreed)
        for action in (soon, late):
            app.workspace().follow_ups.save_action(action)
        app.visit("actions")
        await settled(pilot)
        text = screen_text(app)
        assert "2 actions open, 1 late" in text
        assert text.index("Ring the health visitor") < text.index("See the child alone")
        assert "[Child A], LATE, by 10 February 2026, social worker" in text
        await pilot.press("space")
        await settled(pilot)
        assert "1 action open" in screen_text(app)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert "2 actions open, 1 late" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "1 thing is overdue" in screen_text(app)


async def test_no_actions_is_said_in_words(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.visit("actions")
        await settled(pilot)
        assert "Nothing to do at the moment" in screen_text(app)


async def test_where_nothing_can_be_kept_one_sentence_says_so(open_app, tmp_path):
    home = tmp_path / "a file and not a folder"
    home.write_text("")
    app = open_app(home=home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert app.return_code is None
        assert len([note for note in app._notifications if "Traceback" not in note.message]) == 1
        app.visit("records")
        await settled(pilot)
        assert app.return_code is None


async def test_what_is_chosen_can_be_told_without_colour(open_app):
    app = open_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: app.screen.query("Choice"), "the form")
        assert [line.strip(" │").removeprefix("▌ ") for line in screen_text(app).splitlines() if "minutes" in line] == [
            "▐ ▌ 15 minutes",
            "▐●▌ 30 minutes",
            "▐ ▌ 60 minutes",
        ]
        await pilot.press("tab", "tab", "tab", "up", "space")  # past the two roles
        await settled(pilot)
        assert [
            line.strip(" │").removeprefix("▌ ")[:3] for line in screen_text(app).splitlines() if "minutes" in line
        ] == [
            "▐●▌",
            "▐ ▌",
            "▐ ▌",
        ]
