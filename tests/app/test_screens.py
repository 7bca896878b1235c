from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Checkbox, Input, OptionList, Static

from assistant.app.screens.help import HelpScreen
from assistant.app.screens.home import HomeScreen
from assistant.app.screens.reading import ReadingScreen
from assistant.app.screens.tour import STEPS, TourScreen
from assistant.app.screens.unlock import UnlockScreen
from assistant.app.settings import Settings, read_settings
from assistant.app.widgets.learning import NOTHING, LearningCard
from assistant.app.widgets.reader import Reader, ReaderLine
from assistant.records.actions import Action
from assistant.records.errors import PassphraseError
from tests.app.conftest import answer, begin, question, said, screen_text, settled, until

PASSPHRASE = "four ordinary test words"


async def test_the_first_time_a_passphrase_is_chosen_and_then_the_tour_offered(open_app, tmp_path, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")
        await pilot.press(*PASSPHRASE, "enter", *"something else", "enter")
        await settled(pilot)
        assert "not the same" in screen_text(app)
        app.screen.query_one("#again", Input).value = PASSPHRASE
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, TourScreen), "the tour")
        for step in range(len(STEPS)):
            assert f"Step {step + 1} of {len(STEPS)}" in screen_text(app), (step, app.screen_stack, app.focused)
            await pilot.press("f5")
            await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
    assert read_settings(tmp_path).introduced


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

    monkeypatch.setattr("assistant.records.passphrase.into_keyring", keep)
    app = open_app(new=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")
        assert "keyring" in screen_text(app) and not app.screen.query_one("#keep", Checkbox).value
        assert "▐ ▌" in screen_text(app)
        await pilot.press(*PASSPHRASE, "enter", *PASSPHRASE, "tab", "space")
        await until(pilot, lambda: "▐X▌" in screen_text(app), "the cross")
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, TourScreen), "the tour")
        assert kept == ([PASSPHRASE] if has_a_keyring else [])
        told = [notice.message for notice in app._notifications]
        assert any("no keyring" in sentence for sentence in told) is not has_a_keyring


async def test_a_passphrase_that_is_too_short_is_refused_in_one_sentence(open_app, monkeypatch):
    monkeypatch.delenv("REFLECT_PASSPHRASE_FILE")
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, UnlockScreen), "the passphrase")
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
        await pilot.press("f5")
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
        await pilot.press("f5")
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
        await pilot.press("f5")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the lines of the review")
        source = app.desk().library.reviews["baby-e"].text.splitlines()
        for line in app.screen.query_one(Reader).query("ReaderLine"):
            number, words = str(line.render()).strip().split(" ", 1)
            published = source[int(number) - 1].replace("**", "")
            assert all(part.strip()[:20].strip() in published for part in words.splitlines()) or "<" in published


async def test_a_card_is_marked_and_opened_in_its_review(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await begin(pilot)
        await answer(pilot, "dad works nights")
        screen.query_one(LearningCard).focus()
        await pilot.press("u")
        await settled(pilot)
        assert screen.session.state.marks == (("child-k/invisible-fathers/4", "useful"),)
        assert "✓ Marked useful." in screen_text(app)
        await pilot.press("n")
        await settled(pilot)
        assert screen.session.state.marks == (("child-k/invisible-fathers/4", "not-this"),)
        await pilot.press("o")
        await until(pilot, lambda: len(app.screen.query("ReaderLine")) > 10, "the review")
        assert isinstance(app.screen, ReadingScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen, "the session again")


async def test_the_same_learning_is_read_in_every_other_review_in_turn_and_then_where_it_was_read_first(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        library, begun = app.desk().library, "child-k/invisible-fathers/2"
        others = library.by_id(begun).also_in
        assert len(others) > 1
        app.push_screen(ReadingScreen(app.desk(), begun))
        for point in (*others, begun):
            await settled(pilot)
            await pilot.press("f7")
            await settled(pilot)
            assert str(app.screen.query("#reader Static").first().render()).startswith(
                library.reviews[point.split("/")[0]].title
            )
            assert app.screen.query(".-chosen").first(ReaderLine).number == library.by_id(point).lines[0]


async def test_a_row_of_a_table_is_read_as_lines_without_the_signs_of_the_source(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.push_screen(ReadingScreen(app.desk(), "baby-e"))
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


async def test_a_record_is_opened_deleted_and_brought_back(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await begin(pilot, case="[Child A]")
        await answer(pilot, "some words")
        await pilot.press("escape")
        await settled(pilot)
        session = screen.session.state.started.session
        await pilot.press("f6")
        await settled(pilot)
        assert "1 record" in screen_text(app)
        await pilot.press("f8")
        await settled(pilot)
        assert "F7 brings it back" in screen_text(app)
        assert app.screen.query_one("#sessions", OptionList).option_count == 0
        await pilot.press("f7")
        await settled(pilot)
        assert "1 record" in screen_text(app)
        assert "F7 brings it back" not in screen_text(app)
        await pilot.press("f8", "escape")
        await settled(pilot)
        assert session not in [kept.session for kept in app.desk().store.sessions()]
        assert "Continue" not in screen_text(app)


async def test_records_are_found_by_the_name_of_the_case_and_saved_again(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await begin(pilot, case="Child A")
        await pilot.press("escape")
        await settled(pilot)
        await begin(pilot, case="Child B")
        await pilot.press("escape")
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
        assert "No case has these letters" in screen_text(app)


async def test_an_empty_list_of_records_says_what_will_come_here(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f6")
        await settled(pilot)
        assert "Nothing is kept yet" in screen_text(app)


async def test_the_choice_of_colours_is_shown_at_once_and_kept(open_app, tmp_path):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f8")
        await settled(pilot)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.theme == "high contrast"
    assert read_settings(tmp_path) == Settings(theme="high contrast", introduced=True)


@pytest.mark.parametrize("kept", ["", "[]", '{"theme": 7}', '{"theme": "gone", "introduced": "yes"}', "\x00"])
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
        await pilot.press("escape")
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: app.screen.query("Choice"), "the form")
        await pilot.press(*"Child B", "tab", "down", "space", "f5")
        await question(pilot)
        assert app.screen.session.state.started.minutes == 60


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
    async with app.run_test(size=(80, 40)) as pilot:
        await begin(pilot)
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen)
        text = screen_text(app)
        for key, says in (("F5", "Send the answer"), ("F2", "Pass over"), ("Ctrl+Q", "Leave Reflect"), ("F9", "End")):
            assert any(key in line and says in line for line in text.splitlines()), key
        await pilot.press("f1")
        assert not isinstance(app.screen, HelpScreen)


async def test_a_question_mark_is_a_character_where_one_types_and_help_where_one_does_not(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await pilot.press("question_mark")
        assert (await question(pilot)).text == "?"
        await pilot.press("escape")
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
            app.desk().follow_ups.keep_action(action)
        app.visit("actions")
        await settled(pilot)
        text = screen_text(app)
        assert "2 actions open, 1 late" in text
        assert text.index("Ring the health visitor") < text.index("See the child alone")
        assert "[Child A], LATE, by 10 February 2026, social worker" in text
        await pilot.press("f9")
        await settled(pilot)
        assert "1 action open" in screen_text(app)
        await pilot.press("f7")
        await settled(pilot)
        assert "2 actions open, 1 late" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "1 thing agreed is late" in screen_text(app)


async def test_no_actions_is_said_in_words(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f7")
        await settled(pilot)
        assert "Nothing is waiting" in screen_text(app)


async def test_where_nothing_can_be_kept_one_sentence_says_so(open_app, tmp_path):
    home = tmp_path / "a file and not a folder"
    home.write_text("")
    app = open_app(home=home)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert app.return_code is None
        assert len([note for note in app._notifications if "Traceback" not in note.message]) == 1
        print([note.message for note in app._notifications])
        await pilot.press("f6")
        await settled(pilot)
        assert app.return_code is None


async def test_what_is_chosen_can_be_told_without_colour(open_app):
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.prepare("supervision")
        await until(pilot, lambda: app.screen.query("Choice"), "the form")
        assert [line.strip(" │") for line in screen_text(app).splitlines() if "minutes" in line] == [
            "▐ ▌ 15 minutes",
            "▐●▌ 30 minutes",
            "▐ ▌ 60 minutes",
        ]
        await pilot.press("tab", "up", "space")
        await settled(pilot)
        assert [line.strip(" │")[:3] for line in screen_text(app).splitlines() if "minutes" in line] == [
            "▐●▌",
            "▐ ▌",
            "▐ ▌",
        ]
